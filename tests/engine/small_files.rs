//! Small lists as CSV files, taken in by an engine.

use ra_soat::domain::{Date, FileId, Settings, SheetKind};
use ra_soat::engine::Engine;
use ra_soat::pace::Unpaced;
use ra_soat::reconcile::Report;
use ra_soat::reconcile::decision::Decisions;
use ra_soat::workbook::{detect, read};
use ra_soat::worker::list_filter::ListFilter;
use ra_soat::worker::protocol::{DoseRow, FileMeta, ListRef};

/// The header every list here has.
pub(crate) const HEADER: &str = "Họ và tên,Ngày sinh,Số CCCD,Mũi tiêm,Vắc xin,Ngày tiêm,Cơ sở tiêm,Nhóm đối tượng,Đơn vị công tác,Ghi chú";

/// A person's first dose: the n-th invented person.
pub(crate) fn dose(n: u32) -> String {
    dose_of(n, "", "", "")
}

/// A person's first dose with target group, workplace and note.
pub(crate) fn dose_of(n: u32, target_group: &str, workplace: &str, note: &str) -> String {
    let names = ["An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Khánh", "Lan", "Minh", "Nga"];
    let (given, family) = (names[n as usize % 10], ["Lý", "Hoàng", "Nông", "Triệu"][n as usize / 10 % 4]);
    let (day, year) = (n % 28 + 1, 1970 + n % 30);
    let place = if n.is_multiple_of(2) { "Trạm Y tế xã Suối Mẫu" } else { "Trạm Y tế xã Bản Mẫu" };
    format!(
        "{family} Thị {given},{day:02}/03/{year},0061{:02}{n:06},Mũi 1,Pfizer,{day:02}/08/2021,{place},{target_group},{workplace},{note}",
        year % 100
    )
}

/// An engine that takes lists as they come.
#[derive(Default)]
pub(crate) struct Loaded {
    pub(crate) engine: Engine,
    files: u32,
}

impl Loaded {
    pub(crate) fn local(&mut self, doses: &[String]) -> &mut Loaded {
        self.add("danh-sach.csv", SheetKind::LocalList, None, None, doses)
    }

    /// An export with its `Ngày trích xuất`.
    pub(crate) fn system(&mut self, day: Option<Date>, doses: &[String]) -> &mut Loaded {
        self.add("he-thong.csv", SheetKind::SystemExport, day, None, doses)
    }

    /// An export put into a snapshot by a person.
    pub(crate) fn system_of(&mut self, snapshot: u8, doses: &[String]) -> &mut Loaded {
        self.add("he-thong.csv", SheetKind::SystemExport, None, Some(snapshot), doses)
    }

    fn add(&mut self, name: &str, kind: SheetKind, day: Option<Date>, snapshot: Option<u8>, doses: &[String]) -> &mut Loaded {
        let text = format!("{HEADER}\n{}\n", doses.join("\n"));
        let workbook = read::read_workbook(name, text.into_bytes(), &mut |_, _| {}).unwrap();
        let mut mapping = detect::detect_sheet(&workbook, 0, name, None).unwrap();
        (mapping.kind, mapping.extracted_on, mapping.snapshot) = (kind, day, snapshot);
        self.files += 1;
        let meta = FileMeta { id: FileId(self.files), name: format!("{}-{name}", self.files), size: 0, sha256: String::new() };
        let readings = pollster::block_on(self.engine.load(meta, workbook, &[Some(mapping)], &mut Unpaced)).unwrap();
        assert_eq!(readings[0].items as usize, doses.len(), "{:?}", readings[0].problems);
        self
    }

    pub(crate) fn reconcile(&mut self) -> Report {
        self.reconcile_with(Decisions::default())
    }

    pub(crate) fn reconcile_with(&mut self, decisions: Decisions) -> Report {
        let (columns, mut pace) = (Default::default(), Unpaced);
        let done = pollster::block_on(self.engine.reconcile(Settings::default(), decisions, &columns, &mut pace, &|| 0.0));
        let report = done.unwrap().0;
        assert_eq!(report.unexplained(), 0);
        report
    }

    /// All that a filter leaves of a list.
    pub(crate) fn list(&mut self, list: ListRef, filter: &ListFilter) -> Vec<DoseRow> {
        let (rows, total) = pollster::block_on(self.engine.filtered_page(list, filter, 0, usize::MAX, &mut Unpaced)).unwrap();
        assert_eq!(rows.len(), total);
        rows
    }
}
