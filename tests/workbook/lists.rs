//! Whole lists to persons and doses, layout by layout.

use crate::builder::{C, S, xlsx};
use crate::headers::{day, template};
use crate::row;
use ra_soat::domain::source::{FileId, SheetKind};
use ra_soat::domain::{BirthDate, DoseLabel, IdentityKind, Product, Sex, Unreadable};
use ra_soat::normalize::text::TextPool;
use ra_soat::workbook::detect::detect_sheet;
use ra_soat::workbook::mapping::{SheetMapping, SkipReason};
use ra_soat::workbook::read::read_workbook;
use ra_soat::workbook::records::{SheetRecords, read_records};

/// A sheet, read with the proposed mapping.
pub(crate) struct Read {
    pub(crate) mapping: SheetMapping,
    pub(crate) records: SheetRecords,
    pub(crate) pool: TextPool,
}

pub(crate) fn read(sheet: S, file_name: &str) -> Read {
    let workbook = read_workbook(file_name, xlsx(&[sheet]), &mut |_, _| ()).unwrap();
    let mapping = detect_sheet(&workbook, 0, file_name, None).expect("a header");
    let mut pool = TextPool::default();
    let records = read_records(&workbook, 0, &mapping, FileId(0), &mut pool);
    let read = Read { mapping, records, pool };
    read.check_account();
    read
}

impl Read {
    /// Every row is a person or left out with a reason; every person has at least one item.
    fn check_account(&self) {
        let reading = &self.records.reading;
        let skipped: u32 = reading.skipped.iter().map(|(_, count, _)| count).sum();
        assert_eq!(reading.rows, reading.persons + skipped, "{:?}", reading.skipped);
        assert_eq!(reading.items as usize, self.records.doses.len());
        for person in 0..reading.persons {
            assert!(self.records.doses.iter().any(|dose| dose.person == person));
        }
    }

    /// One line a dose: row.slot name | label | product | day | lot | facility, or why it is unreadable.
    pub(crate) fn lines(&self) -> Vec<String> {
        let text = |id| self.pool.get(id);
        self.records
            .doses
            .iter()
            .map(|dose| {
                let person = &self.records.persons[dose.person as usize];
                let label = dose.label.map_or("?".to_owned(), |label| match label {
                    DoseLabel::Ordinal(number) => format!("M{number}"),
                    DoseLabel::Additional => "BS".to_owned(),
                    DoseLabel::Booster(number) => format!("N{number}"),
                });
                let product = dose.product.map_or("?", Product::label);
                let day = match (dose.unreadable, dose.given) {
                    (Some(why), _) => format!("{why:?} {}", text(dose.given_text)).trim_end().to_owned(),
                    (None, Some(day)) => day.to_string(),
                    (None, None) => "!".to_owned(),
                };
                let (row, slot) = (dose.at.row, dose.at.slot);
                format!("{row}.{slot} {} | {label} | {product} | {day} | {} | {}", text(person.name), text(dose.lot), text(dose.facility))
            })
            .collect()
    }

    pub(crate) fn skipped(&self) -> Vec<(SkipReason, u32)> {
        self.records.reading.skipped.iter().map(|(reason, count, _)| (*reason, *count)).collect()
    }

    /// One line a person: name | birth | sex | number | phone | commune key.
    pub(crate) fn people(&self) -> Vec<String> {
        let text = |id| self.pool.get(id);
        self.records
            .persons
            .iter()
            .map(|person| {
                let birth = match person.birth {
                    Some(BirthDate::Day(day)) => day.to_string(),
                    Some(BirthDate::Month { year, month }) => format!("{year}-{month:02}"),
                    Some(BirthDate::Year(year)) => year.to_string(),
                    None => "?".to_owned(),
                };
                let sex = person.sex.map_or("?", Sex::label);
                let kind = match person.identity_kind {
                    IdentityKind::Missing => "",
                    IdentityKind::Citizen => "CCCD ",
                    IdentityKind::OldCard => "CMND ",
                    IdentityKind::Passport => "HC ",
                    IdentityKind::Other => "? ",
                };
                let (number, phone, commune) = (text(person.identity), text(person.phone), text(person.commune_key));
                format!("{} | {birth} | {sex} | {kind}{number} | {phone} | {commune}", text(person.name))
            })
            .collect()
    }
}

#[test]
fn the_import_template_reads_two_doses_a_row() {
    let read = read(template(), "nguoitiemchung.xlsx");
    assert_eq!(
        read.lines(),
        [
            "9.1 Nông Thị Mai An | M1 | AstraZeneca | 2021-09-05 | CTMAV587 | 06015",
            "9.2 Nông Thị Mai An | M2 | Pfizer | 2021-12-05 | FK0112 | 06015",
            "10.1 Nông Thị Mai Bình | M1 | AstraZeneca | 2021-09-05 | CTMAV587 | 06015",
            "10.2 Nông Thị Mai Bình | M2 | Pfizer | 2021-12-05 | FK0112 | 06015",
        ]
    );
    assert_eq!(read.people()[0], "Nông Thị Mai An | 1985-09-05 | Nữ | CCCD 006185001234 | 0912345678 | luc binh");
    assert_eq!(read.skipped(), [(SkipReason::Title, 5), (SkipReason::Header, 2)]);
}

#[test]
fn one_row_a_dose_under_a_title_with_totals_notes_and_signatures() {
    let head = row![
        "STT",
        "Họ và tên",
        "Ngày tháng năm sinh",
        "Giới tính",
        "Số CMND/\nCCCD",
        "SĐT",
        "Địa chỉ",
        "Mũi tiêm",
        "Loại vắc xin",
        "Ngày tiêm",
        "Số lô",
        "Ghi chú"
    ];
    let person = |number: i32, name: &str, day: C| -> Vec<C> {
        row![
            number,
            name,
            "05/03/1985",
            "Nam",
            6_085_001_234_i64,
            912_345_678,
            "Thôn Nà Pò, xã Dương Quang, TP Bắc Kạn",
            "Mũi 1",
            "AZ",
            day,
            "ctmav 587",
            ""
        ]
    };
    let mut rows = vec![
        row!["SỞ Y TẾ BẮC KẠN", "", "", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        row!["TRẠM Y TẾ XÃ DƯƠNG QUANG", "", "", "", "", "Độc lập - Tự do - Hạnh phúc"],
        row!["DANH SÁCH ĐỐI TƯỢNG TIÊM VẮC XIN PHÒNG COVID-19"],
        row!["(Từ ngày 01/09/2021 đến 30/09/2021)"],
        Vec::new(),
        head.clone(),
        row!["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)", "(10)", "(11)", "(12)"],
        row!["I", "Đối tượng y tế"],
        person(1, "Nguyễn Văn An", day(2021, 9, 5).into()),
        Vec::new(),
        person(2, "Trần Văn Bình", "25/09/2021".into()),
        head,
        row!["", "Thôn Nà Ngăm"],
        person(3, "Tống Công Minh", 44_444.into()),
        person(4, "Lê Văn Dũng", "".into()),
        person(5, "", "05/09/2021".into()),
        person(6, "Bàn Văn Sáu", "31/02/2022".into()),
        row![7, "Đặng Thị Lành"],
        row!["", "Tổng cộng", "", "", "", "", "", "", "", 7],
        row!["", "Danh sách này có 7 người"],
        row!["", "", "", "", "", "", "", "Dương Quang, ngày 30 tháng 9 năm 2021"],
        row!["", "Người lập bảng", "", "", "", "", "", "Trạm trưởng"],
        row!["", "(Ký, ghi rõ họ tên)"],
        row!["", "Hoàng Thị Yến", "", "", "", "", "", "Nông Văn Cường"],
    ];
    rows[4] = row![" "];
    let read = read(S::new("Sheet1", rows), "ds.xlsx");
    assert_eq!(read.mapping.kind, SheetKind::LocalList);
    assert_eq!(read.mapping.unit.as_deref(), Some("TRẠM Y TẾ XÃ DƯƠNG QUANG"));
    assert_eq!((read.mapping.header_first, read.mapping.header_last), (6, 7));
    assert_eq!(
        read.lines(),
        [
            "9.1 Nguyễn Văn An | M1 | AstraZeneca | 2021-09-05 | CTMAV587 | ",
            "11.1 Trần Văn Bình | M1 | AstraZeneca | 2021-09-25 | CTMAV587 | ",
            "14.1 Tống Công Minh | M1 | AstraZeneca | 2021-09-05 | CTMAV587 | ",
            "15.1 Lê Văn Dũng | M1 | AstraZeneca | NoDay | CTMAV587 | ",
            "16.1  | M1 | AstraZeneca | NoName 05/09/2021 | CTMAV587 | ",
            "17.1 Bàn Văn Sáu | M1 | AstraZeneca | BadDay 31/02/2022 | CTMAV587 | ",
            "18.1 Đặng Thị Lành | ? | ? | NoDay |  | ",
        ]
    );
    assert_eq!(read.people()[0], "Nguyễn Văn An | 1985-03-05 | Nam | CCCD 006085001234 | 0912345678 | duong quang");
    let expected =
        [(SkipReason::Title, 5), (SkipReason::Header, 2), (SkipReason::ColumnNumbers, 1), (SkipReason::Total, 1), (SkipReason::Note, 7)];
    assert_eq!(read.skipped(), expected);
    assert_eq!(read.records.reading.unreadable, 4);
}

#[test]
fn one_row_a_person_with_groups_of_doses() {
    let rows = vec![
        row!["DANH SÁCH TIÊM CHỦNG XÃ LỤC BÌNH"],
        row![
            "TT",
            "Họ và tên",
            "Năm sinh",
            "",
            "Thôn",
            "Mũi 1",
            "",
            "",
            "Mũi 2",
            "",
            "",
            "Mũi bổ sung",
            "",
            "",
            "Nhắc lại lần 1",
            "",
            "",
            "Nơi tiêm"
        ],
        row![
            "",
            "",
            "Nam",
            "Nữ",
            "",
            "Ngày tiêm",
            "Vắc xin",
            "Số lô",
            "Ngày tiêm",
            "Vắc xin",
            "Số lô",
            "Ngày tiêm",
            "Vắc xin",
            "Số lô",
            "Ngày tiêm",
            "Vắc xin",
            "Số lô"
        ],
        row![
            1,
            "Triệu Thị Hoa",
            "",
            1990,
            "Nà Chuông",
            "5/9/21",
            "vero cell",
            "A1",
            "",
            "",
            "",
            "",
            "",
            "",
            "5/3/22",
            "Pfizer",
            "FK1",
            "Trạm Y tế Lục Bình"
        ],
        row![
            2,
            "Triệu Văn Hùng",
            1958,
            "",
            "Nà Chuông",
            "15/9/21",
            "Vero-cell",
            "A1",
            "15/10/21",
            "",
            "",
            "20/2/22",
            "Pfizer",
            "",
            "",
            "",
            "",
            "Trạm Y tế Lục Bình"
        ],
        row![3, "Bế Văn Lực", "x", "", "Nà Chuông", "", "", "", "", "", "", "", "", "", "", "", "", "Trạm Y tế Lục Bình"],
        row![4, "Bế Văn Tân", 1970, "", "Nà Chuông", "", "AZ", "", "không nhớ"],
        row!["", "Tổng", 2, 1],
    ];
    let merges = [
        (2, 3, 0, 0),
        (2, 3, 1, 1),
        (2, 2, 2, 3),
        (2, 3, 4, 4),
        (2, 2, 5, 7),
        (2, 2, 8, 10),
        (2, 2, 11, 13),
        (2, 2, 14, 16),
        (2, 3, 17, 17),
        (1, 1, 0, 17),
    ];
    for merged in [true, false] {
        let sheet = S::new("Lục Bình", rows.clone());
        let read = read(if merged { sheet.merged(&merges) } else { sheet }, "ds.xlsx");
        assert_eq!(
            read.lines(),
            [
                "4.1 Triệu Thị Hoa | M1 | Vero Cell | 2021-09-05 | A1 | Trạm Y tế Lục Bình",
                "4.4 Triệu Thị Hoa | N1 | Pfizer | 2022-03-05 | FK1 | Trạm Y tế Lục Bình",
                "5.1 Triệu Văn Hùng | M1 | Vero Cell | 2021-09-15 | A1 | Trạm Y tế Lục Bình",
                "5.2 Triệu Văn Hùng | M2 | ? | 2021-10-15 |  | Trạm Y tế Lục Bình",
                "5.3 Triệu Văn Hùng | BS | Pfizer | 2022-02-20 |  | Trạm Y tế Lục Bình",
                "6.1 Bế Văn Lực | ? | ? | NoDose |  | ",
                "7.1 Bế Văn Tân | M1 | AstraZeneca | NoDay |  | ",
                "7.2 Bế Văn Tân | M2 | ? | BadDay không nhớ |  | ",
            ]
        );
        let people = read.people();
        assert_eq!(people[0], "Triệu Thị Hoa | 1990 | Nữ |  |  | ");
        assert_eq!(people[1], "Triệu Văn Hùng | 1958 | Nam |  |  | ");
        assert_eq!(people[2], "Bế Văn Lực | ? | Nam |  |  | ");
        assert_eq!(read.records.reading.unreadable, 3);
        assert_eq!(read.mapping.unit.as_deref(), Some("XÃ LỤC BÌNH"));
    }
}

#[test]
fn a_system_export_carries_its_own_fields() {
    let rows = vec![
        row!["HỆ THỐNG QUẢN LÝ TIÊM CHỦNG COVID-19"],
        row!["DANH SÁCH MŨI TIÊM"],
        row!["Ngày trích xuất: 15/02/2023"],
        row![
            "STT",
            "Mã đối tượng",
            "Họ và tên",
            "Ngày sinh",
            "Giới tính",
            "CMND/CCCD",
            "Số điện thoại",
            "Số thẻ BHYT",
            "Tỉnh/TP",
            "Quận/Huyện",
            "Xã/Phường",
            "Nhóm ưu tiên",
            "Mũi tiêm",
            "Tên vắc xin",
            "Số lô",
            "Ngày tiêm",
            "Cơ sở tiêm chủng",
            "Ngày nhập",
            "Trạng thái xác thực",
            "Trạng thái ký"
        ],
        row![
            1,
            "DT001",
            "ĐINH THỊ NGA",
            "05/03/1985",
            "Nữ",
            "006185001234",
            "0912345678",
            "GD4060620123456",
            "Tỉnh Bắc Kạn",
            "Huyện Bạch Thông",
            "Xã Lục Bình",
            10,
            2,
            "COVID-19 Vaccine AstraZeneca",
            "CTMAV587",
            "25/12/2021 08:30",
            "06015 - Trạm Y tế xã Lục Bình",
            "26/12/2021",
            "Đúng",
            "Đã ký"
        ],
    ];
    let read = read(S::new("Sheet1", rows), "abc.xlsx");
    assert_eq!(read.mapping.kind, SheetKind::SystemExport);
    assert_eq!(read.mapping.extracted_on, Some(day(2023, 2, 15)));
    assert_eq!(read.lines(), ["5.1 ĐINH THỊ NGA | M2 | AstraZeneca | 2021-12-25 | CTMAV587 | 06015 - Trạm Y tế xã Lục Bình"]);
    assert_eq!(read.people(), ["ĐINH THỊ NGA | 1985-03-05 | Nữ | CCCD 006185001234 | 0912345678 | luc binh"]);
    let dose = &read.records.doses[0];
    assert_eq!(dose.entered, Some(day(2021, 12, 26)));
    assert_eq!(read.pool.get(dose.verification), "Đúng");
    assert_eq!(read.pool.get(dose.signing), "Đã ký");
    assert_eq!(dose.unreadable, None::<Unreadable>);
}

/// The import template holds two doses a row: a third and a fourth stand on another row of the person, under `Mũi 1` and `Mũi 2` again.
#[test]
fn later_rows_of_a_person_in_the_template_say_no_ordinal() {
    let mut sheet = template();
    let first = sheet.rows[8].clone();
    let on = |days: [&str; 2]| {
        let mut cells = first.clone();
        (cells[18], cells[22]) = (C::from(days[0]), C::from(days[1]));
        if days[1].is_empty() {
            cells[21..25].fill(C::Blank);
        }
        cells
    };
    let number_gone = |mut cells: Vec<C>| {
        cells[7] = C::Blank;
        cells
    };
    let other_number = |mut cells: Vec<C>| {
        cells[7] = C::from("006185009999");
        cells
    };
    sheet.rows.truncate(8);
    sheet.rows.extend([
        on(["05/09/2021", "05/12/2021"]),
        // The third and fourth dose.
        on(["15/03/2022", "20/07/2022"]),
        // The first row once more: the same doses, so the headings stand.
        on(["05/09/2021", "05/12/2021"]),
        // A fifth, known by name and birth date alone.
        number_gone(on(["15/01/2023", ""])),
        // A namesake born on the same day with a number of her own.
        other_number(on(["16/09/2021", "16/12/2021"])),
    ]);
    let read = read(sheet, "nguoitiemchung.xlsx");
    let labels: Vec<(u32, u8, Option<DoseLabel>)> = read.records.doses.iter().map(|dose| (dose.at.row, dose.at.slot, dose.label)).collect();
    let said = |number| Some(DoseLabel::Ordinal(number));
    assert_eq!(
        labels,
        [
            (9, 1, said(1)),
            (9, 2, said(2)),
            (10, 1, None),
            (10, 2, None),
            (11, 1, said(1)),
            (11, 2, said(2)),
            (12, 1, None),
            (13, 1, said(1)),
            (13, 2, said(2)),
        ]
    );
    assert!(read.records.doses.iter().all(|dose| dose.label.is_some() == dose.label_text.is_some()));
}
