"""Every Problem code in the source has a sentence in both languages, with the same fields."""

import re
from pathlib import Path

from tools.messages import known, marked

import duban.ledger  # noqa: F401  registers the kinds of entries
from duban.ledger.entries import BODIES
from duban.words import catalogue

SOURCE = Path(__file__).resolve().parents[1] / "src/duban"
CODE = re.compile(
    r'(?:Problem|_problem|_finding|Finding|refused)\(\s*"((?:[a-z]+)\.[a-z_]+)"|"((?:file|decision|ledger|table|lint|cli|web)\.[a-z_]+)"'
)


def codes():
    for path in SOURCE.rglob("*.py"):
        for one, other in CODE.findall(path.read_text("utf-8")):
            if (one or other) not in BODIES:
                yield one or other


def test_every_code_has_its_sentences():
    for locale in ("zh", "en"):
        assert set(codes()) - set(catalogue(locale)) == set()


def test_both_languages_name_the_same_fields():
    for code, words in catalogue("zh").items():
        fields = [set(re.findall(r"{(\w+)}", text)) for text in (words, catalogue("en")[code])]
        assert fields[0] == fields[1], code


def test_every_string_of_the_pages_has_its_english():
    assert marked() - known() == set()
