//! How the workbooks' own charts look: size, letters, colours.

use rust_xlsxwriter::{Chart, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartSolidFill, ChartType, Color};

/// A chart's size in pixels: the width of the page's columns, and two thirds of the page's height.
pub(super) const WIDTH: u32 = 1_000;
pub(super) const HEIGHT: u32 = 380;
/// Height of a row without a height of its own, in pixels.
pub(super) const ROW_HEIGHT: u32 = 20;

/// Colours that stay apart in grey as well.
pub(super) const MORE: Color = Color::RGB(0x1f_5a_8a);
pub(super) const LESS: Color = Color::RGB(0xd9_8a_2b);
pub(super) const TOTAL: Color = Color::RGB(0x55_5f_66);

fn font(size: f64) -> ChartFont {
    let mut font = ChartFont::new();
    font.set_name("Times New Roman").set_size(size);
    font
}

/// A whole area of one colour.
pub(super) fn fill(color: Color) -> ChartFormat {
    let mut format = ChartFormat::new();
    format.set_solid_fill(ChartSolidFill::new().set_color(color)).set_border(ChartLine::new().set_color(Color::White).set_width(0.5));
    format
}

/// A chart in the workbook's letters, with a legend under it.
pub(super) fn new_chart(kind: ChartType, title: &str, words: &str) -> Chart {
    let mut chart = Chart::new(kind);
    chart.title().set_name(title).set_font(font(13.0).set_bold());
    for axis in [true, false] {
        let axis = if axis { chart.x_axis() } else { chart.y_axis() };
        axis.set_font(&font(10.0)).set_num_format("#,##0");
    }
    chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&font(10.0));
    chart.set_width(WIDTH).set_height(HEIGHT).set_alt_text(words);
    chart
}
