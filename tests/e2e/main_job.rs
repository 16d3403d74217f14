//! The officer's main job in the single file: files in, the ledger, three workbooks out; what the page says equals what the same
//! engine finds natively on the same bytes.

use crate::browser::Browser;
use crate::common::layouts::{local_lists, system_export};
use crate::common::world::{DEFAULT, World};
use crate::common::{load, reconcile};
use crate::single_file;
use calamine::{Data, Reader as _, Xlsx};
use ra_soat::domain::{Bucket, FormColumn, Settings, Side};
use ra_soat::engine::Engine;
use ra_soat::reconcile::Report;
use ra_soat::sample::sample_files;
use ra_soat::text::show_number;
use std::io::Cursor;
use std::path::{Path, PathBuf};

/// The rows of `Kết quả đối soát` that a report should give.
pub fn expected_table(report: &Report) -> Vec<Vec<String>> {
    let count = |side: Side, bucket: Bucket| {
        let counts = if side == Side::Local { &report.total.local } else { &report.total.system };
        bucket.label(side).map_or("–".to_owned(), |_| show_number(counts[bucket.index()] as i64))
    };
    let row = |name: &str, local: String, system: String| vec![name.to_owned(), local, system];
    let both = |name: &str, bucket| row(name, count(Side::Local, bucket), count(Side::System, bucket));
    let dash = || "–".to_owned();
    vec![
        row("Kết quả", "Địa phương".to_owned(), "Hệ thống".to_owned()),
        both("Không đọc được", Bucket::Unreadable),
        both("Ngoài phạm vi", Bucket::OutOfScope),
        row("Trùng lặp", count(Side::Local, Bucket::Duplicate), dash()),
        row("Trùng trên Hệ thống", dash(), count(Side::System, Bucket::Duplicate)),
        both("Cần xem xét", Bucket::Review),
        row("Đã nhập", count(Side::Local, Bucket::Entered), dash()),
        row("Khớp", dash(), count(Side::System, Bucket::Matched)),
        row("Cần điều chỉnh", count(Side::Local, Bucket::ToAdjust), dash()),
        row("Chưa nhập", count(Side::Local, Bucket::NotEntered), dash()),
        row("Chỉ có trên Hệ thống", dash(), count(Side::System, Bucket::SystemOnly)),
        row(
            "Tổng cộng",
            show_number(report.total.local.iter().sum::<u64>() as i64),
            show_number(report.total.system.iter().sum::<u64>() as i64),
        ),
    ]
}

/// Bucket rows compared by name: the order of the rows between is the page's own.
fn assert_shows(browser: &Browser, report: &Report) {
    let mut shown = browser.table("Kết quả đối soát");
    let mut expected = expected_table(report);
    assert_eq!(shown.first(), expected.first());
    assert_eq!(shown.last(), expected.last());
    for rows in [&mut shown, &mut expected] {
        rows.sort();
    }
    assert_eq!(shown, expected);
    assert!(browser.text().contains("0 dòng không giải thích được"));
}

pub fn native(files: &[(String, Vec<u8>)]) -> Report {
    let mut engine = Engine::default();
    for (id, (name, bytes)) in files.iter().enumerate() {
        load(&mut engine, id as u32, name, bytes);
    }
    reconcile(&mut engine, Settings::default())
}

/// A folder with the files in it.
pub fn on_disk(folder: &str, files: &[(String, Vec<u8>)]) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    files
        .iter()
        .map(|(name, bytes)| {
            let path = folder.join(name);
            std::fs::write(&path, bytes).unwrap();
            path
        })
        .collect()
}

fn open_xlsx(path: &Path) -> Xlsx<Cursor<Vec<u8>>> {
    calamine::open_workbook_from_rs(Cursor::new(std::fs::read(path).unwrap())).unwrap()
}

fn number(cell: Option<&Data>) -> f64 {
    match cell {
        Some(Data::Float(value)) => *value,
        Some(Data::Int(value)) => *value as f64,
        other => panic!("no number: {other:?}"),
    }
}

/// Every text is another one: whoever keeps each once must find it among many.
#[test]
fn a_long_list_of_different_texts_is_read() {
    let mut text = "Họ và tên,Ngày sinh,Số CCCD,Vắc xin,Ngày tiêm\n".to_owned();
    for row in 1..=60_000 {
        text += &format!("Trần Thị Mẫu {row},01/02/1990,0061900{row:05},Pfizer,02/08/2021\n");
    }
    let files = [("dai.csv".to_owned(), text.into_bytes())];
    let browser = Browser::open(&single_file());
    browser.wait_for_status("Sẵn sàng");
    browser.upload("Chọn tệp Excel", &on_disk("long", &files));
    browser.wait_for_status("Sẵn sàng");
    assert!(browser.text().contains("60.001 dòng · 60.000 người · 60.000 mũi"), "{}", browser.text());
}

#[test]
fn sample_data_reaches_all_three_workbooks() {
    let browser = Browser::open(&single_file());
    browser.wait_for_status("Sẵn sàng");
    browser.screenshot("nap-tep-trong");
    browser.click("button", "Dùng thử với dữ liệu mẫu");
    assert_ne!(browser.status(), "", "the status says something while it works");
    browser.find("article", "Dữ liệu Hệ thống - trích xuất 15-02-2023.xlsx");
    browser.wait_for_status("Sẵn sàng");
    browser.screenshot("nap-tep-mau");
    browser.click("button", "Bắt đầu đối soát");
    browser.find("table", "Kết quả đối soát");
    browser.wait_for_status("Sẵn sàng");
    browser.screenshot("doi-soat-mau");
    let report = native(&sample_files().unwrap());
    assert_shows(&browser, &report);

    let list = browser.download(|| browser.click("button", "Tải danh sách làm việc"));
    assert!(list.file_name().unwrap().to_str().unwrap().starts_with("Danh-sach-lam-viec_tram-y-te-xa-suoi-mau_"), "{}", list.display());
    let mut list = open_xlsx(&list);
    for side in Side::ALL {
        for bucket in Bucket::ALL {
            let Some(name) = bucket.sheet_name(side) else { continue };
            let rows = list.worksheet_range(name).unwrap_or_else(|error| panic!("{name}: {error}"));
            let header = rows.rows().position(|row| row.contains(&Data::String("Tệp".to_owned()))).unwrap();
            let counts = if side == Side::Local { &report.total.local } else { &report.total.system };
            assert_eq!(rows.height() - header - 1, counts[bucket.index()] as usize, "{name}");
        }
    }

    browser.click("link", "Phụ lục 1");
    browser.screenshot("phu-luc-1-mau");
    let form = browser.download(|| browser.click("button", "Tải Phụ lục 1"));
    let mut form = open_xlsx(&form);
    let sheet = form.worksheet_range("Phụ lục 1").unwrap();
    let letters = sheet.rows().position(|row| row.contains(&Data::String("n=c+...+m".to_owned()))).unwrap();
    let first = sheet.rows().nth(letters + 1).unwrap();
    for column in FormColumn::ALL {
        assert_eq!(number(first.get(2 + column.index())), report.total.listed[column.index()] as f64, "{column:?}");
    }
    let (n, o) = (report.total.listed_total() as f64, report.total.system_total() as f64);
    assert_eq!([number(first.get(13)), number(first.get(14)), number(first.get(15))], [n, o, n - o]);

    browser.click("link", "Phụ lục 2");
    browser.screenshot("phu-luc-2-mau");
    let form = browser.download(|| browser.click("button", "Tải Phụ lục 2"));
    let mut form = open_xlsx(&form);
    let sheet = form.worksheet_range("Phụ lục 2").unwrap();
    let total = sheet.rows().find(|row| row.contains(&Data::String("Tổng cộng".to_owned()))).unwrap();
    let groups: Vec<f64> = (4..11).map(|column| number(total.get(column))).collect();
    let expected: Vec<f64> = report.total.not_entered.iter().map(|by_status| by_status.iter().sum::<u64>() as f64).collect();
    assert_eq!(groups, expected);

    browser.click("link", "Gửi đi");
    browser.screenshot("gui-di-mau");
    browser.expect_silence();
}

#[test]
fn files_in_many_layouts_give_the_same_ledger_as_natively() {
    let world = World::invent(99, 4_000, DEFAULT);
    let mut files: Vec<(String, Vec<u8>)> = local_lists(&world).into_iter().map(|file| (file.name, file.bytes)).collect();
    let system = system_export(&world);
    files.push((system.name, system.bytes));
    let browser = Browser::open(&single_file());
    browser.wait_for_status("Sẵn sàng");
    browser.fill("Đơn vị báo cáo", "Trung tâm Y tế huyện Mẫu");
    browser.upload("Chọn tệp Excel", &on_disk("many-layouts", &files));
    assert_ne!(browser.status(), "Sẵn sàng", "reading starts on the drop");
    browser.wait_for_status("Sẵn sàng");
    browser.screenshot("nap-tep-nhieu");
    browser.click("button", "Bắt đầu đối soát");
    assert_ne!(browser.status(), "Sẵn sàng", "matching starts on the click");
    browser.find("table", "Kết quả đối soát");
    browser.wait_for_status("Sẵn sàng");
    assert_shows(&browser, &native(&files));
    browser.screenshot("doi-soat-nhieu");
    let measures = browser.script("return performance.getEntriesByType('measure').map(m => m.name).sort()");
    let names: Vec<&str> = measures.as_array().unwrap().iter().filter_map(|name| name.as_str()).collect();
    assert_eq!(names.iter().filter(|name| **name == "doc").count(), files.len());
    assert!(names.contains(&"ghep") && names.contains(&"phan-loai"), "{names:?}");
    browser.click("link", "Phụ lục 1");
    browser.choose("Lập bảng theo", "63 tỉnh, thành phố");
    browser.screenshot("phu-luc-1-63");
    assert!(browser.text().contains("264.513.974"), "the national total is recomputed");
    browser.expect_silence();
}

#[test]
fn a_column_nobody_knows_is_listed_and_a_person_says_what_it_is() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("Tháng 8").unwrap();
    for (row, cells) in [
        ["Họ và tên", "Ngày sinh", "Vắc xin", "Ngày tiêm", "Cột lạ"],
        ["Trần Thị Mẫu", "01/02/1990", "Pfizer", "02/08/2021", "PCB0001"],
        ["Lê Văn Mẫu", "03/04/1985", "Pfizer", "03/08/2021", "PCB0002"],
    ]
    .iter()
    .enumerate()
    {
        for (column, cell) in cells.iter().enumerate() {
            sheet.write_string(row as u32, column as u16, *cell).unwrap();
        }
    }
    let files = on_disk("mapping", &[("la.xlsx".to_owned(), workbook.save_to_buffer().unwrap())]);
    let browser = Browser::open(&single_file());
    browser.wait_for_status("Sẵn sàng");
    let open = || {
        browser.upload("Chọn tệp Excel", &files);
        browser.wait_for_status("Sẵn sàng");
        browser.click("button", "Các cột và dòng: Tháng 8");
    };
    open();
    assert!(browser.text().contains("Cột chưa dùng: 1"), "{}", browser.text());
    browser.choose("Cột E hiểu là", "Số lô");
    browser.wait_for_status("Sẵn sàng");
    assert!(!browser.text().contains("Cột chưa dùng"), "{}", browser.text());
    browser.screenshot("cot-da-doi");
    // Remembered by the header, so the same layout reads without help after the page is opened again.
    std::thread::sleep(std::time::Duration::from_millis(2_000));
    browser.reload();
    browser.wait_for_status("Sẵn sàng");
    open();
    assert_eq!(browser.value("combobox", "Cột E hiểu là"), "Số lô");
    browser.expect_silence();
}

/// A list in TCVN3 is decoded and says so; its reading can be changed, is remembered, forgotten, and set back to the machine's.
#[test]
fn the_encoding_of_a_column_is_shown_changed_and_set_back() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("Danh sach").unwrap();
    for (row, cells) in [
        ["TT", "Hä vµ tªn", "Ngµy sinh", "Mòi 1", "", "Mòi 2", ""],
        ["", "", "", "Ngµy tiªm", "V¾c xin", "Ngµy tiªm", "V¾c xin"],
        ["1", "NguyÔn V¨n MÉu", "01/02/1990", "02/08/2021", "Pfizer", "02/09/2021", "Pfizer"],
        ["2", "TrÇn ThÞ H\u{ad}êng", "03/04/1985", "15/08/2021", "Pfizer", "16/09/2021", "Pfizer"],
        ["3", "§ç Quang MÉu", "13/04/1985", "15/08/2021", "Pfizer", "", ""],
    ]
    .iter()
    .enumerate()
    {
        for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string(row as u32, column as u16, *cell).unwrap();
        }
    }
    let files = on_disk("encoding", &[("tcvn3.xlsx".to_owned(), workbook.save_to_buffer().unwrap())]);
    let browser = Browser::open(&single_file());
    browser.wait_for_status("Sẵn sàng");
    let open = || {
        browser.upload("Chọn tệp Excel", &files);
        browser.wait_for_status("Sẵn sàng");
        browser.click("button", "Các cột và dòng: Danh sach");
    };
    open();
    let text = browser.text();
    assert!(text.contains("chữ TCVN3 (ABC) đã đổi sang Unicode"), "{text}");
    assert!(text.contains("Trần Thị Hường"), "{text}");
    assert!(text.contains("Nhóm mũi 1") && text.contains("Nhóm mũi 2"), "{text}");
    assert_eq!(browser.value("combobox", "Kiểu chữ của cột B"), "TCVN3 (ABC)");
    browser.script_on(&browser.find("button", "Trả về máy đề xuất"), "arguments[0].scrollIntoView()", &serde_json::Value::Null);
    browser.screenshot("kieu-chu");
    let is_off = |name: &str| browser.script_on(&browser.find("button", name), "return arguments[0].disabled", &serde_json::Value::Null);
    assert_eq!(is_off("Quên cách đọc đã nhớ"), true, "nothing is remembered yet");

    browser.choose("Kiểu chữ của cột B", "Unicode");
    browser.choose("Cột G hiểu là", "Không dùng");
    browser.wait_for_status("Sẵn sàng");
    assert!(!browser.text().contains("Trần Thị Hường"), "{}", browser.text());
    assert_eq!(is_off("Quên cách đọc đã nhớ"), false);
    // Forgotten, it stays as it is read now, and the next time the machine's proposal stands.
    browser.click("button", "Quên cách đọc đã nhớ");
    assert_eq!(is_off("Quên cách đọc đã nhớ"), true);
    assert_eq!(browser.value("combobox", "Kiểu chữ của cột B"), "Unicode");
    browser.click("button", "Trả về máy đề xuất");
    browser.wait_for_status("Sẵn sàng");
    assert_eq!(browser.value("combobox", "Kiểu chữ của cột B"), "TCVN3 (ABC)");
    assert_eq!(browser.value("combobox", "Cột G hiểu là"), "Vắc xin");
    assert!(browser.text().contains("Trần Thị Hường"));
    browser.expect_silence();
}

/// Forms and reports of units are named on their cards with how many units they hold, and are no lists to be matched.
#[test]
fn a_form_of_a_unit_and_a_report_are_named_and_counted() {
    use ra_soat::domain::Settings;
    use ra_soat::domain::settings::{FormRows, ReportedSource};
    let settings = Settings { form_1_rows: FormRows::Provinces, reported_source: ReportedSource::Published, ..Settings::default() };
    let form = ra_soat::forms::phu_luc_1::fill(None, &settings, &Default::default());
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_string(0, 0, "BÁO CÁO NHANH KẾT QUẢ TIÊM VẮC XIN").unwrap();
    for (column, title) in ["TT", "Đơn vị", "01/01/2022", "02/01/2022", "03/01/2022", "Lũy kế"].iter().enumerate() {
        sheet.write_string(1, column as u16, *title).unwrap();
    }
    for (row, unit) in (2..).zip(["Xã Suối Mẫu", "Xã Bản Mẫu", "Phường Mẫu"]) {
        sheet.write_string(row, 1, unit).unwrap();
        for column in 2..6 {
            sheet.write_number(row, column, f64::from(row * 100)).unwrap();
        }
    }
    let files = [
        ("pl1.xlsx".to_owned(), ra_soat::forms::phu_luc_1_sheet::write(&form).unwrap()),
        ("nhanh.xlsx".to_owned(), workbook.save_to_buffer().unwrap()),
    ];
    let browser = Browser::open(&single_file());
    browser.wait_for_status("Sẵn sàng");
    browser.upload("Chọn tệp Excel", &on_disk("reports", &files));
    browser.wait_for_status("Sẵn sàng");
    browser.screenshot("bao-cao-va-bieu");
    for (name, kind, units) in [("pl1.xlsx", "Phụ lục 1 của đơn vị", "63 đơn vị"), ("nhanh.xlsx", "Báo cáo nhanh hàng ngày", "3 đơn vị")]
    {
        let card = browser.find("article", name);
        let read = "return arguments[0].innerText + [...arguments[0].querySelectorAll('select')].map(select => select.selectedOptions[0].text).join('|')";
        let text = browser.script_on(&card, read, &serde_json::Value::Null).as_str().unwrap_or_default().to_owned();
        assert!(text.contains(units) && text.contains(&format!("{kind}|{kind}")), "{name}: {text}");
    }
    assert!(browser.text().contains("Cần ít nhất một"), "nothing to match yet: {}", browser.text());
    browser.expect_silence();
}
