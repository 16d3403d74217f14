//! Header rows of many offices, invented before the phrases were tuned to any of them: what each column is taken for.

use crate::builder::{C, S};
use crate::headers::detect;
use crate::legacy::Encoder;
use crate::variants::values;
use ra_soat::domain::Field::{self, *};
use ra_soat::normalize::legacy::TextEncoding;

/// A header: its rows from the top, cells parted by `|`, and the field of each column by its short name, with the dose group behind.
struct Head {
    rows: &'static [&'static str],
    fields: &'static str,
}

const fn head(rows: &'static [&'static str], fields: &'static str) -> Head {
    Head { rows, fields }
}

/// Short names of fields; `-` is a column of no field.
const NAMES: [(&str, Field); 35] = [
    ("#", RowNumber),
    ("ten", FullName),
    ("ho", FamilyName),
    ("gn", GivenName),
    ("b", BirthDate),
    ("bd", BirthDay),
    ("bm", BirthMonth),
    ("by", BirthYear),
    ("bn", BirthMale),
    ("bf", BirthFemale),
    ("s", Sex),
    ("id", Identity),
    ("p", Phone),
    ("i", Insurance),
    ("t", Province),
    ("tc", ProvinceCode),
    ("h", District),
    ("hc", DistrictCode),
    ("x", Commune),
    ("xc", CommuneCode),
    ("th", Hamlet),
    ("a", Address),
    ("g", TargetGroup),
    ("w", Workplace),
    ("e", Ethnicity),
    ("q", Nationality),
    ("n", Note),
    ("l", DoseLabel),
    ("v", Vaccine),
    ("d", GivenOn),
    ("lo", Lot),
    ("c", Facility),
    ("en", EnteredOn),
    ("ve", Verification),
    ("si", Signing),
];

const HEADS: &[Head] = &[
    // One row a dose, one row of headings.
    head(
        &["STT|Họ và tên|Ngày sinh|Giới tính|CMND/CCCD|Số điện thoại|Địa chỉ|Loại vắc xin|Mũi số|Ngày tiêm|Số lô|Nơi tiêm"],
        "# ten b s id p a v l d lo c",
    ),
    head(&["TT|HỌ TÊN|NĂM SINH|GIỚI|CCCD|SĐT|THÔN|VẮC XIN|MŨI|NGÀY TIÊM|LÔ|GHI CHÚ"], "# ten by s id p th v l d lo n"),
    head(
        &["stt|ho va ten|ngay sinh|gioi tinh|cmnd|dien thoai|thon xom|vaccine|mui tiem|ngay tiem|so lo|noi tiem"],
        "# ten b s id p th v l d lo c",
    ),
    head(
        &[
            "Số\nTT|Họ và tên\n(chữ in hoa có dấu)|Ngày tháng\nnăm sinh|Giới\ntính|Số\nCMND/\nCCCD|Số điện\nthoại|Nơi ở\nhiện tại|Đối\ntượng|Tên\nvắc xin|Số\nlô|Ngày\ntiêm|Mũi\nthứ",
        ],
        "# ten b s id p a g v lo d l",
    ),
    head(
        &[
            "TT (*)|Họ tên (*)|Ngày sinh (*) (dd/mm/yyyy)|Giới tính (*) (Nam/Nữ)|Số CCCD (*) (12 số)|SĐT (*)|Tỉnh (*)|Huyện (*)|Xã (*)|Địa chỉ|Tên vắc xin (*)|Ngày tiêm (*)|Lô (*)|Mũi tiêm (*)|Cơ sở tiêm (*)",
        ],
        "# ten b s id p t h x a v d lo l c",
    ),
    head(
        &[
            "STT|Họ và tên người được tiêm|Ngày/tháng/năm sinh|Nam/Nữ|Số thẻ CCCD/Hộ chiếu|ĐT|Địa chỉ thường trú|Nghề nghiệp|Nhóm ƯT|Tên VX|Lô VX|Hạn dùng|Ngày tiêm|Mũi|Người tiêm",
        ],
        "# ten b s id p a w g v lo - d l -",
    ),
    head(
        &[
            "No.|Full name|Date of birth|Gender|Identity number|Phone number|Address|Vaccine name|Lot number|Injection date|Dose|Place of vaccination|Note",
        ],
        "# ten b s id p a v lo d l c n",
    ),
    head(
        &[
            "STT|fullName|birthDate|gender|identifyNumber|phoneNumber|homeAddress|homeVillage|homeCity|homeProvince|injectionOrder|vaxcinName|packageNumberVaxcin|injectionDate|addressInjection",
        ],
        "# ten b s id p a x h t l v lo d c",
    ),
    head(&["STT|Họ đệm|Tên|Ngày sinh|GT|Số CMT|Số ĐT|Tổ|Phường|Ngày tiêm|Loại VX|Số lô VX|Lần tiêm"], "# ho gn b s id p th x d v lo l"),
    head(
        &["Stt|Họ và chữ lót|Tên|NS|Phái|Số CMND/CCCD|Số ĐT|Ấp|Xã|Huyện|Mũi tiêm|Tên thuốc|Ngày tiêm|Điểm tiêm"],
        "# ho gn b s id p th x h l v d c",
    ),
    head(
        &[
            "TT|Họ và tên|Ngày sinh|Nữ|CMND/CCCD|Điện thoại liên lạc|Số nhà, đường phố|Khu phố|Phường/xã|Ngày tiêm mũi 3|Loại vắc xin mũi 3|Lô mũi 3",
        ],
        "# ten b bf id p a th x d v lo",
    ),
    head(
        &[
            "STT|Mã đối tượng|Họ tên|Ngày sinh|Giới tính|CMND/CCCD/Hộ chiếu|Số điện thoại|Tỉnh/Thành phố|Quận/Huyện|Xã/Phường|Mũi tiêm|Vắc xin|Số lô|Ngày tiêm|Cơ sở tiêm|Ngày nhập|Người nhập|Trạng thái xác minh",
        ],
        "# - ten b s id p t h x l v lo d c en - ve",
    ),
    head(
        &[
            "STT|Mã mũi tiêm|Họ và tên|Ngày sinh|Giới tính|Số định danh|SĐT|Mã tỉnh|Tên tỉnh|Mã huyện|Tên huyện|Mã xã|Tên xã|Thứ tự mũi|Tên vắc xin|Lô vắc xin|Thời gian tiêm|Tên cơ sở tiêm|Thời gian cập nhật|Kết quả xác minh|Trạng thái ký số",
        ],
        "# - ten b s id p tc t hc h xc x l v lo d c en ve si",
    ),
    head(
        &[
            "TT|Họ và tên|Ngày tháng năm sinh|Giới tính|Dân tộc|Quốc tịch|Số CMND/CCCD/Hộ chiếu|Số thẻ BHYT|Số điện thoại|Đơn vị công tác|Loại vắc xin|Ngày tiêm|Mũi tiêm|Phản ứng sau tiêm|Ghi chú",
        ],
        "# ten b s e q id i p w v d l - n",
    ),
    head(
        &["TT|Tên đối tượng|Năm sinh|Giới|Số CMTND|Số BHYT|ĐTDĐ|HKTT|Nơi tạm trú|Đợt tiêm|Loại vaccin|Số lô vaccin|Ngày tiêm vaccin|Mũi"],
        "# ten by s id i p a - - v lo d l",
    ),
    head(
        &["SỐ TT|HỌ TÊN HỌC SINH|NGÀY SINH|NỮ|LỚP|MÃ ĐỊNH DANH|SĐT PHỤ HUYNH|HỌ TÊN PHỤ HUYNH|MŨI TIÊM|NGÀY TIÊM|LOẠI VẮC XIN|SỐ LÔ"],
        "# ten b bf - id p - l d v lo",
    ),
    head(
        &["STT|Họ và tên trẻ|Ngày sinh|Giới tính|Họ tên mẹ|SĐT mẹ|Trường|Lớp|Địa chỉ|Ngày tiêm|Vắc xin|Lô|Mũi"],
        "# ten b s - p w - a d v lo l",
    ),
    head(
        &["TT|Họ và tên|Ngày, tháng, năm sinh|Giới tính|Cấp bậc|Chức vụ|Đơn vị|Số CMQĐ/CCCD|Ngày tiêm|Loại vắc xin|Mũi tiêm|Số lô"],
        "# ten b s - - w id d v l lo",
    ),
    head(
        &["STT|Họ tên phạm nhân|Năm sinh|Giới tính|Quê quán|Số CCCD|Ngày tiêm|Tên vắc xin|Lô sản xuất|Mũi thứ mấy"],
        "# ten by s a id d v lo l",
    ),
    head(&["TT|Họ và tên|Năm sinh|CCCD|BHYT|SDT|Xóm|Xã|Vac xin|Ngày tiêm M3|Lô|Ghi chú"], "# ten by id i p th x v d lo n"),
    head(&["#|Tên|Ngày sinh|Giới tính|CCCD|Di động|Địa chỉ nhà|Vaccine|Dose|Ngày|Lô|Nơi"], "# ten b s id p a v l d lo c"),
    head(
        &["TT|Họ tên|Sinh ngày|Phái|Chứng minh nhân dân|Liên hệ|Thường trú|Thuốc|Lần|Ngày chích|Lô thuốc|Nơi chích"],
        "# ten b s id p a v l d lo c",
    ),
    head(&["STT|HỌ VÀ TÊN|NTNS|G.TÍNH|CCCD/CMND|S.ĐT|Đ/CHỈ|VX|N.TIÊM|S.LÔ|MŨI"], "# ten b s id p a v d lo l"),
    head(
        &[
            "Thứ tự|Họ và tên công dân|Ngày sinh|Giới tính|Số định danh cá nhân/CMND|Số điện thoại di động|Nơi thường trú|Nơi ở hiện tại|Loại vắc xin|Ngày tiêm chủng|Số lô vắc xin|Đơn vị tiêm|Loại mũi tiêm",
        ],
        "# ten b s id p a - v d lo c l",
    ),
    head(
        &[
            "TT|Họ và tên|Ngày sinh|Giới tính|CCCD|Số điện thoại|Địa chỉ|Nhóm đối tượng|Tiền sử|Sàng lọc|Ngày tiêm|Giờ tiêm|Loại vắc xin|Số lô|Hạn sử dụng|Bác sĩ khám|Người tiêm|Ký tên",
        ],
        "# ten b s id p a g - - d - v lo - - - -",
    ),
    head(&["Stt|Họ tên|Ngày sinh|Tuổi|Giới tính|CCCD|SĐT|Địa chỉ|Loại VC|Ngày tiêm|Số lô|Mũi"], "# ten b - s id p a v d lo l"),
    head(
        &["TT|Họ và tên|Năm sinh|Số CCCD|Ngày cấp|Nơi cấp|Số điện thoại|Thôn|Ngày tiêm|Loại vắcxin|Mũi|Trạng thái nhập HT"],
        "# ten by id - - p th d v l -",
    ),
    head(&["STT|Cơ sở tiêm|Họ và tên|Ngày sinh|Giới tính|CCCD|Mũi|Ngày tiêm|Vắc xin|Số lô|Đã nhập hệ thống"], "# c ten b s id l d v lo -"),
    head(
        &["TT|Ngày tiêm|Họ và tên|Ngày sinh|Giới|Số giấy tờ|Điện thoại|Tên vắc xin/Số lô|Mũi tiêm số|Đ/c nơi ở"],
        "# d ten b s id p v l a",
    ),
    head(
        &[
            "Số thứ tự|Họ, tên|Ngày,tháng,năm sinh|Giới tính|Số chứng minh thư/thẻ căn cước|Số di động|Địa chỉ (xóm, xã, huyện)|Đối tượng ưu tiên|Loại vắc-xin|Lô số|Mũi tiêm|Ngày tiêm|Bàn tiêm",
        ],
        "# ten b s id p a g v lo l d -",
    ),
    head(
        &[
            "STT|ho_ten|ngay_sinh|gioi_tinh|so_cccd|so_dien_thoai|dia_chi|xa_phuong|quan_huyen|tinh_tp|mui_tiem|ten_vac_xin|so_lo|ngay_tiem|co_so_tiem",
        ],
        "# ten b s id p a x h t l v lo d c",
    ),
    head(&["STT|HOTEN|NGAYSINH|GIOITINH|CMND|SDT|DIACHI|MUITIEM|VACXIN|NGAYTIEM|SOLO|NOITIEM|GHICHU"], "# ten b s id p a l v d lo c n"),
    head(
        &[
            "ID|Họ và tên|Ngày sinh|Giới tính|CMND/CCCD|SĐT|Tỉnh/TP|Quận/huyện|Phường/xã|Nhóm ưu tiên|Mũi|Tên vắc xin|Lô|Ngày giờ tiêm|Điểm tiêm chủng|Ngày tạo|Ký HCVX",
        ],
        "- ten b s id p t h x g l v lo d c en si",
    ),
    head(
        &["TT|Họ và tên|Năm sinh|Địa chỉ|Số ĐT|CMND|Tiêm mũi|Ngày tiêm|Vaccine sử dụng|Lô SX|Lý do chưa nhập"],
        "# ten by a p id l d v lo n",
    ),
    head(
        &["STT|Họ tên|Năm sinh|Giới tính|Thôn/bản|Số CCCD/Mã định danh|Ngày tiêm|Loại vắc xin|Liều tiêm|Tình trạng cư trú"],
        "# ten by s th id d v l n",
    ),
    head(
        &["TT|Họ và tên bệnh nhân|Ngày sinh|Giới|Số CCCD|Mã thẻ BHYT|Điện thoại|Khoa|Tên vaccine|Ngày tiêm|Số lô|Liều"],
        "# ten b s id i p - v d lo l",
    ),
    head(
        &["TT|Họ tên nhân viên|Mã NV|Ngày sinh|Giới tính|CMND/CCCD|SĐT|Bộ phận|Công ty|Ngày tiêm|Loại vắc xin|Mũi"],
        "# ten - b s id p - w d v l",
    ),
    head(
        &["TT|Họ và tên|Passport No|Nationality|Date of birth|Sex|Mobile|Vaccine|Date of vaccination|Batch No|Dose number"],
        "# ten id q b s p v d lo l",
    ),
    // Two rows of headings.
    head(&["TT|Họ và tên|Năm sinh||CMND/CCCD|Địa chỉ|Ngày tiêm|Vắc xin|Số lô|Mũi", "||Nam|Nữ||||||"], "# ten bn bf id a d v lo l"),
    head(
        &["STT|Họ và tên|Ngày tháng năm sinh|Giới tính||Số CCCD|Địa chỉ||Tiêm vắc xin||", "|||Nam|Nữ||Thôn|Xã|Loại|Ngày|Lô"],
        "# ten b bn bf id th x v d lo",
    ),
    head(
        &["STT|Họ và tên|Ngày sinh|Giới tính|CCCD|SĐT|Mũi 1|||Mũi 2||", "||||||Ngày tiêm|Loại vắc xin|Số lô|Ngày tiêm|Loại vắc xin|Số lô"],
        "# ten b s id p d1 v1 lo1 d2 v2 lo2",
    ),
    head(
        &["TT|Họ tên|Năm sinh|Giới|CCCD|MŨI 1||MŨI 2||MŨI 3||MŨI 4|", "|||||Ngày|Vắc xin|Ngày|Vắc xin|Ngày|Vắc xin|Ngày|Vắc xin"],
        "# ten by s id d1 v1 d2 v2 d3 v3 d4 v4",
    ),
    head(
        &[
            "TT|Họ và tên|Ngày sinh|CCCD|Mũi cơ bản 1||Mũi cơ bản 2||Mũi bổ sung||Mũi nhắc 1|",
            "||||Ngày tiêm|Loại VX|Ngày tiêm|Loại VX|Ngày tiêm|Loại VX|Ngày tiêm|Loại VX",
        ],
        "# ten b id d1 v1 d2 v2 d3 v3 d4 v4",
    ),
    head(
        &["STT|Họ và tên|Ngày sinh|Giới tính|Số CMND|Tiêm lần 1|||Tiêm lần 2|||Ghi chú", "|||||Ngày|Loại|Lô|Ngày|Loại|Lô|"],
        "# ten b s id d1 v1 lo1 d2 v2 lo2 n",
    ),
    head(
        &[
            "STT|Thông tin đối tượng||||||Thông tin mũi tiêm|||||",
            "|Họ và tên|Ngày sinh|Giới tính|CMND/CCCD|SĐT|Địa chỉ|Mũi|Vắc xin|Lô|Ngày tiêm|Nơi tiêm|Cán bộ tiêm",
        ],
        "# ten b s id p a l v lo d c -",
    ),
    head(
        &["TT|Họ tên|Năm sinh|Thôn|Ngày tiêm||||Loại vắc xin|||", "||||Mũi 1|Mũi 2|Mũi 3|Mũi 4|Mũi 1|Mũi 2|Mũi 3|Mũi 4"],
        "# ten by th d1 d2 d3 d4 v1 v2 v3 v4",
    ),
    head(
        &[
            "TT|Họ và tên|Ngày sinh|SĐT|Vắc xin mũi 1|Ngày tiêm mũi 1|Nơi tiêm mũi 1|Vắc xin mũi 2|Ngày tiêm mũi 2|Nơi tiêm mũi 2|Vắc xin mũi 3|Ngày tiêm mũi 3|Nơi tiêm mũi 3",
        ],
        "# ten b p v1 d1 c1 v2 d2 c2 v3 d3 c3",
    ),
    head(&["STT|Họ tên|NS|CCCD|M1|VX1|Lô 1|M2|VX2|Lô 2|M3|VX3|Lô 3"], "# ten b id d1 v1 lo1 d2 v2 lo2 d3 v3 lo3"),
    head(
        &[
            "STT|HỌ VÀ TÊN|NĂM SINH|ĐỊA CHỈ|Ngày tiêm M1|Loại vắc xin M1|Ngày tiêm M2|Loại vắc xin M2|Ngày tiêm nhắc lại lần 1|Loại vắc xin nhắc lại lần 1",
        ],
        "# ten by a d1 v1 d2 v2 d3 v3",
    ),
    head(
        &["TT|Họ và tên|Ngày sinh|Giới tính|Nơi ở||||CCCD|Tên vắc xin|Ngày tiêm", "||||Tỉnh|Huyện|Xã|Thôn|||"],
        "# ten b s t h x th id v d",
    ),
    head(&["STT|Họ và tên|Ngày, tháng, năm sinh|||Giới|CCCD|Vắc xin|Ngày tiêm|Lô", "||Ngày|Tháng|Năm|||||"], "# ten bd bm by s id v d lo"),
    head(&["STT|Họ và tên||Ngày sinh|CCCD|Loại vắc xin|Ngày tiêm|Mũi", "|Họ và đệm|Tên|||||"], "# ho gn b id v d l"),
    head(
        &["STT|Họ và tên|Ngày sinh|CCCD|Lần thứ nhất|||Lần thứ hai||", "||||Ngày tiêm|Tên vắc xin|Nơi tiêm|Ngày tiêm|Tên vắc xin|Nơi tiêm"],
        "# ten b id d1 v1 c1 d2 v2 c2",
    ),
    head(
        &["TT|Họ và tên|Ngày sinh|CMND|Mũi thứ 1|||Mũi thứ 2||", "(1)|(2)|(3)|(4)|Ngày tiêm|Lô|Tên VX|Ngày tiêm|Lô|Tên VX"],
        "# ten b id d1 lo1 v1 d2 lo2 v2",
    ),
    head(
        &[
            "STT|Họ và tên|Ngày sinh|Giới tính|Số CCCD/CMT|Số ĐT liên hệ|Tên vắc xin|Mũi 1||Tên vắc xin|Mũi 2|",
            "|||||||Ngày tiêm|Địa điểm tiêm||Ngày tiêm|Địa điểm tiêm",
        ],
        "# ten b s id p v1 d1 c1 v2 d2 c2",
    ),
    // Three rows.
    head(
        &["STT|Họ và tên|Ngày sinh|Giới|CCCD|Kết quả tiêm|||||", "|||||Mũi 1|||Mũi 2||", "|||||Ngày|Tên|Lô|Ngày|Tên|Lô"],
        "# ten b s id d1 v1 lo1 d2 v2 lo2",
    ),
    head(
        &["TT|Họ tên|Ngày, tháng, năm sinh||Địa chỉ||Tiêm chủng|||", "||Nam|Nữ|Thôn|Xã|Vắc xin|Số lô|Ngày|Mũi", "A|B|1|2|3|4|5|6|7|8"],
        "# ten bn bf th x v lo d l",
    ),
    head(
        &[
            "STT|Thông tin cá nhân||||Liều cơ bản|||||Liều nhắc lại||",
            "|Họ tên|Năm sinh|CCCD|SĐT|Mũi 1||Mũi 2|||Lần 1||",
            "|||||Ngày tiêm|Vắc xin|Ngày tiêm|Vắc xin|Nơi tiêm|Ngày tiêm|Vắc xin|Nơi tiêm",
        ],
        "# ten by id p d1 v1 d2 v2 c2 d3 v3 c3",
    ),
    // Odd ones.
    head(
        &["TT|HỌ VÀ TÊN|NGÀY SINH|SỐ CCCD|ĐIỆN THOẠI|VẮC XIN PHÒNG COVID-19 ĐÃ TIÊM|NGÀY TIÊM MŨI GẦN NHẤT|SỐ LÔ VẮC XIN"],
        "# ten b id p v d lo",
    ),
    head(
        &[
            "STT|Họ và Tên|Ngày Sinh|Giới Tính|Căn Cước Công Dân|Điện Thoại|Địa Chỉ Hiện Tại|Ngày Tiêm|Loại Vắc Xin Đã Tiêm|Mũi Tiêm Thứ|Trạm Tiêm|Người Lập",
        ],
        "# ten b s id p a d v l c -",
    ),
    head(
        &["TT|Họ và tên|Ngày sinh|CCCD|Số ĐT|Xã/thị trấn|Thôn/tổ dân phố|AZ|Pfizer|Vero Cell|Ngày tiêm|Mũi"],
        "# ten b id p x th v v v d l",
    ),
    head(&["STT|Họ và tên|Năm sinh|Thôn|Mũi 1|Mũi 2|Mũi 3|Mũi 4"], "# ten by th d1 d2 d3 d4"),
    head(
        &[
            "STT|Họ tên người tiêm|Ngày tháng năm sinh|Giới tính|Số CMND/ CCCD/ Hộ chiếu/ Mã định danh|Số điện thoại người được tiêm (hoặc người giám hộ)|Địa chỉ nơi ở (số nhà, đường, tổ)|Loại vắc xin tiêm (AZ, Pfizer…)|Ngày tiêm (ngày/tháng/năm)|Mũi tiêm (1, 2, bổ sung, nhắc lại)|Ghi chú (lý do hoãn)",
        ],
        "# ten b s id p a v d l n",
    ),
    head(&["TT|Họ và tên|Giới tính|Ngày sinh|Số BHXH/BHYT|CMND/TCC|Tên CQ/ĐV|Vắcxin|Ngày tiêm|Mũi tiêm"], "# ten s b i id w v d l"),
    head(&["STT|Đơn vị tiêm|Ngày tiêm|Buổi|Họ tên|Ngày sinh|Giới tính|CCCD|SĐT|Mũi|Loại VX|Số lô|HSD"], "# c d - ten b s id p l v lo -"),
    head(
        &[
            "Mã tiêm chủng|Họ và tên|Ngày sinh|Giới tính|Số CMND|SĐT|Phường/Xã|Quận/Huyện|Tỉnh/Thành|Kháng nguyên|Vắc xin|Lô vắc xin|Ngày tiêm|Mũi thứ|Cơ sở|Trạng thái",
        ],
        "- ten b s id p x h t - v lo d l c -",
    ),
];

fn field_of(name: &str) -> (Option<Field>, u8) {
    let slot = name.trim_start_matches(|c: char| !c.is_ascii_digit());
    let bare = name.strip_suffix(slot).unwrap();
    (NAMES.iter().find(|(short, _)| *short == bare).map(|(_, field)| *field), slot.parse().unwrap_or(1))
}

/// The sheet of a header over invented values; a parent over several columns is merged in every second sheet.
fn sheet(head: &Head, index: usize) -> S {
    let mut rows: Vec<Vec<C>> = vec![vec![C::from("TRẠM Y TẾ XÃ LỤC BÌNH")], vec![C::from("DANH SÁCH TIÊM VẮC XIN")]];
    rows.truncate(index % 3);
    let above = rows.len() as u32;
    let texts: Vec<Vec<&str>> = head.rows.iter().map(|row| row.split('|').collect()).collect();
    let mut merges = Vec::new();
    for (depth, row) in texts.iter().enumerate().filter(|_| index.is_multiple_of(2)) {
        for (column, _) in row.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            let has_child = |column: usize| texts.get(depth + 1).is_some_and(|below| !below[column].is_empty());
            let end = (column + 1..row.len()).take_while(|next| row[*next].is_empty() && has_child(*next)).last();
            if let Some(end) = end.filter(|_| has_child(column)) {
                let number = above + 1 + depth as u32;
                merges.push((number, number, column as u16, end as u16));
            }
        }
    }
    rows.extend(texts.iter().map(|row| row.iter().map(|text| C::from(*text)).collect()));
    let leaf = |column: usize| texts.iter().rev().map(|row| row[column]).find(|text| !text.is_empty()).unwrap_or("");
    let ticks = ["AZ", "Pfizer", "Vero Cell"];
    rows.extend((0..12).map(|row| {
        let cells = head.fields.split(' ').enumerate().map(|(column, name)| {
            let heading = leaf(column);
            match ticks.iter().position(|tick| *tick == heading) {
                Some(at) if row % 3 == at => C::from("x"),
                Some(_) => C::Blank,
                None if heading.to_lowercase() == "nữ" && !head.fields.contains("bn") => C::from(["x", ""][row % 2]),
                None => values(field_of(name).0, heading, row),
            }
        });
        cells.collect()
    }));
    S::new("Sheet1", rows).merged(&merges)
}

/// Right columns, all columns, and wrong ones that a person could not see.
fn check(head: &Head, sheet: S) -> (usize, usize, usize) {
    let mapping = detect(sheet, "a.xlsx");
    let (mut right, mut hidden) = (0, 0);
    let names: Vec<&str> = head.fields.split(' ').collect();
    let groups = mapping.columns.iter().filter(|column| column.field.is_some_and(Field::is_of_dose)).map(|column| column.slot).max();
    for (at, name) in (0u16..).zip(&names) {
        let (field, slot) = field_of(name);
        let found = mapping.columns.iter().find(|mapped| mapped.column == at);
        let is_right = found.is_some_and(|mapped| mapped.field == field && (!field.is_some_and(Field::is_of_dose) || mapped.slot == slot));
        right += usize::from(is_right);
        if !is_right {
            let is_seen = found.is_some_and(|mapped| mapped.confidence < 100 && !mapped.header.is_empty());
            hidden += usize::from(!is_seen);
            let found = found.map(|mapped| (&mapped.header, mapped.field, mapped.slot, mapped.confidence));
            eprintln!("{name} {found:?} of {groups:?} groups in {:?}", head.rows[0]);
        }
    }
    (right, names.len(), hidden)
}

fn measure(dress: impl Fn(S) -> S) -> (usize, usize, usize) {
    let checked = HEADS.iter().enumerate().map(|(index, head)| check(head, dress(sheet(head, index))));
    checked.fold((0, 0, 0), |sum, own| (sum.0 + own.0, sum.1 + own.1, sum.2 + own.2))
}

#[test]
fn headings_of_sixty_offices() {
    assert!(HEADS.len() >= 60);
    let (right, all, hidden) = measure(|sheet| sheet);
    println!("{} headers: {right} of {all} columns right ({:.1} %)", HEADS.len(), 100.0 * right as f64 / all as f64);
    assert!(right * 100 >= all * 95);
    assert_eq!(hidden, 0, "wrong columns that do not show");
}

/// The same headers and values typed with the fonts of before Unicode.
#[test]
fn headings_of_sixty_offices_in_legacy_text() {
    for encoding in TextEncoding::LEGACY {
        let encoder = Encoder::of(encoding);
        let (right, all, hidden) = measure(|sheet| encoder.sheet(sheet));
        println!("{}: {right} of {all} columns right ({:.1} %)", encoding.label(), 100.0 * right as f64 / all as f64);
        assert!(right * 100 >= all * 95, "{encoding:?}");
        assert_eq!(hidden, 0);
    }
}

/// And without any mark at all.
#[test]
fn headings_of_sixty_offices_without_marks() {
    let (right, all, hidden) = measure(|mut sheet| {
        for cell in sheet.rows.iter_mut().flatten() {
            if let C::Text(text) = cell {
                *text = ra_soat::normalize::fold(text);
            }
        }
        sheet
    });
    println!("without marks: {right} of {all} columns right ({:.1} %)", 100.0 * right as f64 / all as f64);
    assert!(right * 100 >= all * 95);
    assert_eq!(hidden, 0);
}
