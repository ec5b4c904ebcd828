"""An Excel of 100,000 rows × 20 columns with merged heads: read, and every row checked as an import would.

Beside it openpyxl alone over the same file, which only reads the cells. The file is made by a seeded program.
"""

import gc
import random
import tempfile
import time
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl

from duban.actions.records import weigh_records
from duban.files.records import read_records
from duban.ledger import Book
from duban.registers.expression import F
from duban.registers.field import choice, day, integer, money, needed, number, text, unit, yes
from duban.registers.register import Check, Register

ROWS, BOUND = 100_000, 20  # seconds within which the whole must be done
KINDS = (("new", "新建", "new"), ("going", "续建", "going on"), ("early", "前期", "early work"))

PROJECTS = Register(
    "projects_bench", "项目", "Projects",
    (
        *needed(text("code", "项目编号", "Code"), text("name", "项目名称", "Name"), choice("kind", "性质", "Kind", KINDS)),
        unit("unit", "责任单位", "Unit"), text("district", "旗县区", "District"), text("trade", "行业", "Trade"),
        money("total", "总投资", "Total"), money("planned", "计划投资", "Planned"), money("done", "完成投资", "Done"),
        day("filed_on", "备案日期", "Filed"), day("land_on", "供地日期", "Land"), day("start_on", "开工日期", "Start"),
        day("end_on", "竣工日期", "End"), integer("jobs", "就业人数", "Jobs", "人"), number("area", "用地", "Area", "亩"),
        yes("private", "民间投资", "Private"), text("owner", "业主", "Owner"), text("person", "联系人", "Person"),
        text("progress", "形象进度", "Progress"), text("note", "备注", "Note"),
    ),
    key=("code",), title="name", unit="unit",
    checks=(Check("order", F.start_on <= F.end_on, "竣工早于开工", "ends before it starts"),
            Check("within", F.planned <= F.total, "计划投资大于总投资", "more planned than in all")),
)  # fmt: skip


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "项目.xlsx"
        write_large(path)
        size = path.stat().st_size / 1e6
        start, began = time.process_time(), time.perf_counter()
        read = read_records(path, PROJECTS)
        reading = time.process_time() - start
        weighed = weigh_records(Book(), "office", PROJECTS, read.rows, date(2024, 12, 31))
        both, wall = time.process_time() - start, time.perf_counter() - began
        assert (len(read.rows), len(weighed.writes), weighed.faults) == (ROWS, ROWS, [])
        del read, weighed
        gc.collect()
        start = time.process_time()
        cells = sum(
            len(row)
            for row in openpyxl.load_workbook(path, read_only=True).active.iter_rows(values_only=True)
        )
        alone = time.process_time() - start
        assert cells >= ROWS * 20
    print(f"{ROWS:,} rows × 20 columns, {size:.0f} MB: read {reading:.1f} s, read and checked {both:.1f} s"
          f" ({wall:.1f} s by the clock; bound {BOUND} s)")  # fmt: skip
    print(f"openpyxl alone, cells only: {alone:.1f} s; reading and checking takes {both / alone:.2f} of that")


def write_large(path: Path, rows: int = ROWS, seed: int = 1) -> None:
    """A workbook of so many projects under two rows of heads, as an office would merge them."""
    chance = random.Random(seed)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in _PARTS.items():
            archive.writestr(name, content)
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f'<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            for number, cells in enumerate(_heads(), 1):
                sheet.write(_row(number, cells).encode())
            for number in range(rows):
                sheet.write(_row(number + 3, list(_project(number, chance))).encode())
            merged = "".join(f'<mergeCell ref="{span}"/>' for span in _merged())
            sheet.write(f"</sheetData><mergeCells>{merged}</mergeCells></worksheet>".encode())


def _heads() -> tuple[list[object], list[object]]:
    """The two rows: a group's head over its columns, every other head in the upper row."""
    names: list[object] = [f.zh for f in PROJECTS.fields]
    upper, lower = list(names), [""] * len(names)
    for group, (first, count) in _groups().items():
        for at in range(first, first + count):
            upper[at], lower[at] = group if at == first else "", str(names[at])
    return upper, lower  # type: ignore[return-value]


def _groups() -> dict[str, tuple[int, int]]:
    return {"投资（亿元）": (6, 3), "日期": (9, 4)}


def _merged() -> Iterator[str]:
    inside = set()
    for first, count in _groups().values():
        inside |= set(range(first, first + count))
        yield f"{_LETTERS[first]}1:{_LETTERS[first + count - 1]}1"
    yield from (f"{letter}1:{letter}2" for at, letter in enumerate(_LETTERS) if at not in inside)


def _project(number: int, chance: random.Random) -> Iterator[object]:
    start = date(2023, 1, 1) + timedelta(days=chance.randrange(700))
    total = chance.randrange(1, 900) / 10
    yield from (
        f"P{number:06d}",
        f"示范项目{number}期工程",
        chance.choice(KINDS)[1],
        f"市第{chance.randrange(40)}局",
    )
    yield from (f"第{chance.randrange(9)}区", "制造业", total, round(total / 4, 2), round(total / 5, 3))
    yield from (start, start + timedelta(days=30), start + timedelta(days=60), start + timedelta(days=500))
    yield from (
        chance.randrange(900),
        chance.randrange(9000) / 10,
        chance.choice("是否"),
        f"业主公司{number % 977}",
    )
    yield from (f"联系人{number % 501}", f"主体完成{chance.randrange(100)}%", f"第{number % 7 + 1}批")


def _row(number: int, cells: list[object]) -> str:
    return f'<row r="{number}">' + "".join(map(_cell, _LETTERS, [number] * len(cells), cells)) + "</row>"


def _cell(letter: str, row: int, value: object) -> str:
    at = f'<c r="{letter}{row}"'
    if isinstance(value, date):
        return f'{at} s="1"><v>{(value - date(1899, 12, 30)).days}</v></c>'
    if isinstance(value, int | float):
        return f"{at}><v>{value}</v></c>"
    return f'{at} t="inlineStr"><is><t>{escape(str(value))}</t></is></c>' if value else ""


_LETTERS = "ABCDEFGHIJKLMNOPQRST"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="项目" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill><patternFill/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" xfId="0"/><xf numFmtId="14" xfId="0"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}

if __name__ == "__main__":
    main()
