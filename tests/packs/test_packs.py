"""What every pack must keep, ours and a third party's: its worked cases, its words in both languages, its page."""

from datetime import date
from importlib.resources import files

import pytest

from duban.core.period import period
from duban.packs import packs
from duban.registers.explain import explained
from duban.registers.indicator import Plain, reckon
from duban.registers.pack import Desk
from duban.registers.record import told_row
from duban.registers.typed import stored

CASES = [
    pytest.param(pack, indicator, case, id=f"{pack.name}.{indicator.name}-{number}")
    for pack in packs().values()
    for indicator in pack.indicators
    for number, case in enumerate(indicator.cases)
]
PACKS = [pytest.param(pack, id=pack.name) for pack in packs().values()]


@pytest.mark.parametrize(("pack", "indicator", "case"), CASES)
def test_worked_case(pack, indicator, case):
    register = pack.registered[indicator.register]
    engine = Plain(register, [told_row(register, texts) for texts in case.rows])
    found = reckon(indicator, engine, period(case.period), case.day)[()]
    assert stored(found.value) == case.value


@pytest.mark.parametrize("pack", PACKS)
def test_every_indicator_has_a_case_a_source_and_explains_itself(pack):
    for indicator in pack.indicators:
        assert indicator.cases, indicator.name
        assert indicator.source, indicator.name
        for language in ("zh", "en"):
            assert explained(indicator, pack.registered[indicator.register], language)


@pytest.mark.parametrize("pack", PACKS)
def test_everything_has_a_name_in_both_languages(pack):
    named = [pack, *pack.registers, *pack.indicators, *pack.acts]
    for register in pack.registers:
        named += [*register.fields, *register.stages, *register.checks]
    for one in named:
        assert one.zh.strip(), one
        assert one.en.strip(), one
        assert not any("一" <= c <= "鿿" for c in one.en), one
    assert pack.about_zh
    assert pack.about_en
    assert len(pack.leaves_zh) == len(pack.leaves_en) > 0


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_page_of_an_empty_register_stands(pack, language):
    def engine(name):
        return Plain(pack.registered[name], [])

    desk = Desk(pack, date(2024, 10, 20), engine, lambda name: [], language)
    assert pack.page is None or list(pack.page(desk))


@pytest.mark.parametrize("pack", PACKS)
def test_folder_has_a_readme_that_says_what_is_not_done(pack):
    text = (files(f"duban.packs.{pack.name}") / "README.md").read_text("utf-8")
    assert "Not done" in text


def test_stages_can_all_be_reached():
    for pack in packs().values():
        for register in pack.registers:
            names = set(register.staged)
            seen = {register.stages[0].name} if register.stages else set()
            while more := {s.name for name in seen for s in register.next(name)} - seen:
                seen |= more
            assert seen == names, register.name
