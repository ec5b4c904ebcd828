"""Records from files as offices keep them: what is understood, what is skipped and told, what is refused."""

import json
import zipfile
from datetime import date, datetime

import pytest

from duban.actions.records import weigh_records
from duban.core.problem import Refused
from duban.files.records import read_records
from duban.files.records import scan as scanning
from duban.ledger import Book
from duban.words import say
from tests.files.works import HEADS, ROW, WORKS, messy, row, saved

TODAY = date(2024, 12, 31)


def codes(problems):
    return [(p.code, p.place.split(" ")[-1].split("!")[-1]) for p in problems]


def faults(path, **more):
    """Every fault of the file's cells and rows, by code and cell."""
    read = read_records(path, WORKS, **more)
    return codes([*read.faults, *weigh_records(Book(), "office", WORKS, read.rows, TODAY).faults])


def stored(path, **more):
    """What would be written of each record."""
    found = weigh_records(Book(), "office", WORKS, read_records(path, WORKS, **more).rows, TODAY)
    assert found.faults == []
    return {account.split("/")[-1]: body.values for account, body in found.writes if hasattr(body, "values")}


def refusal(call):
    with pytest.raises(Refused) as refused:
        call()
    for problem in refused.value.problems:  # each can be said in both languages
        assert "{" not in say(problem, "zh") + say(problem, "en")
    return codes(refused.value.problems)


def test_a_messy_sheet_is_understood(tmp_path):
    path = messy(tmp_path / "台账.xlsx")
    read = read_records(path, WORKS, heads={"性 质": "建设性质"})
    values = stored(path, heads={"性 质": "建设性质"})
    assert (values["A-1"]["total"], values["A-1"]["planned"]) == ("12000", "300")
    assert (values["A-2"]["total"], values["A-2"]["planned"]) == ("23000", "5000")
    assert values["A-2"]["unit"] == "市住建局"  # merged over two rows
    assert values["A-3"]["total"] == "3000"
    assert [told.stages for told in read.rows] == [{"started": "2024-03-01"}, {"started": "2024-04-02"}, {}]
    assert read.rows[0].proofs == {"started": "许〔2024〕1号"}
    told = {note.code: note for note in read.notes}
    assert told["records.totals"].data["rows"] == "8"
    assert told["records.groups"].data["rows"] == "5"
    assert told["records.heads"].data["rows"] == "10"
    assert told["records.hidden"].data["rows"] == "7"
    assert told["records.sheets_hidden"].data["names"] == "底稿"
    unread = [n.data["head"] for n in read.notes if n.code == "records.column_not_read"]
    assert unread == ["序号", "形象进度"]


def test_what_only_resembles_a_head_is_suggested_and_never_taken(tmp_path):
    heads = ["项目编号", "项目名", "建设性质", "总的投资", *HEADS[5:]]
    path = saved(tmp_path / "a.xlsx", [["A-1", "一号桥", "新建", 5]], heads=heads)
    found = refusal(lambda: read_records(path, WORKS))
    assert found == [
        ("records.column_missing", "台账"),
        ("records.head_alike", "B1"),
        ("records.head_alike", "D1"),
    ]
    read = read_records(path, WORKS, heads={"项目名": "name"})
    assert read.rows[0].values["name"] == "一号桥"
    assert "total" not in read.fields
    assert refusal(lambda: read_records(path, WORKS, heads={"项目名": "?"})) == [
        ("record.no_such_field", "项目名")
    ]


@pytest.mark.parametrize("names", [[f.name for f in WORKS.fields], [f.en for f in WORKS.fields]])
def test_heads_in_english_and_by_field(tmp_path, names):
    path = saved(tmp_path / "a.xlsx", [["A", "桥", "going", "", 5, 3]], heads=[*names[:6], "done date"])
    assert stored(path)["A"] == {"code": "A", "name": "桥", "kind": "going", "total": "5", "planned": "3"}


def test_moved_columns_and_units_of_heads(tmp_path):
    path = saved(tmp_path / "a.csv.xlsx", [["一号桥", "新建", "A", "9.5%", 5]],
                 lambda sheet: None, ["项目名称", "建设性质", "项目编号", "完成比例（%）", "总投资（元）"])  # fmt: skip
    assert stored(path)["A"] == {
        "name": "一号桥",
        "kind": "new",
        "code": "A",
        "share": "9.5",
        "total": "0.0005",
    }


def test_a_per_cent_cell_is_what_people_see(tmp_path):
    def shown(sheet):
        sheet["D2"].number_format = "0.0%"

    path = saved(tmp_path / "a.xlsx", [["A", "桥", "新建", 0.095]], shown, [*HEADS[:3], "完成比例"])
    assert stored(path)["A"]["share"] == "9.5"


def test_times_of_day_and_digits_of_a_division_are_left_out(tmp_path):
    rows = [
        row(备案日期=datetime(2024, 1, 5, 8, 31), 开工日期="2024-03-01 09:05", 总投资=10 / 3, 计划投资=1e-5)
    ]
    path = saved(tmp_path / "a.xlsx", rows)
    values = stored(path)["A-1"]
    assert (values["filed_on"], values["total"], values["planned"]) == (
        "2024-01-05",
        "3.3333333333",
        "0.00001",
    )
    assert read_records(path, WORKS).rows[0].stages == {"started": "2024-03-01"}


def test_a_head_in_a_unit_that_converts_to_nothing(tmp_path):
    path = saved(tmp_path / "a.xlsx", [["A", "桥", "新建", 3]], heads=[*HEADS[:3], "总投资（亩）"])
    assert refusal(lambda: read_records(path, WORKS)) == [("records.head_unit", "D1")]


def test_two_columns_for_one_field(tmp_path):
    path = saved(tmp_path / "a.xlsx", [["A", "桥", "新建", "B"]], heads=[*HEADS[:3], "编码"])
    assert refusal(lambda: read_records(path, WORKS)) == [("sheet.head_twice", "D1")]


BAD = {
    "a word for a number": ({"总投资": "很多"}, ("record.not_a_number", "E2")),
    "an unknown code": ({"建设性质": "改造"}, ("record.unknown_code", "C2")),
    "a negative amount": ({"总投资": -3}, ("record.too_small", "E2")),
    "a strange unit": ({"总投资": "3公顷"}, ("record.other_unit", "E2")),
    "no such day": ({"备案日期": "2024-02-30"}, ("record.no_such_day", "G2")),
    "a stage's day that is none": ({"开工日期": "三月"}, ("record.not_a_date", "H2")),
    "dates out of order": ({"开工日期": "2023-12-01"}, ("record.day_before", "H2")),
    "a day to come": ({"开工日期": "2025-01-01"}, ("record.day_ahead", "H2")),
    "nothing where something must be": ({"项目名称": None}, ("record.missing", "B2")),
    "more planned than in all": ({"计划投资": "2亿元"}, ("record.check", "2")),
    "a formula": ({"总投资": "=1+1"}, ("sheet.formula", "E2")),
    "an error value": ({"总投资": "#DIV/0!"}, ("sheet.error_value", "E2")),
    "a stage whose field is missing": ({"责任单位": None}, ("record.stage_needs", "H2")),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_cells_are_told_at_their_place(tmp_path, name):
    told, fault = BAD[name]
    change = (lambda sheet: setattr(sheet["E2"], "data_type", "e")) if "error value" in name else None
    assert faults(saved(tmp_path / "a.xlsx", [row(**told)], change)) == [fault]


def test_units_mixed_in_a_column_come_out_in_one(tmp_path):
    rows = [
        row(项目编号=str(n), 总投资=told)
        for n, told in enumerate(("1.2亿元", "12000万元", 12000, "120000000元"))
    ]
    assert {v["total"] for v in stored(saved(tmp_path / "a.xlsx", rows)).values()} == {"12000"}


def test_the_same_key_twice_is_the_second_rows_fault(tmp_path):
    assert faults(saved(tmp_path / "a.xlsx", [ROW, row(项目名称="别的")])) == [("record.twice", "3")]


def test_a_stage_without_proof_where_the_file_has_a_column_for_it(tmp_path):
    path = saved(tmp_path / "a.xlsx", [[*ROW, ""]], heads=[*HEADS, "施工许可证编号"])
    assert faults(path) == [("record.no_proof", "H2")]


def test_a_stage_named_without_its_day(tmp_path):
    heads = [*HEADS, "阶段"]
    assert faults(saved(tmp_path / "a.xlsx", [[*ROW, "竣工"]], heads=heads)) == [
        ("records.stage_without_day", "I2")
    ]
    assert faults(saved(tmp_path / "b.xlsx", [[*ROW, "投产"]], heads=heads)) == [
        ("records.stage_unknown", "I2")
    ]
    assert faults(saved(tmp_path / "c.xlsx", [[*ROW, "开工"]], heads=heads)) == []


def test_formulas_in_columns_that_are_not_read_do_no_harm(tmp_path):
    assert faults(saved(tmp_path / "a.xlsx", [[*ROW, "=ROW()"]], heads=[*HEADS, "序号"])) == []


def test_csv_in_any_encoding_and_json(tmp_path):
    text = "项目编号;项目名称;建设性质;总投资（亿元）\nA;'=桥;新建;1,200.5\nB;=1;新建;1\n"
    path = tmp_path / "a.csv"
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        path.write_bytes(text.encode(encoding))
        assert faults(path) == [("sheet.formula", "B3")]
        assert read_records(path, WORKS).rows[0].values["name"] == "=桥"
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"rows": [{"code": "A", "name": "桥", "kind": "new", "total": ["1"]}]}))
    assert codes(read_records(path, WORKS).faults) == [("sheet.error_value", "rows[0].total")]


def test_files_that_are_no_table_are_refused_whole(tmp_path, monkeypatch):
    def said(name, raw):
        (tmp_path / name).write_bytes(raw)
        return refusal(lambda: read_records(tmp_path / name, WORKS))[0][0]

    good = saved(tmp_path / "good.xlsx", [ROW]).read_bytes()
    assert said("a.xlsx", b"") == "sheet.empty"
    assert said("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600) == "sheet.protected"
    assert said("a.xlsx", good[:-400]) == "sheet.damaged"
    at = good.index(b"sheet1.xml") + 60
    assert said("a.xlsx", good[:at] + b"\xff" * 40 + good[at + 40 :]) == "sheet.damaged"
    assert said("a.csv", "今天天气好\n".encode()) == "records.no_heads"
    assert said("a.json", b'{"rows": 3}') == "records.json_wrong"
    assert refusal(lambda: read_records(tmp_path / "none.xlsx", WORKS))[0][0] == "sheet.unreadable"
    monkeypatch.setattr(scanning, "UNPACKED", 5000)
    assert said("a.xlsx", good) == "sheet.bomb"


@pytest.mark.parametrize("cell", ['<c r="A999999"><v>1</v></c>', '<c r="XFD2"><v>1</v></c>', "<c><v>1</v></c>" * 300,
                                  '<!DOCTYPE a [<!ENTITY b "c">]>'])  # fmt: skip
def test_a_sheet_made_to_exhaust_memory_is_refused_before_it_is_read(tmp_path, cell):
    saved(tmp_path / "a.xlsx", [ROW])
    with zipfile.ZipFile(tmp_path / "a.xlsx") as good, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as bad:
        for part in good.namelist():
            raw = good.read(part)
            if part.endswith("sheet1.xml"):
                raw = raw.replace(b"</sheetData>", f"<row>{cell}</row></sheetData>".encode())
            bad.writestr(part, raw)
    assert refusal(lambda: read_records(tmp_path / "b.xlsx", WORKS))[0][0] in (
        "sheet.too_long",
        "sheet.damaged",
    )


def test_a_sheet_without_the_key_is_told_and_the_other_read(tmp_path):
    def more(sheet):
        other = sheet.parent.create_sheet("汇总")
        other.append(["建设性质", "总投资", "计划投资"])
        other.append(["新建", 3, 1])

    read = read_records(saved(tmp_path / "a.xlsx", [ROW], more), WORKS)
    assert [n.code for n in read.notes] == ["records.sheet_not_read"]
    assert len(read.rows) == 1
