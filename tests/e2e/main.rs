//! The built app in a real browser. `cargo xtask test` builds it, then runs these with the addresses of the two builds:
//! `RA_SOAT_HTML` the single file on disk, `RA_SOAT_URL` the hosted build on 127.0.0.1.

#![allow(clippy::expect_used, clippy::unwrap_used, unreachable_pub)]

mod accessibility;
mod bad_input;
#[allow(dead_code)] // it offers more than the tests of the day use
mod browser;
mod cancelling;
mod cleaning;
#[path = "../common/mod.rs"]
mod common;
#[path = "../poison/corpus.rs"]
mod corpus;
mod drafts;
mod faults;
mod figures;
mod firefox;
mod hosted;
mod keyboard;
mod lists;
mod main_job;
mod old_browser;
mod opening;
mod poison;
mod printing;
mod privacy;
mod review;
mod roll_up;
mod sending;
mod signs_of_life;
#[allow(dead_code)] // the browser has an engine of its own
#[path = "../engine/small_files.rs"]
mod small_files;

#[path = "../../xtask/src/server.rs"]
mod server;

/// The address of the single file: `file:///…/dist/ra-soat.html`.
fn single_file() -> String {
    address("RA_SOAT_HTML")
}

/// The address of the hosted build.
fn hosted() -> String {
    address("RA_SOAT_URL")
}

fn address(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set: run these tests with `cargo xtask test`, or `cargo xtask e2e`"))
}
