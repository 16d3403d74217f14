//! Hostile files dropped together with good ones: every bad one gets a word, the good ones are read, and nothing that stands in them runs.

use crate::browser::Browser;
use crate::corpus::{Fate, HARMFUL_NAMES, corpus};
use crate::main_job::on_disk;
use crate::single_file;
use calamine::{Reader as _, Xlsx};
use ra_soat::sample::sample_files;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Cursor;

#[test]
fn hostile_files_get_a_word_each_and_the_good_ones_go_on() {
    let sample = sample_files().unwrap();
    let poison = corpus(false);
    let mut files: Vec<(String, Vec<u8>)> = vec![sample[0].clone()];
    files.extend(poison.iter().map(|poison| (poison.name.to_owned(), poison.bytes.clone())));
    files.push(sample.last().unwrap().clone());
    let browser = Browser::open(&single_file());
    browser.wait_for_status("Sẵn sàng");
    let paths = on_disk("poison", &files);
    let start = std::time::Instant::now();
    browser.upload("Chọn tệp Excel", &paths);
    browser.wait_for_status("Sẵn sàng");
    println!("{} files in {} ms", files.len(), start.elapsed().as_millis());
    browser.screenshot("tep-doc-hai");
    let cards = browser.script(
        "return Object.fromEntries([...document.querySelectorAll('article')].map((card) => [card.querySelector('.card-name').innerText, card.innerText]))",
    );
    let cards: BTreeMap<String, String> = serde_json::from_value(cards).unwrap();
    let mut failures = Vec::new();
    for poison in &poison {
        let card = &cards[poison.name];
        let is_told = match poison.fate {
            Fate::Refused(words) => card.contains("Từ chối") && card.contains(words),
            // Read; or, where what was read is no list, said so.
            Fate::Read => card.contains("Đã đọc") || card.contains("không tìm thấy dòng tên cột"),
        };
        if !is_told || card.contains("gặp sự cố") {
            failures.push(format!("{}: {:?}, but {card}", poison.name, poison.fate));
        }
    }
    assert_eq!(failures, [""; 0]);
    for (name, _) in [&sample[0], sample.last().unwrap()] {
        assert!(cards[name].contains("Đã đọc"), "{}", cards[name]);
    }
    assert!(!browser.text().contains("Bộ đối soát gặp sự cố"));

    browser.click("button", "Bắt đầu đối soát");
    browser.find("table", "Kết quả đối soát");
    browser.wait_for_status("Sẵn sàng");
    assert!(browser.text().contains("0 dòng không giải thích được"));
    assert_ne!(browser.script("return document.title"), Value::from("hacked"));
    let list = browser.download(|| browser.click("button", "Tải danh sách làm việc"));
    browser.wait_for_status("Sẵn sàng");
    let mut list: Xlsx<_> = Xlsx::new(Cursor::new(std::fs::read(list).unwrap())).unwrap();
    let mut texts = String::new();
    for sheet in list.sheet_names() {
        assert!(list.worksheet_formula(&sheet).unwrap().used_cells().next().is_none(), "{sheet}: a working list has no formulas");
        texts.extend(list.worksheet_range(&sheet).unwrap().used_cells().map(|(_, _, cell)| format!("{cell}\n")));
    }
    // The fifth is written wide, and is made plain as every text is; no formula either, as said above.
    for name in HARMFUL_NAMES[..7].iter().filter(|name| name.is_ascii() || name.starts_with('=')) {
        assert!(texts.contains(name), "{name} is not in the working list as it was written");
    }
    browser.expect_silence();
}
