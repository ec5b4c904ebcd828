"""The small city's ledger, made once; and a small Chinese font, cut from one of this machine's."""

from pathlib import Path

import pytest

from duban.core.problem import Refused
from duban.papers.pdf import fonts
from duban.words import LOCALES, catalogue
from tests.papers.city import city

TESTED = "甲乙丙丁某很长后面栏第页督办口袋公园办公室进行核验发现问题三请于月底前整改报告·个百分点　〓—–−…≥≤≈＼〔〕、。，；：（）“”‘’《》一二三四五六七八九十"


@pytest.fixture(scope="session")
def ledger(tmp_path_factory):
    made = city(tmp_path_factory.mktemp("papers") / "book")
    yield made
    made.store.close()


@pytest.fixture(scope="session")
def books(ledger):
    return ledger.keeper.as_of


@pytest.fixture(scope="session")
def small_font(ledger, tmp_path_factory):
    """A folder with a font of the characters that the tests use: a whole one takes a second to read."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    try:
        face = fonts.faces()["song"]
    except Refused:
        pytest.skip("no Chinese font on this machine: apt-get install fonts-noto-cjk")
    words = [text for locale in LOCALES for code, text in catalogue(locale).items()
             if code.partition(".")[0] in ("paper", "status", "plan", "colour", "state", "profile", "settle", "term", "rule")]  # fmt: skip
    words += [TESTED, Path(__file__).with_name("city.py").read_text("utf-8"), *ledger.book.document.text]
    words += [unit.name for unit in ledger.book.units.values()] + [chr(n) for n in range(32, 127)]
    options = subset.Options(layout_features=[], notdef_outline=True, name_IDs=["*"])
    cut = subset.Subsetter(options)
    cut.populate(text="".join(words))
    with TTFont(face.path, fontNumber=face.number, lazy=True) as font:
        cut.subset(font)
        folder = tmp_path_factory.mktemp("fonts")
        font.save(folder / "NotoSerifSC-small.otf")
    return folder


@pytest.fixture
def quick(small_font, monkeypatch):
    """PDFs with the small font only."""
    monkeypatch.setattr(fonts, "folders", lambda: (str(small_font),))
