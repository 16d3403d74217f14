//! The whole page, and how it comes to stand in the document.

use super::help::{Door, HelpDialog};
use super::hosted::NewVersion;
use super::parts::frame::{Header, Notices, Rail, SkipLink, Standing};
use super::parts::privacy_panel::Seen;
use super::printing::Printing;
use super::state::{Session, Step};
use super::steps::{CleanStep, FiguresStep, Form1Step, Form2Step, ImportStep, MonitorStep, ReconcileStep, SendStep};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::{DragEvent, File, FileList, KeyboardEvent};

/// Draws the page into the document.
pub fn mount() {
    // A panic ends in a trap, and so does want of memory, which runs no hook: what the officer sees then is drawn by `public/boot.js`.
    std::panic::set_hook(Box::new(|info| web_sys::console::error_1(&JsValue::from_str(&info.to_string()))));
    mount_to_body(App);
}

/// The files of a list.
pub(crate) fn files_of(list: Option<FileList>) -> Vec<File> {
    list.map(|list| (0..list.length()).filter_map(|at| list.get(at)).collect()).unwrap_or_default()
}

/// The page.
#[component]
fn App() -> impl IntoView {
    let session = Session::new();
    provide_context(session);
    let help = Door::new();
    provide_context(help);
    super::focus::keep_focus();
    provide_context(Seen::watch());
    provide_context(Printing::watch());
    // A tab, and a screen reader that comes to it, says which step it is.
    Effect::new(move |_| crate::browser::set_title(&format!("{} – Rà Soát", session.step.get().label())));
    session.start_drafting();
    session.watch_reported();
    let is_dragging = RwSignal::new(false);

    let over = window_event_listener(ev::dragover, move |event: DragEvent| {
        event.prevent_default();
        if !is_dragging.get_untracked() {
            is_dragging.set(true);
        }
    });
    let leave = window_event_listener(ev::dragleave, move |event: DragEvent| {
        // Leaving the window, not passing between two elements of it.
        if event.related_target().is_none() {
            is_dragging.set(false);
        }
    });
    let drop_files = window_event_listener(ev::drop, move |event: DragEvent| {
        event.prevent_default();
        is_dragging.set(false);
        let files = files_of(event.data_transfer().and_then(|transfer| transfer.files()));
        if !files.is_empty() {
            session.add_files(files);
            if session.step.get_untracked() != Step::Import {
                session.go_to(Step::Import);
            }
        }
    });
    let keys = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        let is_typing = event
            .target()
            .and_then(|target| wasm_bindgen::JsCast::dyn_into::<web_sys::Element>(target).ok())
            .is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA"));
        let step = session.step.get_untracked();
        if is_typing
            || super::focus::is_dialog_open()
            || !(event.ctrl_key() || event.meta_key())
            || !matches!(step, Step::Reconcile | Step::Clean)
        {
            return;
        }
        match (event.key().to_lowercase().as_str(), event.shift_key()) {
            ("z", false) if step == Step::Clean => session.step_back(1, false),
            ("z", true) | ("y", _) if step == Step::Clean => session.step_back(1, true),
            ("z", false) => session.undo(),
            ("z", true) | ("y", _) => session.redo(),
            _ => return,
        }
        event.prevent_default();
    });
    let leaving = window_event_listener(ev::beforeunload, move |event| {
        if session.has_unsaved_work() {
            event.prevent_default();
            // Chrome before 119 asks only where this is set; it shows words of its own.
            event.set_return_value("unsaved");
        }
    });
    on_cleanup(move || {
        leaving.remove();
        over.remove();
        leave.remove();
        drop_files.remove();
        keys.remove();
    });

    let step = move || match session.step.get() {
        Step::Import => ImportStep().into_any(),
        Step::Clean => CleanStep().into_any(),
        Step::Reconcile => ReconcileStep().into_any(),
        Step::Figures => FiguresStep().into_any(),
        Step::Form1 => Form1Step().into_any(),
        Step::Form2 => Form2Step().into_any(),
        Step::Monitor => MonitorStep().into_any(),
        Step::Send => SendStep().into_any(),
    };
    view! {
        <div class="page" class:is-dragging=is_dragging class:is-help=help.is_open>
            <SkipLink />
            <Header />
            <div class="side">
                <div class="side-stays">
                    <Rail />
                    <Standing />
                </div>
            </div>
            <main class="main">
                <NewVersion />
                <Notices />
                {step}
            </main>
            <div class="drop-veil" aria-hidden="true"><p>"Thả tệp vào đây để đọc"</p></div>
            <HelpDialog />
        </div>
    }
}
