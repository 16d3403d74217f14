//! Layouts beyond the plain ones: split and merged headings, doses turned round, ticks, headings in the data's place.

use crate::builder::{C, S, xlsx};
use crate::headers::day;
use crate::lists::read;
use crate::row;
use ra_soat::domain::Field;
use ra_soat::domain::source::SheetKind;
use ra_soat::workbook::detect::detect_sheet;
use ra_soat::workbook::mapping::SkipReason;
use ra_soat::workbook::read::read_workbook;

#[test]
fn a_header_of_three_rows_with_parts_of_birth_sex_and_address() {
    let rows = vec![
        row!["UBND TP BẮC KẠN"],
        row!["TRUNG TÂM Y TẾ TP BẮC KẠN"],
        row!["DANH SÁCH TIÊM VẮC XIN COVID-19 NĂM 2021"],
        row![
            "TT",
            "Họ và tên",
            "Ngày, tháng, năm sinh",
            "",
            "",
            "Giới tính",
            "",
            "Địa chỉ",
            "",
            "",
            "Tiêm vắc xin COVID-19",
            "",
            "",
            "",
            "",
            ""
        ],
        row!["", "", "Ngày", "Tháng", "Năm", "Nam", "Nữ", "Thôn", "Xã", "Huyện", "Mũi 1", "", "", "Mũi 2", "", ""],
        row!["", "", "", "", "", "", "", "", "", "", "Ngày", "Loại", "Lô", "Ngày", "Loại", "Lô"],
        row!["A", "B", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14],
        row![
            1,
            "Hà Văn Tú",
            5,
            3,
            1985,
            "x",
            "",
            "Nà Pò",
            "Nông Thượng",
            "TP",
            day(2021, 9, 5),
            "AZ",
            "CT1",
            day(2021, 12, 5),
            "Pfizer",
            "F1"
        ],
        row![2, "Hà Thị Lan", "", "", 1990, "", "x", "Nà Pò", "Nông Thượng", "TP", day(2021, 9, 5), "AZ", "CT1", "", "", ""],
    ];
    let merges = [
        (4, 6, 0, 0),
        (4, 6, 1, 1),
        (4, 4, 2, 4),
        (4, 4, 5, 6),
        (4, 4, 7, 9),
        (4, 4, 10, 15),
        (5, 5, 10, 12),
        (5, 5, 13, 15),
        (5, 6, 2, 2),
    ];
    for merged in [true, false] {
        let sheet = S::new("DS", rows.clone());
        let read = read(if merged { sheet.merged(&merges) } else { sheet }, "a.xlsx");
        assert_eq!((read.mapping.header_first, read.mapping.header_last), (4, 7));
        assert_eq!(
            read.lines(),
            [
                "8.1 Hà Văn Tú | M1 | AstraZeneca | 2021-09-05 | CT1 | ",
                "8.2 Hà Văn Tú | M2 | Pfizer | 2021-12-05 | F1 | ",
                "9.1 Hà Thị Lan | M1 | AstraZeneca | 2021-09-05 | CT1 | ",
            ]
        );
        assert_eq!(read.people(), ["Hà Văn Tú | 1985-03-05 | Nam |  |  | nong thuong", "Hà Thị Lan | 1990 | Nữ |  |  | nong thuong"]);
    }
}

#[test]
fn a_name_heading_merged_over_family_and_given_name() {
    let rows = vec![
        row!["Đơn vị: Trạm Y tế xã Cao Kỳ"],
        row!["STT", "Họ và tên", "", "Năm sinh", "CMND", "Ngày tiêm", "Vắc xin", "Mũi"],
        row![1, "Hoàng Văn", "Tú", 1985, 95_123_456, 44_444, "AZ", 1],
        row![2, "Hoàng Thị Lan", "Anh", 1986, 95_123_457, 44_445, "AZ", 2],
    ];
    for merges in [vec![(2, 2, 1, 2)], Vec::new()] {
        let read = read(S::new("Sheet1", rows.clone()).merged(&merges), "a.xlsx");
        assert_eq!(
            read.people(),
            ["Hoàng Văn Tú | 1985 | ? | CMND 095123456 |  | ", "Hoàng Thị Lan Anh | 1986 | ? | CMND 095123457 |  | "]
        );
        assert_eq!(read.mapping.unit.as_deref(), Some("Trạm Y tế xã Cao Kỳ"));
    }
}

#[test]
fn doses_told_by_flat_headings() {
    let named = row![
        "STT",
        "Họ tên",
        "Ngày sinh",
        "CCCD",
        "Ngày tiêm mũi 1",
        "Vắc xin mũi 1",
        "Lô 1",
        "Ngày tiêm mũi 2",
        "Vắc xin mũi 2",
        "Lô 2",
        "Nơi tiêm"
    ];
    let counted = row![
        "STT",
        "Họ tên",
        "Ngày sinh",
        "CCCD",
        "Ngày tiêm 1",
        "Loại VX 1",
        "Số lô 1",
        "Ngày tiêm 2",
        "Loại VX 2",
        "Số lô 2",
        "Nơi tiêm"
    ];
    let unnamed = row!["STT", "Họ tên", "Ngày sinh", "CCCD", "Ngày tiêm", "Vắc xin", "Số lô", "Ngày tiêm", "Vắc xin", "Số lô", "Nơi tiêm"];
    for (head, first, second) in [(named, "M1", "M2"), (counted, "M1", "M2"), (unnamed, "?", "?")] {
        let person = row![1, "Ma Văn Tú", "25/3/1985", "006085001234", "15/9/2021", "AZ", "c1", "15/12/2021", "Pfizer", "f1", "TYT A"];
        let read = read(S::new("Sheet1", vec![head, person]), "DS tiem TYT xa Cao Ky 2021.xlsx");
        assert_eq!(
            read.lines(),
            [
                format!("2.1 Ma Văn Tú | {first} | AstraZeneca | 2021-09-15 | C1 | TYT A"),
                format!("2.2 Ma Văn Tú | {second} | Pfizer | 2021-12-15 | F1 | TYT A"),
            ]
        );
        assert_eq!(read.mapping.unit.as_deref(), Some("TYT xa Cao Ky"));
    }
}

#[test]
fn days_alone_under_the_doses() {
    let rows = vec![
        row!["STT", "Họ tên", "Ngày sinh", "CCCD", "Mũi 1", "Mũi 2", "Mũi 3 (nhắc lại 1)", "Mũi 4", "Ghi chú"],
        row![1, "Ma Văn Tú", "25/3/1985", "006085001234", "15/9/2021", "15/12/2021", "", "", "đã chuyển đi"],
        row![2, "Ma Thị Tú", "25/3/1985", "006185001234", "15/9/2021", "", "25/3/2022", "", ""],
    ];
    let read = read(S::new("Sheet1", rows), "a.xlsx");
    assert_eq!(
        read.lines(),
        [
            "2.1 Ma Văn Tú | M1 | ? | 2021-09-15 |  | ",
            "2.2 Ma Văn Tú | M2 | ? | 2021-12-15 |  | ",
            "3.1 Ma Thị Tú | M1 | ? | 2021-09-15 |  | ",
            "3.3 Ma Thị Tú | N1 | ? | 2022-03-25 |  | ",
        ]
    );
    assert_eq!(read.pool.get(read.records.persons[0].note), "đã chuyển đi");
}

#[test]
fn fields_over_doses_instead_of_doses_over_fields() {
    let merges = [(1, 1, 4, 6), (1, 1, 7, 9)];
    let named = row!["", "", "", "", "Mũi 1", "Mũi 2", "Mũi 3", "Mũi 1", "Mũi 2", "Mũi 3"];
    let counted = row!["", "", "", "", 1, 2, 3, 1, 2, 3];
    for doses in [named, counted] {
        let rows = vec![
            row!["STT", "Họ tên", "Ngày sinh", "CCCD", "Ngày tiêm", "", "", "Loại vắc xin", "", ""],
            doses,
            row![1, "Ma Văn Tú", "25/3/1985", "006085001234", "15/9/2021", "15/12/2021", "", "AZ", "Pfizer", ""],
        ];
        let read = read(S::new("Sheet1", rows).merged(&merges), "a.xlsx");
        assert_eq!(read.lines(), ["3.1 Ma Văn Tú | M1 | AstraZeneca | 2021-09-15 |  | ", "3.2 Ma Văn Tú | M2 | Pfizer | 2021-12-15 |  | "]);
    }
}

#[test]
fn basic_and_booster_doses_counted_apart() {
    let rows = vec![
        row!["STT", "Họ tên", "Ngày sinh", "Tiêm lần I", "", "Tiêm lần II", "", "Nhắc lại", "", "", ""],
        row!["", "", "", "Ngày", "VX", "Ngày", "VX", "Lần 1", "", "Lần 2", ""],
        row!["", "", "", "", "", "", "", "Ngày", "VX", "Ngày", "VX"],
        row![1, "Ma Văn Tú", "25/3/1985", "15/9/2021", "AZ", "15/12/2021", "AZ", "15/4/2022", "Pfizer", "15/8/2022", "Moderna"],
    ];
    let merges = [(1, 3, 0, 0), (1, 3, 1, 1), (1, 3, 2, 2), (1, 1, 3, 4), (1, 1, 5, 6), (1, 1, 7, 10), (2, 2, 7, 8), (2, 2, 9, 10)];
    let read = read(S::new("Sheet1", rows).merged(&merges), "a.xlsx");
    let doses: Vec<String> = read.lines().iter().map(|line| line.split(" | ").skip(1).take(3).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(doses, ["M1 AstraZeneca 2021-09-15", "M2 AstraZeneca 2021-12-15", "N1 Pfizer 2022-04-15", "N2 Moderna 2022-08-15"]);
}

#[test]
fn what_a_title_says_of_every_dose() {
    let rows = vec![
        row!["DANH SÁCH TIÊM VẮC XIN PFIZER MŨI 3"],
        row!["Cơ sở tiêm: Bệnh viện Đa khoa Bắc Kạn"],
        row!["STT", "Họ và tên", "Năm sinh", "Địa chỉ", "Ngày tiêm", "Số lô"],
        row![1, "Ma Văn Tú", 1985, "Tổ 5 phường Sông Cầu", day(2022, 3, 5), "F1"],
    ];
    let read = read(S::new("Sheet1", rows), "a.xlsx");
    assert_eq!(read.lines(), ["4.1 Ma Văn Tú | M3 | Pfizer | 2022-03-05 | F1 | "]);
    assert_eq!(read.mapping.unit.as_deref(), Some("Bệnh viện Đa khoa Bắc Kạn"));
}

#[test]
fn ticks_under_doses_and_products() {
    let rows = vec![
        row!["STT", "Họ và tên", "Năm sinh", "Ngày tiêm", "Mũi tiêm", "", "", "Loại vắc xin", "", "Số lô"],
        row!["", "", "", "", "Mũi 1", "Mũi 2", "Nhắc lại", "AZ", "Pfizer", ""],
        row![1, "Ma Văn Tú", 1985, day(2021, 9, 5), "x", "", "", "x", "", "A1"],
        row![2, "Ma Văn Tá", 1985, day(2021, 9, 5), "", "x", "", "", "x", "A1"],
        row![3, "Ma Văn Te", 1985, day(2021, 9, 5), "", "", "x", "", "x", "A1"],
    ];
    let read = read(S::new("S", rows).merged(&[(1, 1, 4, 6), (1, 1, 7, 8)]), "a.xlsx");
    let doses: Vec<String> = read.lines().iter().map(|line| line.split(" | ").skip(1).take(3).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(doses, ["M1 AstraZeneca 2021-09-05", "M2 Pfizer 2021-09-05", "N1 Pfizer 2021-09-05"]);
}

#[test]
fn a_list_of_pupils_under_two_title_lines() {
    let rows = vec![
        row!["TRƯỜNG TIỂU HỌC LỤC BÌNH"],
        row!["DANH SÁCH HỌC SINH TIÊM VẮC XIN COVID-19 (5-11 TUỔI)"],
        row![
            "STT",
            "Họ và tên học sinh",
            "Ngày, tháng, năm sinh",
            "Nam",
            "Nữ",
            "Lớp",
            "Họ tên bố/mẹ",
            "SĐT bố mẹ",
            "Mã định danh",
            "Mũi 1",
            "",
            "Mũi 2",
            ""
        ],
        row!["", "", "", "", "", "", "", "", "", "Ngày tiêm", "Số lô", "Ngày tiêm", "Số lô"],
        row![1, "Ma Văn Tú", "5/3/2012", "x", "", "4A", "Ma Văn Cha", "0912345678", "006212001234", "20/4/2022", "F1", "25/5/2022", "F2"],
        row![2, "Ma Thị Tú", "15/3/2012", "", "x", "4A", "Ma Văn Mẹ", "0912345678", "006312001234", "20/4/2022", "F1", "", ""],
    ];
    let read = read(S::new("Sheet1", rows), "a.xlsx");
    assert_eq!((read.mapping.header_first, read.mapping.header_last), (3, 4));
    assert_eq!(
        read.people(),
        [
            "Ma Văn Tú | 2012-03-05 | Nam | CCCD 006212001234 | 0912345678 | ",
            "Ma Thị Tú | 2012-03-15 | Nữ | CCCD 006312001234 | 0912345678 | "
        ]
    );
    assert_eq!(read.records.doses.len(), 3);
}

#[test]
fn a_list_that_begins_in_column_c_below_ten_lines() {
    let mut rows: Vec<Vec<C>> = (0..9).map(|index| row!["", "", format!("dòng {index}")]).collect();
    rows[4] = row!["", "", "Ghi chú: cột có dấu (*) là bắt buộc: họ và tên, ngày sinh, giới tính, số điện thoại, ngày tiêm, vắc xin"];
    rows.push(row!["", "", "Ngày xuất:", "2023-02-15 10:22"]);
    rows.push(row![
        "",
        "",
        "STT",
        "HỌ VÀ TÊN",
        "NGÀY SINH",
        "SỐ CCCD",
        "SĐT",
        "VẮC XIN",
        "LÔ",
        "NGÀY TIÊM",
        "MŨI TIÊM",
        "CƠ SỞ TIÊM",
        "NGÀY CẬP NHẬT"
    ]);
    let person = |birth: &str, number: &str| -> Vec<C> {
        row![
            "",
            "",
            1,
            "MA VĂN TÚ",
            birth,
            number,
            912_345_678,
            "Pfizer",
            "F1",
            "2022-03-05 08:00:00",
            "Mũi nhắc lại 1",
            "TYT",
            "2022-03-06 09:00:00"
        ]
    };
    rows.push(person("05/03/1985", "006085001234"));
    rows.push(person("1985", "6.085E+09"));
    let read = read(S::new("Sheet1", rows), "export.xlsx");
    assert_eq!(read.mapping.header_first, 11);
    assert_eq!(read.mapping.kind, SheetKind::SystemExport);
    assert_eq!(read.mapping.extracted_on, Some(day(2023, 2, 15)));
    assert_eq!(
        read.people(),
        ["MA VĂN TÚ | 1985-03-05 | ? | CCCD 006085001234 | 0912345678 | ", "MA VĂN TÚ | 1985 | ? |  | 0912345678 | "]
    );
    assert_eq!(read.lines()[0], "12.1 MA VĂN TÚ | N1 | Pfizer | 2022-03-05 | F1 | TYT");
    assert_eq!(read.records.reading.problems[0].what, "Số giấy tờ “6.085E+09” đã mất chữ số, coi như không có");
}

#[test]
fn the_order_of_day_and_month_is_voted_by_each_column() {
    let head = row!["STT", "Họ và tên", "Ngày sinh", "Ngày tiêm", "Vắc xin", "Mũi"];
    let american = vec![
        head.clone(),
        row![1, "Ma Văn Tú", "12/25/1985", "03/05/2022", "AZ", "M1"],
        row![2, "Ma Văn Tá", "05/03/1985", "03/25/2022", "AZ", "M1"],
    ];
    let read_american = read(S::new("S", american), "a.xlsx");
    let days: Vec<_> = read_american.records.doses.iter().map(|dose| (dose.given, dose.day_is_ambiguous)).collect();
    assert_eq!(days, [(Some(day(2022, 3, 5)), false), (Some(day(2022, 3, 25)), false)]);
    assert!(read_american.people()[1].contains("1985-05-03"));
    let open =
        vec![head, row![1, "Ma Văn Tú", "25/12/1985", "03/05/2022", "AZ", "M1"], row![2, "Ma Văn Tá", "1985", "05/05/2022", "AZ", "M1"]];
    let read_open = read(S::new("S", open), "a.xlsx");
    let days: Vec<_> = read_open.records.doses.iter().map(|dose| (dose.given, dose.day_is_ambiguous)).collect();
    assert_eq!(days, [(Some(day(2022, 5, 3)), true), (Some(day(2022, 5, 5)), false)]);
    assert_eq!(read_open.records.reading.problem_count, 1);
}

#[test]
fn serials_made_by_a_program_that_took_day_for_month_are_turned_back_and_flagged() {
    let mut rows = vec![row!["STT", "Họ và tên", "Năm sinh", "Ngày tiêm", "Vắc xin", "Mũi"]];
    rows.extend((1..=10).map(|index| row![index, "Ma Văn Tú", 1985, day(2022, (index + 1) as i8, 3), "AZ", 1]));
    rows.push(row![11, "Ma Văn Tú", 1985, "25/03/2022", "AZ", 1]);
    let read = read(S::new("S", rows), "a.xlsx");
    assert_eq!(read.records.doses[0].given, Some(day(2022, 3, 2)));
    assert!(read.records.doses[0].day_is_ambiguous);
    assert_eq!(read.records.doses[10].given, Some(day(2022, 3, 25)));
}

#[test]
fn formula_leftovers_are_no_doses() {
    let rows = vec![
        row!["STT", "Họ và tên", "Năm sinh", "Mũi 1", "", "Mũi 2", ""],
        row!["", "", "", "Ngày", "Lô", "Ngày", "Lô"],
        row![1, "Ma Văn Tú", 1985, day(2021, 9, 5), "A1", 0, 0],
        row![2, "Ma Văn Tá", 0, "#N/A", "A1", "-", "-"],
    ];
    let read = read(S::new("S", rows), "a.xlsx");
    assert_eq!(read.lines(), ["3.1 Ma Văn Tú | M1 | ? | 2021-09-05 | A1 | ", "4.1 Ma Văn Tá | M1 | ? | BadDay #N/A | A1 | "]);
}

#[test]
fn sheets_that_are_no_lists_are_not_used() {
    let sheets = [
        S::new("PL2", vec![row!["Mã nhóm", "Tên nhóm đối tượng"], row![1, "Người làm việc trong các cơ sở y tế"]]),
        S::new(
            "PL3",
            vec![
                row!["Tên tỉnh", "Mã tỉnh", "Tên huyện", "Mã huyện", "Tên xã", "Mã xã"],
                row!["Bắc Kạn", "06", "Bạch Thông", "063", "Lục Bình", "01885"],
            ],
        ),
        S::new("PL5", vec![row!["STT", "Tên vắc xin"], row![1, "AstraZeneca"]]),
        S::new(
            "BC",
            vec![
                row!["STT", "Tên đơn vị", "Ngày tiêm", "Mũi 1", "Mũi 2", "Tổng cộng"],
                row![1, "Xã Lục Bình", day(2021, 9, 5), 120, 130, 250],
            ],
        ),
        S::new(
            "TH",
            vec![row!["TT", "Đơn vị", "Số người", "Mũi 1", "Mũi 2"], row![1, "Lục Bình", 1200, 120, 130], row![2, "Cao Kỳ", 900, 20, 13]],
        ),
        S::new("HD", vec![row!["Hướng dẫn nhập liệu"], row!["1. Họ và tên: ghi chữ in hoa"], row!["2. Ngày tiêm: dd/mm/yyyy"]]),
        S::new(
            "Ẩn",
            vec![row!["STT", "Họ và tên", "Ngày sinh", "Ngày tiêm", "Vắc xin"], row![1, "Ma Văn Tú", "25/3/1985", "25/3/2022", "AZ"]],
        )
        .hidden(),
        S::new(
            "DS",
            vec![row!["STT", "Họ và tên", "Ngày sinh", "Ngày tiêm", "Vắc xin"], row![1, "Ma Văn Tú", "25/3/1985", "25/3/2022", "AZ"]],
        ),
    ];
    let workbook = read_workbook("a.xlsx", xlsx(&sheets), &mut |_, _| ()).unwrap();
    let kinds: Vec<_> = (0..sheets.len()).map(|sheet| detect_sheet(&workbook, sheet, "a.xlsx", None).map(|mapping| mapping.kind)).collect();
    assert!(kinds[..7].iter().all(|kind| kind.is_none_or(|kind| kind == SheetKind::Unused)), "{kinds:?}");
    assert_eq!(kinds[7], Some(SheetKind::LocalList));
    let hidden = detect_sheet(&workbook, 6, "a.xlsx", None).unwrap();
    assert!(hidden.is_usable());
    assert!(hidden.columns.iter().any(|column| column.field == Some(Field::GivenOn)));
}

#[test]
fn a_header_row_named_by_a_person_is_used() {
    let rows = vec![
        row!["STT", "Họ và tên", "Ngày sinh", "Ngày tiêm", "Vắc xin"],
        row!["ghi chú"],
        row!["Số", "Tên gọi", "Sinh", "Tiêm", "Thuốc"],
        row![1, "Ma Văn Tú", "25/3/1985", "25/3/2022", "AZ"],
    ];
    let workbook = read_workbook("a.xlsx", xlsx(&[S::new("DS", rows)]), &mut |_, _| ()).unwrap();
    let mapping = detect_sheet(&workbook, 0, "a.xlsx", Some(3)).unwrap();
    assert_eq!((mapping.header_first, mapping.header_last), (3, 3));
    assert_eq!(mapping.columns[1].header, "Tên gọi");
    assert!(detect_sheet(&workbook, 0, "a.xlsx", Some(99)).is_none());
}

#[test]
fn where_a_list_comes_from_is_told_by_title_file_and_columns() {
    use SheetKind::{LocalList, SystemExport};
    let plain = row!["STT", "Họ và tên", "Ngày sinh", "Mũi tiêm", "Vắc xin", "Ngày tiêm", "Số lô", "Cơ sở tiêm"];
    let entered = row!["STT", "Họ và tên", "Ngày sinh", "Mũi tiêm", "Vắc xin", "Ngày tiêm", "Ngày nhập", "Trạng thái ký"];
    let cases = [
        ("DANH SÁCH MŨI TIÊM TRÊN HỆ THỐNG", "a.xlsx", &plain, SystemExport),
        ("", "he_thong_bach_thong_15022023.xlsx", &plain, SystemExport),
        ("", "Du lieu HTQG.xlsx", &plain, SystemExport),
        ("", "tiemchungcovid19_export.xlsx", &plain, SystemExport),
        ("", "DuLieuHeThong.xlsx", &plain, SystemExport),
        ("", "Hệ thống.xlsx", &plain, SystemExport),
        ("Dữ liệu trích xuất từ Hệ thống", "b.xlsx", &plain, SystemExport),
        ("", "b.xlsx", &entered, SystemExport),
        ("TRẠM Y TẾ XÃ LỤC BÌNH", "b.xlsx", &entered, SystemExport),
        ("", "danh sach.xlsx", &plain, LocalList),
        ("DANH SÁCH CHƯA NHẬP LÊN HỆ THỐNG", "b.xlsx", &plain, LocalList),
        ("TRẠM Y TẾ XÃ LỤC BÌNH", "b.xlsx", &plain, LocalList),
    ];
    for (title, file, head, kind) in cases {
        let person = row![1, "Ma Văn Tú", "25/03/1985", "Mũi 1", "AZ", "25/09/2021", "26/09/2021", "x"];
        let read = read(S::new("Sheet1", vec![row![title, "", ""], head.clone(), person]), file);
        assert_eq!(read.mapping.kind, kind, "{title} {file}");
    }
}

#[test]
fn repeated_headers_and_pages_are_left_out() {
    let head = row!["STT", "Họ và tên", "Ngày sinh", "Ngày tiêm", "Vắc xin", "Mũi"];
    let mut rows = vec![row!["DANH SÁCH TIÊM"], head.clone()];
    for page in 0..3 {
        rows.push(head.clone());
        rows.push(row!["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"]);
        rows.extend((0..5).map(|index| row![page * 5 + index + 1, "Ma Văn Tú", "25/3/1985", "25/3/2022", "AZ", "Mũi 1"]));
        rows.push(row!["", "Cộng trang", "", "", "", 5]);
    }
    let read = read(S::new("S", rows), "a.xlsx");
    assert_eq!(read.records.doses.len(), 15);
    assert_eq!(read.skipped(), [(SkipReason::Title, 1), (SkipReason::Header, 4), (SkipReason::ColumnNumbers, 3), (SkipReason::Total, 3)]);
}
