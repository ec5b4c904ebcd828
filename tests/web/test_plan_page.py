"""The plan's page: drawn before it is saved, checked by the action, and always saying which kind a light goes by."""

import pytest

from tests.web.people import Session, item_of, text_of


@pytest.fixture(scope="module")
def key(year_site):
    return item_of(year_site, "市科学技术局", plan="linear")


def test_everybody_sees_the_plan_and_the_kind_that_the_light_goes_by(year_site, key):
    public = Session(year_site)
    told = public.json(f"/i/{key}/plan.json")
    assert told["used"] == public.json(f"/i/{key}.json")["plan"]
    assert told["expected"][-1]["by"] == "2024-12-31"
    words = text_of(public.get(f"/i/{key}/plan")[1])
    assert "现在的灯用的是 序时进度" in " ".join(words.split())
    assert 'name="reason"' not in public.get(f"/i/{key}/plan")[1]
    assert public.get(f"/i/{key}/plan?kind=guess")[0] == 404
    assert public.get("/i/none/1/plan")[0] == 404


@pytest.mark.parametrize(
    "kind", ["linear", "profile", "seasonal", "milestone", "batch", "threshold", "stage"]
)
def test_every_kind_has_its_form(year_site, key, kind):
    unit = Session(year_site, "kejiju.r")
    page = unit.get(f"/i/{key}/plan?kind={kind}")[1]
    assert page.count('id="v') == {
        "profile": 11,
        "seasonal": 12,
        "milestone": 6,
        "batch": 6,
        "stage": 6,
    }.get(kind, 0)


def test_a_plan_is_drawn_checked_and_saved_with_its_reason(year_site, key):
    public, unit = Session(year_site), Session(year_site, "kejiju.r")
    target = public.json(f"/i/{key}.json")["target"]
    form = {"kind": "milestone", "k1": "2024-06-30", "v1": "1", "k2": "2024-12-20", "v2": target, "cumulative": "1",
            "frequency": "month", "lag": "20"}  # fmt: skip
    path = f"/i/{key}/plan"
    for who in ("", "minzhengju.r", "auditor", "leader1"):
        session = Session(year_site, who)
        session.get("/login")
        assert session.post(path, **form, reason="无")[0] == 403, who
    status, text = unit.post(path, **{**form, "v2": "0"}, look="1")
    assert status == 400
    assert "往回走" in text
    status, text = unit.post(path, **form, look="1")
    assert status == 200
    assert "<polyline" in text
    assert public.json(f"{path}.json")["kind"] != "milestone"  # drawn is not saved
    assert unit.post(path, **form)[0] == 400  # a changed plan needs its reason
    assert unit.post(path, **form, reason="<b>分批</b>验收")[0] == 200
    told = public.json(f"{path}.json")
    assert (told["kind"], told["data"]) == ("milestone", {"2024-06-30": "1", "2024-12-20": target})
    assert "&lt;b&gt;分批" in public.get(path)[1]
    assert public.json(f"/i/{key}.json")["plan"] in ("milestone", "")
    assert unit.post(path, **{**form, "kind": "linear", "lag": "x"}, reason="无")[0] == 400
