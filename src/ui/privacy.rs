//! What the panel `Dữ liệu ở lại máy này` says, apart from drawing it: the policy in an officer's words, and what counts as a request.

/// A directive of the page's content security policy with what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// As the policy has it, hashes counted instead of listed.
    pub text: String,
    /// In plain words; none for a directive this page was not built with.
    pub meaning: Option<&'static str>,
}

/// The directives of a policy, in its order.
pub fn directives(policy: &str) -> Vec<Directive> {
    let written = policy.split(';').map(str::trim).filter(|text| !text.is_empty());
    written
        .map(|text| {
            let words: Vec<&str> = text.split_whitespace().collect();
            let hashes = words.iter().filter(|word| word.starts_with("'sha256-")).count();
            let mut shown: Vec<&str> = words.iter().copied().filter(|word| !word.starts_with("'sha256-")).collect();
            let counted = format!("({hashes} mã băm)");
            if hashes > 0 {
                shown.insert(1, &counted);
            }
            Directive { text: shown.join(" "), meaning: meaning(&words) }
        })
        .collect()
}

fn meaning(words: &[&str]) -> Option<&'static str> {
    let (name, values) = words.split_first()?;
    Some(match (*name, values) {
        ("default-src", ["'none'"]) => "Điều gì không được cho phép ở dưới thì bị chặn.",
        ("connect-src", ["'none'"]) => "Không được kết nối tới bất kỳ đâu, kể cả mạng nội bộ.",
        ("connect-src", ["'self'"]) => "Chỉ được hỏi chính nơi đã mở trang này, không nơi nào khác.",
        ("script-src", ["'self'", "'wasm-unsafe-eval'"]) => "Chỉ chạy chương trình của chính nơi đã mở trang này.",
        ("script-src", _) if words.iter().any(|word| word.starts_with("'sha256-")) => {
            "Chỉ chạy đúng chương trình có sẵn trong tệp này, nhận ra bằng mã băm."
        }
        ("style-src", _) => "Chỉ dùng kiểu trình bày có sẵn của trang.",
        ("worker-src", ["blob:"] | ["'self'", "blob:"]) => "Việc nặng chạy nền ngay trong trình duyệt, dưới cùng chính sách này.",
        ("img-src", _) => "Chỉ hiện hình có sẵn trong trang.",
        ("manifest-src" | "font-src", ["'self'"]) => "Chỉ dùng tệp của chính nơi đã mở trang này.",
        ("base-uri", ["'none'"]) => "Không ai đổi được địa chỉ gốc của trang.",
        ("form-action", ["'none'"]) => "Không gửi biểu mẫu đi đâu.",
        ("frame-src" | "child-src", ["'none'"]) => "Không nhúng trang nào khác.",
        ("frame-ancestors", ["'none'"]) => "Không trang nào khác nhúng được trang này.",
        _ => return None,
    })
}

/// Whether an address lies on this machine's disk or in the page's own memory.
pub fn stays_here(address: &str) -> bool {
    ["blob:", "data:", "file:", "about:"].iter().any(|scheme| address.starts_with(scheme))
}

/// What was asked for since the page was opened: of the place the page came from, and of any other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Requests {
    /// Requests for the page's own files.
    pub own: u32,
    /// Addresses elsewhere.
    pub elsewhere: Vec<String>,
}

impl Requests {
    /// Counts a request; `origin` is the place the page came from, `null` or `file://` for one opened from disk.
    pub fn count(&mut self, address: &str, origin: &str) {
        if stays_here(address) {
            return;
        }
        if address.strip_prefix(origin).is_some_and(|rest| rest.starts_with('/')) {
            self.own += 1;
        } else {
            self.elsewhere.push(address.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy_of(page: &str) -> &str {
        let start = page.find("http-equiv=\"Content-Security-Policy\" content=\"").unwrap();
        page[start..].split('"').nth(3).unwrap()
    }

    #[test]
    fn every_directive_of_the_page_is_explained() {
        let page = policy_of(include_str!("../../public/index.html"));
        let single = page
            .replace("script-src 'self'", "script-src 'sha256-AAAA=' 'sha256-BBBB='")
            .replace("style-src 'self'", "style-src 'sha256-CCCC='")
            .replace("connect-src 'self'", "connect-src 'none'");
        for policy in [page, &single] {
            let directives = directives(policy);
            assert!(directives.len() > 6, "{policy}");
            for directive in directives {
                assert!(directive.meaning.is_some(), "{} has no words", directive.text);
            }
        }
        assert_eq!(directives(&single)[1].text, "script-src (2 mã băm) 'wasm-unsafe-eval'");
        assert_eq!(directives("connect-src https://example.invalid")[0].meaning, None, "what lets data out is not praised");
    }

    #[test]
    fn requests_are_counted_by_where_they_go() {
        let mut requests = Requests::default();
        for address in
            ["blob:null/1", "data:image/svg+xml,", "http://127.0.0.1:8080/a.wasm", "http://127.0.0.1:80801/a", "https://example.invalid/"]
        {
            requests.count(address, "http://127.0.0.1:8080");
        }
        let elsewhere = ["http://127.0.0.1:80801/a", "https://example.invalid/"].map(str::to_owned).to_vec();
        assert_eq!(requests, Requests { own: 1, elsewhere: elsewhere.clone() });
        let mut from_disk = Requests::default();
        from_disk.count(&elsewhere[1], "null");
        assert_eq!(from_disk.elsewhere, elsewhere[1..]);
    }
}
