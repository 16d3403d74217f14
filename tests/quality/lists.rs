//! Lists of one row a dose, as text, taken in by an engine.

use ra_soat::domain::{Date, FileId, SheetKind};
use ra_soat::engine::Engine;
use ra_soat::pace::Unpaced;
use ra_soat::quality::{Corrections, RuleId};
use ra_soat::workbook::{detect, read};
use ra_soat::worker::protocol::FileMeta;
use ra_soat::worker::quality::{QualityAnswer, QualityAsk};
use std::collections::BTreeSet;

pub const HEADER: &str = "Họ và tên,Ngày sinh,Giới tính,Số CCCD,Số điện thoại,Số thẻ BHYT,Xã/phường,Mã nhóm đối tượng,Mũi tiêm,Vắc xin,Ngày tiêm,Số lô,Cơ sở tiêm,Ngày nhập,Trạng thái xác thực,Trạng thái ký";
pub const TODAY: Date = Date::constant(2023, 3, 10);

/// One row; the default one breaks no rule.
#[derive(Clone, Debug)]
pub struct Row {
    pub name: String,
    pub birth: String,
    pub sex: String,
    pub id: String,
    pub phone: String,
    pub insurance: String,
    pub commune: String,
    pub group: String,
    pub label: String,
    pub vaccine: String,
    pub given: String,
    pub lot: String,
    pub facility: String,
    pub entered: String,
    pub verified: String,
    pub signed: String,
}

impl Default for Row {
    fn default() -> Row {
        Row {
            name: "Lý Thị An".into(),
            birth: "1985-03-08".into(),
            sex: "Nữ".into(),
            id: "006185001234".into(),
            phone: "0912345678".into(),
            insurance: "GD4060620123456".into(),
            commune: "Xã Mỹ Thanh".into(),
            group: "16".into(),
            label: "Mũi 1".into(),
            vaccine: "Pfizer".into(),
            given: "2021-08-16".into(),
            lot: "FK0112".into(),
            facility: "Trạm Y tế xã Mỹ Thanh".into(),
            entered: "2021-08-16".into(),
            verified: "Đúng".into(),
            signed: "Đã ký".into(),
        }
    }
}

impl Row {
    /// The default row, changed.
    pub fn with(change: impl FnOnce(&mut Row)) -> Row {
        let mut row = Row::default();
        change(&mut row);
        row
    }

    /// A dose of the default person: label, product, day of dose and entry.
    pub fn dose(label: &str, vaccine: &str, given: &str) -> Row {
        Row::with(|row| {
            (row.label, row.vaccine, row.given, row.entered) = (label.into(), vaccine.into(), given.into(), given.into());
            row.lot = format!("{}01", vaccine.split(' ').next().unwrap_or_default().to_uppercase());
        })
    }

    pub fn line(&self) -> String {
        [
            &self.name,
            &self.birth,
            &self.sex,
            &self.id,
            &self.phone,
            &self.insurance,
            &self.commune,
            &self.group,
            &self.label,
            &self.vaccine,
            &self.given,
            &self.lot,
            &self.facility,
            &self.entered,
            &self.verified,
            &self.signed,
        ]
        .map(String::as_str)
        .join(",")
    }
}

/// An engine with one list of a side.
pub fn engine_with(kind: SheetKind, rows: &[Row]) -> Engine {
    let mut engine = Engine::default();
    add(&mut engine, 1, kind, rows);
    engine
}

pub fn add(engine: &mut Engine, id: u32, kind: SheetKind, rows: &[Row]) {
    let lines: Vec<String> = rows.iter().map(Row::line).collect();
    let text = format!("{HEADER}\n{}\n", lines.join("\n"));
    let name = format!("danh-sach-{id}.csv");
    let workbook = read::read_workbook(&name, text.into_bytes(), &mut |_, _| {}).unwrap();
    let mut mapping = detect::detect_sheet(&workbook, 0, &name, None).unwrap();
    mapping.kind = kind;
    let meta = FileMeta { id: FileId(id), name, size: 0, sha256: format!("{id:064x}") };
    let readings = pollster::block_on(engine.load(meta, workbook, &[Some(mapping)], &mut Unpaced)).unwrap();
    assert_eq!(readings[0].items as usize, rows.len(), "{:?}", readings[0]);
}

pub fn ask(engine: &mut Engine, ask: QualityAsk) -> QualityAnswer {
    pollster::block_on(engine.ask_quality(ask, &mut Unpaced)).unwrap()
}

pub fn correct(engine: &mut Engine, corrections: &Corrections) -> u32 {
    match ask(engine, QualityAsk::Correct(Box::new(corrections.clone()), Default::default())) {
        QualityAnswer::Corrected(changed) => changed,
        other => panic!("{other:?}"),
    }
}

/// Checks; the codes each record breaks.
pub fn codes(engine: &mut Engine) -> Vec<BTreeSet<&'static str>> {
    let QualityAnswer::Checked(checked) = ask(engine, QualityAsk::Check { today: TODAY }) else { panic!("no check") };
    let findings = engine.last_findings().unwrap();
    (0..checked.records).map(|at| findings.of_record(at).into_iter().map(RuleId::code).collect()).collect()
}
