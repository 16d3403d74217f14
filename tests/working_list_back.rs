//! The working list goes out, `Quyết định` is filled in, and it comes in again.

#![allow(unreachable_pub, reason = "a test binary has no outside; its modules share by `pub`")]
#![allow(clippy::unwrap_used, reason = "a test may stop where it finds what it did not expect")]

mod common;

use calamine::{Data, Reader as _};
use common::{load, reconcile};
use ra_soat::domain::{Bucket, Decision, FileId, Settings, Side};
use ra_soat::engine::{Answer, Engine};
use ra_soat::pace::Unpaced;
use ra_soat::reconcile::answers_in::AnswersRead;
use ra_soat::reconcile::decision::Decisions;
use ra_soat::worker::protocol::{ExportRequest, JobId, ListRef, ReviewAnswer, ReviewAsk, ToEngine, WorkingListRequest};
use std::io::Cursor;

const HEADER: &str = "Họ và tên,Ngày sinh,Giới tính,Số CCCD,Xã phường,Mũi tiêm,Vắc xin,Ngày tiêm,Cơ sở tiêm";

/// Two people whose number on the System is another valid one, and a dose written twice within a week.
fn engine_of(local_name: &str) -> Engine {
    let row =
        |name: &str, born: &str, number: &str, given: &str| format!("{name},{born},Nữ,{number},Xã Mẫu,Mũi 1,Pfizer,{given},TYT xã Mẫu\n");
    let (mut local, mut system) = (format!("{HEADER}\n"), format!("{HEADER},Ngày nhập\n"));
    for (name, born, own, other) in
        [("Nguyễn Thị Hạnh", "01/02/1985", "006185001234", "006185009871"), ("Trần Thị Mai", "13/04/1985", "006185002345", "006185008762")]
    {
        local += &row(name, born, own, "02/08/2021");
        system += &(row(name, born, other, "02/08/2021").trim_end().to_owned() + ",05/09/2021\n");
    }
    local += &row("Lê Thị Lan", "15/06/1985", "006185003456", "02/08/2021");
    local += &row("Lê Thị Lan", "15/06/1985", "006185003456", "05/08/2021");
    let mut engine = Engine::default();
    load(&mut engine, 0, local_name, local.as_bytes());
    load(&mut engine, 1, "Dữ liệu Hệ thống.csv", system.as_bytes());
    let report = reconcile(&mut engine, Settings::default());
    assert_eq!([report.total.local(Bucket::Review), report.total.system(Bucket::Review)], [3, 2]);
    engine
}

fn working_list(engine: &mut Engine) -> Vec<u8> {
    let lists = [Side::Local, Side::System].map(|side| ListRef { side, bucket: Bucket::Review }).to_vec();
    let request = WorkingListRequest { reporting_unit: "Huyện Mẫu".to_owned(), lists, units: None, part: 1 };
    let what = ExportRequest::WorkingList(request);
    let blobs: &[&[u8]] = &[];
    match pollster::block_on(engine.handle(ToEngine::Export { job: JobId(1), what }, blobs, &mut Unpaced, &|| 0.0, || 0)) {
        Answer::Message(_, mut blobs) => blobs.remove(0),
        Answer::Nothing => panic!("nothing was written"),
    }
}

/// The list with `Quyết định` filled in by sheet and position of the row; gives weights and answers found there too.
fn filled(list: &[u8], answer: impl Fn(&str, usize) -> &'static str) -> (Vec<u8>, Vec<(String, String)>) {
    let mut book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(list.to_vec())).unwrap();
    let mut out = rust_xlsxwriter::Workbook::new();
    let mut found = Vec::new();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).unwrap();
        let sheet = out.add_worksheet();
        sheet.set_name(&name).unwrap();
        let head = range.rows().position(|row| row.contains(&Data::String("Tệp".to_owned()))).unwrap();
        let column = |title: &str| range.rows().nth(head).unwrap().iter().position(|cell| *cell == Data::String(title.to_owned())).unwrap();
        let (decision, weight) = (column("Quyết định"), column("Trọng số (bit)"));
        for (at, row) in range.rows().enumerate() {
            for (column, cell) in row.iter().enumerate() {
                match cell {
                    Data::Float(value) => sheet.write_number(at as u32, column as u16, *value).map(drop).unwrap(),
                    Data::Empty => {}
                    cell => sheet.write_string(at as u32, column as u16, cell.to_string()).map(drop).unwrap(),
                }
            }
            if at > head {
                found.push((row[weight].to_string(), row[decision].to_string()));
                let words = answer(&name, at - head - 1);
                if !words.is_empty() {
                    sheet.write_string(at as u32, decision as u16, words).unwrap();
                }
            }
        }
    }
    (out.save_to_buffer().unwrap(), found)
}

fn answers(engine: &mut Engine, list: &[u8]) -> AnswersRead {
    load(engine, 7, "Danh-sach-lam-viec_huyen-mau_2023-03-01.xlsx", list);
    match pollster::block_on(engine.review(ReviewAsk::Answers(FileId(7)), &mut Unpaced)).unwrap().unwrap() {
        ReviewAnswer::Answers(read) => read,
        other => panic!("{other:?}"),
    }
}

#[test]
fn answers_go_out_are_filled_in_and_come_back() {
    let mut engine = engine_of("Xã Mẫu.csv");
    let list = working_list(&mut engine);
    let (list, found) = filled(&list, |sheet, row| match (sheet, row) {
        ("Cần xem xét", 0) => "Cùng người",
        ("Cần xem xét", 1) => "Khác người",
        ("Cần xem xét", 2) => "Cùng người",
        _ => "",
    });
    assert_eq!(found.iter().filter(|(weight, _)| !weight.is_empty()).count(), 4, "the pairs' rows have their weight: {found:?}");
    assert!(found.iter().all(|(_, decision)| decision.is_empty()));
    let read = answers(&mut engine, &list);
    assert_eq!((read.rows, read.pairs.len(), read.problem_count), (3, 3, 0), "{read:?}");
    let decisions = Decisions { pairs: read.pairs.iter().copied().collect(), ..Decisions::default() };
    let report = engine.decide(decisions.clone()).unwrap();
    let local = |bucket| report.total.local(bucket);
    assert_eq!([Bucket::Entered, Bucket::NotEntered, Bucket::Duplicate, Bucket::Review].map(local), [1, 2, 1, 0]);
    // Once more: the same answers, and nothing changes.
    assert_eq!(answers(&mut engine, &list).pairs, read.pairs);
    assert_eq!(engine.decide(decisions).unwrap(), report);
    assert_eq!(engine.decide(Decisions::default()).unwrap().total.local(Bucket::Review), 3);
    // An answer so far stands in the list.
    let later = Decisions { pairs: read.pairs.iter().map(|(key, _)| (*key, Decision::Later)).collect(), ..Decisions::default() };
    engine.decide(later).unwrap();
    let (_, found) = filled(&working_list(&mut engine), |_, _| "");
    assert!(found.iter().all(|(_, decision)| decision == "Để sau"), "{found:?}");
}

#[test]
fn what_cannot_be_taken_is_listed_and_not_guessed() {
    let mut engine = engine_of("Xã Mẫu.csv");
    let list = working_list(&mut engine);
    let (odd, _) = filled(&list, |sheet, row| match (sheet, row) {
        ("Cần xem xét", 0) => "Cùng người",
        ("Cần xem xét", 1) => "đúng",
        // The System's row of the first pair says otherwise.
        ("Cần xem xét (HT)", 0) => "Khác người",
        _ => "",
    });
    let read = answers(&mut engine, &odd);
    assert_eq!((read.rows, read.pairs.len(), read.problem_count), (3, 0, 2), "{read:?}");
    let all: String = read.problems.iter().map(|(_, _, why)| why.as_str()).collect();
    assert!(all.contains("“đúng”") && all.contains("hai câu trả lời"), "{all}");

    let (list, _) = filled(&list, |_, _| "Cùng người");
    let mut renamed = engine_of("Xã Mẫu (bản mới).csv");
    let read = answers(&mut renamed, &list);
    assert_eq!(read.unknown_files, ["Xã Mẫu.csv"]);
    assert_eq!((read.pairs.len() as u32, read.problem_count), (2, 3), "the System's rows are found: {read:?}");
}
