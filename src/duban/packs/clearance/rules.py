"""The same problem found twice is one: which record another may be the same as, and why; a person decides."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files

from rapidfuzz.fuzz import partial_ratio

from duban.registers.near import metres
from duban.registers.pack import Desk, Suggestion
from duban.registers.plain import Row, dated, decimal, said
from duban.registers.thresholds import load_thresholds

THRESHOLDS = load_thresholds(files(__package__) / "thresholds.toml")
_FRESH = ("found", "reopened")


def suggests(desk: Desk, register: str, row: Row) -> Sequence[Suggestion]:
    """For a problem that waits for its plan: the earlier one of its list that it may be the same as."""
    if register != "problems" or row["stage"] not in _FRESH or row["same_as"] is not None:
        return ()
    least, near = (decimal(desk.threshold(name)) for name in ("alike", "same_site_metres"))
    found = []
    for other in desk.rows("problems"):
        if other["list"] != row["list"] or other["same_as"] is not None or _age(other) >= _age(row):
            continue
        alike = partial_ratio(said(row, "what"), said(other, "what"))
        if one_site(row, other, float(near)) or (alike >= least and row["district"] == other["district"]):
            found.append((alike, said(other, "id"), said(other, "what")))
    return [_suggestion(*max(found))] if found else ()


def _suggestion(alike: float, id: str, what: str) -> Suggestion:
    return Suggestion("same_as", id, alike / 100, f"同一清单，地点或描述与“{what}”相近",
                      f"same list, and the place or the words are near “{what}”")  # fmt: skip


def one_site(one: Row, other: Row, near: float) -> bool:
    """Whether two problems have one place: the same words for it, or points within `near` metres."""
    sites, points = (one["site"], other["site"]), (one["at"], other["at"])
    if sites[0] and sites[0] == sites[1]:
        return True
    return all(points) and metres(str(points[0]), str(points[1])) <= near


def doubled(rows: Iterable[Row]) -> Iterator[tuple[Row, Row]]:
    """Problems of one list with the same words for their place that are not joined: each with the earliest of them."""
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row["site"] and row["same_as"] is None:
            groups[said(row, "list"), said(row, "site")].append(row)
    for group in groups.values():
        first, *others = sorted(group, key=_age)
        yield from ((later, first) for later in others)


def _age(row: Row) -> tuple[str, str]:
    return str(dated(row, "found_on")), said(row, "id")
