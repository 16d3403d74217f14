//! Our own sources use nothing by which data could leave that a policy does not stop, and open no connection (spec §11, README).
#![allow(clippy::unwrap_used, reason = "a test stops where its premise fails")]

use std::path::{Path, PathBuf};

/// What stands nowhere in the sources, and where the exceptions are: name, files that may have it, why.
const FORBIDDEN: [(&str, &[&str], &str); 26] = [
    ("RTCPeerConnection", &["public/boot.js"], "it is removed there"),
    ("RTCDataChannel", &[], ""),
    ("WebTransport", &[], ""),
    ("XMLHttpRequest", &[], ""),
    ("WebSocket", &[], ""),
    ("EventSource", &[], ""),
    ("sendBeacon", &[], ""),
    ("send_beacon", &[], ""),
    (
        "fetch(",
        &["public/boot.js", "public/service-worker.js", "src/draft/generations.rs", "src/draft/store.rs"],
        "the hosted build asks for its own files; a shelf fetches a draft",
    ),
    ("fetch_with", &[], ""),
    ("importScripts", &["public/boot.js"], "the hosted build's worker asks for its own glue"),
    ("iframe", &[], "a new frame has a WebRTC of its own"),
    ("createElement(\"frame", &[], ""),
    ("<object", &[], ""),
    ("<embed", &[], ""),
    ("<form", &[], ""),
    ("window.open", &[], "a new window carries its address away"),
    ("open_with_url", &[], ""),
    ("location.assign", &[], "so does going elsewhere"),
    ("location.replace", &[], ""),
    ("location.href", &[], ""),
    ("set_location", &[], ""),
    ("target=\"_blank\"", &[], ""),
    ("preconnect", &[], "no policy covers it"),
    ("dns-prefetch", &[], "no policy covers it"),
    ("unsafe-inline", &[], ""),
];

fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut waiting: Vec<PathBuf> = ["src", "public", "style", "unpack/src"].map(|folder| root.join(folder)).to_vec();
    let mut found = Vec::new();
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(std::fs::read_dir(path).unwrap().flatten().map(|entry| entry.path()));
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            found.push((path.strip_prefix(root).unwrap().display().to_string().replace('\\', "/"), text));
        }
    }
    found
}

#[test]
fn no_source_navigates_frames_or_connects() {
    let sources = sources();
    assert!(sources.len() > 200 && sources.iter().any(|(name, _)| name == "public/boot.js"), "{} files", sources.len());
    for (word, allowed, _) in FORBIDDEN {
        let found: Vec<&str> = sources
            .iter()
            .filter(|(name, text)| text.contains(word) && !allowed.contains(&name.as_str()))
            .map(|(name, _)| name.as_str())
            .collect();
        assert_eq!(found, [""; 0], "{word}");
        for name in allowed {
            assert!(
                sources.iter().all(|(file, text)| file != name || text.contains(word)),
                "{name} has no {word} any more: take it off the list"
            );
        }
    }
}

#[test]
fn every_address_in_the_sources_is_a_name_not_a_place() {
    // Names of XML vocabularies; nobody asks for them.
    let names = ["http://schemas.", "http://purl.oclc.org/", "http://www.w3.org/", "https://schemas."];
    for (file, text) in sources() {
        // Tests stand at the end of a file.
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        for scheme in ["http://", "https://", "ws://", "wss://"] {
            for (at, _) in text.match_indices(scheme) {
                let line = text[..at].rsplit('\n').next().unwrap_or_default();
                let address: String = text[at..].chars().take(48).collect();
                let is_comment = line.trim_start().starts_with("//");
                assert!(is_comment || names.iter().any(|name| address.starts_with(name)), "{file}: {address}");
            }
        }
    }
}

#[test]
fn the_browser_interfaces_asked_for_have_no_network() {
    let manifest = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    let features = manifest.split("web-sys = ").nth(1).and_then(|rest| rest.split(']').next()).unwrap();
    for name in
        ["Request", "Response", "WebSocket", "EventSource", "XmlHttpRequest", "Rtc", "Iframe", "HtmlForm", "ServiceWorker", "Beacon"]
    {
        assert!(!features.contains(&format!("\"{name}")), "{name} is asked of web-sys");
    }
}
