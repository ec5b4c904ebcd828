"""Which family a target's figures belong to: by measure, comparator and trajectory, never by its name.

A family has a record (see `record`): how forecasts of such figures did on other years. Where none fits, there is none.
"""

from duban.core.measure import PACE

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
