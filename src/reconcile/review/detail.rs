//! All that is shown of one pair.

use super::fields::compare;
use super::{Agreement, Desk, FieldPair, PairDetail, PairDose, PairKind};
use crate::domain::{Bucket, PersonRecord, Side};
use crate::linkage::veto::{Needs, Verdict, Veto};
use crate::linkage::weights::{CERTAIN, LEAD_WITHOUT_NUMBER};
use crate::normalize::text::Text;
use crate::reconcile::answers::persons_of;
use crate::reconcile::decision::PairKey;
use crate::reconcile::ledger::{NEAR_COPY_DAYS, NO_ITEM, NearCopy};
use crate::text::{show_bits, show_date};

/// The pair with this key, where its rows are loaded.
pub fn pair_detail(desk: Desk<'_>, key: PairKey) -> Option<PairDetail> {
    if let Some(near) = desk.ledger.near.get(&key) {
        return Some(desk.near_copy(key, *near));
    }
    let (a, b) = *persons_of(key, &desk.index.hashes, &desk.linkage.person_of).first()?;
    Some(desk.persons(key, a, b))
}

impl Desk<'_> {
    /// Two persons, the local one first.
    pub(super) fn persons(&self, key: PairKey, a: u32, b: u32) -> PairDetail {
        let is_local = |person: u32| self.index.items.get(person).iter().any(|at| self.side(*at) == Side::Local);
        let has_system = |person: u32| self.index.items.get(person).iter().any(|at| self.side(*at) == Side::System);
        let (a, b) = if is_local(a) && has_system(b) { (a, b) } else { (b, a) };
        let records = [a, b].map(|person| self.whole_record(person));
        let fields = compare(&records[0], &records[1], &self.linkage.estimates, self.pool).into_iter().map(|(field, _)| field).collect();
        let explanation = self.linkage.explain(a, b, self.pool);
        let (of_a, of_b) = (self.group_items(a), self.group_items(b));
        let partnered = self.partnered(&of_a, &of_b, |at| !matches!(self.bucket(at), Bucket::Unreadable | Bucket::OutOfScope));
        let mut items: Vec<u32> = of_a.into_iter().chain(of_b).collect();
        items.sort_unstable();
        items.dedup();
        let decided = &self.ledger.answers.decided;
        PairDetail {
            key,
            kind: PairKind::Persons,
            fields,
            parts: explanation.parts().to_vec(),
            why: self.why(a, b, explanation.weight()),
            doses: items.iter().map(|at| self.pair_dose(*at, partnered.binary_search(at).is_ok())).collect(),
            decision: self.ledger.answers.pairs.get(&key).copied(),
            is_conflict: decided.is_conflict(a, b),
            is_one: a == b || decided.root(a) == decided.root(b),
        }
    }

    /// What a person's rows say together, with the commune as it is written.
    fn whole_record(&self, person: u32) -> PersonRecord {
        let mut record = self.linkage.people[person as usize].record;
        let rows = self.index.items.get(person).iter().map(|at| self.roll.persons[self.roll.items[*at as usize].person as usize].record);
        record.commune = rows.map(|row| row.commune).find(|commune| commune.is_some()).unwrap_or(record.commune);
        record
    }

    fn near_copy(&self, key: PairKey, near: NearCopy) -> PairDetail {
        let doses = [near.of, near.copy].map(|at| &self.roll.items[at as usize].dose);
        let field = |label: &str, texts: [String; 2]| {
            let agreement = match &texts {
                [a, b] if a.is_empty() || b.is_empty() => Agreement::Unsaid,
                [a, b] if a == b => Agreement::Same,
                _ => Agreement::Differs,
            };
            FieldPair { label: label.to_owned(), values: texts, agreement }
        };
        let text = |of: fn(&crate::domain::DoseRecord) -> Text| doses.map(|dose| self.pool.get(of(dose)).to_owned());
        let given = doses.map(|dose| dose.given.map(show_date).unwrap_or_default());
        let name = self.pool.get(self.linkage.people[near.person as usize].record.name).to_owned();
        PairDetail {
            key,
            kind: PairKind::NearCopy,
            fields: vec![
                field("Họ và tên", [name.clone(), name]),
                field("Mũi", text(|dose| dose.label_text)),
                field("Ngày tiêm", given),
                field("Vắc xin", text(|dose| dose.vaccine_text)),
                field("Số lô", text(|dose| dose.lot)),
                field("Cơ sở tiêm", text(|dose| dose.facility)),
            ],
            parts: Vec::new(),
            why: vec![format!(
                "Một người có hai mũi trong cùng một cột của biểu, cách nhau không quá {NEAR_COPY_DAYS} ngày: có thể là một mũi ghi hai lần."
            )],
            doses: [near.of, near.copy].into_iter().map(|at| self.pair_dose(at, false)).collect(),
            decision: self.ledger.answers.pairs.get(&key).copied(),
            is_conflict: false,
            is_one: true,
        }
    }

    pub(super) fn bucket(&self, at: u32) -> Bucket {
        self.ledger.verdicts[at as usize].bucket
    }

    pub(super) fn place(&self, at: u32) -> (String, String, u32, u8) {
        let item = &self.roll.items[at as usize];
        let sheet = self.roll.sheets.get(item.sheet as usize);
        let (file, sheet) = sheet.map_or(("", ""), |sheet| (sheet.file_name.as_str(), sheet.sheet_name.as_str()));
        (file.to_owned(), sheet.to_owned(), item.dose.at.row, item.dose.at.slot)
    }

    pub(super) fn pair_dose(&self, at: u32, has_partner: bool) -> PairDose {
        let item = &self.roll.items[at as usize];
        let dose = &item.dose;
        let text = |text: Text| self.pool.get(text).to_owned();
        PairDose {
            side: item.side,
            place: self.place(at),
            cells: [
                text(dose.label_text),
                text(dose.vaccine_text),
                dose.given.map_or_else(|| text(dose.given_text), show_date),
                text(dose.lot),
                text(dose.facility),
            ],
            bucket: self.bucket(at).label(item.side).unwrap_or_default().to_owned(),
            has_partner,
        }
    }

    /// Why the machine did not join two persons.
    fn why(&self, a: u32, b: u32, weight: i32) -> Vec<String> {
        let mut why = Vec::new();
        if a == b {
            why.push("Máy đã ghép hai dòng này là một người.".to_owned());
            return why;
        }
        let (verdict, estimates) = (self.linkage.verdict(a, b, self.pool), &self.linkage.estimates);
        if let Verdict::Vetoed(veto) = verdict {
            why.push(veto_words(veto).to_owned());
        }
        // A pair that may not be joined is measured by what an ordinary one needs.
        let needs = estimates.needs(verdict).or(estimates.needs(Verdict::OnlyAlone));
        let Needs { weight: least, lead } = needs.unwrap_or(Needs { weight: CERTAIN, lead: LEAD_WITHOUT_NUMBER });
        if weight < least {
            why.push(format!("Trọng số {} bit, dưới mức {} bit để máy tự ghép.", show_bits(weight), show_bits(least)));
        }
        let rivals = [(a, b), (b, a)].into_iter().flat_map(|(one, but)| {
            self.index.pairs_of(one).iter().filter_map(move |pair| {
                let pair = self.linkage.possible[*pair as usize];
                let rival = if pair.a == one { pair.b } else { pair.a };
                (rival != but).then_some((pair.weight, rival))
            })
        });
        let mut near: Vec<(i32, u32)> = rivals.filter(|(other, _)| weight - other < lead).collect();
        near.sort_unstable_by_key(|(weight, rival)| (-weight, *rival));
        near.dedup_by_key(|(_, rival)| *rival);
        if let Some((other, rival)) = near.first() {
            let place = self.index.items.get(*rival).first().map_or_else(String::new, |at| {
                let (file, sheet, row, _) = self.place(*at);
                format!(", {file}, {sheet}, dòng {row}")
            });
            let name = self.pool.get(self.linkage.people[*rival as usize].record.name);
            why.push(format!("Có {} người khác cũng giống; gần nhất là {name} ({} bit{place}).", near.len(), show_bits(*other)));
        }
        let decided = &self.ledger.answers.decided;
        let is_one = decided.root(a) == decided.root(b);
        for (one, side) in [(a, Side::System), (b, Side::Local)] {
            let linked = self.index.items.get(one).iter().filter(|_| !is_one).find(|at| {
                let other = self.ledger.verdicts[**at as usize].other;
                self.side(**at) != side && other != NO_ITEM && self.side(other) == side && self.bucket(**at) != Bucket::Review
            });
            if let Some(at) = linked {
                let (file, sheet, row, _) = self.place(self.ledger.verdicts[*at as usize].other);
                let whose = if side == Side::System { "Người ở địa phương" } else { "Người trên Hệ thống" };
                why.push(format!("{whose} đã ghép với dòng khác: {file}, {sheet}, dòng {row}."));
            }
        }
        if why.is_empty() {
            why.push("Nhiều dòng cùng số giấy tờ hoặc cùng họ tên, ngày sinh mà thông tin trái nhau, nên máy không tự ghép.".to_owned());
        }
        why
    }
}

/// What the machine's veto says.
fn veto_words(veto: Veto) -> &'static str {
    match veto {
        Veto::OtherNumber => {
            "Hai số giấy tờ khác nhau: máy chỉ tự ghép khi hai số lệch một chữ số mà họ tên, ngày sinh, giới tính giống hệt."
        }
        Veto::OtherSex => "Giới tính hai phía khác nhau.",
        Veto::OtherName => "Họ tên hai phía khác nhau, có thể là tên của người khác.",
        Veto::OtherBirth => "Ngày sinh hai phía khác nhau, hoặc một phía không có.",
        Veto::TooLittle => {
            "Họ tên và ngày sinh chỉ giống một phần, không có số giấy tờ, số điện thoại hay thẻ BHYT nào xác nhận, hoặc chúng khác nhau."
        }
    }
}
