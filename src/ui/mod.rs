//! The page: steps along a rail, the header's settings, the live region. It owns settings, decisions and totals; the tables live in
//! the engine.
//!
//! What can be decided without a browser (verdicts on files, steps that can be undone, the mail, the checklist) is decided by pure
//! functions here, which are tested natively; the rest draws.

pub mod checklist;
pub mod cover;
pub mod help;
pub mod history;
pub mod mail;
pub mod pace;
pub mod privacy;
pub mod silence;
pub mod verdict;

#[cfg(target_arch = "wasm32")]
#[allow(unreachable_pub, reason = "leptos makes the properties of every component public")]
mod app;
#[cfg(target_arch = "wasm32")]
mod cleaning;
#[cfg(target_arch = "wasm32")]
mod configuring;
#[cfg(target_arch = "wasm32")]
mod drafting;
#[cfg(target_arch = "wasm32")]
mod engine_client;
#[cfg(target_arch = "wasm32")]
mod exporting;
#[cfg(target_arch = "wasm32")]
mod focus;
#[cfg(target_arch = "wasm32")]
#[allow(unreachable_pub, reason = "leptos makes the properties of every component public")]
mod hosted;
#[cfg(target_arch = "wasm32")]
mod listing;
#[cfg(target_arch = "wasm32")]
mod matching;
#[cfg(target_arch = "wasm32")]
mod monitoring;
#[cfg(target_arch = "wasm32")]
#[allow(unreachable_pub, reason = "leptos makes the properties of every component public")]
mod parts;
#[cfg(target_arch = "wasm32")]
mod printing;
#[cfg(target_arch = "wasm32")]
mod reading;
#[cfg(target_arch = "wasm32")]
mod reported;
#[cfg(target_arch = "wasm32")]
mod reviewing;
#[cfg(target_arch = "wasm32")]
mod rolling;
#[cfg(target_arch = "wasm32")]
mod screening;
#[cfg(target_arch = "wasm32")]
mod snapshots;
#[cfg(target_arch = "wasm32")]
mod state;
#[cfg(target_arch = "wasm32")]
mod status;
#[cfg(target_arch = "wasm32")]
#[allow(unreachable_pub, reason = "leptos makes the properties of every component public")]
mod steps;
#[cfg(target_arch = "wasm32")]
mod watchdog;
#[cfg(target_arch = "wasm32")]
#[allow(unreachable_pub, reason = "leptos makes the properties of every component public")]
mod way_back;
#[cfg(target_arch = "wasm32")]
mod windows;

#[cfg(target_arch = "wasm32")]
pub use app::mount;
