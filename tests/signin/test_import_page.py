"""A table sent to the pages: a dry run first, nothing entered unless all is right, then the very same list."""

import html
import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.signin.conftest import browser, says, signed_in


def book():
    from duban.web.shelf import keeper

    return keeper().book()


def table(rows, name="表.xlsx"):
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    out = io.BytesIO()
    workbook.save(out)
    return SimpleUploadedFile(name, out.getvalue())


def kept(answer):
    """The list that the dry run's form sends again."""
    return html.unescape(
        re.search(r'<textarea name="list" hidden>(.*?)</textarea>', answer.content.decode(), re.S)[1]
    )


def test_a_dry_run_shows_and_the_second_step_enters(city):
    office, seq = signed_in("clerk"), book().seq
    shown = office.post(
        "/units/import",
        {
            "file": table(
                [
                    ["单位名称", "联系人", "上级单位"],
                    ["市水务局", "<b>周</b>", "云川市人民政府"],
                    ["市教育局", "吴", ""],
                ]
            )
        },
    )
    assert book().seq == seq
    assert says(shown, "还没有写入")
    assert says(shown, "&lt;b&gt;周")
    assert says(shown, "B2")
    assert office.post("/units/import", {"list": kept(shown)}).status_code == 302
    assert book().units["jiaoyu"].unit.contact == "吴"
    assert any(u.name == "市水务局" for u in book().units.values())
    again = office.post("/units/import", {"list": kept(shown)})
    assert again.status_code == 302  # the same list once more adds nothing
    assert book().seq == seq + 2


def test_a_fault_changes_nothing(city):
    office, seq = signed_in("clerk"), book().seq
    answer = office.post(
        "/units/import", {"file": table([["单位名称", "类别"], ["好局", "部门"], ["坏局", "衙门"]])}
    )
    assert says(answer, "什么都没有改")
    assert says(answer, "B3")
    answer = office.post("/units/import", {"list": "单位名称,类别\n好局,部门\n坏局,衙门\n"})
    assert says(answer, "什么都没有改")
    for file in (
        SimpleUploadedFile("x.xlsx", b"PK\x03\x04"),
        SimpleUploadedFile("x.exe", b"MZ\x00\x00"),
        SimpleUploadedFile("e.csv", b""),
    ):
        assert says(office.post("/units/import", {"file": file}), "什么都没有改")
    assert says(office.post("/units/import", {}), "没有收到文件")
    assert book().seq == seq


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd", "..\\..\\x.csv", "a\r\nb.csv", "/", "x" * 300 + ".csv", "<script>.csv"]
)
def test_a_file_s_name_goes_nowhere(city, name):
    file = SimpleUploadedFile("x.csv", "单位名称\n".encode())
    file._name = name
    answer = signed_in("clerk").post("/units/import", {"file": file})
    assert answer.status_code == 200
    assert not says(answer, "<script>.csv")


def test_people_and_their_first_passwords(city):
    manager = signed_in("zheng")
    rows = [
        ["账户", "姓名", "单位", "角色"],
        ["chen1", "陈一", "东区教育局", "填报人"],
        ["chen2", "陈二", "东区教育局", "单位负责人"],
    ]
    shown = manager.post("/people/import", {"file": table(rows)})
    assert manager.post("/people/import", {"list": kept(shown)}).status_code == 302
    page = manager.post("/people/give").content.decode()
    given = dict(re.findall(r"<code>(chen\d)</code></td>\s*<td><code>([^<]+)</code>", page))
    assert set(given) == {"chen1", "chen2"}
    assert signed_in("chen1", given["chen1"]).get("/table").headers["Location"] == "/me/password"
    assert says(manager.get("/people/give"), "每个账户都有密码了")


def test_a_list_that_grabs_what_is_not_its_sender_s(city):
    manager, seq = signed_in("zheng"), book().seq
    for row in (["clerk", "陈", "东区教育局", "填报人"], ["office", "陈", "东区教育局", "填报人"], ["xin", "新", "东区教育局", "督查室"],
                ["xin", "新", "市教育局", "填报人"], ["xin", "新", "", "审计"]):  # fmt: skip
        answer = manager.post("/people/import", {"file": table([["账户", "姓名", "单位", "角色"], row])})
        assert says(answer, "什么都没有改"), row
        listed = "账户,姓名,单位,角色\n" + ",".join(row) + "\n"
        assert says(manager.post("/people/import", {"list": listed}), "什么都没有改"), row
    assert book().seq == seq


@pytest.mark.parametrize("who", ["wang", "li", "zhou", "leader", "wu", ""])
def test_nobody_else_imports_or_takes_the_list_of_people(city, who):
    client, seq = signed_in(who) if who else browser(), book().seq
    for path in ("/people/import", "/units/import", "/people/give", "/people.xlsx", "/people.csv"):
        assert client.get(path).status_code in (302, 403), path
        if not path.endswith(("xlsx", "csv")):
            assert client.post(path, {"list": "单位名称\n自立局\n"}).status_code == 403, path
    assert book().seq == seq


def test_a_manager_takes_the_list_of_its_own(city):
    text = signed_in("zheng").get("/people.csv").content.decode("utf-8-sig")
    assert "clerk" not in text
    assert "wang" not in text
    assert signed_in("wu").get("/units.csv").status_code == 200


def test_a_city_without_units_starts_from_the_common_departments(tmp_path):
    from duban.actions.units import import_units
    from duban.files.lists import write_list
    from duban.files.roster import UNITS, read_units
    from duban.web.views.assign import unled
    from duban.web.views.imports import starter
    from tests.actions.city import City, small_book

    book = small_book(tmp_path / "book").copy()
    path = tmp_path / "单位.xlsx"
    path.write_bytes(write_list("单位", UNITS, starter(book)))
    City(book).do("office", import_units, read_units(path, book).units)
    assert len(book.units) > 40
    assert all(u.unit.parent == "zf" for code, u in book.units.items() if code != "zf")
    assert any(one.suggested for one in unled(book))
