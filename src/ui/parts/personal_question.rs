//! What personal data a form holds, and whether it is wanted all the same.

use crate::browser;
use crate::forms::personal::PersonalHit;
use crate::forms::seal::SealedForm;
use crate::ui::state::session;
use leptos::prelude::*;

/// The question that keeps a form from being downloaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PersonalQuestion {
    /// The form.
    pub(crate) form: SealedForm,
    /// What was found in it.
    pub(crate) hits: Vec<PersonalHit>,
}

/// Where the focus goes when it is asked.
pub(crate) const QUESTION_ID: &str = "du-lieu-ca-nhan";

/// The question, above the form; nothing where none is asked.
#[component]
pub(crate) fn PersonalAsk() -> impl IntoView {
    let session = session();
    let close = move || {
        session.personal.set(None);
        browser::after_frame(|| browser::focus("step-heading"));
    };
    let shown = move || {
        session.personal.get().map(|PersonalQuestion { form, hits }| {
            let lines = hits
                .into_iter()
                .map(|hit| {
                    let what = if hit.is_number { "số" } else { "họ tên" };
                    view! { <li>{hit.cell} ": có " {what} " “" <strong>{hit.found}</strong> "” của một người trong danh sách."</li> }
                })
                .collect_view();
            let anyway = move |_| {
                session.personal.set(None);
                session.download_form(form, true);
            };
            view! {
                <section class="notice is-error personal-ask" role="alert" aria-labelledby=QUESTION_ID>
                    <div>
                        <h2 id=QUESTION_ID tabindex="-1">{form.label()} " có dữ liệu cá nhân, chưa tải"</h2>
                        <ul>{lines}</ul>
                        <p>"Biểu được gửi qua thư điện tử nên không được có họ tên, số giấy tờ, số điện thoại của người dân."</p>
                    </div>
                    <button type="button" class="button is-main" on:click=move |_| close()>"Sửa lại"</button>
                    <button type="button" class="button" on:click=anyway>"Vẫn tải"</button>
                </section>
            }
        })
    };
    view! { {shown} }
}
