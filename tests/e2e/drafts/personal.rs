//! Nothing of the people in the lists is kept: every byte the page stores is looked through.

use super::{DRAFT, SAVED, opened, stored};
use crate::browser::Browser;
use crate::main_job::on_disk;
use ra_soat::normalize::{fold_marks, fold_name};
use serde_json::{Value, json};
use std::path::PathBuf;

/// Name, birth, identity number, phone, insurance card of the invented persons.
fn people() -> Vec<[String; 5]> {
    let names = ["Đặng Thị Hường", "Nguyễn Quốc Toản", "Lò Văn Pánh", "Trần Thị Mỹ Duyên", "Hoàng Đình Khuê", "Phùng Thị Nhạn"];
    let person = |n: usize| {
        let name = format!("{} {}", names[n % 6], ["An", "Bảo", "Cẩm", "Diệp"][n / 6 % 4]);
        let (day, month, year) = (n % 18 + 11, n % 9 + 1, 1958 + n % 40);
        [
            name,
            format!("{day:02}/{month:02}/{year}"),
            format!("0061{:02}{:06}", year % 100, 730_211 + n * 37),
            format!("0912{:06}", 481_903 + n * 53),
            format!("DN40620{:08}", 51_903_377 + n * 91),
        ]
    };
    (0..48).map(person).collect()
}

/// Every form in which a value of a person may be written; all in small letters.
fn needles(people: &[[String; 5]]) -> Vec<String> {
    let mut needles = Vec::new();
    for [name, birth, identity, phone, insurance] in people {
        needles.extend([name.to_lowercase(), fold_marks(name), fold_name(name), fold_name(name).replace(' ', "")]);
        let [day, month, year] = [0, 3, 6].map(|at| &birth[at..birth.len().min(at + if at == 6 { 4 } else { 2 })]);
        needles.extend([birth.clone(), format!("{year}-{month}-{day}"), format!("{day}-{month}-{year}"), format!("{year}{month}{day}")]);
        needles.extend([format!("{day}{month}{year}"), birth.trim_start_matches('0').replace("/0", "/")]);
        needles.extend([identity.clone(), identity.trim_start_matches('0').to_owned(), identity[3..].to_owned()]);
        needles.extend([phone.clone(), phone[1..].to_owned(), format!("84{}", &phone[1..])]);
        needles.extend([insurance.to_lowercase(), insurance[2..].to_owned()]);
    }
    needles
}

fn files() -> Vec<PathBuf> {
    let head =
        "Họ và tên,Ngày sinh,Giới tính,Số CCCD,Số điện thoại,Số thẻ BHYT,Xã/phường,Mũi tiêm,Vắc xin,Ngày tiêm,Số lô,Cơ sở tiêm,Ghi chú";
    let row = |n: usize, person: &[String; 5], vaccine: &str| {
        let [name, birth, identity, phone, insurance] = person;
        let place = ["Suối Mẫu", "Bản Mẫu"][n % 2];
        format!(
            "{name},{birth},Nữ,{identity},{phone},{insurance},Xã {place},Mũi 1,{vaccine},{:02}/08/2021,PCB{:04},TYT xã {place},{name} {phone}\n",
            n % 9 + 2,
            n % 9
        )
    };
    let (mut local, mut system) = (format!("{head}\n"), format!("{head}\n"));
    for (n, person) in people().iter().enumerate() {
        local += &row(n, person, if n % 8 == 4 { "Phai do" } else { "Pfizer" });
        if n % 2 == 0 {
            // Some with another number on the System, which a person must look at.
            let mut other = person.clone();
            if n % 6 == 0 {
                other[2] = format!("{}{:06}", &person[2][..6], 998_000 - n);
            }
            system += &row(n, &other, if n % 8 == 4 { "Phai do" } else { "Pfizer" });
        }
    }
    let named = |name: &str, text: String| (name.to_owned(), text.into_bytes());
    on_disk("drafts-personal", &[named("Danh sách tiêm.csv", local), named("Dữ liệu Hệ thống trích xuất 01-03-2023.csv", system)])
}

/// All that the page keeps in the browser.
fn kept(browser: &Browser) -> String {
    let everything = browser.script(
        "const texts = [...[localStorage, sessionStorage].map(storage => JSON.stringify({ ...storage })), document.cookie];
         return (async () => {
             const names = await caches.keys().catch(() => []);
             const bases = await indexedDB.databases().catch(() => []);
             return JSON.stringify([texts, names, bases]);
         })()",
    );
    everything.as_str().unwrap_or_default().to_lowercase()
}

fn ready(browser: &Browser) {
    browser.wait_for_status("Sẵn sàng");
}

#[test]
fn nothing_of_the_people_in_the_lists_is_stored() {
    let browser = opened();
    browser.fill("Đơn vị báo cáo", "Trung tâm Y tế huyện Mẫu");
    browser.upload("Chọn tệp Excel", &files());
    ready(&browser);
    browser.click("button", "Bắt đầu đối soát");
    browser.find("table", "Kết quả đối soát");
    ready(&browser);

    // Decided: a pair by a key, the pairs of a pattern, a dose, a group for all, a reason.
    browser.click("button", "Xem xét từng cặp");
    ready(&browser);
    browser.press("c");
    ready(&browser);
    browser.press("k");
    ready(&browser);
    let open = "[...arguments[0].rows].find(row => row.cells[0].innerText.trim() === 'Chưa nhập').cells[1].querySelector('button').click()";
    browser.script_on(&browser.find("table", "Kết quả đối soát"), open, &json!(null));
    ready(&browser);
    browser.choose("Đặt Nhóm", "Nhóm 3");
    let all = browser.names("button").into_iter().find(|name| name.starts_with("Đặt Nhóm 3 cho ")).unwrap();
    browser.click("button", &all);
    ready(&browser);
    browser.choose("Đặt trạng thái", "Đã xác minh, không thể nhập");
    browser.fill("Lý do không thể nhập của mọi mũi", "Không liên lạc được");
    let all = browser.names("button").into_iter().find(|name| name.starts_with("Đặt ") && name.contains("cho ")).unwrap();
    browser.click("button", &all);
    ready(&browser);

    // Corrected: a word of vaccines, a number typed anew.
    browser.click("link", "Làm sạch");
    browser.find("table", "Lỗi theo quy tắc");
    ready(&browser);
    browser.script("[...document.querySelectorAll('button.count')].find(b => b.title === 'Xem lỗi VX02').click()");
    ready(&browser);
    browser.script("document.getElementById('loi-0').click()");
    ready(&browser);
    let select = browser.names("combobox").into_iter().find(|name| name.contains("Phai do")).unwrap();
    browser.choose(&select, "Pfizer");
    ready(&browser);
    browser.script("document.getElementById('loi-0')?.click()");
    ready(&browser);

    // Typed into the forms.
    browser.click("link", "Số liệu");
    browser.find("table", "Số liệu theo đơn vị");
    browser.click("link", "Phụ lục 1");
    let result = browser.names("textbox").into_iter().find(|name| name.starts_with("q: ")).unwrap();
    browser.fill(&result, "Đã rà soát");
    browser.click("link", "Phụ lục 2");
    // One names somebody of the lists, and a number: both are hidden where it is kept, and it is said.
    let [name, _, identity, ..] = &people()[1];
    browser.fill("4. Kết quả triển khai hoạt động:", &format!("Ông {name}, số {identity}, chưa xác minh."));
    browser.fill("5. Khó khăn, đề xuất:", "Thiếu người nhập liệu tại các trạm.");
    ready(&browser);

    let words = "Thiếu người nhập liệu";
    browser.wait(SAVED, "all of it to be saved", || stored(&browser, DRAFT).contains(words).then_some(()));
    let draft: Value = serde_json::from_str(&stored(&browser, DRAFT)).unwrap();
    let draft = &draft["draft"];
    assert_eq!(draft["files"].as_array().map(Vec::len), Some(2));
    for part in ["/decisions/doses", "/decisions/pairs", "/quality/vaccines", "/inputs/texts"] {
        let is_there = draft.pointer(part).is_some_and(|part| *part != json!([]) && *part != json!({}));
        assert!(is_there, "{part} of {draft}");
    }
    assert_eq!(draft.pointer("/inputs/texts/3/text"), Some(&json!("Ông …, số …, chưa xác minh.")));
    let text = browser.text();
    assert!(text.contains("Bản nháp không giữ họ tên, số giấy tờ, số điện thoại"), "{text}");
    let people = people();
    let kept = kept(&browser);
    assert!(kept.contains("ra-soat/draft/v1") && kept.len() > 1_000);
    let found: Vec<String> = needles(&people).into_iter().filter(|needle| kept.contains(needle)).collect();
    assert_eq!(found, [""; 0], "stored: {kept}");
    let file = browser.download(|| browser.click("button", "Tải bản nháp"));
    let text = std::fs::read_to_string(file).unwrap().to_lowercase();
    let found: Vec<String> = needles(&people).into_iter().filter(|needle| text.contains(needle)).collect();
    assert_eq!(found, [""; 0], "in the draft file: {text}");
    browser.expect_silence();
}
