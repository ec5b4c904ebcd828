"""What reading skips to be quick changes nothing: every shortcut beside the slow way that it stands for."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.read.claims import heads, indicator, judge, roles, together, tokens
from duban.read.claims.ends import Closing, Ends, Opening, Starts
from duban.read.claims.mentions import clauses
from duban.read.commitments import clauses as promises
from duban.read.commitments import kinds, lines, wording
from duban.read.due import find_due, opening_due
from duban.read.lexicon import alternation, load
from duban.read.lint.characters import _ECHO, _echoes

EXAMPLES = Path(__file__).parents[2] / "examples"
TEXT = "".join(path.read_text("utf-8") for path in sorted(EXAMPLES.glob("report-*.txt")))
PIECES = [
    TEXT[at : at + size]
    for at in range(0, len(TEXT), 3)
    for size in (9, 24)
    if "\n" not in TEXT[at : at + size]
]

OPENINGS = [
    heads._SEPARATORS, heads.words().lead, heads.words().verb, indicator._EACH, indicator._TIES, indicator._ITS_PLACE,
    indicator._PUSHES, together.GROWS, together.LEANS, roles._ATTRIBUTE_TAIL, promises._ORDER, wording._OPENS,
    wording._words().manner, wording._words().carrier, wording._words().agent, kinds._VISION, kinds._OF_OTHERS,
    lines._patterns().topic,
]  # fmt: skip
CLOSINGS = [
    together.TAIL_FALL, together.OUTCOME, judge._LEVEL_WORD, judge._ADDED, judge._MOVED_BY, judge._REACHED_TAIL,
    roles._CAPACITY,
]  # fmt: skip


@pytest.mark.parametrize("opening", OPENINGS)
def test_an_opening_is_found_wherever_its_pattern_matches(opening: Opening) -> None:
    for piece in PIECES:
        found = opening._match(piece)
        assert opening.past(piece) == (piece[found.end() :] if found else piece)


@pytest.mark.parametrize("closing", CLOSINGS)
def test_a_closing_is_found_wherever_its_pattern_matches(closing: Closing) -> None:
    for piece in PIECES:
        found = closing._search(piece)
        assert (closing.search(piece) is None) == (found is None)
        assert closing.before(piece) == (piece[: found.start()] if found else piece)


def test_word_lists_are_what_their_alternation_matches() -> None:
    words = load("words")["verb"]["doing"]
    plain = "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))
    shared, first, last = re.compile(alternation(words)), Starts(words), Ends(words)
    for piece in PIECES:
        slow = re.match(plain, piece)
        assert (slow and slow[0]) == ((quick := shared.match(piece)) and quick[0])
        assert first.begin(piece) == (slow is not None)
        assert last.last(piece) == max((w for w in words if piece.endswith(w)), key=len, default="")


def test_an_empty_word_still_matches_last() -> None:
    assert re.fullmatch(alternation(["", "甲乙", "甲"]) + "丙", "丙")
    assert re.match(alternation(["", "甲乙", "甲"]), "甲乙丙")[0] == "甲乙"


def test_no_sentence_without_a_sign_holds_a_chinese_numeral() -> None:
    for piece in PIECES:
        found = [rule for rule, _, pattern in tokens._CHINESE if pattern.search(piece)]
        assert not found or tokens._MAY_COUNT.search(piece), (piece, found)
        assert all(any(w in piece for w in needs) for rule, needs, _ in tokens._CHINESE if rule in found)


def test_a_date_opens_a_sentence_only_where_its_first_character_may() -> None:
    for piece in PIECES:
        due = find_due(piece, 2024)
        if due and piece[: due.start] in ("", "到", "在", "于", "力争", "确保到"):
            assert opening_due(piece[: due.end] + "，完成改造。", 2024, due.end + 1) is not None


@given(st.text("一二三甲乙，😀", max_size=40))
def test_doubled_words_are_those_that_the_pattern_finds(text: str) -> None:
    assert [found.span() for found in _echoes(text)] == [found.span() for found in _ECHO.finditer(text)]


def _walked(text: str) -> tuple[tuple[int, int], ...]:
    spans, start, depth = [], 0, 0
    for at, char in enumerate(text):
        if char in "（《":
            depth += 1
        elif char == "“":
            depth += "”" in text[at + 1 : at + 41]
        elif char in "）》”":
            depth = max(0, depth - 1)
        elif not depth and char in "，；：,;" and not (char in ",;" and text[at - 1 : at].isdigit()):
            if at > start:
                spans.append((start, at))
            start = at + 1
    return (*spans, (start, len(text))) if len(text) > start else tuple(spans)


@given(st.text("甲乙“”（）《》，；：,;:1", max_size=30))
def test_clauses_are_those_of_a_walk_along_every_character(text: str) -> None:
    assert clauses(text) == _walked(text)
