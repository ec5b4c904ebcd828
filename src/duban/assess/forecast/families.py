"""Which family a target's figures belong to: by measure, comparator and trajectory, never by its name.

A family has a record (see `record`): how forecasts of such figures did on other years. Where none fits, there is none.
"""

from functools import cache

from duban.core.measure import PACE
from duban.read.lexicon import load

FAMILIES = ("output", "investment", "use", "count", "growth", "share", "level")
_BY_KIND = {
    "seasonal": "investment",
    "batch": "count",
    "milestone": "count",
    "linear": "output",
    "profile": "output",
}


def family_of(measure: str, comparator: str = "", kind: str = "", *, based: bool = False) -> str:
    """One of `FAMILIES`, "" for none. `kind` is the plan's, "" for the measure's own; `based`: it moves on from a base."""
    if measure in ("growth", "share"):
        return measure
    if measure == "level" and based:
        return "level"
    if measure not in ("level", "increment"):
        return ""
    return "use" if comparator == "le" else _BY_KIND.get(kind or PACE[measure], "")


def counted(measure: str, unit: str) -> bool:
    """Whether what adds up comes one by one (个, 家, 户 …), so that chance alone scatters a small number."""
    return measure == "increment" and unit in _counters()


@cache
def _counters() -> frozenset[str]:
    return frozenset(load("units")["count"])
