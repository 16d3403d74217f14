//! dist/ on 127.0.0.1: enough of a web server to look at the hosted build.

use crate::build;
use anyhow::{Context, Result};
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};

/// Builds the app and serves it until it is interrupted.
pub fn run(port: u16) -> Result<()> {
    let file = build::dist(build::Effort::Whole)?;
    let (listener, url) = listen(port)?;
    println!("\nhosted build:  {url}\nsingle file:   {}\n\nCtrl+C ends.", file.display());
    answer_all(&listener, &crate::root().join("dist"));
    Ok(())
}

/// Serves a folder's own files in the background while this program runs, at the address it returns.
pub fn in_background(folder: &Path) -> Result<String> {
    let (listener, url) = listen(0)?;
    let folder = folder.to_path_buf();
    std::thread::spawn(move || answer_all(&listener, &folder));
    Ok(url)
}

/// The wanted port, or any free one when it is taken.
fn listen(port: u16) -> Result<(TcpListener, String)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).or_else(|_| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))?;
    let url = format!("http://{}/", listener.local_addr()?);
    Ok((listener, url))
}

fn answer_all(listener: &TcpListener, folder: &Path) {
    for stream in listener.incoming().flatten() {
        let folder = folder.to_path_buf();
        std::thread::spawn(move || answer(&stream, &folder)); // a browser that hangs up is no matter of ours
    }
}

fn answer(mut stream: &TcpStream, folder: &Path) -> Result<()> {
    let mut lines = BufReader::new(stream).lines();
    let request = lines.next().context("no request")??;
    lines.take_while(|line| line.as_ref().is_ok_and(|line| !line.is_empty())).for_each(drop);
    let path = request.split(' ').nth(1).and_then(|url| file(folder, url));
    let (status, kind, body) = match path.as_ref().and_then(|path| Some((path, std::fs::read(path).ok()?))) {
        Some((path, body)) => ("200 OK", kind(path), body),
        None => ("404 Not Found", "text/plain", b"not found".to_vec()),
    };
    write!(stream, "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nCache-Control: no-cache\r\n", body.len())?;
    write!(stream, "X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n")?;
    stream.write_all(&body)?;
    Ok(())
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
}
