"""The verdict on one promise by what is said of its outcome: written rules, each by the arithmetic of its measure.

A rank is better when smaller; growth is compared with growth only and never made of two levels; what a rule that is
not set would decide is said, with both readings.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from duban.assess.settle.change import change
from duban.assess.settle.figures import Aim, Outcome, Verdict
from duban.assess.settle.hold import hold
from duban.assess.settle.names import Names
from duban.assess.settle.tolerance import Tolerance
from duban.read.links import size_of

_DONE = ("exceeded", "met")


def verdict(aim: Aim, outcomes: Sequence[Outcome], tolerance: Tolerance, names: Names) -> Verdict:
    """The verdict by the outcome of the highest source; the others are named beside it where they differ.

    `outcomes` are those that a match or a person linked; none is "unreported".
    """
    if not outcomes:
        return Verdict("unreported", "settle.nothing_said", {"aim": aim.indicator})
    if aim.measure == "change" and any(o.measure == "rank" for o in outcomes):
        said = [o for o in outcomes if o.measure != "rank" and o.end.year == aim.year]
        return by_one(aim, said[0], tolerance, names) if said else change(aim, outcomes, tolerance)
    usable = sorted(outcomes, key=lambda o: (o.rank, not _of_year(aim, o), -o.end.toordinal()))
    first = by_one(aim, usable[0], tolerance, names)
    differ = [
        o for o in usable[1:]
        if _says_other(aim, usable[0], o) or by_one(aim, o, tolerance, names).code != first.code
    ]  # fmt: skip
    if not differ:
        return replace(first, sources=tuple(source_of(o) for o in usable))
    other = "; ".join(f"{told(o)}（{o.source}）" for o in differ)
    return replace(
        first,
        data={**first.data, "first": usable[0].source, "others": other},
        sources=tuple(source_of(o) for o in usable),
    )


def by_one(aim: Aim, outcome: Outcome, tolerance: Tolerance, names: Names) -> Verdict:
    """The verdict by one outcome alone."""
    data, sources = _data(aim, outcome), (source_of(outcome),)
    apart = names.apart(aim.indicator) ^ names.apart(outcome.indicator)
    if apart and not outcome.target:
        return Verdict("scope_changed", "settle.scope", data | {"words": "、".join(sorted(apart))}, sources)
    if aim.measure == "event":
        return _event(aim, outcome, data, sources)
    if outcome.value is None or aim.value is None:
        return Verdict("unclear", "settle.no_value", data, sources)
    if not comparable(aim, outcome):
        return Verdict("unclear", "settle.not_comparable", data, sources)
    done, goal, high = sized(aim, outcome)
    found = hold(aim, outcome, (done, goal, high), tolerance, names)
    found = replace(found, data={**data, **found.data}, sources=sources)
    if names.has("part", outcome.indicator) and not names.has("part", aim.indicator):
        return found if found.code in _DONE else replace(found, code="partly", reason="settle.part_only")
    return _in_time(aim, outcome, found)


def comparable(aim: Aim, outcome: Outcome) -> bool:
    """Whether one figure can be held against the other: same measure, and a unit that can be turned into its unit."""
    amounts = ("level", "increment")  # told apart by words only: those that a person linked may differ in it
    same = outcome.measure == aim.measure or (
        outcome.measure in (*amounts, "amount") and aim.measure in amounts
    )
    mine, other = size_of(aim.unit)[1], size_of(outcome.unit)[1]
    return same and (aim.measure == "rank" or mine == other or {mine, other} == {"%", "‰"})


def sized(aim: Aim, outcome: Outcome) -> tuple[Decimal, Decimal, Decimal | None]:
    """(outcome, promise, upper end of its range), all in the promise's own unit. Both have a value."""
    assert outcome.value is not None
    assert aim.value is not None
    factor = size_of(outcome.unit)[0] / size_of(aim.unit)[0]
    if (outcome.unit, aim.unit) in (("‰", "%"), ("%", "‰")):
        factor = Decimal("0.1") if aim.unit == "%" else Decimal(10)
    return outcome.value * factor, aim.value, aim.high


def _says_other(aim: Aim, one: Outcome, other: Outcome) -> bool:
    """Whether two sources give two exact figures for one and the same span."""
    if (one.start, one.end) != (other.start, other.end) or {one.comparator, other.comparator} != {"eq"}:
        return False
    if one.value is None or other.value is None or not (comparable(aim, one) and comparable(aim, other)):
        return False
    return aim.value is not None and sized(aim, one)[0] != sized(aim, other)[0]


def _of_year(aim: Aim, outcome: Outcome) -> bool:
    return outcome.start.year == outcome.end.year == aim.year


def _event(aim: Aim, outcome: Outcome, data: dict[str, str], sources: tuple[str, ...]) -> Verdict:
    """A step: done by its day, later, before the year began, or by a day still not done."""
    if outcome.measure != "event":
        return Verdict("unclear", "settle.not_comparable", data | {"goal": aim.indicator}, sources)
    if outcome.value is not None and outcome.value == 0:
        late = outcome.end >= aim.due
        code, reason = ("missed", "settle.not_done") if late else ("unclear", "settle.not_yet")
        return Verdict(code, reason, data, sources)
    if outcome.end < date(aim.year, 1, 1):
        return Verdict("existed_before", "settle.before", data, sources)
    if outcome.end <= aim.due:
        return Verdict("met", "settle.done", data, sources)
    if outcome.start <= aim.due:
        return Verdict("unclear", "settle.day_unknown", data, sources)
    return Verdict("met_late", "settle.done_late", data, sources)


def _in_time(aim: Aim, outcome: Outcome, found: Verdict) -> Verdict:
    """What the span of the outcome says: of the year, of a part of it, of a later day, or of other years."""
    first, kept = date(aim.year, 1, 1), found.code in _DONE
    state = aim.measure in ("level", "share", "rank")
    if outcome.end < first:
        code = "existed_before" if kept and state else "unclear"
        return replace(found, code=code, reason="settle.before" if code != "unclear" else "settle.other_year",
                       readings=())  # fmt: skip
    if outcome.start < first and outcome.start != outcome.end:
        return replace(found, code="unclear", reason="settle.other_year", readings=())
    if outcome.end > aim.due and outcome.end.year > aim.year:
        return _after(outcome, found, kept, state)
    if outcome.end < date(aim.year, 12, 31) and outcome.end < aim.due:
        sure = kept and aim.measure == "increment"
        return replace(found, reason="settle.early") if sure else replace(
            found, code="unclear", reason="settle.part_of_year", readings=())  # fmt: skip
    return found


def _after(outcome: Outcome, found: Verdict, kept: bool, state: bool) -> Verdict:
    """A state of a day after the year: reached late if reached; anything else of another year proves nothing."""
    if state and kept and outcome.start == outcome.end:
        return replace(found, code="met_late", reason="settle.reached_late")
    return replace(found, code="unclear", reason="settle.other_year", readings=())


def told(outcome: Outcome) -> str:
    """The figure with its unit and bound, as a person reads it."""
    sign = {"ge": "≥", "le": "≤", "approx": "≈"}.get(outcome.comparator, "")
    return "—" if outcome.value is None else f"{sign}{outcome.value}{outcome.unit}"


def source_of(outcome: Outcome) -> str:
    """Where it stands: source, day and place."""
    return " ".join(part for part in (outcome.source, outcome.on, outcome.place) if part)


def goal_of(aim: Aim) -> str:
    """The promise as a person reads it; "" for a step."""
    sign = {"ge": "≥", "le": "≤", "approx": "≈"}.get(aim.comparator, "")
    top = f"–{aim.high}" if aim.high is not None else ""
    return "" if aim.value is None else f"{sign}{aim.value}{top}{aim.unit}"


def _data(aim: Aim, outcome: Outcome) -> dict[str, str]:
    start, end = outcome.start.isoformat(), outcome.end.isoformat()
    span = end if start == end else f"{start}–{end}"
    return {"aim": aim.indicator, "goal": goal_of(aim), "due": aim.due.isoformat(), "name": outcome.indicator,
            "value": told(outcome), "span": span}  # fmt: skip
