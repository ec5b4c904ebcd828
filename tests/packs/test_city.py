"""What a city sets for its packs: which are on, and thresholds that go before the pack's own."""

from datetime import date

import pytest

import duban.packs
from duban.core.problem import Refused
from duban.ledger import open_store
from duban.packs import indicator_named, installed, packs, register_named, settle_city
from tests.cli.forked import forked

OWN = """
packs = ["hotline", "motions"]

[[threshold]]
name = "hotline.workdays"
from = 2024-07-01
value = { consult = 1, help = 3, suggestion = 5, complaint = 7, report = 10 }
source = "本市办理规范第八条"
"""


@pytest.fixture
def city(tmp_path, monkeypatch):
    """Writes the city's file and lets it hold; all is as before afterwards."""
    thresholds = installed()["hotline"].thresholds
    monkeypatch.setattr(duban.packs, "_ON", None)
    monkeypatch.setattr(thresholds, "every", thresholds.every)

    def settled(text):
        (tmp_path / "city.toml").write_text(text, "utf-8")
        settle_city(tmp_path)

    return settled


def test_only_what_is_on_is_there(city):
    city(OWN)
    assert set(packs()) == {"hotline", "motions"}
    assert register_named("problems") is None
    assert indicator_named("clearance.open") is None
    assert register_named("cases") is not None


def test_the_city_s_threshold_holds_from_its_day(city):
    city(OWN)
    found = packs()["hotline"].thresholds
    assert found.value("workdays", date(2024, 6, 30))["help"] == 5
    assert found.value("workdays", date(2024, 7, 1))["help"] == 3
    assert found.on("workdays", date(2024, 7, 1)).source == "本市办理规范第八条"


def test_without_a_file_all_is_on(tmp_path):
    settle_city(tmp_path)
    assert packs() == installed()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('packs = ["trams"]', "city.no_such_pack"),
        ("packs = [", "city.unreadable"),
        (
            '[[threshold]]\nname = "hotline.speed"\nfrom = 2024-01-01\nvalue = 1\nsource = "x"',
            "city.no_such_threshold",
        ),
        ('[[threshold]]\nname = "hotline.sure"\nfrom = 2024-01-01\nvalue = 1', "city.threshold_wrong"),
        (
            '[[threshold]]\nname = "hotline.sure"\nfrom = "2024"\nvalue = 1\nsource = "x"',
            "city.threshold_wrong",
        ),
    ],
)
def test_a_wrong_file_is_refused_by_name_and_changes_nothing(city, text, code):
    before = installed()["hotline"].thresholds.every
    with pytest.raises(Refused) as refusal:
        city(text)
    assert refusal.value.problems[0].code == code
    assert packs() == installed()
    assert installed()["hotline"].thresholds.every == before


def test_a_server_does_not_start_on_a_wrong_file(tmp_path):
    open_store(tmp_path, create=True).close()
    (tmp_path / "city.toml").write_text('packs = ["trams"]', "utf-8")
    started = forked("serve", tmp_path)
    assert started.returncode == 1
    assert "trams" in started.stderr
