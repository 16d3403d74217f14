//! The invented commune written as the workbooks an officer would be sent.

use super::people::{Commune, Dose, Fate, List, Person};
use crate::domain::{Date, Product};
use crate::forms::FormError;
use crate::text::show_date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

fn workbook() -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2023, 2, 15)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    Ok(workbook)
}

fn head(sheet: &mut Worksheet, row: u32, titles: &[&str]) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    for (column, title) in titles.iter().enumerate() {
        sheet.write_string_with_format(row, column as u16, *title, &bold)?;
        sheet.set_column_width(column as u16, (title.chars().count() as f64 + 3.0).clamp(8.0, 28.0))?;
    }
    Ok(())
}

fn write_day(sheet: &mut Worksheet, row: u32, column: u16, day: Date) -> Result<(), XlsxError> {
    let format = Format::new().set_num_format("dd/mm/yyyy");
    sheet.write_datetime_with_format(
        row,
        column,
        ExcelDateTime::from_ymd(day.year() as u16, day.month() as u8, day.day() as u8)?,
        &format,
    )?;
    Ok(())
}

fn sex(person: &Person) -> &'static str {
    if person.is_female { "Nữ" } else { "Nam" }
}

/// Doses of a list as the locality knows them: those on the System only left out, those listed twice twice.
fn listed(commune: &Commune, list: List) -> impl Iterator<Item = (&Person, &Dose)> {
    let of_list = commune.people.iter().filter(move |person| person.list == list);
    of_list
        .flat_map(|person| person.doses.iter().map(move |dose| (person, dose)))
        .filter(|(_, dose)| dose.fate != Fate::SystemOnly)
        .flat_map(|(person, dose)| std::iter::repeat_n((person, dose), if dose.fate == Fate::ListedTwice { 2 } else { 1 }))
}

fn local_vaccine(product: Product) -> &'static str {
    match product {
        Product::AstraZeneca => "AstraZeneca",
        Product::Pfizer => "Pfizer",
        Product::Moderna => "Moderna",
        Product::VeroCell => "Vero Cell",
        Product::Abdala => "Abdala",
        other => other.label(),
    }
}

fn system_vaccine(product: Product) -> &'static str {
    match product {
        Product::AstraZeneca => "COVID-19 Vaccine AstraZeneca",
        Product::Pfizer => "Comirnaty (Pfizer BioNtech)",
        Product::Moderna => "Spikevax (COVID-19 Vaccine Moderna)",
        Product::VeroCell => "SARS-CoV-2 Vaccine (Vero Cell), Inactivated",
        Product::Abdala => "Vaccine Abdala (AICA-Cuba)",
        other => other.label(),
    }
}

/// One row a dose under a title block, a number row, totals and a signature below.
pub(super) fn adults(commune: &Commune) -> Result<Vec<u8>, FormError> {
    let mut workbook = workbook()?;
    let sheet = workbook.add_worksheet();
    sheet.set_name("Người lớn")?;
    sheet.write_string(0, 0, "TRUNG TÂM Y TẾ HUYỆN ĐỒNG MẪU")?;
    sheet.write_string(1, 0, "TRẠM Y TẾ XÃ SUỐI MẪU")?;
    sheet.write_string(3, 2, "DANH SÁCH TIÊM VẮC XIN PHÒNG COVID-19 NGƯỜI TỪ 18 TUỔI TRỞ LÊN")?;
    let titles = [
        "STT",
        "Họ và tên",
        "Ngày tháng năm sinh",
        "Giới tính",
        "Số CCCD/CMND",
        "Số điện thoại",
        "Thôn",
        "Xã/phường",
        "Đơn vị công tác",
        "Mũi tiêm",
        "Loại vắc xin",
        "Số lô",
        "Ngày tiêm",
        "Cơ sở tiêm",
        "Ghi chú",
    ];
    head(sheet, 5, &titles)?;
    for column in 0..titles.len() {
        sheet.write_string(6, column as u16, format!("({})", column + 1))?;
    }
    let mut row = 7;
    for (person, dose) in listed(commune, List::Adults) {
        sheet.write_number(row, 0, row - 6)?;
        sheet.write_string(row, 1, &person.name)?;
        sheet.write_string(row, 2, show_date(person.birth))?;
        sheet.write_string(row, 3, sex(person))?;
        // Every seventh number was typed as a number, so its leading zeros are gone.
        match person.identity.parse::<f64>() {
            Ok(number) if row % 7 == 0 => sheet.write_number(row, 4, number)?,
            _ => sheet.write_string(row, 4, &person.identity)?,
        };
        sheet.write_string(row, 5, &person.phone)?;
        sheet.write_string(row, 6, &person.hamlet)?;
        sheet.write_string(row, 7, "Xã Suối Mẫu")?;
        sheet.write_string(row, 8, person.workplace)?;
        sheet.write_string(row, 9, format!("Mũi {}", dose.ordinal))?;
        sheet.write_string(row, 10, local_vaccine(dose.product))?;
        sheet.write_string(row, 11, &dose.lot)?;
        if dose.fate != Fate::NoDay {
            write_day(sheet, row, 12, dose.given)?;
        }
        sheet.write_string(row, 13, if row % 5 == 0 { "TYT xã Suối Mẫu" } else { "Trạm Y tế xã Suối Mẫu" })?;
        sheet.write_string(row, 14, person.note)?;
        row += 1;
    }
    sheet.write_string(row, 1, "Tổng cộng")?;
    sheet.write_number(row, 9, row - 7)?;
    sheet.write_string(row + 2, 10, "Ngày 10 tháng 02 năm 2023")?;
    sheet.write_string(row + 3, 10, "NGƯỜI LẬP BẢNG")?;
    Ok(workbook.save_to_buffer()?)
}

/// One row a person, three groups of doses under a two-row header.
pub(super) fn children(commune: &Commune) -> Result<Vec<u8>, FormError> {
    let mut workbook = workbook()?;
    let sheet = workbook.add_worksheet();
    sheet.set_name("Trẻ em")?;
    sheet.write_string(0, 0, "TRẠM Y TẾ XÃ SUỐI MẪU")?;
    sheet.write_string(1, 3, "DANH SÁCH TIÊM VẮC XIN PHÒNG COVID-19 CHO TRẺ TỪ 5 ĐẾN 17 TUỔI")?;
    let bold = Format::new().set_bold();
    for (column, title) in ["TT", "Họ tên trẻ", "Ngày sinh", "Giới tính", "Mã định danh", "SĐT phụ huynh", "Xã"].iter().enumerate()
    {
        sheet.merge_range(3, column as u16, 4, column as u16, title, &bold)?;
    }
    for group in 0..3u16 {
        let first = 7 + group * 3;
        sheet.merge_range(3, first, 3, first + 2, &format!("Mũi {}", group + 1), &bold)?;
        for (at, title) in ["Ngày tiêm", "Vắc xin", "Số lô"].iter().enumerate() {
            sheet.write_string_with_format(4, first + at as u16, *title, &bold)?;
        }
    }
    sheet.set_column_width(1, 26)?;
    sheet.set_column_range_width(2, 15, 13)?;
    for (row, person) in (5..).zip(commune.people.iter().filter(|person| person.list == List::Children)) {
        sheet.write_number(row, 0, row - 4)?;
        sheet.write_string(row, 1, person.name.to_uppercase())?;
        write_day(sheet, row, 2, person.birth)?;
        sheet.write_string(row, 3, sex(person))?;
        sheet.write_string(row, 4, &person.identity)?;
        sheet.write_string(row, 5, &person.phone)?;
        sheet.write_string(row, 6, "Suối Mẫu")?;
        for dose in person.doses.iter().filter(|dose| dose.fate != Fate::SystemOnly) {
            let first = 7 + u16::from(dose.ordinal - 1) * 3;
            if dose.fate != Fate::NoDay {
                sheet.write_string(row, first, show_date(dose.given))?;
            }
            sheet.write_string(row, first + 1, local_vaccine(dose.product))?;
            sheet.write_string(row, first + 2, &dose.lot)?;
        }
    }
    Ok(workbook.save_to_buffer()?)
}

/// A short list of the district's police and army units.
pub(super) fn forces(commune: &Commune) -> Result<Vec<u8>, FormError> {
    let mut workbook = workbook()?;
    let sheet = workbook.add_worksheet();
    sheet.set_name("Lực lượng vũ trang")?;
    sheet.write_string(0, 1, "DANH SÁCH CÁN BỘ, CHIẾN SĨ ĐÃ TIÊM VẮC XIN PHÒNG COVID-19")?;
    let titles = ["TT", "Họ tên", "Năm sinh", "Giới", "CCCD", "Đơn vị", "Mũi", "Vaccine", "Lô", "Ngày tiêm", "Nơi tiêm"];
    head(sheet, 2, &titles)?;
    for (row, (person, dose)) in (3..).zip(listed(commune, List::Forces)) {
        sheet.write_number(row, 0, row - 2)?;
        sheet.write_string(row, 1, &person.name)?;
        sheet.write_string(row, 2, show_date(person.birth))?;
        sheet.write_string(row, 3, sex(person))?;
        sheet.write_string(row, 4, &person.identity)?;
        sheet.write_string(row, 5, person.workplace)?;
        sheet.write_number(row, 6, dose.ordinal)?;
        sheet.write_string(row, 7, local_vaccine(dose.product))?;
        sheet.write_string(row, 8, &dose.lot)?;
        if dose.fate != Fate::NoDay {
            sheet.write_string(row, 9, show_date(dose.given))?;
        }
        sheet.write_string(row, 10, "Trung tâm Y tế huyện Đồng Mẫu")?;
    }
    Ok(workbook.save_to_buffer()?)
}

/// The System's export: one row a dose, both names of the place, entry date and statuses.
pub(super) fn system(commune: &Commune) -> Result<Vec<u8>, FormError> {
    let mut workbook = workbook()?;
    let sheet = workbook.add_worksheet();
    sheet.set_name("Danh sách mũi tiêm")?;
    sheet.write_string(0, 0, "HỆ THỐNG QUẢN LÝ TIÊM CHỦNG COVID-19")?;
    sheet.write_string(1, 0, "DANH SÁCH MŨI TIÊM")?;
    sheet.write_string(2, 0, "Ngày trích xuất: 15/02/2023")?;
    let titles = [
        "STT",
        "Họ và tên",
        "Ngày sinh",
        "Giới tính",
        "CCCD/CMND/HC",
        "Số điện thoại",
        "Tỉnh/Thành phố",
        "Quận/Huyện",
        "Xã/Phường",
        "Nhóm đối tượng",
        "Đơn vị công tác",
        "Mũi tiêm",
        "Tên vắc xin",
        "Số lô",
        "Ngày tiêm",
        "Cơ sở tiêm chủng",
        "Ngày nhập",
        "Trạng thái xác thực",
        "Trạng thái ký",
    ];
    head(sheet, 4, &titles)?;
    let mut row = 5;
    for person in &commune.people {
        for dose in &person.doses {
            let copies = match dose.fate {
                Fate::NotEntered => 0,
                Fate::EnteredTwice => 2,
                _ => 1,
            };
            for copy in 0..copies {
                system_row(sheet, row, person, dose, copy)?;
                row += 1;
            }
        }
    }
    Ok(workbook.save_to_buffer()?)
}

fn system_row(sheet: &mut Worksheet, row: u32, person: &Person, dose: &Dose, copy: i64) -> Result<(), XlsxError> {
    let given = match dose.fate {
        Fate::OtherDay => dose.given.checked_add(jiff::Span::new().days(3)).unwrap_or(dose.given),
        _ => dose.given,
    };
    let lot = if dose.fate == Fate::OtherLot { format!("{}X", dose.lot) } else { dose.lot.clone() };
    let entered = given.checked_add(jiff::Span::new().days(i64::from(row % 9) + copy)).unwrap_or(given);
    let facility =
        if person.list == List::Forces { "06002-Trung tâm Y tế huyện Đồng Mẫu" } else { "06123-Trạm Y tế xã Suối Mẫu" };
    // Every eleventh person was typed in without marks.
    let name = if row.is_multiple_of(11) { crate::normalize::fold(&person.name).to_uppercase() } else { person.name.clone() };
    let texts = [
        (row - 4).to_string(),
        name,
        show_date(person.birth),
        sex(person).to_owned(),
        person.identity.clone(),
        person.phone.clone(),
        "Tỉnh Bắc Kạn".to_owned(),
        "Huyện Đồng Mẫu".to_owned(),
        "Xã Suối Mẫu".to_owned(),
        person.target_group.to_string(),
        person.workplace.to_owned(),
        format!("Mũi {}", dose.ordinal),
        system_vaccine(dose.product).to_owned(),
        lot,
        show_date(given),
        facility.to_owned(),
        show_date(entered),
        if person.identity.is_empty() { "Chưa xác thực" } else { "Đúng" }.to_owned(),
        if person.identity.is_empty() { "Chưa ký" } else { "Đã ký" }.to_owned(),
    ];
    for (column, text) in texts.iter().enumerate() {
        sheet.write_string(row, column as u16, text)?;
    }
    Ok(())
}
