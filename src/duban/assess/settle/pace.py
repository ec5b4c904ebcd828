"""Growth in step with something else (与经济增长同步): the other's own growth is the goal, as its source states it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from duban.assess.settle.figures import Aim, Outcome, Verdict
from duban.assess.settle.names import Names
from duban.assess.settle.tolerance import Tolerance
from duban.assess.settle.verdict import source_of, told, verdict

_PACE = re.compile(
    r"(?P<what>[^，。；、]{2,30}?)与(?P<other>[^，。；、与]{2,20}?)(?:基本|保持|大体)*同步(?!落实|推进|实施|建设)"
)
_KEPT = ("met", "exceeded")


def paced(id: str, text: str, year: int, due: date, start: int, names: Names) -> Iterator[Aim]:
    """The promises of a step that says in step with what something grows; none where it says no such thing."""
    found = _PACE.search(text)
    if not found:
        return
    reference = names.reference(found["other"])
    parts = names.each(names.full(found["what"]))
    for part in parts:
        own = id if len(parts) == 1 else f"{id}/{part}"
        yield Aim(own, part, "growth", year, due, unit="%", comparator="pace", text=text, start=start,
                  commitment=id, reference=reference)  # fmt: skip


def by_pace(
    aim: Aim, outcomes: Sequence[Outcome], references: Sequence[Outcome], tolerance: Tolerance, names: Names
) -> Verdict:
    """The verdict by the reference's own growth in the year that is settled; its source stands beside the others."""
    said = [r for r in references if r.value is not None and r.start.year == r.end.year == aim.year]
    whole = [r for r in said if (r.start, r.end) == (date(aim.year, 1, 1), date(aim.year, 12, 31))]
    first = min(whole, key=lambda r: r.rank, default=None)
    data = {"aim": aim.indicator, "reference": aim.reference}
    if first is None or first.value is None:
        sources = tuple(source_of(o) for o in outcomes)
        return Verdict("unclear", "settle.pace_no_reference", data, sources)
    slack = tolerance.about.get("pace")
    goal = first.value - (slack or 0)
    found = verdict(replace(aim, value=goal, comparator="ge"), outcomes, tolerance, names)
    data |= {"goal": told(first), "origin": source_of(first), "rule": tolerance.source}
    if found.code not in (*_KEPT, "missed"):
        return replace(found, data={**found.data, **data})
    reason = "settle.pace_kept" if found.code in _KEPT else "settle.pace_behind"
    if slack:
        reason, data["slack"] = f"{reason}_within", f"{slack.normalize():f}个百分点"
    code = "met" if found.code in _KEPT else found.code
    return replace(found, code=code, reason=reason, data={**found.data, **data}, sources=(*found.sources, source_of(first)))  # fmt: skip
