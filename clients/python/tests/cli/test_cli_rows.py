# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rows of CSV, NDJSON and XLSX files."""

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from base_api_client.cli.problem import UsageProblem
from base_api_client.cli.rows.source import Row, open_source


def read(path: Path, **options: str) -> list[Row]:
    return list(open_source(path, **options))


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_header_tells_the_delimiter(tmp_path: Path, mark: str) -> None:
    path = write(tmp_path / "p.csv", f'ref{mark}name\n1{mark}"a{mark}b"\n')
    assert read(path) == [Row(2, {"ref": "1", "name": f"a{mark}b"})]


def test_rows_have_the_numbers_of_a_spreadsheet(tmp_path: Path) -> None:
    path = write(tmp_path / "p.csv", 'ref,name\n1,"two\nlines"\n,\n3,c\n')
    assert [row.number for row in read(path)] == [2, 4]


def test_a_byte_order_mark_is_not_part_of_a_name(tmp_path: Path) -> None:
    path = write(tmp_path / "p.csv", "\ufeffref,name\n1,a\n")
    assert open_source(path).columns == ["ref", "name"]


def test_encodings(tmp_path: Path) -> None:
    path = write(tmp_path / "p.csv", "name\nÉtienne\n", "windows-1252")
    assert read(path, encoding="windows-1252")[0].cells == {"name": "Étienne"}
    with pytest.raises(UsageProblem, match="is not utf-8: name its encoding"):
        read(path)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("p.csv", "", "has no header"),
        ("p.csv", "a,a\n1,2\n", "the column 'a' twice"),
        ("p.csv", "a,b\n1\n", "row 2: 1 cells, but the header has 2"),
        ("p.csv", 'a,b\n"1,2\n', "is not valid CSV"),
        ("p.ndjson", "{}\n[]\n", "line 2 is not a JSON object"),
        ("p.ndjson", '{"a": NaN}\n', "line 1 is not valid JSON"),
        ("p.xlsx", "text", "is not an Excel workbook"),
        ("p.txt", "a", "must end in .csv"),
    ],
)
def test_damaged_files(tmp_path: Path, name: str, text: str, message: str) -> None:
    path = write(tmp_path / name, text)
    with pytest.raises(UsageProblem, match=message):
        source = open_source(path)
        assert source.columns is not None
        list(source)


def test_sheets(tmp_path: Path) -> None:
    path = tmp_path / "p.xlsx"
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Contacts")
    sheet.append(["ref", "count", "day", None])
    sheet.append(["A", 3, datetime(2026, 3, 1)])
    sheet.append([None, None, None])
    sheet.append(["B", 4.5])
    book.save(path)

    rows = read(path, sheet="Contacts")

    assert rows[0] == Row(2, {"ref": "A", "count": 3, "day": datetime(2026, 3, 1)})
    assert rows[1] == Row(4, {"ref": "B", "count": 4.5, "day": None})
    with pytest.raises(UsageProblem, match="has no sheet 'x'; it has: Sheet, Contacts"):
        read(path, sheet="x")


def test_values_of_json_stay_as_they_are(tmp_path: Path) -> None:
    path = write(tmp_path / "p.ndjson", '{"ids": [1, {"code": "BE"}]}\n\n{"a": null}\n')
    assert read(path) == [Row(1, {"ids": [1, {"code": "BE"}]}), Row(3, {"a": None})]
