//! The help as it opens over the page.

use super::drawing::draw;
use super::words::{CHAPTERS, Chapter, Part};
use crate::browser;
use crate::ui::state::{Step, session};
use leptos::{ev, html, prelude::*};

/// The way into the help, for everything that opens it.
#[derive(Clone, Copy)]
pub(crate) struct Door {
    dialog: NodeRef<html::Dialog>,
    /// Whether it is open.
    pub(crate) is_open: RwSignal<bool>,
    /// Whether it ever was: its words are drawn the first time.
    was_open: RwSignal<bool>,
}

impl Door {
    pub(crate) fn new() -> Door {
        Door { dialog: NodeRef::new(), is_open: RwSignal::new(false), was_open: RwSignal::new(false) }
    }

    /// Opens the help at a chapter.
    fn open(self, chapter: &'static str) {
        let Some(dialog) = self.dialog.get_untracked() else { return };
        self.was_open.set(true);
        self.is_open.set(true);
        // A browser that has no modal dialogs shows it in the page.
        // By the attribute: the program's list of what it can call is to hold nothing named like opening another page.
        if !dialog.has_attribute("open") && dialog.show_modal().is_err() {
            let _ = dialog.set_attribute("open", "");
        }
        browser::after_frame(move || browser::reveal(chapter));
    }

    fn close(self) {
        if let Some(dialog) = self.dialog.get_untracked() {
            dialog.close();
        }
        self.is_open.set(false);
    }
}

/// The chapter about a step; the beginning while nothing has been loaded.
fn chapter_of(step: Step, has_files: bool) -> &'static str {
    let chapter = CHAPTERS.iter().find(|chapter| chapter.title == step.label());
    match chapter {
        Some(chapter) if has_files || step != Step::Import => chapter.id,
        _ => CHAPTERS.first().map_or("", |chapter| chapter.id),
    }
}

/// A button that opens the help at the chapter of the step.
#[component]
pub(crate) fn HelpLink(
    /// What it says.
    label: &'static str,
    /// Its look.
    class: &'static str,
) -> impl IntoView {
    let session = session();
    let door = use_context::<Door>();
    let open = move |_| {
        if let Some(door) = door {
            door.open(chapter_of(session.step.get_untracked(), !session.files.read_untracked().is_empty()));
        }
    };
    view! { <button type="button" class=class aria-haspopup="dialog" aria-keyshortcuts="F1" on:click=open>{label}</button> }
}

/// The help, closed at first.
#[component]
pub(crate) fn HelpDialog() -> impl IntoView {
    let session = session();
    let Some(door) = use_context::<Door>() else { return ().into_any() };
    let keys = window_event_listener(ev::keydown, move |event| {
        if event.key() == "F1" && !(event.ctrl_key() || event.alt_key() || event.shift_key() || event.meta_key()) {
            event.prevent_default();
            door.open(chapter_of(session.step.get_untracked(), !session.files.read_untracked().is_empty()));
        }
    });
    on_cleanup(move || keys.remove());
    let contents = CHAPTERS
        .iter()
        .map(|chapter| {
            let go = move |event: ev::MouseEvent| {
                event.prevent_default();
                browser::reveal(chapter.id);
            };
            view! { <li><a href=format!("#{}", chapter.id) on:click=go>{chapter.title}</a></li> }
        })
        .collect_view();
    view! {
        <dialog node_ref=door.dialog class="help-dialog" aria-labelledby="hd-ten" on:close=move |_| door.is_open.set(false)>
            <div class="help-head">
                <h2 id="hd-ten">"Hướng dẫn"</h2>
                <button type="button" class="button" on:click=|_| browser::print()>"In hướng dẫn"</button>
                <button type="button" class="button is-main" on:click=move |_| door.close()>"Đóng hướng dẫn"</button>
            </div>
            <div class="help-body">
                <nav class="help-contents" aria-label="Mục lục hướng dẫn"><ol>{contents}</ol></nav>
                <div class="help-text" tabindex="0" role="region" aria-label="Nội dung hướng dẫn">
                    <Show when=move || door.was_open.get()>{CHAPTERS.iter().map(draw_chapter).collect_view()}</Show>
                </div>
            </div>
        </dialog>
    }
    .into_any()
}

fn draw_chapter(chapter: &'static Chapter) -> impl IntoView {
    let parts = chapter.parts.iter().map(draw_part).collect_view();
    view! {
        <section class="help-chapter" aria-labelledby=chapter.id>
            <h3 id=chapter.id tabindex="-1">{chapter.title}</h3>
            {parts}
        </section>
    }
}

fn draw_part(part: &'static Part) -> AnyView {
    let items = |words: &'static [&'static str]| words.iter().map(|words| view! { <li>{*words}</li> }).collect_view();
    match part {
        Part::Say(words) => view! { <p>{*words}</p> }.into_any(),
        Part::Head(words) => view! { <h4>{*words}</h4> }.into_any(),
        Part::List(words) => view! { <ul>{items(words)}</ul> }.into_any(),
        Part::Picture(scene, words) => view! {
            <figure class="help-figure">
                {draw(*scene)}
                <figcaption><ol class="help-marks">{items(words)}</ol></figcaption>
            </figure>
        }
        .into_any(),
        Part::Table(caption, [first, second], rows) => {
            let rows = rows.iter().map(|(word, meaning)| view! { <tr><th scope="row">{*word}</th><td>{*meaning}</td></tr> }).collect_view();
            view! {
                <table class="grid help-table">
                    <caption class="sr-only">{*caption}</caption>
                    <thead><tr><th scope="col">{*first}</th><th scope="col">{*second}</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            }
            .into_any()
        }
    }
}
