//! A folder on 127.0.0.1 with the headers its `_headers` gives: as much of a static host as the hosted build needs.

use std::io::{BufRead, BufReader, Error, Result, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

/// A server that answers until it is dropped.
pub struct Server {
    port: u16,
    is_ending: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts to serve the folder's own files at a port, any free one for 0.
    pub fn start(folder: &Path, port: u16) -> Result<Server> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let port = listener.local_addr()?.port();
        let is_ending = Arc::new(AtomicBool::new(false));
        let (folder, ends) = (folder.to_path_buf(), is_ending.clone());
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if ends.load(Ordering::SeqCst) {
                    break;
                }
                let folder = folder.clone();
                std::thread::spawn(move || answer(&stream, &folder)); // a browser that hangs up is no matter of ours
            }
        });
        Ok(Server { port, is_ending, thread: Some(thread) })
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.is_ending.store(true, Ordering::SeqCst);
        // Wakes it from waiting; from then on nobody answers at the port.
        let _ = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn answer(mut stream: &TcpStream, folder: &Path) -> Result<()> {
    let mut lines = BufReader::new(stream).lines();
    let request = lines.next().ok_or_else(|| Error::other("no request"))??;
    lines.take_while(|line| line.as_ref().is_ok_and(|line| !line.is_empty())).for_each(drop);
    let url = request.split(' ').nth(1).unwrap_or_default();
    let path = file(folder, url);
    let (status, kind, body) = match path.as_ref().and_then(|path| Some((path, std::fs::read(path).ok()?))) {
        Some((path, body)) => ("200 OK", kind(path), body),
        None => ("404 Not Found", "text/plain", b"not found".to_vec()),
    };
    let own = headers(&std::fs::read_to_string(folder.join("_headers")).unwrap_or_default(), url);
    write!(stream, "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n{own}Connection: close\r\n\r\n", body.len())?;
    stream.write_all(&body)?;
    Ok(())
}

/// What `_headers` says of a URL: lines below a line with its path, or with `/*`.
fn headers(text: &str, url: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let mut is_meant = false;
    let mut found = String::new();
    for line in text.lines() {
        if line.starts_with('/') {
            is_meant = line == "/*" || line == path;
        } else if is_meant && !line.trim().is_empty() {
            found += &format!("{}\r\n", line.trim());
        }
    }
    found
}

/// The file of the folder that a URL names. The build has no subfolders, so a name is one part: nothing outside can be named.
fn file(folder: &Path, url: &str) -> Option<PathBuf> {
    let name = url.split(['?', '#']).next()?.strip_prefix('/')?;
    let plain = !name.contains(['/', '\\', ':', '%']) && !name.starts_with('.');
    plain.then(|| folder.join(if name.is_empty() { "index.html" } else { name }))
}

fn kind(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_the_folder_are_served() {
        let folder = Path::new("dist");
        assert_eq!(file(folder, "/"), Some(folder.join("index.html")));
        assert_eq!(file(folder, "/a.js?b#c"), Some(folder.join("a.js")));
        for url in ["/../Cargo.toml", "/..%2fCargo.toml", "/a/b", "//etc", "/.git", "/C:x", "http://x/"] {
            assert_eq!(file(folder, url), None, "{url}");
        }
    }

    #[test]
    fn a_url_gets_the_headers_of_its_path_and_of_all_paths() {
        let text = "/*\n  A: 1\n\n/\n  B: 2\n\n/index.html\n  C: 3\n";
        assert_eq!(headers(text, "/?x"), "A: 1\r\nB: 2\r\n");
        assert_eq!(headers(text, "/a.js"), "A: 1\r\n");
    }
}
