//! The catalogue of rules: the facts of công văn, quyết định and practice that a sound record agrees with.

use super::rule::{Facet, Rule, Severity, Subject, catalogue};

const VERIFIED: &str = "9438/BYT-CNTT ngày 05/11/2021 (bốn trường đối chiếu CSDLQG về dân cư)";
const CLEANING: &str = "2262/BYT-CNTT ngày 04/05/2022 (ba loại dữ liệu phải làm sạch)";
const CITIZEN: &str = "NĐ 137/2015/NĐ-CP điều 13; TT 59/2021/TT-BCA (cấu trúc số định danh)";
const TEMPLATE: &str = "Mẫu nhập danh sách của Hệ thống (27 cột), cột bắt buộc";
const SERIES: &str = "QĐ 3588/QĐ-BYT ngày 26/07/2021 (khoảng cách theo vắc xin)";
const BOOSTER: &str = "10722/BYT-DP ngày 17/12/2021 (liều bổ sung, liều nhắc lại)";
const PRACTICE: &str = "Thực hành rà soát dữ liệu, không có văn bản quy định";

catalogue! {
    NoIdentity: "GT01" Error Identity Person, "Có số CCCD hoặc CMND", "Không có số thì không đối chiếu được với CSDLQG về dân cư và không ký được hộ chiếu vắc xin.", "Đưa vào danh sách rà soát gửi Công an xã; nhập số Công an trả lại.", CLEANING;
    IdentityLength: "GT02" Error Identity Person, "Số giấy tờ có 9 chữ số (CMND) hoặc 12 chữ số (CCCD)", "Số thừa hoặc thiếu chữ số là số gõ sai.", "So với giấy tờ, gõ lại; chưa có giấy tờ thì gửi Công an xã.", CLEANING;
    EightDigits: "GT03" Warning Identity Person, "Số giấy tờ không phải 8 chữ số", "8 chữ số thường là CMND mất số 0 đầu, cũng có thể là số hiệu quân nhân.", "CMND: bấm “Thêm số 0 đầu”. Số quân nhân: để nguyên.", TEMPLATE;
    ZerosPutBack: "GT04" Notice Identity Person, "Số CCCD ghi đủ các số 0 ở đầu", "Excel bỏ số 0 đầu khi ô là số; Rà Soát đã đọc lại đủ 12 chữ số, nhưng tệp gốc vẫn thiếu.", "Sửa ô thành kiểu chữ trong tệp gốc trước khi nhập lên Hệ thống.", CITIZEN;
    ZerosLost: "GT05" Error Identity Person, "Số giấy tờ 10 hoặc 11 chữ số không phải CCCD mất số 0 đầu", "Thêm số 0 thì thành số CCCD có mã tỉnh, nhưng năm sinh hoặc giới tính trong số chưa khớp dòng này.", "Đúng là CCCD: bấm “Thêm số 0 đầu”, rồi sửa ngày sinh hoặc giới tính.", CITIZEN;
    IdentityPrefix: "GT06" Warning Identity Person, "Ba chữ số đầu của CCCD là mã của một trong 63 tỉnh, thành phố", "Mã lạ thường là gõ sai; người khai sinh ở nước ngoài mang mã nước.", "So với giấy tờ.", CITIZEN;
    IdentityCentury: "GT07" Error Identity Person, "Chữ số thứ tư của CCCD là 0, 1, 2 hoặc 3", "Chữ số này chỉ thế kỷ và giới tính; từ 4 trở lên là sinh từ năm 2100.", "So với giấy tờ, gõ lại.", CITIZEN;
    IdentitySex: "GT08" Error Identity Person, "Chữ số thứ tư của CCCD khớp giới tính", "Chẵn là nam, lẻ là nữ; không khớp thì số hoặc giới tính sai, đối chiếu sẽ ra “sai thông tin”.", "So với giấy tờ, sửa trường sai.", CITIZEN;
    IdentityYear: "GT09" Error Identity Person, "Chữ số thứ năm, thứ sáu của CCCD khớp năm sinh", "Không khớp thì số hoặc năm sinh sai, đối chiếu sẽ ra “sai thông tin”.", "So với giấy tờ, sửa trường sai.", CITIZEN;
    DigitsGone: "GT10" Error Identity Person, "Số giấy tờ không ở dạng khoa học (6.08E+10)", "Excel đã làm mất các chữ số cuối, không khôi phục được từ tệp này.", "Lấy lại số từ nguồn gốc.", PRACTICE;
    IdentityIsPhone: "GT11" Error Identity Person, "Cột số giấy tờ không chứa số điện thoại", "Số ở đây trùng số điện thoại của chính người đó.", "Xóa, tìm số CCCD.", PRACTICE;
    IdentityPlaceholder: "GT12" Error Identity Person, "Số giấy tờ là số thật, không phải số gõ cho đủ", "Dãy 000000000, 123456789… được gõ để qua bước nhập.", "Coi như chưa có số; đưa vào danh sách rà soát.", CLEANING;
    SharedIdentity: "GT13" Error Identity Person, "Một số giấy tờ thuộc về một người", "Hai người khác tên, khác ngày sinh mang cùng số: ít nhất một người ghi sai.", "So với giấy tờ của từng người.", VERIFIED;
    TwoIdentities: "GT14" Notice Identity Person, "Một người dùng một số giấy tờ", "Đổi CMND sang CCCD trong năm 2021 làm một người có hai hồ sơ, mũi tiêm bị tách đôi.", "Gộp về số CCCD.", PRACTICE;
    Passport: "GT15" Notice Identity Person, "Người mang hộ chiếu là người nước ngoài", "Người nước ngoài ký bằng số hộ chiếu, không đối chiếu CSDLQG; người Việt Nam phải có CCCD hoặc CMND.", "Người Việt Nam: bổ sung số CCCD.", "1908/BYT-CNTT ngày 15/04/2022";
    IdentityLetters: "GT16" Error Identity Person, "Số giấy tờ không lẫn chữ, dấu lạ", "Chữ O thay số 0, chữ l thay số 1, hoặc ghi kèm lời.", "Gõ lại số.", CLEANING;

    NoName: "HT01" Error Name Person, "Có họ và tên", "Trường bắt buộc đối chiếu.", "Bổ sung từ phiếu tiêm.", VERIFIED;
    NameSigns: "HT02" Warning Name Person, "Họ tên chỉ có chữ cái", "Chữ số hoặc dấu lạ trong tên làm đối chiếu ra “sai thông tin”.", "Gõ lại họ tên.", VERIFIED;
    NamePlaceholder: "HT03" Error Name Person, "Họ tên là tên thật", "“Không rõ”, “test”, “chưa có tên”, “Nguyễn Văn A”… không phải tên người.", "Tìm lại phiếu tiêm.", VERIFIED;
    OneWordName: "HT04" Warning Name Person, "Họ tên có từ hai tiếng trở lên", "Một tiếng là thiếu họ hoặc thiếu tên.", "Bổ sung họ và chữ đệm.", VERIFIED;
    NameWithoutMarks: "HT05" Notice Name Person, "Họ tên viết có dấu", "Tên ba tiếng trở lên không có dấu nào thường là gõ không dấu.", "Gõ lại có dấu theo giấy tờ.", VERIFIED;
    NameInitials: "HT06" Notice Name Person, "Họ tên không viết tắt", "“Ng. T. Hoa” không đối chiếu được.", "Viết đủ theo giấy tờ.", VERIFIED;

    NoBirth: "NS01" Error Birth Person, "Có ngày sinh", "Trường bắt buộc đối chiếu; thiếu thì không xếp được nhóm tuổi.", "Bổ sung từ giấy tờ.", VERIFIED;
    PartBirth: "NS02" Warning Birth Person, "Ngày sinh đủ ngày, tháng, năm", "Đối chiếu cần đủ ngày, tháng, năm; chỉ có năm hoặc tháng thì không khớp.", "Bổ sung từ giấy tờ; giấy tờ chỉ ghi năm thì để nguyên.", VERIFIED;
    BadBirth: "NS03" Error Birth Person, "Ngày sinh là một ngày có thật", "Không đọc được thành ngày.", "Gõ lại dạng dd/mm/yyyy.", VERIFIED;
    FutureBirth: "NS04" Error Birth Person, "Ngày sinh không sau ngày kiểm tra", "Chưa sinh thì chưa tiêm.", "Gõ lại năm sinh.", PRACTICE;
    GreatAge: "NS05" Warning Birth Person, "Người không quá 110 tuổi", "Quá 110 tuổi thường là gõ sai thế kỷ.", "So với giấy tờ.", PRACTICE;
    FirstOfJanuary: "NS06" Notice Birth Person, "Ngày sinh 01/01 là ngày thật", "01/01 thường được gõ khi chỉ biết năm sinh.", "So với giấy tờ.", PRACTICE;
    NoSex: "GI01" Error Sex Person, "Có giới tính", "Trường bắt buộc đối chiếu.", "Bổ sung; chữ số thứ tư của CCCD cho biết.", VERIFIED;
    FourFields: "BT01" Error Verification Person, "Đủ bốn trường: họ tên, giới tính, ngày tháng năm sinh, số CCCD/CMND", "Thiếu một trường thì không gửi đối chiếu được với CSDLQG về dân cư.", "Bổ sung trường còn thiếu.", VERIFIED;

    NoPhone: "DT01" Warning Phone Person, "Có số điện thoại", "Hệ thống bắt buộc khi nhập; người dân cần để tra cứu chứng nhận.", "Hỏi lại người tiêm.", TEMPLATE;
    PhoneForm: "DT02" Warning Phone Person, "Số điện thoại có 10 chữ số với đầu số di động", "Hệ thống nhận tối thiểu 10 chữ số; mất số 0 đầu hoặc thiếu số thì không nhắn tin được.", "Thiếu số 0 đầu: bấm “Thêm số 0 đầu”. Còn lại: gõ lại.", TEMPLATE;
    PhonePlaceholder: "DT03" Warning Phone Person, "Số điện thoại là số thật", "Dãy 0123456789, 0900000000… được gõ cho đủ.", "Hỏi lại người tiêm.", PRACTICE;
    SharedPhone: "DT04" Notice Phone Person, "Một số điện thoại dùng cho nhiều nhất 5 người", "Cả thôn, cả xí nghiệp khai một số: không tra cứu được chứng nhận của từng người.", "Thay bằng số của từng người hoặc người giám hộ.", PRACTICE;
    InsuranceForm: "BH01" Notice Insurance Person, "Số thẻ BHYT có 10 chữ số hoặc 15 ký tự đúng dạng", "15 ký tự gồm 2 chữ, mức hưởng 1–5, mã tỉnh và 10 chữ số.", "So với thẻ.", "QĐ 1351/QĐ-BHXH ngày 16/11/2015";
    NoCommune: "DC01" Warning Home Person, "Có xã, phường nơi ở", "Danh sách rà soát giao Công an theo xã; Hệ thống bắt buộc mã xã.", "Bổ sung nơi ở.", TEMPLATE;
    NoTargetGroup: "NU01" Notice Home Person, "Có nhóm đối tượng ưu tiên", "Hệ thống bắt buộc khi nhập.", "Bổ sung mã nhóm 1–16.", TEMPLATE;
    TargetGroupCode: "NU02" Notice Home Person, "Mã nhóm đối tượng từ 1 đến 16", "Hệ thống có 16 nhóm.", "Chọn lại nhóm.", "QĐ 3355/QĐ-BYT ngày 08/07/2021";

    NoDay: "MT01" Error Given Dose, "Có ngày tiêm", "Không có ngày thì không là một mũi tiêm.", "Bổ sung từ phiếu tiêm.", TEMPLATE;
    BadDay: "MT02" Error Given Dose, "Ngày tiêm là một ngày có thật", "Không đọc được thành ngày.", "Gõ lại dạng dd/mm/yyyy.", TEMPLATE;
    BeforeBirth: "MT03" Error Given Dose, "Ngày tiêm không trước ngày sinh", "Một trong hai ngày sai.", "So với giấy tờ và phiếu tiêm.", PRACTICE;
    BeforeCampaign: "MT04" Error Given Dose, "Ngày tiêm từ 08/03/2021", "Mũi đầu tiên ở Việt Nam tiêm ngày 08/03/2021.", "Gõ lại năm hoặc tháng.", "Chiến dịch tiêm chủng bắt đầu ngày 08/03/2021";
    AfterEntry: "MT05" Error Given Dose, "Ngày tiêm không sau ngày nhập", "Không thể nhập một mũi chưa tiêm.", "Sửa ngày tiêm; hay gặp do đảo ngày, tháng.", PRACTICE;
    AfterToday: "MT06" Error Given Dose, "Ngày tiêm không sau ngày kiểm tra", "Mũi chưa tiêm.", "Gõ lại ngày.", PRACTICE;
    AmbiguousDay: "MT07" Notice Given Dose, "Ngày và tháng của ngày tiêm đọc được một cách", "Cả cột không có ngày nào trên 12 nên không biết ngày hay tháng viết trước, hoặc Excel đã đảo.", "Xem cột: đúng là đảo thì bấm “Đảo ngày, tháng cả cột”.", PRACTICE;
    SwappedDay: "MT08" Warning Given Dose, "Ngày tiêm ngoài thời hạn không phải do đảo ngày, tháng", "Đảo ngày và tháng thì ngày tiêm nằm trong thời hạn.", "Bấm “Đảo ngày, tháng” cho mũi này hoặc cả cột.", PRACTICE;

    UnderFive: "TU01" Error Age Dose, "Người tiêm từ 5 tuổi trở lên", "Chưa có vắc xin COVID-19 cho trẻ dưới 5 tuổi trong thời gian này.", "So ngày sinh với giấy tờ.", "8688/BYT-DP và hướng dẫn tiêm 5–11 tuổi (chỉ từ 5 tuổi)";
    EarlyAdolescent: "TU02" Warning Age Dose, "Người 12–17 tuổi tiêm từ 27/10/2021", "Mũi đầu của nhóm 12–17 tuổi tiêm ngày 27/10/2021.", "So ngày sinh và ngày tiêm; người tiêm thử nghiệm thì để nguyên.", "8688/BYT-DP ngày 14/10/2021";
    EarlyChild: "TU03" Warning Age Dose, "Trẻ 5–11 tuổi tiêm từ 14/04/2022", "Mũi đầu của nhóm 5–11 tuổi tiêm ngày 14/04/2022.", "So ngày sinh và ngày tiêm.", "Chiến dịch tiêm 5–11 tuổi bắt đầu ngày 14/04/2022";
    ChildVaccine: "TU04" Warning Age Dose, "Trẻ 5–11 tuổi tiêm Pfizer hoặc Moderna", "Chỉ hai vắc xin này dùng cho 5–11 tuổi.", "So ngày sinh và tên vắc xin.", "Hướng dẫn tiêm 5–11 tuổi, 04/2022";
    ModernaAtFive: "TU05" Warning Age Dose, "Moderna dùng cho trẻ từ 6 tuổi", "Trẻ 5 tuổi chỉ tiêm Pfizer.", "So ngày sinh và tên vắc xin.", "Hướng dẫn tiêm 5–11 tuổi, 04/2022";
    EarlyBooster: "MB01" Warning Age Dose, "Liều bổ sung, liều nhắc lại tiêm từ 01/12/2021", "Trước 12/2021 chưa có chỉ đạo tiêm bổ sung, nhắc lại.", "So nhãn mũi và ngày tiêm.", "10225/BYT-DP ngày 01/12/2021";
    EarlySecondBooster: "MB02" Warning Age Dose, "Liều nhắc 2 tiêm từ 01/05/2022", "Nhắc 2 bắt đầu khoảng 05/2022.", "So nhãn mũi và ngày tiêm.", PRACTICE;
    BeforeApproval: "VX05" Warning Vaccine Dose, "Ngày tiêm không trước ngày vắc xin được phê duyệt", "Vắc xin chưa được phê duyệt thì chưa có để tiêm.", "So tên vắc xin và ngày tiêm.", "Quyết định phê duyệt có điều kiện của từng vắc xin";

    EarlySecond: "KC01" Warning Interval Dose, "Mũi 2 cách mũi 1 đủ số ngày tối thiểu của vắc xin", "AstraZeneca, Moderna, Covaxin 28 ngày; Pfizer, Vero Cell, Hayat-Vax, Sputnik V 21 ngày; Abdala 14 ngày.", "So hai ngày tiêm với phiếu.", SERIES;
    EarlyThirdAbdala: "KC02" Warning Interval Dose, "Mũi 3 Abdala cách mũi 2 từ 14 ngày", "Abdala tiêm ngày 0, 14, 28.", "So hai ngày tiêm với phiếu.", SERIES;
    EarlyAdditional: "KC03" Warning Interval Dose, "Liều bổ sung cách mũi trước từ 28 ngày", "Bổ sung sớm hơn 28 ngày là sai chỉ định hoặc sai ngày.", "So hai ngày tiêm với phiếu.", BOOSTER;
    EarlyFirstBooster: "KC04" Warning Interval Dose, "Liều nhắc 1 cách mũi trước từ 3 tháng", "Khoảng cách nhắc 1 là 3 tháng kể từ 17/12/2021 (trước đó 6 tháng).", "So hai ngày tiêm với phiếu.", BOOSTER;
    EarlySecondBoosterGap: "KC05" Warning Interval Dose, "Liều nhắc 2 cách mũi trước từ 4 tháng", "Nhắc 2 sau nhắc 1 ít nhất 4 tháng.", "So hai ngày tiêm với phiếu.", "Hướng dẫn tiêm mũi 4, 06/2022";
    EarlyThirdAdolescent: "KC06" Warning Interval Dose, "Mũi 3 của 12–17 tuổi cách mũi 2 từ 5 tháng", "Khoảng cách của nhóm này là 5 tháng.", "So hai ngày tiêm với phiếu.", "Hướng dẫn tiêm mũi 3 cho 12–17 tuổi, 2022";
    EarlyChildSecond: "KC07" Warning Interval Dose, "Mũi 2 của trẻ 5–11 tuổi cách mũi 1 từ 4 tuần", "Khoảng cách của nhóm này là 4 tuần.", "So hai ngày tiêm với phiếu.", "Hướng dẫn tiêm 5–11 tuổi, 04/2022";

    OrderOfDays: "TT01" Error Order Dose, "Mũi sau tiêm sau mũi trước", "Mũi có số nhỏ hơn lại tiêm sau: nhãn mũi hoặc ngày sai.", "So với phiếu tiêm.", PRACTICE;
    DoseTwice: "TT02" Error Order Dose, "Một mũi ghi một lần", "Cùng người, cùng ngày, cùng vắc xin: hai cơ sở cùng nhập hoặc nhập hai lần.", "Giữ một dòng, xóa dòng thừa.", "4549/BYT-CNTT ngày 23/08/2022 (dẫn tại 1234/BYT-DP)";
    TwoOnOneDay: "TT03" Error Order Dose, "Một ngày tiêm một mũi", "Cùng người, cùng ngày, hai vắc xin khác nhau.", "So với phiếu tiêm.", PRACTICE;
    LabelTwice: "TT04" Error Order Dose, "Mỗi số mũi có một lần", "Cùng người có hai mũi cùng nhãn ở hai ngày.", "Sửa nhãn mũi theo ngày tiêm.", PRACTICE;
    MissingBefore: "TT05" Notice Order Dose, "Có mũi liền trước", "Có mũi 2 mà không có mũi 1: mũi trước ở tệp khác, nơi khác, hoặc chưa nhập.", "Tìm mũi trước; chưa nhập thì nhập.", PRACTICE;
    TooMany: "TT06" Warning Order Dose, "Một người không quá 7 mũi", "Mẫu giấy xác nhận có 7 ô mũi.", "Tìm mũi của người trùng tên.", "QĐ 43/QĐ-BYT ngày 07/01/2022";
    NoLabel: "TT07" Warning Order Dose, "Có ghi mũi thứ mấy", "Không ghi thì Rà Soát xếp theo thứ tự ngày.", "Bổ sung nhãn mũi.", TEMPLATE;
    BadLabel: "TT08" Warning Order Dose, "Nhãn mũi đọc được", "Nhãn không nói mũi mấy, bổ sung hay nhắc lại.", "Ghi lại: Mũi 1, Mũi 2, Bổ sung, Nhắc 1, Nhắc 2.", PRACTICE;

    NoVaccine: "VX01" Error Vaccine Dose, "Có tên vắc xin", "Hộ chiếu vắc xin cần tên vắc xin.", "Bổ sung theo số lô hoặc phiếu.", "QĐ 5772/QĐ-BYT ngày 20/12/2021; mẫu nhập danh sách";
    UnknownVaccine: "VX02" Error Vaccine Dose, "Tên vắc xin là một trong chín vắc xin đã dùng", "Cách viết này Rà Soát không nhận ra.", "Chọn vắc xin đúng; mọi dòng cùng cách viết được sửa một lần.", "QĐ 5772/QĐ-BYT ngày 20/12/2021";
    ChildMix: "VX03" Error Vaccine Dose, "Trẻ 5–11 tuổi tiêm hai mũi cùng một vắc xin", "Nhóm này không tiêm trộn.", "So với phiếu tiêm.", "Hướng dẫn tiêm 5–11 tuổi, 04/2022";
    OtherSecond: "VX04" Notice Vaccine Dose, "Mũi 2 cùng vắc xin với mũi 1", "Tiêm trộn được phép trong một số trường hợp, nhưng cũng hay là gõ sai.", "So với phiếu tiêm.", PRACTICE;
    NoLot: "LO01" Warning Lot Dose, "Có số lô", "Hệ thống bắt buộc khi nhập.", "Bổ sung theo sổ xuất vắc xin.", TEMPLATE;
    LotForm: "LO02" Warning Lot Dose, "Số lô gồm chữ và số, 4 đến 15 ký tự", "Ngày tháng, lời ghi chú hoặc số thứ tự lọt vào cột số lô.", "So với sổ xuất vắc xin.", PRACTICE;
    LotOfTwo: "LO03" Error Lot Dose, "Một số lô thuộc một vắc xin", "Cùng số lô mà phần lớn dòng ghi vắc xin khác.", "Sửa tên vắc xin hoặc số lô.", PRACTICE;

    NoFacility: "CS01" Warning Facility Dose, "Có cơ sở tiêm", "Hệ thống bắt buộc; không có thì mũi tiêm không về đơn vị nào.", "Bổ sung cơ sở tiêm.", TEMPLATE;
    FacilitySpelling: "CS02" Notice Facility Dose, "Một cơ sở viết một cách", "Một cơ sở viết nhiều cách làm số liệu theo cơ sở bị xé lẻ.", "Bấm “Viết theo cách thường dùng”.", PRACTICE;
    Heaping: "CS03" Notice Facility Dose, "Mũi tiêm của cơ sở không dồn vào ngày 1, 15 và ngày cuối tháng", "Quá một phần tư số mũi rơi vào ba ngày này (bình thường một phần mười): ngày tiêm ghi theo ngày tổng hợp.", "Ghi lại ngày tiêm theo phiếu.", PRACTICE;

    LateEntry: "NH01" Warning Entry Dose, "Mũi tiêm từ 08/04/2022 nhập ngay trong ngày", "Mũi mới phải nhập và ký trong ngày tiêm.", "Nhắc cơ sở; xem bảng Giám sát.", "1815/BYT-CNTT ngày 08/04/2022; 1234/BYT-DP mục 2";
    EntryAfterToday: "NH02" Error Entry Dose, "Ngày nhập không sau ngày kiểm tra", "Ngày nhập sai.", "Trích xuất lại từ Hệ thống.", PRACTICE;
    NoEntry: "NH03" Notice Entry Dose, "Có ngày nhập", "Không có ngày nhập thì không biết nhập có kịp trong ngày không.", "Trích xuất kèm ngày nhập.", "1234/BYT-DP mục 2";
    VerifiedWrong: "XT01" Error Verification Dose, "Kết quả đối chiếu CSDLQG không phải “sai thông tin”", "Một trong bốn trường không khớp dữ liệu dân cư.", "Đưa vào danh sách rà soát gửi Công an xã.", CLEANING;
    NotVerified: "XT02" Notice Verification Dose, "Đã đối chiếu với CSDLQG về dân cư", "Chưa đối chiếu thì chưa ký được.", "Gửi đối chiếu.", "1495/BYT-CNTT ngày 24/03/2022";
    UnknownStatus: "XT03" Warning Verification Dose, "Trạng thái xác thực là một giá trị đã biết", "Giá trị lạ được giữ riêng, chưa tính vào loại nào.", "Chọn loại cho giá trị này ở bước Giám sát.", PRACTICE;
    SignedUnverified: "XT04" Error Verification Dose, "Mũi đã ký thì đã xác thực đúng", "Người Việt Nam chỉ được ký khi CCCD/CMND đã xác thực đúng.", "Kiểm tra lại xác thực, ký lại.", "1908/BYT-CNTT ngày 15/04/2022";
    VerifiedUnsigned: "XT05" Notice Verification Dose, "Mũi đã xác thực đúng thì đã ký", "Đủ điều kiện ký hộ chiếu vắc xin mà chưa ký.", "Ký xác nhận.", "1908/BYT-CNTT ngày 15/04/2022";
}

impl RuleId {
    /// Its row of the catalogue.
    pub fn rule(self) -> &'static Rule {
        &RULES[self as usize]
    }

    /// Its code.
    pub fn code(self) -> &'static str {
        self.rule().code
    }

    /// The rule with this code.
    pub fn from_code(code: &str) -> Option<RuleId> {
        RuleId::ALL.iter().copied().find(|rule| rule.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_rule_has_a_code_of_its_own_and_says_everything() {
        let codes: BTreeSet<&str> = RULES.iter().map(|rule| rule.code).collect();
        assert_eq!(codes.len(), RULES.len());
        assert!(RULES.len() >= 40, "{}", RULES.len());
        for (rule, id) in RULES.iter().zip(RuleId::ALL) {
            assert_eq!(RuleId::from_code(rule.code), Some(*id));
            assert!([rule.holds, rule.why, rule.fix, rule.source].iter().all(|words| words.len() > 8), "{}", rule.code);
        }
    }
}
