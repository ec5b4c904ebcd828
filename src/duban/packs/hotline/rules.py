"""The rules of the hotline: what a case is about, whose it may be, which cases are one, what is assigned without a person."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

from rapidfuzz.fuzz import partial_ratio

from duban.core.problem import Problem, Refused
from duban.registers.pack import Change, Desk, Put, Shift, Suggestion
from duban.registers.plain import Row, dated, said
from duban.registers.register import Values
from duban.registers.thresholds import load_thresholds

THRESHOLDS = load_thresholds(files(__package__) / "thresholds.toml")
_ALIKE = 70  # of 100: how alike two texts must be before a person is asked whether they are one


@dataclass(frozen=True, slots=True)
class Theme:
    """What cases are about, the words that tell it, and the unit that usually has it in hand."""

    zh: str
    en: str
    unit: str
    words: tuple[str, ...]


@cache
def lexicon() -> tuple[Theme, ...]:
    """The themes of the lexicon."""
    told = tomllib.loads((files(__package__) / "lexicon.toml").read_text("utf-8"))
    return tuple(Theme(one["zh"], one["en"], one["unit"], tuple(one["words"])) for one in told.values())


def about(what: str) -> tuple[Theme, Decimal, tuple[str, ...]] | None:
    """The theme that the words tell, its share of all that was told (0 to 1), and the words; None where none tells.

    A word counts by its length, so 夜间施工 tells more than 停车.
    """
    found: list[tuple[int, Theme, tuple[str, ...]]] = []
    for theme in lexicon():
        words = tuple(word for word in theme.words if word in what)
        if words:
            found.append((sum(map(len, words)), theme, words))
    if not found:
        return None
    weight, theme, words = max(found, key=lambda one: one[0])
    return theme, Decimal(weight) / sum(one[0] for one in found), words


def suggest(desk: Desk, register: str, row: Row) -> Sequence[Suggestion]:
    """For a case that waits: its theme and unit by its words, and the case that it may be one with."""
    if register != "cases" or row["stage"] not in ("received", "returned"):
        return ()
    return (*_by_words(row), *_same(desk, row))


def _by_words(row: Row) -> Iterable[Suggestion]:
    told = about(said(row, "what"))
    if told is None:
        return
    theme, sure, words = told
    why = (f"提到{'、'.join(f'“{word}”' for word in words)}", f"it says {', '.join(words)}")
    if row["theme"] is None:
        yield Suggestion("theme", theme.zh, float(sure), *why)
    if row["unit"] is None:
        yield Suggestion("unit", theme.unit, float(sure), *why)


def _same(desk: Desk, row: Row) -> Iterable[Suggestion]:
    """Earlier cases of the same district within some days that say much the same."""
    days, received = int(THRESHOLDS.value("alike_days", desk.day)), dated(row, "received_on")
    for other in desk.rows("cases"):
        then = dated(other, "received_on")
        if received is None or then is None or other["id"] == row["id"] or other["same_as"] is not None:
            continue
        if not (0 <= (received - then).days <= days and other["district"] == row["district"]):
            continue
        alike = partial_ratio(said(row, "what"), said(other, "what")) if row["what"] and other["what"] else 0
        if alike >= _ALIKE and (then, said(other, "id")) < (received, said(row, "id")):
            gap = (received - then).days
            yield Suggestion("same_as", said(other, "id"), alike / 100, f"{gap} 天前同区来件，内容相近",
                             f"a like case of the same district {gap} days before")  # fmt: skip
            return


def dispatch(desk: Desk, answers: Values) -> Iterable[Change]:
    """Assign what is surer than the city's threshold; all else stays for a person."""
    least = Decimal(THRESHOLDS.value("sure", desk.day))
    for row in desk.rows("cases"):
        told = about(said(row, "what"))
        if row["stage"] != "received" or row["unit"] is not None or told is None or told[1] < least:
            continue
        theme, id = told[0], said(row, "id")
        yield Put("cases", id, {"theme": theme.zh, "unit": theme.unit})
        yield Shift("cases", id, "assigned", desk.day, note=f"按词典自动派单：{'、'.join(told[2])}")


def merge(desk: Desk, answers: Values) -> Iterable[Change]:
    """Join a case with an earlier one: it is counted once, and both callers hear the result."""
    one, other = _case(desk, answers, "case"), _case(desk, answers, "with_case")
    if other["same_as"] is not None:
        raise Refused(
            Problem("hotline.joined_already", f"cases/{other['id']}", {"with": said(other, "same_as")})
        )
    yield Put("cases", said(one, "id"), {"same_as": said(other, "id")})
    yield Shift("cases", said(one, "id"), "merged", desk.day)


def again(desk: Desk, answers: Values) -> Iterable[Change]:
    """Have a case redone because the caller says that it is not solved; the stage counts it on the case."""
    yield Shift("cases", said(_case(desk, answers, "case"), "id"), "redo", desk.day, note=str(answers["why"]))


def send_back(desk: Desk, answers: Values) -> Iterable[Change]:
    """Take a case back from a unit that it does not belong to; the stage counts it on the case."""
    yield Shift(
        "cases", said(_case(desk, answers, "case"), "id"), "returned", desk.day, note=str(answers["why"])
    )


def _count(row: Row, name: str) -> int:
    value = row.get(name)
    return value if isinstance(value, int) else 0


def _case(desk: Desk, answers: Values, field: str) -> Row:
    id = str(answers[field])
    found = next((row for row in desk.rows("cases") if row["id"] == id), None)
    if found is None:
        raise Refused(Problem("hotline.no_case", f"cases/{id}"))
    return found


def is_problem(row: Row, day: date) -> bool:
    """Whether a case was redone or returned so often that it is taken up higher."""
    times = int(THRESHOLDS.value("problem_times", day))
    return _count(row, "redone") >= times or _count(row, "bounced") >= times


def repeated(rows: Iterable[Row], day: date, what: str = "theme") -> Mapping[tuple[str, str], int]:
    """By district and theme (or by the words of the place), how many cases came in the month of the day, where they are
    many; joined cases count once."""
    counts: Counter[tuple[str, str]] = Counter()
    for row in rows:
        received = dated(row, "received_on")
        this_month = received and (received.year, received.month) == (day.year, day.month)
        if this_month and row["same_as"] is None and row["district"] is not None and row[what] is not None:
            counts[said(row, "district"), said(row, what)] += 1
    least = int(THRESHOLDS.value("repeated", day))
    many = [(key, count) for key, count in counts.items() if count >= least]
    return dict(sorted(many, key=lambda one: (-one[1], one[0])))


def raise_topics(desk: Desk, answers: Values) -> Iterable[Change]:
    """Make a topic of everything that repeats this month."""
    units = {theme.zh: theme.unit for theme in lexicon()}
    for (district, theme), count in repeated(desk.rows("cases"), desk.day).items():
        month = f"{desk.day:%Y-%m}"
        values = {"district": district, "theme": theme, "month": month, "cases": str(count)}
        yield Put("topics", f"{month}~{district}~{theme}", values | {"unit": units.get(theme, "")})
