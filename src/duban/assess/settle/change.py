"""A promised change of place (再前进10位) where the sources give places: the places at both ends of the year decide.

Places are states, so they may be subtracted; growth rates are never made this way.
"""

from collections.abc import Sequence
from decimal import Decimal

from duban.assess.settle.figures import Aim, Outcome, Verdict
from duban.assess.settle.hold import by_gap
from duban.assess.settle.tolerance import Tolerance


def change(aim: Aim, outcomes: Sequence[Outcome], tolerance: Tolerance) -> Verdict:
    """The verdict by the ranks of the year's end and the year before; without both it cannot be judged, and why."""
    places = {o.end.year: o for o in outcomes if o.measure == "rank" and o.value is not None}
    moves = {o.end.year: o for o in outcomes if o.measure == "change" and o.value is not None}
    sources = tuple(
        " ".join(part for part in (o.source, o.on, o.place) if part)
        for o in (*places.values(), *moves.values())
    )
    last = places.get(aim.year)
    data = {"aim": aim.indicator, "goal": f"{aim.value}{aim.unit}", "year": str(aim.year)}
    if last is None or last.value is None or aim.value is None:
        return Verdict("unclear", "settle.no_place", data, sources)
    data["value"] = f"{last.value}"
    before = places.get(aim.year - 1)
    if before is not None and before.value is not None:
        found = by_gap(aim, before.value - last.value - aim.value, None, tolerance)
        told = {"before": f"{before.value}", "moved": f"{before.value - last.value}"}
        return Verdict(found.code, found.reason, {**data, **found.data, **told}, sources, found.readings)
    return Verdict("unclear", *_history(aim.year, last.value, places, moves, data), sources)


def _history(
    year: int, last: Decimal, places: dict[int, Outcome], moves: dict[int, Outcome], data: dict[str, str]
) -> tuple[str, dict[str, str]]:
    """Why it cannot be judged: the base is missing, and what the years since the last known place leave for this one."""
    earlier = [y for y, o in places.items() if y < year and o.value is not None]
    if not earlier:
        return "settle.no_base", data
    first = max(earlier)
    start = places[first].value or Decimal(0)
    total = start - last
    data |= {"first": str(first), "start": f"{start}", "total": f"{total}"}
    between = [moves.get(y) for y in range(first + 1, year)]
    said = [o.value for o in between if o is not None and o.value is not None]
    if len(said) < len(between):
        return "settle.base_missing", data
    claimed = sum(said, Decimal(0))
    return "settle.contradiction", data | {"claimed": f"{claimed}", "left": f"{total - claimed}"}
