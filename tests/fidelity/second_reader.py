"""Reads every workbook of a folder with openpyxl and prints, a line each, what another library sees:
formula <tab> file <tab> sheet <tab> row <tab> column (from 0) <tab> saved result
sheet   <tab> file <tab> sheet <tab> print set-up and protection
"""
import pathlib
import sys

import openpyxl


def shown(value):
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


for path in sorted(pathlib.Path(sys.argv[1]).glob("*.xlsx")):
    formulas = openpyxl.load_workbook(path)
    values = openpyxl.load_workbook(path, data_only=True)
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    value = values[sheet.title].cell(cell.row, cell.column).value
                    print("formula", path.name, sheet.title, cell.row - 1, cell.column - 1, shown(value), sep="\t")
        page = sheet.page_setup
        set_up = [
            page.orientation,
            str(page.paperSize),
            "fit" if sheet.sheet_properties.pageSetUpPr.fitToPage and page.fitToHeight == 0 else "not fitted",
            "protected" if sheet.protection.sheet else "open",
            "titles" if sheet.print_title_rows else "no titles",
        ]
        print("sheet", path.name, sheet.title, " ".join(set_up), sep="\t")
