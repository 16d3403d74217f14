//! Looks where it was started: on a page it draws the app, in a worker it serves it.

fn main() {
    #[cfg(target_arch = "wasm32")]
    if ra_soat::browser::window().is_some() {
        ra_soat::ui::mount();
    } else {
        ra_soat::worker::guest::serve();
    }
}
