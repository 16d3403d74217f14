//! A scene as a drawing in the page: shapes with classes, no bitmap and no style of their own.

use super::pictures::{Ink, Look, SIZE, Scene, Shape};
use leptos::prelude::*;

/// The steps of the rail.
const STEPS: u8 = 8;

/// The drawing.
pub(super) fn draw(scene: Scene) -> impl IntoView {
    let (width, height) = SIZE;
    let rail = (1..=STEPS)
        .map(|step| {
            let y = 24 + u16::from(step - 1) * 28;
            let class = if step == scene.step() { "pic-step is-here" } else { "pic-step" };
            view! {
                <circle class=class cx="28" cy=y.to_string() r="10" />
                <text class=format!("{class} pic-step-number") x="28" y=(y + 4).to_string()>{step}</text>
            }
        })
        .collect_view();
    let shapes = scene.shapes().iter().map(|shape| draw_shape(*shape)).collect_view();
    view! {
        <svg class="help-drawing" viewBox=format!("0 0 {width} {height}") role="img" aria-label=scene.words()>
            <rect class="pic-page" x="0.5" y="0.5" width=(width - 1).to_string() height=(height - 1).to_string() />
            <line class="pic-edge" x1="56" y1="0" x2="56" y2=height.to_string() />
            {rail}
            {shapes}
        </svg>
    }
}

fn draw_shape(shape: Shape) -> AnyView {
    match shape {
        Shape::Box(x, y, width, height, look) => view! {
            <rect class=look_class(look) x=x.to_string() y=y.to_string() width=width.to_string() height=height.to_string() rx="2" />
        }
        .into_any(),
        Shape::Text(x, y, text, ink) => view! { <text class=ink_class(ink) x=x.to_string() y=y.to_string()>{text}</text> }.into_any(),
        Shape::Mark(x, y, number) => view! {
            <circle class="pic-mark" cx=x.to_string() cy=y.to_string() r="10" />
            <text class="pic-mark-number" x=x.to_string() y=(y + 4).to_string()>{number}</text>
        }
        .into_any(),
    }
}

fn look_class(look: Look) -> &'static str {
    match look {
        Look::Sheet => "pic-sheet",
        Look::Wash => "pic-wash",
        Look::Act => "pic-act",
        Look::Field => "pic-field",
        Look::Drop => "pic-drop",
        Look::Green => "pic-green",
        Look::Amber => "pic-amber",
        Look::Open => "pic-open",
        Look::Seal => "pic-seal",
        Look::Line => "pic-line",
    }
}

fn ink_class(ink: Ink) -> &'static str {
    match ink {
        Ink::Plain => "pic-text",
        Ink::Strong => "pic-text is-strong",
        Ink::Button => "pic-text is-button",
        Ink::Link => "pic-text is-link",
        Ink::Number => "pic-text is-number",
    }
}
