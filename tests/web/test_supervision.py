"""Supervision, clearing and meetings over HTTP, each from the side that may and the side that must not."""

import re
import subprocess
import sys
from urllib.parse import quote

import pytest

from tests.web.people import Session, text_of


@pytest.fixture(scope="module")
def people(year_site):
    names = {"office": "clerk", "second": "clerk2", "checker": "tongji", "leader": "leader1", "auditor": "auditor",
             "r": "jiaoyuju.r", "h": "jiaoyuju.h", "other": "minzhengju.r"}  # fmt: skip
    return {short: Session(year_site, name) for short, name in names.items()} | {"public": Session(year_site)}


@pytest.fixture(scope="module")
def opened(year_site, people):
    """A matter with the education bureau."""
    form = {"unit": "市教育局", "title": "新增学位进度滞后", "level": "remind", "reason": "请说明原因",
            "deadline": "2024-10-28"}  # fmt: skip
    people["office"].get("/matters")
    assert people["office"].post("/matters/open", **form)[0] == 200
    found = [m for m in people["office"].json("/matters.json")["matters"] if m["title"] == form["title"]]
    return found[0]["number"]


def led_by(people, unit):
    """The key of the first item that a unit leads."""
    for one in people["public"].json(f"/table.json?unit={quote(unit)}")["commitments"]:
        for key in one["items"]:
            if people["public"].json(f"/i/{key}.json")["lead"] == unit:
                return key
    raise AssertionError(unit)


def clear(session, key, act, **form):
    session.get(f"/i/{key}")
    return session.post(f"/i/{key}/clear", act=act, **form)[0]


def stage_of(session, key):
    found = session.json("/clearing.json")["clearings"]
    return next((one["stage"] for one in found if one["key"] == key), "")


def test_the_year_has_matters_clearings_and_meetings_and_a_unit_sees_its_own_matters(people):
    every = people["office"].json("/matters.json")["matters"]
    assert "concluded" in {m["state"] for m in every}
    told = [step["kind"] for m in every for step in m["steps"]]
    assert told.count("matter.reviewed") == 2  # one upheld, one not
    assert "matter.raised" in told
    stages = {c["stage"] for c in people["office"].json("/clearing.json")["clearings"]}
    assert {"published", "objected", "closed", "confirmed", "reopened", "refused"} <= stages
    assert len(people["office"].json("/meetings.json")["meetings"]) == 2
    unit = every[0]["unit"]
    assert all(m["unit"] == unit for m in people["office"].json(f"/matters.json?unit={unit}")["matters"])
    assert {m["unit"] for m in people["r"].json("/matters.json")["matters"]} <= {"jiaoyuju"}
    assert people["leader"].json("/matters.json")["total"] == len(every)


def test_the_desk_tells_whose_days_have_passed(people):
    assert "议定事项过期" in people["office"].get("/desk")[1]  # one decision of July was not done by August
    assert "议定事项过期" not in people["auditor"].get("/desk")[1]
    assert 'href="/meetings"' in people["leader"].get("/wall")[1]
    assert 'href="/meetings"' not in people["public"].get("/wall")[1]


def test_the_whole_way_of_a_matter(people, opened):
    def act(who, name, **form):
        people[who].get("/matters")
        return people[who].post(f"/matters/{opened}/do", act=name, **form)[0]

    for who in ("other", "public"):
        assert people[who].get(f"/matters/{opened}")[0] == 403, who
        assert people[who].get(f"/matters/{opened}.json")[0] == 403, who
    for name, who in (
        ("reply", "other"),
        ("raise", "r"),
        ("conclude", "h"),
        ("review", "leader"),
        ("raise", "auditor"),
    ):
        assert act(who, name, words="无", level="talk", yes=1) == 403, (name, who)
    assert f'href="/matters/{opened}"' in people["r"].get("/work")[1]
    assert f'href="/matters/{opened}"' not in people["other"].get("/work")[1]
    assert act("office", "raise", level="supervise", words="未答复", deadline="") == 200
    assert act("r", "reply", words="已<b>倒排</b>工期", reference="教字9号") == 200
    page = people["h"].get(f"/matters/{opened}")[1]
    assert "&lt;b&gt;倒排" in page
    assert "教字9号" in page
    assert act("office", "conclude", words="未落实", yes=0) == 200
    assert act("r", "appeal", words="不服") == 403
    assert act("h", "appeal", words="不服") == 200
    assert act("office", "review", words="维持", yes=1) == 403  # made the conclusion
    assert act("second", "review", words="数据有误", yes=0) == 200
    assert people["r"].json(f"/matters/{opened}.json")["state"] == "answered"
    assert act("office", "explode") == 400


def test_the_rules_ask_once(people):
    office = people["office"]
    assert "按规则应当督办" in office.get("/matters?rules=1")[1]
    before = office.json("/matters.json")["total"]
    for who in ("r", "leader", "auditor"):
        people[who].get("/matters")
        assert people[who].post("/matters/rules")[0] == 403, who
    assert office.post("/matters/rules")[0] == 200
    after = office.json("/matters.json")["total"]
    assert after >= before
    assert "今天没有要新立项或升级的督办" in office.get("/matters?rules=1")[1]
    assert office.post("/matters/rules")[0] == 200
    assert office.json("/matters.json")["total"] == after


def test_the_way_of_a_clearing_by_the_right_hands(people):
    key = led_by(people, "市教育局")
    proof = {"words": "全部完成", "kind": "acceptance", "reference": "验收单77号"}
    for who in ("other", "public", "office", "checker"):
        assert clear(people[who], key, "claim", **proof) == 403, who
    assert clear(people["r"], key, "claim", words="完成", reference="") == 400
    assert clear(people["r"], key, "claim", **proof) == 200
    assert stage_of(people["public"], key) == ""  # the public sees notices and closings only
    assert stage_of(people["other"], key) == ""
    assert stage_of(people["r"], key) == "claimed"
    assert "验收单77号" not in people["public"].get(f"/i/{key}")[1]
    assert clear(people["r"], key, "sign", yes=1) == 403
    assert f'href="/i/{key}#clearing"' in people["h"].get("/work")[1]
    assert clear(people["h"], key, "sign", yes=1) == 200
    assert f'href="/i/{key}#clearing"' in people["checker"].get("/work")[1]
    for who in ("r", "h", "other", "office", "leader", "public"):
        assert clear(people[who], key, "check", words="属实", yes=1) == 403, who
    assert clear(people["checker"], key, "check", words="属实", yes=1) == 200
    assert clear(people["office"], key, "verify", words="属实", yes=1) == 400  # not drawn yet
    number = draw(people)
    assert clear(people["office"], key, "verify", words="属实", yes=1) == 200
    assert clear(people["office"], key, "publish") == 200
    assert stage_of(people["public"], key) == "published"
    assert clear(people["office"], key, "close") == 400  # the notice stands
    objecting(people, key)
    assert any(name.startswith(key) for name in people["r"].json(f"/clearing/draws/{number}.json")["among"])


def draw(people):
    """The number of a draw made now; nobody but the office makes one."""
    for who in ("r", "checker", "leader", "auditor", "public"):
        people[who].get("/clearing")
        assert people[who].post("/clearing/draw", seed="1")[0] == 403, who
    people["office"].get("/clearing")
    assert people["office"].post("/clearing/draw", seed="开奖号 314159")[0] == 200
    return re.findall(r'href="/clearing/draws/(\d+)"', people["office"].get("/clearing")[1])[0]


def objecting(people, key):
    """The public objects by name; the objection is answered before anything else."""
    public = people["public"]
    public.get("/clearing")
    assert public.post(f"/i/{key}/object", name="", words="没有完成")[0] == 400
    assert public.post(f"/i/{key}/object", name="群众甲", words="<i>没有</i>完成")[0] == 200
    assert stage_of(public, key) == "objected"
    assert "群众甲" not in public.get("/clearing")[1]
    told = people["office"].get(f"/i/{key}")[1]
    assert "&lt;i&gt;没有" in told
    about = re.search(r'name="n" value="(\d+)">\s*<blockquote>', told)[1]
    assert clear(people["h"], key, "answer", n=about, words="已完成", yes=0) == 403
    assert clear(people["office"], key, "answer", n=about, words="已完成", yes=0) == 200
    assert stage_of(public, key) == "published"


def test_the_public_may_send_nothing_else(people):
    public = people["public"]
    public.get("/clearing")
    for path in (
        "/i/A1.1-01/1/clear",
        "/matters/open",
        "/matters/1/do",
        "/meetings/hold",
        "/wall/priority",
        "/clearing/draw",
    ):
        assert public.post(path, act="claim", words="无")[0] == 403, path
    assert public.post("/i/none/1/object", name="甲", words="无")[0] in (400, 404)


def test_a_flood_of_the_public_is_stopped(people):
    public = people["public"]
    key = next(c["key"] for c in public.json("/clearing.json")["clearings"] if c["stage"] == "published")
    public.get("/clearing")
    answers = [public.post(f"/i/{key}/object", name="某", words=f"意见{n}")[0] for n in range(22)]
    assert (answers[0], answers[-1]) == (200, 400)
    assert "请过一小时再试" in public.post(f"/i/{key}/object", name="某", words="还有")[1]


def test_a_draw_is_repeated_by_the_lines_on_its_own_page(people, tmp_path):
    office = people["office"]
    number = re.findall(r'href="/clearing/draws/(\d+)"', office.get("/clearing")[1])[-1]
    page = office.get(f"/clearing/draws/{number}")[1]
    lines = re.search(r"<pre><code>(.*?)</code></pre>", page, re.S)[1]
    for mark, sign in (("&quot;", '"'), ("&#x27;", "'"), ("&lt;", "<"), ("&amp;", "&")):
        lines = lines.replace(mark, sign)
    (tmp_path / f"{number}.json").write_text(office.get(f"/clearing/draws/{number}.json")[1], "utf-8")
    done = subprocess.run([sys.executable, "-c", lines], cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout.startswith("True ["), done.stderr
    assert people["public"].get(f"/clearing/draws/{number}")[0] in (200, 403)


def test_a_meeting_decides_and_follows_up(people):
    office = people["office"]
    listed = office.get("/meetings")[1]
    points = re.findall(r'name="point" value="([^"]+)"', listed)
    assert any(p.startswith("decision/") for p in points)  # what is not done comes up again
    assert any(p.startswith("item/") for p in points)
    key = next(p for p in points if p.startswith("item/")).partition("/")[2]
    decision = next(p for p in points if p.startswith("decision/")).partition("/")[2]
    for who in ("r", "h", "leader", "auditor", "other"):
        people[who].get("/meetings")
        assert people[who].post("/meetings/hold", title="会", point=f"item/{key}")[0] == 403, who
    token = {"title": "专题会", "point": f"item/{key}"}
    assert office.post("/meetings/hold", **token)[0] == 200
    number = max(map(int, office.json("/meetings.json")["meetings"]))
    form = {
        "act": "decide",
        "item": key,
        "words": "两周内开工",
        "unit": "市教育局",
        "due": "2024-11-03",
        "at": "p1",
    }
    assert office.post(f"/meetings/{number}/do", **form)[0] == 200
    assert people["leader"].post(f"/meetings/{number}/do", **form)[0] == 403
    assert "两周内开工" in people["leader"].get(f"/meetings/{number}")[1]
    assert "两周内开工" in people["r"].get("/meetings")[1]  # the unit that owes it
    assert "两周内开工" not in people["other"].get("/meetings")[1]
    for who in ("r", "other", "public"):
        assert people[who].get(f"/meetings/{number}")[0] == 403, who
    assert office.post("/meetings/follow", decision=decision, words="办完了", yes=1)[0] == 200
    states = {d["number"]: d["state"] for d in office.json("/meetings.json")["decisions"]}
    assert states[decision] == "done"


def test_five_on_top_by_hand_and_back_to_the_rule(people):
    office = people["office"]
    key = led_by(people, "市教育局")
    by_rule = office.json("/wall.json")["top"]
    assert office.post("/wall/priority", items=key, reason="要紧")[0] == 200
    assert people["public"].json("/wall.json")["top"] == [key]
    assert people["leader"].post("/wall/priority", items="", reason="")[0] == 403
    assert office.post("/wall/priority", items="none/1", reason="要紧")[0] == 400
    assert office.post("/wall/priority", items="")[0] == 200
    assert office.json("/wall.json")["top"] == by_rule


def test_the_wall_compares_with_the_last_meeting(people):
    assert people["public"].json("/wall.json?as_of=2024-10-18")["since"] == "2024-10-11"
    assert people["public"].json("/wall.json?as_of=2024-06-30")["since"] == "2024-05-31"


def test_pages_of_earlier_days_and_what_is_not_there(people):
    office = people["office"]
    for path in ("/matters?as_of=2024-06-30", "/clearing?as_of=2024-07-31", "/meetings?as_of=2024-07-31"):
        assert office.get(path)[0] == 200, path
        assert 'method="post" action="/m' not in office.get(path)[1], (
            path
        )  # a past day is looked at, not changed
    for path in ("/matters/999", "/meetings/999", "/clearing/draws/999", "/matters/x"):
        assert office.get(path)[0] == 404, path


def test_in_english(year_site):
    session = Session(year_site, "clerk", lang="en")
    words = "".join(
        text_of(session.get(path)[1]) for path in ("/matters", "/clearing", "/meetings", "/matters/1")
    )
    for told in ("Supervision", "Public notice", "Agenda", "What happened", "conclusion"):
        assert told.lower() in words.lower()
