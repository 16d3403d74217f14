//! dist/ on 127.0.0.1: enough of a web server to look at the hosted build.

use crate::build;
use crate::server::Server;
use anyhow::Result;
use std::path::Path;

/// Builds the app and serves it until it is interrupted.
pub fn run(port: u16) -> Result<()> {
    let file = build::dist(build::Effort::Whole)?;
    let folder = crate::root().join("dist");
    // The wanted port, or any free one when it is taken.
    let server = Server::start(&folder, port).or_else(|_| Server::start(&folder, 0))?;
    println!("\nhosted build:  {}\nsingle file:   {}\n\nCtrl+C ends.", server.url(), file.display());
    loop {
        std::thread::park();
    }
}

/// Serves a folder's own files in the background while this program runs, at the address it returns.
pub fn in_background(folder: &Path) -> Result<String> {
    let server = Server::start(folder, 0)?;
    let url = server.url();
    std::mem::forget(server); // as long as the program
    Ok(url)
}
