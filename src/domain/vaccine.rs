//! The COVID-19 vaccines given in Việt Nam and the spellings they are found under (QĐ 5772/QĐ-BYT names eight; Covaxin was approved too).

use serde::{Deserialize, Serialize};

/// A vaccine product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs, reason = "product names")]
pub enum Product {
    AstraZeneca,
    Pfizer,
    Moderna,
    VeroCell,
    HayatVax,
    SputnikV,
    Abdala,
    Janssen,
    Covaxin,
}

impl Product {
    /// Every product.
    pub const ALL: [Product; 9] = {
        use Product::*;
        [AstraZeneca, Pfizer, Moderna, VeroCell, HayatVax, SputnikV, Abdala, Janssen, Covaxin]
    };

    /// The name shown to the officer.
    pub fn label(self) -> &'static str {
        use Product::*;
        match self {
            AstraZeneca => "AstraZeneca",
            Pfizer => "Pfizer",
            Moderna => "Moderna",
            VeroCell => "Vero Cell",
            HayatVax => "Hayat-Vax",
            SputnikV => "Sputnik V",
            Abdala => "Abdala",
            Janssen => "Janssen",
            Covaxin => "Covaxin",
        }
    }

    /// The product a spelling means, or none where no known name is in it.
    ///
    /// Real lists write the product in dozens of ways with the maker in brackets, so names are looked for inside the folded
    /// text; the commonest misspellings ("Modena", "Zecera", "Spuknik") count.
    ///
    /// ```
    /// use ra_soat::domain::Product;
    /// assert_eq!(Product::recognise("Spikevax (Covit-19 vaccine Modena)"), Some(Product::Moderna));
    /// assert_eq!(Product::recognise("SARS-CoV-2 Vaccine (Vero Cell), Inactivated"), Some(Product::VeroCell));
    /// assert_eq!(Product::recognise("vắc xin"), None);
    /// ```
    pub fn recognise(text: &str) -> Option<Product> {
        use Product::*;
        let letters: String = crate::normalize::fold(text).chars().filter(char::is_ascii_alphanumeric).collect();
        const NAMES: [(&str, Product); 38] = [
            ("hayat", HayatVax),
            ("verocell", VeroCell),
            ("verocel", VeroCell),
            ("sinopharm", VeroCell),
            ("bibp", VeroCell),
            ("vero", VeroCell),
            ("astra", AstraZeneca),
            ("zeneca", AstraZeneca),
            ("zecera", AstraZeneca),
            ("azd1222", AstraZeneca),
            ("vaxzevria", AstraZeneca),
            ("covishield", AstraZeneca),
            ("comirnat", Pfizer),
            ("cominarty", Pfizer),
            ("comirnarty", Pfizer),
            ("pfizer", Pfizer),
            ("pfizr", Pfizer),
            ("pfier", Pfizer),
            ("fizer", Pfizer),
            ("biontech", Pfizer),
            ("bnt162", Pfizer),
            ("spikevax", Moderna),
            ("moderna", Moderna),
            ("modena", Moderna),
            ("modema", Moderna),
            ("mrna1273", Moderna),
            ("sputnik", SputnikV),
            ("spuknik", SputnikV),
            ("sputnic", SputnikV),
            ("gamcovid", SputnikV),
            ("gamaley", SputnikV),
            ("gamalay", SputnikV),
            ("abdala", Abdala),
            ("abdalla", Abdala),
            ("janssen", Janssen),
            ("jansen", Janssen),
            ("covaxin", Covaxin),
            ("johnson", Janssen),
        ];
        if let Some((_, product)) = NAMES.iter().find(|(name, _)| letters.contains(name)) {
            return Some(*product);
        }
        match letters.as_str() {
            "az" | "azd" => Some(AstraZeneca),
            "pf" | "pfz" => Some(Pfizer),
            "mod" | "mdn" => Some(Moderna),
            "vc" => Some(VeroCell),
            _ => None,
        }
    }

    /// Doses of the basic series: three for Abdala, one for Janssen, two for the rest.
    pub fn basic_doses(self) -> u8 {
        match self {
            Product::Abdala => 3,
            Product::Janssen => 1,
            _ => 2,
        }
    }

    /// Whether a third dose after a basic series of this product is `Liều bổ sung` (10722/BYT-DP: Sinopharm, Sputnik V).
    pub fn takes_additional_dose(self) -> bool {
        matches!(self, Product::VeroCell | Product::HayatVax | Product::SputnikV)
    }
}
