//! The working list: one sheet a bucket, provenance, dates, texts that stay texts.

use crate::parts::{Sheet, Value, column_name, read};
use jiff::civil::date;
use ra_soat::domain::{Bucket, Confidence, Decision, FormColumn, MissingGroup, Side, Status};
use ra_soat::forms::working_list::{Place, WorkRow};
use ra_soat::forms::working_list_sheet::{COLUMNS, WorkHeading, WorkSheet, WorkingListBook};

/// Every list, local ones first.
fn lists() -> Vec<(Side, Bucket, &'static str)> {
    let all = Side::ALL.into_iter().flat_map(|side| Bucket::ALL.map(|bucket| (side, bucket)));
    all.filter_map(|(side, bucket)| Some((side, bucket, bucket.sheet_name(side)?))).collect()
}

/// A list with two doses of invented persons, on both sides, and every other sheet empty.
pub(crate) fn sample() -> Vec<u8> {
    let local = Place { file: "Danh sach xa An Lac.xlsx", sheet: "Đợt 3", row: 17, slot: 2 };
    let system = Place { file: "Xuat HT 31-01-2023.xlsx", sheet: "Sheet1", row: 40_211, slot: 1 };
    let missing = WorkRow {
        local: Some(local),
        name: "Nông Thị Ví Dụ",
        birth: "08/03/1985".to_owned(),
        sex: "Nữ",
        identity: "006185001234",
        phone: "0912345678",
        insurance: "DN4060123456789",
        province: "Bắc Kạn",
        district: "Huyện Bạch Thông",
        commune: "Xã An Lạc",
        address: "=1+1",
        target_group: "09",
        note: "+84 chuyển đi Thái Nguyên",
        label: "Mũi 2",
        vaccine: "Vero Cell",
        given: Some(date(2021, 9, 3)),
        given_text: "3/9/2021",
        lot: "0021",
        facility: "Trạm Y tế xã An Lạc",
        unit: "Trạm Y tế xã An Lạc",
        column: Some(FormColumn::D),
        group: Some(MissingGroup::Departed),
        status: Some(Status::NotVerified),
        ..WorkRow::default()
    };
    let review = WorkRow {
        local: Some(local),
        system: Some(system),
        name: "@Hoàng Văn Mẫu",
        birth: "1950".to_owned(),
        given_text: "31/02/2021",
        entered: Some(date(2021, 9, 4)),
        reason: "Có thể trùng với một mũi ở phía bên kia: cùng khóa nhưng gặp nhiều người".to_owned(),
        confidence: Some(Confidence::Possible),
        match_weight: Some(17.25),
        differences: "Ngày tiêm: 04/09/2021 → 03/09/2021".to_owned(),
        decision: Some(Decision::Later),
        ..WorkRow::default()
    };
    let only_there = WorkRow { local: None, ..review.clone() };
    let rows = |side, bucket| match (side, bucket) {
        (_, Bucket::NotEntered) | (Side::Local, Bucket::Review) | (Side::System, Bucket::SystemOnly) => 1,
        _ => 0,
    };
    let sheets: Vec<WorkSheet> = lists().into_iter().map(|(side, bucket, name)| WorkSheet { name, rows: rows(side, bucket) }).collect();
    let mut book = WorkingListBook::new(WorkHeading { reporting_unit: "Huyện Bạch Thông", part: None }, &sheets).unwrap();
    for (side, bucket, _) in lists() {
        book.next_sheet().unwrap();
        match (side, bucket) {
            (_, Bucket::NotEntered) => book.push(&missing).unwrap(),
            (Side::Local, Bucket::Review) => book.push(&review).unwrap(),
            (Side::System, Bucket::SystemOnly) => book.push(&only_there).unwrap(),
            _ => {}
        }
    }
    book.finish().unwrap()
}

fn sheet(sheets: &[Sheet], name: &str) -> usize {
    sheets.iter().position(|sheet| sheet.name == name).unwrap()
}

/// The cell under a heading.
fn under(sheet: &Sheet, heading: &str) -> crate::parts::Cell {
    let at = COLUMNS.iter().position(|(title, _)| *title == heading).unwrap();
    sheet.cell(&format!("{}4", column_name(at as u32 + 1)))
}

fn text(words: &str) -> Value {
    Value::Text(words.to_owned())
}

#[test]
fn one_sheet_a_bucket_local_ones_first() {
    let sheets = read(&sample()).0;
    let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "Không đọc được",
            "Ngoài phạm vi",
            "Trùng lặp",
            "Cần xem xét",
            "Đã nhập",
            "Cần điều chỉnh",
            "Chưa nhập",
            "Không đọc được (HT)",
            "Ngoài phạm vi (HT)",
            "Trùng trên Hệ thống",
            "Cần xem xét (HT)",
            "Chỉ có trên Hệ thống",
        ]
    );
    for sheet in &sheets {
        assert!(sheet.text("A1").starts_with(&format!("DANH SÁCH LÀM VIỆC: {} – Huyện Bạch Thông (", sheet.name)), "{}", sheet.text("A1"));
        assert!(sheet.text("A2").contains("dữ liệu cá nhân") && sheet.text("A2").contains("không gửi qua thư điện tử"));
        assert_eq!(sheet.rows_starting("Tệp"), [3]);
        for (at, (title, _)) in COLUMNS.iter().enumerate() {
            assert_eq!(sheet.text(&format!("{}3", column_name(at as u32 + 1))), *title);
        }
        let has = |start: &str, words: &str| sheet.settings.iter().any(|line| line.starts_with(start) && line.contains(words));
        assert!(has("autoFilter", "ref=\"A3:AJ") && has("pane", "ySplit=\"3\"") && has("formula1", "\"Cùng người,Khác người,Để sau\""));
        assert!(has("dataValidation", "sqref=\"AJ4") && has("sheetProtection", "autoFilter=\"0\""), "{:?}", sheet.settings);
    }
    assert!(sheets[sheet(&sheets, "Chưa nhập")].text("A1").ends_with("(1 mũi tiêm)"));
}

#[test]
fn a_missing_dose_keeps_its_place_dates_and_zeros() {
    let sheets = read(&sample()).0;
    let sheet = &sheets[sheet(&sheets, "Chưa nhập")];
    let expected = [
        ("Tệp", text("Danh sach xa An Lac.xlsx")),
        ("Trang tính", text("Đợt 3")),
        ("Dòng", Value::Number(17.0)),
        ("Mũi thứ", Value::Number(2.0)),
        ("Họ và tên", text("Nông Thị Ví Dụ")),
        ("Ngày sinh", Value::Number(31_114.0)),
        ("Số CCCD/CMND/hộ chiếu", text("006185001234")),
        ("Số điện thoại", text("0912345678")),
        ("Địa chỉ chi tiết", text("=1+1")),
        ("Nhóm đối tượng", text("09")),
        ("Ghi chú", text("+84 chuyển đi Thái Nguyên")),
        ("Ngày tiêm", Value::Number(44_442.0)),
        ("Số lô", text("0021")),
        ("Cột biểu", text("d")),
        ("Nhóm", text("Nhóm 2")),
        ("Trạng thái", text("Chưa xác minh")),
        ("Tệp HT", Value::Blank),
        ("Quyết định", Value::Blank),
    ];
    for (heading, value) in expected {
        assert_eq!(under(sheet, heading).value, value, "{heading}");
    }
    for heading in ["Ngày sinh", "Ngày tiêm"] {
        assert_eq!(under(sheet, heading).number_format, "dd/mm/yyyy");
    }
    assert!(sheets.iter().flat_map(|sheet| sheet.cells.values()).all(|cell| cell.formula.is_none()));
}

#[test]
fn a_doubtful_pair_shows_both_places_and_takes_an_answer() {
    let sheets = read(&sample()).0;
    let review = &sheets[sheet(&sheets, "Cần xem xét")];
    let expected = [
        ("Họ và tên", text("@Hoàng Văn Mẫu")),
        ("Ngày sinh", text("1950")),
        ("Ngày tiêm", text("31/02/2021")),
        ("Ngày nhập", Value::Number(44_443.0)),
        ("Tệp HT", text("Xuat HT 31-01-2023.xlsx")),
        ("Dòng HT", Value::Number(40_211.0)),
        ("Mũi thứ HT", Value::Number(1.0)),
        ("Độ tin cậy", text("Có thể")),
        ("Trọng số (bit)", Value::Number(17.25)),
        ("Sai khác", text("Ngày tiêm: 04/09/2021 → 03/09/2021")),
        ("Quyết định", text("Để sau")),
    ];
    for (heading, value) in expected {
        assert_eq!(under(review, heading).value, value, "{heading}");
    }
    assert!(under(review, "Quyết định").is_open);
    assert!(!under(review, "Họ và tên").is_open);
    let there = &sheets[sheet(&sheets, "Chỉ có trên Hệ thống")];
    for heading in ["Tệp", "Trang tính", "Dòng", "Mũi thứ"] {
        assert_eq!(under(there, heading).value, Value::Blank);
    }
    assert_eq!(under(there, "Tệp HT").value, text("Xuat HT 31-01-2023.xlsx"));
}

#[test]
fn a_text_longer_than_a_cell_is_cut_not_refused() {
    let long = "ă".repeat(40_000);
    let heading = WorkHeading { reporting_unit: &long, part: Some((2, 3)) };
    let mut book = WorkingListBook::new(heading, &[WorkSheet { name: "Chưa nhập", rows: 1 }]).unwrap();
    book.next_sheet().unwrap();
    book.push(&WorkRow { name: &long, birth: long.clone(), reason: long.clone(), ..WorkRow::default() }).unwrap();
    let sheets = read(&book.finish().unwrap()).0;
    assert_eq!(under(&sheets[0], "Họ và tên").value, Value::Text("ă".repeat(32_767)));
}
