"""The page of divided targets: what it says is what its JSON says, for everybody; a division by rule writes nothing."""

import re
from decimal import Decimal
from urllib.parse import urlencode

from tests.web.people import Session, text_of


def test_the_simulated_year_has_a_number_that_is_divided_short(year_site):
    public = Session(year_site, "")
    facts = public.json("/cascade.json")
    assert facts["cascades"]
    short = [c for c in facts["cascades"] if "gap" in c["findings"]]
    assert short  # the simulation leaves a tenth of one number to nobody
    for one in facts["cascades"]:
        parts = sum(Decimal(p["value"]) for p in one["parts"])
        assert not one["adds"] or Decimal(one["total"]) == parts
        if one["coefficient"]:
            assert abs(Decimal(one["coefficient"]) - parts / Decimal(one["whole"])) < Decimal("0.0001")
    page = text_of(public.get("/cascade")[1])
    assert page.count("加码系数 ") >= len([c for c in facts["cascades"] if c["coefficient"]])
    only = public.get("/cascade?finding=gap")[1]
    assert only.count('<article class="cascade"') == len(short)
    assert public.get("/cascade?finding=piled")[0] == 200


def test_a_number_is_tried_by_rule_and_nothing_is_written(year_site):
    public = Session(year_site, "")
    one = next(c for c in public.json("/cascade.json")["cascades"] if c["adds"])
    id, before = one["commitment"], public.json(f"/c/{one['commitment']}/split.json")
    lead = one["parts"][0]["lead"]
    asked = urlencode({"divide": one["claim"], "by": "last_year", "among": f"{lead} 3\n<b>谁</b> 1"})
    session = Session(year_site, "clerk")
    status, page = session.get(f"/c/{id}/split?{asked}")[:2]
    assert (status, "第 2 行" in page, "<b>谁</b>" in page) == (200, True, False)
    then = rows_of(
        session.get(f"/c/{id}/split?{urlencode({'divide': one['claim'], 'by': 'equal', 'among': lead})}")[1]
    )
    now = rows_of(session.get(f"/c/{id}/split")[1])
    moved = [n for n, head in enumerate(now["head"]) if head and head != then["head"][n]]
    assert len(moved) == 1  # the new item takes the place of the first that holds the number; all others stay
    assert then["value"][moved[0]] == one["whole"]
    assert public.json(f"/c/{id}/split.json") == before


def rows_of(page):
    """The heads and values of the form's rows."""
    return {name: re.findall(rf'name="{name}_\d+"[^>]* value="([^"]*)"', page) for name in ("head", "value")}
