"""责任清单 as a table: all or nothing, every fault by row and cell, from a workbook or a CSV; what goes out comes in again."""

import io
import time
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from responsibility import rows, sheets
from wenze.errors import Invalid
from wenze.pages import spreadsheet

HEAD = list(rows.COLUMNS)
GOOD = ["1", "主要负责人", "", "逐件督办", "逐件", "领导责任"]


def workbook(table, name="清单.xlsx"):
    return SimpleUploadedFile(name, spreadsheet.written("清单", table[0], table[1:]))


def csv_of(table, encoding):
    text = "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in table)
    return SimpleUploadedFile("清单.csv", text.encode(encoding))


def read(upload):
    return sheets.read(spreadsheet.table(upload, columns=len(HEAD), most=sheets.MOST + 1), rows.duties({}))


@pytest.mark.parametrize("made", [workbook, lambda t: csv_of(t, "gb18030"), lambda t: csv_of(t, "utf-8-sig")])
def test_the_same_rows_are_read_from_a_workbook_and_from_a_csv_of_either_encoding(made):
    sheet = read(made([HEAD, GOOD, ["2", "班子", "", "每季研究一次", "", "主体责任"]]))
    assert sheet.faults == []
    assert [(row.number, row.group, row.text, row.responsibility) for row in sheet.rows] == [
        ("1", "principal", "逐件督办", "leadership"),
        ("2", "team", "每季研究一次", "principal"),
    ]


def test_exactly_the_thirty_planted_errors_of_a_long_list_are_named():
    table = [[str(n), "班子成员", "", f"第{n}项职责", "", "监督责任"] for n in range(1, 5001)]
    planted = {}
    for step, row in enumerate(range(100, 3100, 100)):
        place, wrong, column = [
            (0, "", "条号"), (1, "班长", "责任主体"), (2, "不存在的职务", "职务"), (3, "", "职责"), (4, "超" * 201, "量化要求"),
            (5, "全部责任", "责任类别"),
        ][step % 6]  # fmt: skip
        table[row - 1][place] = wrong
        planted[row + 1] = column
    began = time.perf_counter()
    sheet = read(workbook([HEAD, *table]))
    assert time.perf_counter() - began < 20
    assert {fault.row: fault.column for fault in sheet.faults} == planted
    assert len(sheet.faults) == len(planted) == 30


def test_a_number_is_written_once_and_the_second_row_is_told_where_the_first_stands():
    sheet = read(workbook([HEAD, GOOD, GOOD]))
    assert [str(fault) for fault in sheet.faults] == ["第3行“条号”：与第2行重复"]


@pytest.mark.parametrize("table", [[["条号", "职责"], ["1", "x"]], [HEAD], [HEAD, ["", "", "", "", "", ""]]])
def test_a_sheet_that_is_no_duty_list_is_told_so(table):
    assert len(read(workbook(table)).faults) == 1


def test_a_seventh_column_is_not_lost_in_silence():
    assert [fault.column for fault in read(workbook([HEAD, [*GOOD, "另注"]])).faults] == ["多余的列"]


def test_a_workbook_bomb_is_refused_before_it_is_parsed():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    began = time.perf_counter()
    with pytest.raises(Invalid, match="内部结构异常"):
        read(SimpleUploadedFile("清单.xlsx", packed.getvalue()))
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00", b"\x00\x01\x02,", '"没有收尾'.encode()], ids=["bytes", "nulls", "open quote"]
)
def test_what_is_no_text_is_no_csv(content):
    with pytest.raises(Invalid):
        read(SimpleUploadedFile("清单.csv", content))


@settings(deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30), min_size=1, max_size=6))
def test_whatever_is_written_into_a_cell_is_text_when_it_comes_out_and_no_formula(cells):
    content = spreadsheet.written("表", ["一"] * len(cells), [cells])
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    for cell, text in zip(next(sheet.iter_rows(min_row=2)), cells, strict=True):
        assert cell.data_type in ("s", "n", "inlineStr")
        assert (cell.value or "") == text
