//! Phụ lục 1 as provinces send it back: the letter's whole table with one row filled in, rows and columns beside the counts, names of
//! offices, headings cut short.

use crate::builder::{C, S, xlsx};
use crate::form_1::provinces;
use crate::hand_filled::{Style, Total, Unit, sheet};
use crate::national::Sent;
use crate::read_as;
use ra_soat::domain::Settings;
use ra_soat::domain::province::PUBLISHED;
use ra_soat::domain::settings::{FormRows, ReportedSource};
use ra_soat::domain::source::SheetKind;
use ra_soat::figures::desk::lay_out;
use ra_soat::figures::roll_up::{RollUpChoices, UnitState, once_each};
use ra_soat::forms::inputs::FormInputs;
use ra_soat::forms::phu_luc_1::{Form1, fill_from_desk};
use ra_soat::reconcile::alias::Aliases;

fn plain() -> Style {
    Style { total: Total::Missing, has_signature: false, ..Style::default() }
}

fn unit(name: &str, at: u64) -> Unit {
    Unit { number: 1, name: name.to_owned(), columns: std::array::from_fn(|column| Some(at + column as u64)), on_system: Some(at) }
}

/// The form of 63 rows made of what was sent.
fn form_of(sent: &Sent) -> Form1 {
    let figures = sent.reported();
    let settings = Settings { reported_source: ReportedSource::UnitForms, form_1_rows: FormRows::Provinces, ..Settings::default() };
    let rolled = sent.roll_up(SheetKind::UnitForm1, &settings, &RollUpChoices::default(), &[]);
    let inputs = FormInputs::default();
    let desk = lay_out(None, &once_each(&figures, Some(&rolled), None), &settings, &inputs.rows, &Aliases::default());
    fill_from_desk(None, &desk, &settings, &inputs)
}

#[test]
fn the_whole_table_sent_back_counts_for_the_row_that_was_filled_in() {
    let mut sent = Sent::new();
    // The provinces that answer are not the last ones dropped, and each file holds all 63 rows.
    for own in [1, 27, 15] {
        let rows: Vec<Unit> = provinces(63)
            .into_iter()
            .map(|unit| Unit { on_system: Some(1_000 * u64::from(own)).filter(|_| unit.number == own), ..unit })
            .collect();
        sent.add(&format!("tinh {own}.xlsx"), &xlsx(&[sheet(&rows, &Style::default())]));
    }
    let rolled = sent.roll_up(SheetKind::UnitForm1, &Settings::default(), &RollUpChoices::default(), &[]);
    assert_eq!((rolled.units.len(), rolled.count(UnitState::Missing), rolled.count(UnitState::Twice)), (63, 60, 0));
    let form = form_of(&sent);
    let filled: Vec<_> = form.rows.iter().filter_map(|row| Some((row.number, row.on_system?))).collect();
    assert_eq!(filled, [(1, 1_000), (15, 15_000), (27, 27_000)]);
    assert!(form.rows.iter().zip(PUBLISHED.iter()).all(|(row, printed)| row.columns == printed.columns.map(Some)));
}

#[test]
fn rows_beside_the_units_are_told_and_not_added() {
    for name in ["Tỷ lệ (%)", "Chênh lệch", "So sánh tăng/giảm", "Dân số", "Số liệu Bộ Y tế công bố"] {
        let mut form = sheet(&provinces(2), &plain());
        form.rows.push(vec![C::Blank, C::from(name), C::Number(98.5), C::Number(97.0)]);
        let figures = read_as(SheetKind::UnitForm1, form, "a.xlsx");
        assert_eq!(figures.units.len(), 2, "{name}");
        let told = format!("Dòng 10 “{name}” không phải số mũi tiêm của một đơn vị: không cộng.");
        assert!(figures.remarks.iter().any(|(.., remark)| *remark == told), "{:?}", figures.remarks);
    }
}

/// A form of one unit with its two rows of headings written otherwise, by column of the form.
fn headed(unit: &Unit, has_letters: bool, heads: &[(usize, &str)]) -> S {
    let mut form = sheet(std::slice::from_ref(unit), &Style { has_letters, ..plain() });
    for (column, text) in heads {
        let row = if (2..13).contains(column) { 5 } else { 4 };
        form.rows[row][*column] = C::from(*text);
    }
    form
}

#[test]
fn headings_cut_short_are_read_by_their_words_or_by_the_letter_below() {
    let own = &provinces(10)[9];
    let short = [(5, "BS"), (6, "NL1"), (7, "NL2")];
    let strange = [(5, "Thêm"), (6, "Lần sau"), (7, "Đợt cuối")];
    let letters = [(13, "n=c+...+m"), (14, "o"), (15, "p=n-o"), (16, "q")];
    let platform = [(13, "Tổng cộng"), (14, "Số mũi trên HT"), (15, "Chênh lệch")];
    for (what, has_letters, heads) in [
        ("short", false, &short[..]),
        ("short over letters", true, &short),
        ("no words of doses, letters below", true, &strange),
        ("letters for headings", false, &letters),
        ("the platform cut short", false, &platform),
    ] {
        let figures = read_as(SheetKind::UnitForm1, headed(own, has_letters, heads), "a.xlsx");
        let read: Vec<_> = figures.units.iter().map(|unit| (unit.columns, unit.on_system, unit.doubts.len())).collect();
        assert_eq!(read, [(own.columns, own.on_system, 0)], "{what}: {:?}", figures.remarks);
        assert!(figures.remarks.is_empty(), "{what}: {:?}", figures.remarks);
    }
    // Neither words nor letters: nothing is guessed, and it is told.
    let lost = read_as(SheetKind::UnitForm1, headed(own, false, &strange), "a.xlsx");
    assert_eq!(lost.units[0].columns[3], None);
    assert!(lost.remarks.iter().any(|(.., remark)| remark == "Không tìm thấy cột f (Liều bổ sung); để trống."), "{:?}", lost.remarks);
}

#[test]
fn shares_beside_the_counts_are_no_counts() {
    let own = &provinces(4)[3];
    for title in ["Tỷ lệ mũi 1 (%)", "Tỷ lệ %", "%", "Mũi 1 (%)"] {
        // The share stands before the first dose and behind the last.
        let mut form = sheet(std::slice::from_ref(own), &Style { has_letters: false, has_merges: false, ..plain() });
        for (row, cell) in [(4, C::from("Kết quả tiêm cho nhóm từ 18 tuổi trở lên")), (5, C::from(title)), (6, C::Number(98.5))]
        {
            form.rows[row].insert(2, cell);
        }
        let figures = read_as(SheetKind::UnitForm1, form, "a.xlsx");
        assert_eq!((figures.units[0].columns, figures.units[0].on_system), (own.columns, own.on_system), "{title}");
        assert!(figures.remarks.is_empty() && figures.units[0].doubts.is_empty(), "{title}: {:?}", figures.remarks);
    }
}

#[test]
fn provinces_under_the_names_of_their_offices_are_those_provinces() {
    let named = [
        (5, "Trung tâm Kiểm soát bệnh tật tỉnh Hà Nam"),
        (15, "Bắc Cạn"),
        (31, "T.T. Huế"),
        (37, "CDC Khánh Hòa"),
        (40, "Kontum"),
        (44, "SYT TPHCM"),
        (45, "T. BR-VT"),
    ];
    let mut sent = Sent::new();
    for (number, name) in named {
        let unit = Unit { name: name.to_owned(), ..provinces(63)[number - 1].clone() };
        sent.add(&format!("{number}.xlsx"), &xlsx(&[sheet(&[unit], &plain())]));
    }
    let rolled = sent.roll_up(SheetKind::UnitForm1, &Settings::default(), &RollUpChoices::default(), &[]);
    let keys: Vec<_> = rolled.taken().map(|(unit, _)| unit.key.clone()).collect();
    assert_eq!(keys, named.map(|(number, _)| format!("tinh {number}")));
    let form = form_of(&sent);
    let filled: Vec<u32> = form.rows.iter().filter(|row| row.on_system.is_some()).map(|row| row.number).collect();
    assert_eq!(filled, named.map(|(number, _)| number as u32));
    assert_eq!(form.source_note.matches("56 tỉnh, thành phố chưa có số trong biểu").count(), 1, "{}", form.source_note);
    let told = form.remarks.iter().find(|remark| remark.starts_with("Chưa có số c…m trong biểu của 56 tỉnh, thành phố: Hà Nội, "));
    assert!(told.is_some_and(|told| !told.contains("Kon Tum") && told.contains("Hậu Giang")), "{:?}", form.remarks);
}

#[test]
fn inside_one_province_its_centre_is_a_unit_of_its_own() {
    let mut sent = Sent::new();
    sent.add("a.xlsx", &xlsx(&[sheet(&[unit("CDC Bắc Kạn", 10), unit("Huyện Ba Bể", 20), unit("TP Bắc Kạn", 30)], &plain())]));
    let settings = Settings { reporting_unit: "Sở Y tế tỉnh Bắc Kạn".to_owned(), ..Settings::default() };
    let rolled = sent.roll_up(SheetKind::UnitForm1, &settings, &RollUpChoices::default(), &[]);
    assert_eq!(rolled.taken().count(), 3);
    assert_eq!(rolled.count(UnitState::Twice), 0);
}

#[test]
fn districts_sent_for_a_form_of_provinces_are_told() {
    let mut sent = Sent::new();
    for (number, file) in [(1, "ha noi.xlsx"), (2, "hai phong.xlsx"), (3, "thai binh.xlsx")] {
        sent.add(file, &xlsx(&[sheet(&provinces(63)[number - 1..number], &plain())]));
    }
    sent.add("bac kan.xlsx", &xlsx(&[sheet(&[unit("Huyện Ba Bể", 100), unit("Huyện Na Rì", 200)], &plain())]));
    let form = form_of(&sent);
    let doses: u64 = [100u64, 200].iter().map(|at| 11 * at + 55).sum();
    let told =
        format!("2 đơn vị gửi biểu mà tên không phải một trong 63 tỉnh, thành phố, nên {} mũi", ra_soat::text::show_number(doses as i64));
    assert!(form.remarks.iter().any(|remark| remark.starts_with(&told) && remark.contains("“Huyện Ba Bể”")), "{:?}", form.remarks);
}

#[test]
fn a_form_with_o_alone_does_not_add_up() {
    let mut only = provinces(2);
    only[1].columns = [None; 11];
    let mut sent = Sent::new();
    sent.add("a.xlsx", &xlsx(&[sheet(&only, &Style { has_given: false, ..plain() })]));
    let rolled = sent.roll_up(SheetKind::UnitForm1, &Settings::default(), &RollUpChoices::default(), &[]);
    let hai_phong = rolled.units.iter().find(|unit| unit.key == "tinh 2").unwrap();
    assert_eq!(hai_phong.states, [UnitState::Fails]);
    assert_eq!(hai_phong.forms[0].doubts, ["Dòng 9: có o nhưng không có số nào ở c…m"]);
    let form = form_of(&sent);
    assert!(form.remarks.iter().any(|remark| remark.starts_with("Chưa có số c…m trong biểu của 62 tỉnh")), "{:?}", form.remarks);
}
