"""The four lists: by words and numbers with a reason; the office's placing stands above."""

import msgspec
import pytest

from duban.actions.placings import place_commitment
from duban.assess.category import CATEGORIES, category_of
from duban.words import LOCALES, sentence
from tests.actions.city import OUTSIDERS, peopled, small_book

OWNER = "A1.1-01"


@pytest.fixture(scope="module")
def plain_book(tmp_path_factory):
    return small_book(tmp_path_factory.mktemp("small") / "book")


@pytest.fixture
def city(plain_book):
    return peopled(plain_book.copy())


def worded(city, text="建设口袋公园", indicator="口袋公园", value=True, work=""):
    """The commitment with another text, indicator or no number."""
    state = city.book.commitments[OWNER]
    for id in state.read.claims:
        claim = city.book.claims[id]
        read = msgspec.structs.replace(
            claim.read, indicator=indicator, value=claim.read.value if value else None
        )
        city.book.claims[id] = msgspec.structs.replace(claim, read=read)
    read = msgspec.structs.replace(state.read, text=text, work=work, action="", section="")
    return msgspec.structs.replace(state, read=read)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"indicator": "一般公共预算收入增速"}, "indicator"),
        ({"indicator": "规上工业增加值"}, "indicator"),
        ({"indicator": "口袋公园"}, "quantified"),
        ({"value": False}, "qualitative"),
        ({"text": "办好20项民生实事"}, "livelihood"),
        ({"work": "十件实事", "indicator": "城镇新增就业"}, "livelihood"),
        ({"text": "求真务实，狠抓落实", "value": False}, "qualitative"),
    ],
)
def test_by_words_and_numbers(city, given, name):
    found = category_of(city.book, worded(city, **given))
    assert found.name == name
    for locale in LOCALES:
        told = sentence(found.code, found.data, locale)
        assert found.code not in told
        assert all(value in told for value in found.data.values())


def test_the_office_places_it_otherwise_and_that_stands(city):
    now = category_of(city.book, city.book.commitments[OWNER]).name
    other = next(name for name in CATEGORIES if name != now)
    assert city.do("office", place_commitment, OWNER, category=now, reason="一样") == []
    city.do("office", place_commitment, OWNER, category=other, reason="列入市政府十件实事")
    found = category_of(city.book, city.book.commitments[OWNER])
    assert (found.name, found.data["reason"]) == (other, "列入市政府十件实事")
    assert city.refusal("office", place_commitment, OWNER, category="x", reason="无") == "category.unknown"
    assert city.refusal("office", place_commitment, OWNER, category=now, reason=" ") == "field.missing"
    assert (
        city.refusal("office", place_commitment, "A9.9-99", category=now, reason="无") == "commitment.unknown"
    )


@pytest.mark.parametrize("who", ["wang", "li", "leader", "zhou", *OUTSIDERS])
def test_nobody_else_places(city, who):
    assert city.refusal(who, place_commitment, OWNER, category="livelihood", reason="无").startswith(
        "rights."
    )
