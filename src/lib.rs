//! Rà Soát: every COVID-19 dose a locality gave, matched with the national System; Phụ lục 1 and Phụ lục 2 of công văn
//! 1234/BYT-DP filled from what was found.
//!
//! # The way of a dose
//! A file is dropped on the page ([`ui`]). A reader worker turns its bytes into cells ([`workbook::read`]) and finds header, kind
//! and columns ([`workbook::detect`]). The engine worker ([`engine`]) takes the cells, makes persons and doses of them
//! ([`workbook::records`]), links persons and assigns doses ([`linkage`]), puts every dose into one bucket of the ledger
//! ([`reconcile`]) and counts. The page fills the forms from the counts ([`forms`]); the engine writes them as workbooks.
//!
//! # Rooms
//! | module | what is in it | may use |
//! |---|---|---|
//! | [`domain`] | the words: persons, doses, columns, groups, buckets, the 63 published rows | – |
//! | [`normalize`] | folding text to keys; text of before Unicode; dates, numbers and lots as written | domain |
//! | [`workbook`] | bytes → cells → header and columns → records; our own lists read back | domain, normalize, `quality::choices` |
//! | [`linkage`] | which rows are one person, which doses are one dose | domain, normalize |
//! | [`reconcile`] | columns c…m, duplicates, buckets, Nhóm, units, figures | linkage and below |
//! | [`figures`] | `Số liệu`: what each source reports by unit and column, and the figures agreed on | reconcile, workbook and below |
//! | [`quality`] | the catalogue of rules, what breaks them, corrections, how quickly doses are entered | reconcile and below |
//! | [`forms`] | the two forms, the working list, the import file: models and workbooks; personal data found, the seal | figures, quality and below |
//! | [`sample`] | the invented commune of `Dùng thử với dữ liệu mẫu` | domain, forms |
//! | [`engine`] | owns the tables, answers the page | all of the above |
//! | [`worker`] | messages; the thin ends of the bridge between page and workers | engine |
//! | [`draft`] | what is kept between visits | domain, figures, forms, quality, reconcile |
//! | [`text`] | numbers and dates as shown, the sentences an officer reads | domain, `workbook::error` |
//! | [`browser`], [`ui`] | the page | everything |
//!
//! # Invariants
//! - Everything above `worker` in the table, and `text` and `draft` but for its store, compiles and is tested natively: no browser,
//!   no clock, no randomness, no input or output. Time and breath come in as arguments ([`pace::Pace`]).
//! - calamine appears in `workbook::read` only, rust_xlsxwriter in `forms` and `sample` only, web_sys in `browser`, `worker`, `draft::store`
//!   and `ui` only.
//! - No code opens a network connection, and the content security policy of both builds says so.
//! - Every row that is no title, heading, total or note is a ledger item; every item is in exactly one bucket
//!   ([`reconcile::Report::unexplained`] is 0); every number on a form is a count of items that know file, sheet, row and dose group.
//! - What is on screen is what is in the workbook: both draw the same [`forms::phu_luc_1::Form1`] and [`forms::phu_luc_2::Form2`].

#[cfg(target_arch = "wasm32")]
pub mod browser;
pub mod domain;
pub mod draft;
pub mod engine;
pub mod figures;
pub mod forms;
pub mod linkage;
pub mod normalize;
pub mod pace;
pub mod quality;
pub mod reconcile;
pub mod sample;
pub mod text;
pub mod ui;
pub mod workbook;
pub mod worker;
