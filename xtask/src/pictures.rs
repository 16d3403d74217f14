//! `cargo xtask pictures`: the main screens with the sample data, as README shows them.

use crate::browser::Browser;
use crate::{checks, setup};
use anyhow::{Context, Result, ensure};
use serde_json::json;
use std::collections::HashMap;
use std::path::Path;

/// What one picture may weigh.
const SIZE_LIMIT: usize = 120_000;
/// Colours of a picture: what one byte names.
const COLOURS: usize = 256;

/// Squared distance between colours from which everyone sees the difference.
const APART: i32 = 300;

/// A picture's name and how its screen comes up.
type Shot = (&'static str, fn(&Browser));

/// Every picture, in an order in which each follows from the one before.
const SHOTS: &[Shot] = &[
    ("huong-dan", |page| {
        page.click("button", "Hướng dẫn");
        press(page, ".help-contents a", "Đối soát");
    }),
    ("nap-tep", |page| {
        press(page, "dialog button", "Đóng hướng dẫn");
        page.click("button", "Dùng thử với dữ liệu mẫu");
        page.find("article", "Dữ liệu Hệ thống - trích xuất 15-02-2023.xlsx");
    }),
    ("doi-soat", |page| {
        page.click("button", "Bắt đầu đối soát");
        page.find("table", "Kết quả đối soát");
    }),
    ("xem-xet", |page| {
        page.click("button", "Xem xét từng cặp");
        page.find("table", "Trọng số từng thông tin (bit)");
    }),
    ("lam-sach", |page| {
        page.click("link", "Làm sạch");
        page.find("table", "Lỗi theo quy tắc");
    }),
    ("so-lieu", |page| page.click("link", "Số liệu")),
    ("phu-luc-1", |page| page.click("link", "Phụ lục 1")),
    ("phu-luc-2", |page| page.click("link", "Phụ lục 2")),
    ("giam-sat", |page| {
        page.click("link", "Giám sát");
        page.find("table", "Giám sát theo cơ sở");
    }),
    ("gui-di", |page| page.click("link", "Gửi đi")),
];

/// Clicks the first element of a kind with that text.
fn press(page: &Browser, css: &str, words: &str) {
    let script = format!("[...document.querySelectorAll({})].find(e => e.textContent.trim() === {}).click()", json!(css), json!(words));
    page.script(&script);
}

/// Makes docs/pictures/*.png from the build in dist/.
pub fn pictures() -> Result<()> {
    setup::browser()?;
    let folder = crate::root().join("docs").join("pictures");
    std::fs::create_dir_all(&folder)?;
    let page = Browser::open(&checks::single_file_url()?);
    page.devtools("Emulation.setDeviceMetricsOverride", &json!({ "width": 1366, "height": 768, "deviceScaleFactor": 1, "mobile": false }));
    page.wait_for_status("Sẵn sàng");
    for (name, come_up) in SHOTS {
        come_up(&page);
        page.wait_for_status("Sẵn sàng");
        // The time of the last save would make every run another picture.
        page.script(
            "document.querySelector('.standing-draft').textContent = 'Bản nháp: đã lưu trên máy này'; document.activeElement.blur()",
        );
        let file = folder.join(format!("{name}.png"));
        page.screenshot_to(&file);
        let bytes = reduce(&std::fs::read(&file)?).with_context(|| file.display().to_string())?;
        ensure!(bytes.len() <= SIZE_LIMIT, "{name}.png has {} bytes; {SIZE_LIMIT} are allowed", bytes.len());
        std::fs::write(&file, &bytes)?;
        println!("{}: {} bytes", relative(&file), bytes.len());
    }
    Ok(())
}

fn relative(file: &Path) -> String {
    file.strip_prefix(crate::root()).unwrap_or(file).display().to_string()
}

/// The picture with a palette: its commonest colours, each other one as the nearest of them. A page has few colours, so nobody sees it.
fn reduce(picture: &[u8]) -> Result<Vec<u8>> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(picture)).read_info()?;
    let mut pixels = vec![0; reader.output_buffer_size().context("too large")?];
    let info = reader.next_frame(&mut pixels)?;
    let channels = info.color_type.samples();
    ensure!(info.bit_depth == png::BitDepth::Eight && channels >= 3, "not a picture of a screen");

    let colour = |pixel: &[u8]| [pixel[0], pixel[1], pixel[2]];
    let mut counts: HashMap<[u8; 3], u32> = HashMap::new();
    for pixel in pixels.chunks_exact(channels) {
        *counts.entry(colour(pixel)).or_default() += 1;
    }
    let mut common: Vec<([u8; 3], u32)> = counts.iter().map(|(colour, count)| (*colour, *count)).collect();
    common.sort_by_key(|(colour, count)| (std::cmp::Reverse(*count), *colour));
    let distance = |a: [u8; 3], b: [u8; 3]| (0..3).map(|at| (i32::from(a[at]) - i32::from(b[at])).pow(2)).sum::<i32>();
    // First colours that stand apart, so that a rare red is not lost among a hundred greys; then the commonest of the rest.
    let mut palette: Vec<[u8; 3]> = Vec::new();
    for near in [APART, 0] {
        for (colour, _) in &common {
            if palette.len() < COLOURS && palette.iter().all(|own| distance(*own, *colour) > near) {
                palette.push(*colour);
            }
        }
    }
    let nearest = |colour: [u8; 3]| {
        let places = palette.iter().enumerate();
        places.min_by_key(|(_, own)| distance(**own, colour)).map_or(0, |(at, _)| at as u8)
    };
    let places: HashMap<[u8; 3], u8> = counts.keys().map(|colour| (*colour, nearest(*colour))).collect();
    let bytes: Vec<u8> = pixels.chunks_exact(channels).map(|pixel| places[&colour(pixel)]).collect();

    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, info.width, info.height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette.concat());
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter); // neighbours in a palette are not near each other
    encoder.write_header()?.write_image_data(&bytes)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_of_few_colours_keeps_each() {
        let colours = [[247, 245, 239], [14, 83, 89], [255, 255, 255], [28, 35, 43]];
        let pixels: Vec<u8> = (0..64 * 64).flat_map(|at| colours[(at / 7) % 4]).collect();
        let mut picture = Vec::new();
        let mut encoder = png::Encoder::new(&mut picture, 64, 64);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.write_header().unwrap().write_image_data(&pixels).unwrap();

        let reduced = reduce(&picture).unwrap();
        let mut decoder = png::Decoder::new(std::io::Cursor::new(&reduced));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let mut again = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut again).unwrap();
        assert_eq!(again, pixels);
    }
}
