//! The headings lists use for each field.

use crate::domain::Field;
use Field::{
    Address, BirthDate, BirthDay, BirthFemale, BirthMale, BirthMonth, BirthYear, Commune, CommuneCode, District, DistrictCode, DoseLabel,
    EnteredOn, Ethnicity, Facility, FamilyName, FullName, GivenMonth, GivenName, GivenOn, GivenYear, Hamlet, Identity, ImportResult,
    Insurance, Lot, Nationality, Note, Phone, Province, ProvinceCode, RowNumber, Sex, Signing, TargetGroup, Vaccine, Verification,
    Workplace,
};

/// Headings of one field: `weight` for an exact fit, `under` the words its parent heading must have (`""` for any, `#` for a dose).
pub(crate) struct Phrases {
    pub(crate) field: Option<Field>,
    pub(crate) under: &'static str,
    pub(crate) weight: f32,
    pub(crate) texts: &'static str,
}

const fn named(field: Field, texts: &'static str) -> Phrases {
    Phrases { field: Some(field), under: "", weight: 1.0, texts }
}

const fn maybe(field: Field, weight: f32, texts: &'static str) -> Phrases {
    Phrases { field: Some(field), under: "", weight, texts }
}

const fn under(parent: &'static str, field: Field, weight: f32, texts: &'static str) -> Phrases {
    Phrases { field: Some(field), under: parent, weight, texts }
}

/// Headings that look like a field's and are none.
const fn none(weight: f32, texts: &'static str) -> Phrases {
    Phrases { field: None, under: "", weight, texts }
}

/// The table: folded headings, parted by `|`. `vac xin` stands for every spelling of it.
pub(crate) const TABLE: &[Phrases] = &[
    named(RowNumber, "stt|tt|so tt|so thu tu|thu tu|no|#"),
    named(
        FullName,
        "ho va ten|ho ten|ho va ten doi tuong|ho ten doi tuong|ten doi tuong|ho va ten nguoi tiem|ho ten nguoi tiem|ho va ten nguoi duoc tiem|ho ten nguoi duoc tiem|ten nguoi tiem|ten nguoi duoc tiem|nguoi duoc tiem|ho va ten nguoi duoc tiem chung|ho va ten cong dan|ho va ten hoc sinh|ho ten hoc sinh|ho ten tre|ho va ten tre|ho va ten benh nhan|ho ten benh nhan|ho va ten khach hang|ho ten day du|ten day du|ho dem va ten|ho chu dem va ten|ho chu dem va ten khai sinh|ho ten khai sinh|full name|ho va ten nguoi dan|danh sach ho ten|ho va ten chu in hoa|ho ten nguoi dan",
    ),
    maybe(FullName, 0.75, "ten|name|ho ten nguoi"),
    named(
        FamilyName,
        "ho va dem|ho dem|ho va chu lot|ho va chu dem lot|ho va chu dem|ho va ten dem|ho ten dem|ho va ten lot|ho lot|ho chu lot|ho chu dem|ho va lot|last name",
    ),
    maybe(FamilyName, 0.8, "ho"),
    maybe(GivenName, 0.7, "ten|ten goi|first name"),
    under("ho", GivenName, 0.95, "ten"),
    under("ho", FamilyName, 0.95, "ho|dem|ho dem"),
    named(
        BirthDate,
        "ngay sinh|ngay thang nam sinh|ngay thang sinh|sinh ngay|ngay sinh dd mm yyyy|ngay sinh dang dd mm yyyy|ntns|ngay nam sinh|ng sinh|date of birth|birthdate|birth date|birthday|dob|ngay thang nam sinh duong lich|sinh ngay thang nam",
    ),
    maybe(BirthDate, 0.6, "ngay thang nam|sinh|ns|ngay thang"),
    maybe(BirthDay, 0.75, "ngay sinh"),
    under("sinh", BirthDay, 1.1, "ngay"),
    named(BirthMonth, "thang sinh"),
    under("sinh", BirthMonth, 1.1, "thang"),
    named(BirthYear, "nam sinh|namsinh|nam sinh am lich|year of birth|birth year"),
    under("sinh", BirthYear, 1.1, "nam"),
    under("sinh", BirthMale, 1.1, "nam|gioi nam|sinh nam"),
    under("gioi", BirthMale, 1.0, "nam"),
    under("tuoi", BirthMale, 0.9, "nam"),
    named(BirthMale, "nam sinh nam|ngay sinh nam"),
    maybe(BirthMale, 0.6, "nam"),
    under("sinh", BirthFemale, 1.1, "nu|gioi nu|sinh nu"),
    under("gioi", BirthFemale, 1.0, "nu"),
    under("tuoi", BirthFemale, 0.9, "nu"),
    named(BirthFemale, "nam sinh nu|ngay sinh nu"),
    maybe(BirthFemale, 0.7, "nu"),
    named(Sex, "gioi tinh|gioi|phai|nam nu|gioi tinh nam nu|sex|gender|g tinh|gioi tinh 0 nam 1 nu"),
    maybe(Sex, 0.7, "gt"),
    named(
        Identity,
        "so cccd|cccd|cmnd|cmt|cmtnd|so cmnd|so cmt|so cmtnd|cccd cmnd|cmnd cccd|cmt cccd|cccd cmt|so cmnd cccd|so cccd cmnd|so cmt cccd|so cccd cmt|cmnd cccd ho chieu|cccd cmnd ho chieu|so cmnd cccd ho chieu|so cccd cmnd ho chieu|cmnd cccd hc|so cmnd cccd hc|so cccd cmnd hc|cmt cccd hc|so giay to|so giay to tuy than|giay to tuy than|so dinh danh|so dinh danh ca nhan|ma dinh danh|ma dinh danh ca nhan|dinh danh ca nhan|ma so dinh danh|can cuoc cong dan|so can cuoc cong dan|so can cuoc|can cuoc|chung minh nhan dan|so chung minh nhan dan|chung minh thu|so chung minh|so chung minh thu|ho chieu|so ho chieu|so the can cuoc|cmnd ho chieu|cccd ho chieu|so cmtnd cccd|cmtnd cccd|cccd cmtnd|cmnd can cuoc|so cmnd can cuoc cong dan|so cmnd the can cuoc|cccd so dinh danh|so dinh danh cccd|cccd ma dinh danh|so ddcn|ddcn|so ddcn cccd|identity|identification|identity number|identify number|identifynumber|id card|id number|passport|so cccd ma dinh danh|chung minh nhan dan can cuoc cong dan",
    ),
    under("cccd", Identity, 0.95, "so"),
    under("cmnd", Identity, 0.95, "so"),
    under("cmt", Identity, 0.95, "so"),
    under("giay to", Identity, 0.95, "so"),
    named(
        Phone,
        "so dien thoai|dien thoai|sdt|so dt|dt|dtdd|so dtdd|dien thoai di dong|so di dong|di dong|so dien thoai lien he|dien thoai lien he|sdt lien he|dien thoai lien lac|so dien thoai lien lac|so dt lien he|so dien thoai di dong|so dien thoai dang ky|dt lien he|mobile|phone|phone number|phonenumber|tel|so phone|so dien thoai toi thieu 10 so",
    ),
    maybe(Phone, 0.6, "lien he|lien lac"),
    maybe(
        Phone,
        0.75,
        "so dien thoai nguoi giam ho|sdt nguoi giam ho|sdt phu huynh|so dien thoai phu huynh|dien thoai phu huynh|sdt bo me|sdt me|dien thoai nguoi giam ho",
    ),
    named(
        Insurance,
        "so the bhyt|bhyt|the bhyt|so bhyt|ma bhyt|ma the bhyt|so the bao hiem y te|the bao hiem y te|bao hiem y te|ma the bao hiem y te|so bao hiem y te|ma so bhyt|so the bhyt neu co|so the bao hiem|ma the bao hiem|insurance",
    ),
    maybe(Insurance, 0.8, "bao hiem|ma so bhxh|so bhxh|so so bhxh|ma bhxh"),
    named(
        Province,
        "tinh|tinh thanh pho|tinh tp|tinh thanh|thanh pho tinh|ten tinh|tinh thanh pho truc thuoc tw|province|home province|tinh thanh pho thuong tru|tinh thuong tru",
    ),
    named(ProvinceCode, "ma tinh|ma tinh thanh pho|ma tinh tp|ma tinh thanh|code tinh"),
    named(
        District,
        "huyen|quan huyen|huyen quan|quan|quan huyen thi xa|quan huyen tx tp|quan huyen tp|huyen thi xa thanh pho|huyen thanh pho|huyen tp|tp huyen|huyen thi|thanh pho huyen|huyen tx tp|quan huyen thi xa thanh pho|ten huyen|district|home city|home district|quan huyen thuong tru|huyen thi xa",
    ),
    named(DistrictCode, "ma quan huyen|ma huyen|ma quan|ma huyen thi|ma huyen tp"),
    named(
        Commune,
        "xa phuong|phuong xa|xa|phuong|xa phuong thi tran|phuong xa thi tran|xa p tt|xa phuong tt|phuong xa tt|xa thi tran|xa tt|ten xa|ten xa phuong|commune|ward|xa phuong thuong tru|xa phuong noi o|home village|village",
    ),
    named(CommuneCode, "ma xa|ma xa phuong|ma phuong xa|ma phuong|ma xa phuong thi tran"),
    named(
        Hamlet,
        "dia ban co so|dia ban|thon|thon to|to thon|thon xom|xom thon|thon ban|ban thon|ban|xom|ap|khu pho|to dan pho|thon to dan pho|thon ban to|thon khu pho|thon to khu pho|thon ap|ap thon|thon xom to|tdp|to|khu|khu dan cu|thon xom to dan pho|thon ban to dan pho|thon buon|buon|ap khu pho|khom ap|thon lang|lang|to khu|to khu pho|to xom|xom to|thon ban khu pho|thon tdp|thon to dp|to dp|xom ban",
    ),
    named(
        Address,
        "dia chi|dia chi chi tiet|dia chi thuong tru|dia chi hien tai|dia chi noi o|dia chi noi o hien tai|dia chi hien nay|noi o|noi o hien tai|noi o hien nay|cho o|cho o hien tai|cho o hien nay|thuong tru|ho khau thuong tru|ho khau|noi cu tru|noi thuong tru|tam tru|noi tam tru|dia chi tam tru|dia chi cu the|so nha|so nha duong|so nha ten duong|so nha duong pho|dia chi cu tru|hktt|noi dk hktt|dia chi hktt|dang ky ho khau thuong tru|noi dang ky ho khau thuong tru|noi dang ky hktt|dia chi lien he|dia chi nha|address|home address|d chi|d c|dc|dia chi thon xa|noi o tam tru hien tai",
    ),
    maybe(Address, 0.75, "que quan|nguyen quan"),
    named(
        TargetGroup,
        "nhom doi tuong|ma nhom doi tuong|nhom doi tuong uu tien|ma nhom doi tuong uu tien|nhom uu tien|ma nhom uu tien|doi tuong|doi tuong uu tien|doi tuong tiem|doi tuong tiem chung|ma doi tuong uu tien|phan loai doi tuong|loai doi tuong|nhom dt|phan nhom|thuoc nhom doi tuong|ma nhom|nhom dt uu tien|thuoc doi tuong|dien doi tuong",
    ),
    maybe(TargetGroup, 0.8, "nhom"),
    maybe(TargetGroup, 0.6, "ma doi tuong"),
    named(
        Workplace,
        "don vi cong tac|noi cong tac|noi lam viec|co quan|co quan don vi|don vi lam viec|co quan cong tac|co quan lam viec|noi lam viec hoc tap|don vi cong tac hoc tap|noi cong tac hoc tap|don vi hoc tap|truong hoc|cong ty|don vi cong tac noi lam viec|workplace|noi lam viec cong tac|ten co quan",
    ),
    maybe(Workplace, 0.62, "don vi|truong|truong lop|nghe nghiep|ten don vi|don vi lop|noi hoc"),
    named(Ethnicity, "dan toc|ethnicity|ethnic group"),
    named(Nationality, "quoc tich|nationality"),
    named(
        Note,
        "ghi chu|ghi chu khac|note|notes|chu thich|tinh trang cu tru|hien trang cu tru|trang thai cu tru|tinh trang hien tai|dien cu tru|hien dang o|noi di|bien dong|tinh trang di chuyen|ly do chua nhap|da chuyen di|hien tai dang o dau|tinh hinh cu tru|ghi chu them|thong tin khac",
    ),
    maybe(Note, 0.65, "cu tru|tinh trang|ly do|luu y|hien trang|bien dong dan cu"),
    named(
        DoseLabel,
        "mui tiem|mui so|mui thu|loai mui|loai mui tiem|lan tiem|lieu tiem|mui tiem thu|mui tiem so|thu tu mui|thu tu mui tiem|so thu tu mui|so thu tu mui tiem|tiem mui|tiem mui thu|lieu so|lieu thu|ten mui tiem|ten mui|phan loai mui|phan loai mui tiem|lan tiem thu|lan thu|dose|dose number|injection order|injectionorder|mui vac xin|mui tiem vac xin|mui tiem chung|lieu vac xin|tiem mui so|loai lieu|loai lieu tiem|lan tiem chung",
    ),
    maybe(DoseLabel, 0.9, "mui|lieu|so mui|so mui tiem|lan|loai tiem"),
    named(
        Vaccine,
        "vac xin|ten vac xin|loai vac xin|vac xin tiem|vac xin su dung|ten vac xin tiem|loai vac xin tiem|ten loai vac xin|vac xin da tiem|loai vac xin su dung|loai vac xin da tiem|ten thuoc|ten san pham|san pham vac xin|biet duoc|ten vac xin phong covid|vac xin covid|loai thuoc tiem|loai thuoc|vac xin phong covid 19|ten vac xin phong covid 19|vac xin name|ten vac xin covid 19|loai vac xin covid 19|tiem vac xin loai",
    ),
    maybe(Vaccine, 0.6, "san pham|thuoc"),
    under("#", Vaccine, 0.95, "loai|ten|vx|loai vx|thuoc|ten vx|san pham"),
    under("vac xin", Vaccine, 0.95, "ten|loai|ten loai"),
    under("vac xin", Lot, 0.95, "so|lo|so lo"),
    named(
        GivenOn,
        "ngay tiem|ngay tiem chung|ngay thang tiem|thoi gian tiem|thoi diem tiem|ngay gio tiem|ngay tiem vac xin|ngay thang nam tiem|ngay thang nam tiem chung|ngay thang tiem chung|tiem ngay|ngay tiem dang dd mm yyyy|ngay da tiem|ngay duoc tiem|ngay tiem thuc te|ngay tiem phong|ngay tiem mui|ngay thuc hien tiem|injection date|injectiondate|vaccination date|ngay tiem chung vac xin|ngay tiem dd mm yyyy|thoi gian tiem chung|ngay t",
    ),
    maybe(GivenOn, 0.75, "ngay thuc hien"),
    maybe(GivenOn, 0.5, "ngay thang nam|ngay|date|ngay thang"),
    under("#", GivenOn, 0.95, "ngay|thoi gian|ngay thang|ngay thang nam|tiem|thoi diem|ngay gio"),
    under("tiem", GivenOn, 0.85, "ngay|thoi gian|ngay thang|ngay thang nam"),
    named(GivenMonth, "thang tiem"),
    named(GivenYear, "nam tiem"),
    under("tiem", GivenMonth, 1.1, "thang"),
    under("tiem", GivenYear, 1.1, "nam"),
    under("#", GivenMonth, 1.0, "thang"),
    under("#", GivenYear, 0.95, "nam"),
    named(
        Lot,
        "so lo|lo|lo vac xin|so lo vac xin|lo so|ma lo|so lo sx|so lo san xuat|lo sx|lo san xuat|so lo thuoc|lo thuoc|ma lo vac xin|ky hieu lo|s lo|lot|lot no|package number|package number vac xin|lot number|lotnumber|batch|batch number|so lo han dung|so lo hsd|lo hsd|so lo vac xin tiem|lo vac xin tiem",
    ),
    under("#", Lot, 0.95, "so|so lo|lo"),
    named(
        Facility,
        "co so tiem|co so tiem chung|dia diem tiem|dia diem tiem chung|diem tiem|diem tiem chung|noi tiem|noi tiem chung|don vi tiem|don vi tiem chung|don vi thuc hien tiem|co so thuc hien tiem|ten co so tiem|ten co so tiem chung|co so y te tiem|ten diem tiem|tram tiem|dia diem tiem vac xin|noi tiem vac xin|co so tiem vac xin|don vi to chuc tiem|diem tiem vac xin|tiem tai|noi thuc hien tiem|don vi tiem vac xin|ma co so tiem|ma co so tiem chung|address injection|injection place|injection site|place of vaccination|vaccination place|vaccination site|facility",
    ),
    maybe(Facility, 0.7, "don vi thuc hien|co so thuc hien|noi thuc hien|dia diem|co so y te|ten co so|tram y te|co so"),
    under("#", Facility, 0.95, "noi|dia diem|co so|don vi|diem|noi tiem|tai|dia chi tiem|tiem tai"),
    maybe(Facility, 0.5, "noi"),
    under("tiem", Facility, 0.85, "dia diem|noi|co so|tai"),
    named(
        EnteredOn,
        "ngay nhap|ngay nhap lieu|ngay nhap he thong|ngay nhap du lieu|ngay nhap phan mem|ngay tao|ngay cap nhat|ngay cap nhat he thong|thoi gian nhap|thoi gian nhap lieu|thoi gian cap nhat|thoi diem nhap|thoi diem nhap lieu|thoi gian tao|ngay nhap mui tiem|ngay nhap mui|ngay gio nhap|ngay nhap len he thong|ngay nhap thong tin|created date|ngay gio tao",
    ),
    named(
        Verification,
        "trang thai xac thuc|ket qua xac minh|trang thai xac minh|ket qua xac thuc|tinh trang xac thuc|tinh trang xac minh|xac thuc|xac minh|xac thuc csdlqg|xac minh csdlqg|xac thuc csdl dan cu|trang thai xac minh csdlqg|ket qua xac minh csdlqg ve dan cu|trang thai xac thuc csdlqg dan cu|ket qua xac minh thong tin|trang thai doi chieu dan cu|ket qua doi chieu|trang thai xac minh doi tuong|ket qua xac minh doi tuong",
    ),
    named(
        Signing,
        "trang thai ky|trang thai ky so|ky so|ky xac nhan|tinh trang ky|tinh trang ky so|trang thai ky ho chieu|trang thai ky ho chieu vac xin|ky ho chieu vac xin|ho chieu vac xin|trang thai ho chieu vac xin|trang thai ky xac nhan|ky hcvx|hcvx|trang thai hcvx|ky xac nhan hcvx|da ky so|trang thai ky xac nhan mui tiem|ky xac nhan ho chieu vac xin|trang thai ky hcvx",
    ),
    named(ImportResult, "ket qua import|ket qua nhap|ket qua import khong dien o nay"),
    none(
        1.0,
        "ngay hen|ngay hen tiem|ngay hen tiem mui tiep theo|hen tiem|lich hen|ngay du kien|ngay tiem du kien|ngay du kien tiem|ngay tiem tiep theo|ngay muon tiem|ngay dang ky|ngay dang ky tiem|ngay kham|ngay kham sang loc|ngay san xuat|ngay cap|noi cap|ngay cap cccd|ngay cap cmnd|noi cap cccd|han dung|han su dung|hsd|hd|ngay het han|tuoi|do tuoi|nhom tuoi|thang tuoi|nguoi tiem|can bo tiem|nguoi thuc hien tiem|bac si kham|bac sy kham|nguoi kham|nguoi nhap|can bo nhap|tai khoan nhap|nguoi tao|nguoi cap nhat|phan ung|phan ung sau tiem|tinh trang sau tiem|tinh trang suc khoe|dien bien sau tiem|suc khoe sau tiem|tac dung phu|so mui da tiem|tong so mui|tong so mui da tiem|ho ten me|ho va ten me|ho ten bo|ho va ten bo|ho ten cha|ho va ten cha|ho ten bo me|ho ten cha me|ten me|ten bo|me|bo|cha|ho ten nguoi giam ho|ho va ten nguoi giam ho|nguoi giam ho|ten nguoi giam ho|nguoi bao ho|ho ten phu huynh|phu huynh|chu ho|ho ten chu ho|ten chu ho|ho va ten chu ho|quan he|quan he voi chu ho|email|id|id doi tuong|id mui tiem|ma mui|ma mui tiem|ma ho so|ma benh nhan|ma y te|ma bn|ma tiem chung|ma khach hang|ma hoc sinh|chieu cao|can nang|ky ten|chu ky|ky nhan|xac nhan|gio tiem|buoi tiem|buoi|tien su|tien su benh|chong chi dinh|sang loc|ket qua kham|duong tiem|vi tri tiem|lieu luong|nha san xuat|nuoc san xuat|hang san xuat|loai giay to|ton giao|khoi|ngay trich xuat|da nhap he thong|da nhap|nhap he thong|tinh trang nhap|trang thai nhap|trang thai nhap lieu|co so nhap|co so nhap lieu|don vi nhap|don vi nhap lieu|don vi tao|co so tao|don vi quan ly|noi nhap|ma so thue|trinh do|noi sinh|dia chi co quan|so ho khau|tre em|benh nen|huyet ap|nhiet do|so lan tiem|da tiem du mui|so ngay|khoang cach",
    ),
    none(0.7, "ma doi tuong|ma dt|lop|trang thai|ma|so|thoi gian"),
];
