"""Records out as files and in again from offices' tables; acts that show their changes first; proofs as files."""

import csv
import io
import re
import urllib.request
from uuid import uuid4

import openpyxl
import pytest

from tests.web.people import Session, text_of

HEADS = ("编号", "类别", "标题", "收到日期", "主办单位", "领域")


@pytest.fixture(scope="module")
def office(year_site):
    return Session(year_site, "clerk")


def upload(session, path, name, raw, field="file", **form):
    """Send a form with a file: (status, text)."""
    token = next((c.value for c in session.jar if c.name == "csrftoken"), "")
    mark = uuid4().hex
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{name_}"\r\n\r\n{value}\r\n'.encode()
        for name_, value in {**form, "csrfmiddlewaretoken": token}.items()
    ]
    head = f'--{mark}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'.encode()
    body = b"".join(parts) + head + raw + f"\r\n--{mark}--\r\n".encode()
    kind = {"Content-Type": f"multipart/form-data; boundary={mark}", "Referer": session.site.url}
    return session._ask(urllib.request.Request(session.site.url + path, body, kind))


def table(*rows):
    out = io.StringIO(newline="")
    csv.writer(out).writerows([HEADS, *rows])
    return out.getvalue().encode("utf-8-sig")


def sealed(page):
    return re.search(r'name="sealed" value="([^"]+)"', page)[1]


def test_a_table_is_shown_before_it_is_written_and_comes_out_as_it_went_in(office):
    rows = [(f"F{n}", "提案", f"表里第{n}件", "2024年5月6日", "市教育局", "教育") for n in range(1, 4)]
    office.get("/r/motions/import")
    status, page = upload(office, "/r/motions/import", "提案.csv", table(*rows))
    assert (status, office.get("/r/motions/F1")[0]) == (200, 404)
    assert "新增 3" in text_of(page)
    assert office.post("/r/motions/import", sealed=sealed(page))[0] == 200
    assert office.json("/r/motions/F2.json")["values"]["received_on"] == "2024-05-06"
    out = office.get("/r/motions.csv?q=表里第".replace("表里第", "%E8%A1%A8%E9%87%8C%E7%AC%AC"))[1]
    again = upload(office, "/r/motions/import", "again.csv", out.encode())[1]
    assert "与台账一致 3" in text_of(again)
    assert 'name="sealed"' not in again
    changed = upload(office, "/r/motions/import", "x.csv", table((*rows[0][:5], "体育")))[1]
    assert "体育" in changed
    assert "教育" in changed


def test_a_wrong_table_is_refused_cell_by_cell_and_the_rest_may_be_taken(office):
    good, bad = (
        ("G1", "提案", "对的", "2024-05-06", "市教育局", ""),
        ("G2", "提案", "错的", "2024-13-01", "市教育局", ""),
    )
    page = upload(office, "/r/motions/import", "表.csv", table(good, bad))[1]
    assert "D3" in text_of(page)
    assert "2024-13-01" in page
    assert office.post("/r/motions/import", sealed=sealed(page), leave_out="1")[0] == 200
    assert (office.get("/r/motions/G1")[0], office.get("/r/motions/G2")[0]) == (200, 404)
    many = upload(office, "/r/motions/import", "表.csv", table(*(bad for _ in range(150))))[1]
    faults = re.search(r'name="faults" value="([^"]+)"', many)[1]
    assert len(office.post("/r/motions/faults.csv", faults=faults)[1].splitlines()) == 150
    assert office.post("/r/motions/faults.csv", faults="made up")[0] == 404
    assert office.post("/r/motions/import", sealed="made up")[0] == 400
    assert upload(office, "/r/motions/import", "x.pdf", b"%PDF-1.7")[0] == 400
    assert office.post("/r/motions/import")[0] == 400


def test_nobody_else_brings_a_table_in(year_site, office):
    page = upload(
        office, "/r/motions/import", "表.csv", table(("Z1", "提案", "别人的", "2024-05-06", "市教育局", ""))
    )[1]
    other, public = Session(year_site, "minzhengju.r"), Session(year_site)
    other.get("/me")
    assert other.post("/r/motions/import", sealed=sealed(page))[0] == 400  # sealed for another
    status, page = upload(
        other, "/r/motions/import", "表.csv", table(("Z1", "提案", "别人的", "2024-05-06", "市教育局", ""))
    )
    assert (status, 'name="sealed"' in page) == (200, False)
    assert public.post("/r/motions/import", sealed="x")[0] == 403
    assert public.get("/r/motions/import")[0] == 403
    assert office.get("/r/motions/Z1")[0] == 404


def test_the_empty_table_and_the_workbook_are_workbooks(office):
    for path in ("/r/motions/template.xlsx", "/r/motions.xlsx"):
        with office.open.open(office.site.url + path) as answer:
            assert answer.read(2) == b"PK", path


def cells_of(session, path):
    """All texts of a workbook that a session downloads."""
    with session.open.open(session.site.url + path) as answer:
        sheet = openpyxl.load_workbook(io.BytesIO(answer.read())).active
    return [[str(cell) for cell in row if cell is not None] for row in sheet.values]


def test_a_workbook_holds_what_its_reader_may_see_in_the_order_asked_for(year_site, office):
    for number in ("W2", "W1"):
        form = {"number": number, "received_on": "2024-10-15", "channel": "phone", "kind": "help", "theme": "工作簿",
                "caller": "来电人某某"}  # fmt: skip
        office.get("/r/cases/new")
        assert office.post("/r/cases/new", **{f"f.{k}": v for k, v in form.items()})[0] == 200
    asked = "/r/cases.xlsx?q=%E5%B7%A5%E4%BD%9C%E7%B0%BF&sort=id"
    own, seen = cells_of(office, asked), cells_of(Session(year_site), asked)
    for rows in (own, seen):
        assert [row[0] for row in rows[1:]] == ["W1", "W2"]
    assert all("来电人某某" in row for row in own[1:])
    assert not any("来电人某某" in row for row in seen)
    log = (year_site.folder / "server.log").read_text("utf-8")
    assert Session(year_site).get("/r/cases/import")[0] == 403
    more = (year_site.folder / "server.log").read_text("utf-8")[len(log) :]
    assert "/r/cases/import" in more
    assert len(more.splitlines()) == 1  # refused: a line with the reason, no trace


def test_an_act_shows_its_changes_and_then_makes_just_these(year_site, office):
    office.get("/r/plans/new")
    given = {"f.number": "P1", "f.name": "抽查一", "f.starts": "2024-10-21", "f.ends": "2024-10-30"}
    page = office.get("/r/plans/new")[1]
    for name in re.findall(r'name="(f\.\w+)"[^>]*required', page):
        given.setdefault(name, "x")
    before = office.get("/x/livelihood")[1]
    assert "先看会改什么" in before
    assert office.post("/x/livelihood/do", act="nope")[0] == 404
    for session in (Session(year_site, "minzhengju.r"), Session(year_site)):
        session.get("/x/hotline")
        assert session.post("/x/hotline/do", act="dispatch")[0] == 403
    assert enter_case(office, "A1") == 200
    enter_case(office, "A2")
    form = {"act": "merge", "f.case": "A2", "f.with_case": "A1"}
    status, page = office.post("/x/hotline/do", **form)
    assert (status, "还没有改" in page) == (200, True)
    assert office.json("/r/cases/A2.json")["stage"] == "received"
    confirm = re.search(r'name="confirm" value="(\w+)"', page)[1]
    assert office.post("/x/hotline/do", **form, confirm=confirm)[0] == 200
    assert office.json("/r/cases/A2.json")["stage"] == "merged"
    assert office.post("/x/hotline/do", **form, confirm=confirm)[0] == 400  # there is nothing to do any more
    status, page = office.post("/x/hotline/do", act="merge", **{"f.case": "", "f.with_case": "A1"})
    assert (status, 'name="f.with_case" value="A1"' in page) == (400, True)  # nothing typed is lost


def enter_case(session, number):
    form = {
        "number": number,
        "received_on": "2024-10-15",
        "channel": "phone",
        "kind": "help",
        "theme": "<b>供热</b>",
    }
    session.get("/r/cases/new")
    return session.post("/r/cases/new", **{f"f.{name}": value for name, value in form.items()})[0]


def test_a_proof_comes_as_a_file_and_goes_only_to_who_works_on_the_record(year_site, office):
    form = {
        "number": "E1",
        "kind": "motion",
        "subject": "有附件的",
        "received_on": "2024-03-01",
        "unit": "市教育局",
    }
    office.get("/r/motions/new")
    office.post("/r/motions/new", **{f"f.{name}": value for name, value in form.items()})
    office.post("/r/motions/E1/do", act="move", stage="assigned", day="2024-03-02")
    answered = {"act": "move", "stage": "answered", "day": "2024-04-01", "f.result": "A"}
    pdf = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    status, page = upload(office, "/r/motions/E1/do", "答复函.pdf", pdf, field="files", **answered)
    assert status == 200, text_of(page)[-600:]
    where = re.search(r'href="(/r/motions/E1/evidence/[0-9a-f]{64})"', page)[1]
    with office.open.open(year_site.url + where) as file:
        assert (file.read(), "attachment" in file.headers["Content-Disposition"]) == (pdf, True)
    for session in (Session(year_site), Session(year_site, "minzhengju.r")):
        assert session.get(where)[0] == 404
        assert "evidence/" not in session.get("/r/motions/E1")[1]
    assert Session(year_site, "jiaoyuju.r").get("/r/motions/E1")[1].count(where) == 1
    assert office.get("/r/motions/F9/evidence/" + "0" * 64)[0] == 404


def test_a_suggestion_has_its_reason_and_is_taken_by_a_person(year_site, office):
    form = {
        "number": "S1",
        "received_on": "2024-10-15",
        "channel": "phone",
        "kind": "help",
        "what": "幸福路学区入学",
    }
    office.get("/r/cases/new")
    office.post("/r/cases/new", **{f"f.{name}": value for name, value in form.items()})
    page = office.get("/r/cases/S1")[1]
    field, value = re.search(r'name="(f\.theme)" value="([^"]+)">\s*<button>采用', page).groups()
    assert "提到" in text_of(page)
    assert "theme" not in office.json("/r/cases/S1.json")["values"]
    assert "采用" not in Session(year_site, "minzhengju.r").get("/r/cases/S1")[1]
    assert office.post("/r/cases/S1/do", act="put", **{field: value})[0] == 200
    assert office.json("/r/cases/S1.json")["values"]["theme"] == value
