//! `Gửi đi`: what is ready, to whom, the mail.

use crate::ui::checklist::{Facts, Place, Standing, points};
use crate::ui::cover::compose_cover;
use crate::ui::drafting::DraftState;
use crate::ui::mail::{Figures, MAILBOX, Mail, compose, mailto, recipients};
use crate::ui::parts::cover_letter::CoverLetter;
use crate::ui::parts::field::CopyButton;
use crate::ui::state::{Session, Step, session};
use leptos::prelude::*;

/// n, o, p of the reporting unit, as the numbers desk has them; none before anything was counted or reported.
fn figures(session: Session) -> Option<Figures> {
    let desk = session.desk.read();
    let whole = &desk.whole;
    Some(Figures { given: whole.given()?, on_system: whole.on_system?, difference: whole.difference()? })
}

/// The step.
#[component]
pub(crate) fn SendStep() -> impl IntoView {
    let session = session();
    let mail = Memo::new(move |_| {
        let Mail { subject, body, .. } = compose(&session.settings.read(), figures(session), &session.attachments.read());
        (subject, body)
    });
    let cover = Memo::new(move |_| compose_cover(&session.settings.read(), figures(session), &session.form_2.read()));
    let link = Memo::new(move |_| mailto(&compose(&session.settings.read(), figures(session), &session.attachments.read())));
    let list = move || recipients(session.settings.read().level).into_iter().map(|recipient| view! { <li>{recipient}</li> }).collect_view();
    view! {
        <section class="step" aria-labelledby="step-heading">
            <h1 id="step-heading" tabindex="-1">"Gửi đi"</h1>
            <div class="send">
                <section aria-labelledby="san-sang">
                    <h2 id="san-sang">"Đã sẵn sàng chưa"</h2>
                    <Checklist />
                </section>
                <section aria-labelledby="noi-nhan">
                    <h2 id="noi-nhan">"Nơi nhận"</h2>
                    <ul class="recipients">{list}</ul>
                    <p class="deadline">"Gửi trước ngày 15/03/2023 (Công văn 1234/BYT-DP)."</p>
                    <p class="warning">"Chỉ gửi Phụ lục 1 và Phụ lục 2. Danh sách làm việc là dữ liệu cá nhân, không gửi qua e-mail."</p>
                    <Attachments />
                </section>
                <section class="mail" aria-labelledby="thu">
                    <h2 id="thu">"Thư gửi"</h2>
                    <dl>
                        <dt>"Đến"</dt>
                        <dd>{MAILBOX}</dd>
                        <dt>"Tiêu đề"</dt>
                        <dd>{move || mail.read().0.clone()}</dd>
                    </dl>
                    <pre class="mail-body" tabindex="0" aria-label="Nội dung thư">{move || mail.read().1.clone()}</pre>
                    <div class="mail-actions">
                        <CopyButton label="Sao chép tiêu đề" text=Signal::derive(move || mail.read().0.clone()) />
                        <CopyButton label="Sao chép nội dung" text=Signal::derive(move || mail.read().1.clone()) />
                        <a class="button is-main" href=move || link.get()>"Mở trong chương trình thư"</a>
                    </div>
                    <p class="quiet">"Trang này không tự gửi thư. Hãy đính kèm các tệp đã tải trong chương trình thư của bạn."</p>
                </section>
                <CoverLetter cover=cover />
            </div>
        </section>
    }
}

/// The step where a point is dealt with.
fn step_of(place: Place) -> Option<Step> {
    Some(match place {
        Place::Here => return None,
        Place::Import => Step::Import,
        Place::Clean => Step::Clean,
        Place::Reconcile => Step::Reconcile,
        Place::Figures => Step::Figures,
        Place::Form1 => Step::Form1,
        Place::Form2 => Step::Form2,
    })
}

#[component]
fn Checklist() -> impl IntoView {
    let session = session();
    let items = move || {
        let report = session.report.get();
        let (settings, inputs, downloaded) = (session.settings.read(), session.inputs.read(), session.downloaded.read());
        let (form_1, form_2, desk) = (session.form_1.read(), session.form_2.read(), session.desk.read());
        let draft = session.drafting.state.get();
        let facts = Facts {
            settings: &settings,
            inputs: &inputs,
            report: report.as_deref(),
            is_stale: session.is_stale.get(),
            desk: &desk,
            unsaved_draft: if let DraftState::Failed(why) = &draft { Some(why.trim_end_matches('.')) } else { None },
            has_unsaved_corrections: session.cleaning.unsaved() > 0,
            form_1: &form_1,
            form_2: &form_2,
            downloaded: (downloaded.0.as_ref(), downloaded.1.as_ref()),
        };
        points(&facts)
            .into_iter()
            .map(|point| {
                let class = match point.standing {
                    Standing::Ready => "point is-ready",
                    Standing::Look => "point is-look",
                    Standing::Open => "point is-open",
                };
                let go = step_of(point.place).filter(|_| point.standing != Standing::Ready).map(|step| {
                    let name = format!("Đến {}", step.label());
                    view! { <button type="button" class="button-quiet" on:click=move |_| session.go_to(step)>{name}</button> }
                });
                view! {
                    <li class=class>
                        <span class="point-standing">{point.standing.label()}</span>
                        <span>{point.words} " " {go}</span>
                    </li>
                }
            })
            .collect_view()
    };
    view! { <ul class="points">{items}</ul> }
}

/// What was downloaded, with its fingerprint.
#[component]
fn Attachments() -> impl IntoView {
    let session = session();
    let files = move || {
        let attachments = session.attachments.get();
        if attachments.is_empty() {
            return view! { <p class="quiet">"Chưa tải tệp nào trong lần mở trang này."</p> }.into_any();
        }
        let items = attachments
            .into_iter()
            .map(|attachment| {
                let note = if attachment.is_personal { " – dữ liệu cá nhân, không gửi" } else { "" };
                view! { <li><strong>{attachment.name}</strong> {note} <code class="hash">{attachment.sha256}</code></li> }
            })
            .collect_view();
        view! { <ul class="attachments">{items}</ul> }.into_any()
    };
    view! {
        <h3>"Tệp đã tải và dấu vân tay SHA-256"</h3>
        {files}
    }
}
