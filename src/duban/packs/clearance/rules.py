"""The same problem found twice is one: which record another may be the same as, and why; a person decides."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files

from rapidfuzz.fuzz import partial_ratio

from duban.registers.near import metres
from duban.registers.pack import Desk, Suggestion
from duban.registers.plain import Row, dated, decimal, said
from duban.registers.thresholds import load_thresholds

THRESHOLDS = load_thresholds(files(__package__) / "thresholds.toml")
_NUMBER = re.compile(r"\d+")
_FRESH = ("found", "reopened")


def suggests(desk: Desk, register: str, row: Row) -> Sequence[Suggestion]:
    """For a problem that waits for its plan: the earlier one of its list that it may be the same as."""
    if register != "problems" or row["stage"] not in _FRESH or row["same_as"] is not None:
        return ()
    least, near = (float(decimal(desk.threshold(name))) for name in ("alike", "same_site_metres"))
    found = []
    for other in desk.rows("problems"):
        if other["list"] != row["list"] or other["same_as"] is not None or _age(other) >= _age(row):
            continue
        sure = _alike(row, other)
        if _one_point(row, other, near) or (sure >= least and _one_place(row, other)):
            found.append((sure, said(other, "id"), said(other, "what")))
    return [_suggestion(*max(found))] if found else ()


def _suggestion(sure: float, id: str, what: str) -> Suggestion:
    return Suggestion("same_as", id, sure / 100, f"同一清单，地点相同或相近，与“{what}”相似",
                      f"same list, same place or near it, like “{what}”")  # fmt: skip


def _alike(one: Row, other: Row) -> float:
    """How alike two problems are in their words, 0 to 100; 0 where the numbers in them differ: 10号楼 is not 28号楼."""
    what = said(one, "what"), said(other, "what")
    return partial_ratio(*what) if _numbers(what[0]) == _numbers(what[1]) else 0


def _numbers(text: str) -> tuple[str, ...]:
    return tuple(_NUMBER.findall(text))


def _one_place(one: Row, other: Row) -> bool:
    """Whether two problems have the same words for their place, or lie in one district where one of them has none."""
    sites = one["site"], other["site"]
    return sites[0] == sites[1] if all(sites) else one["district"] == other["district"]


def _one_point(one: Row, other: Row, near: float) -> bool:
    points = one["at"], other["at"]
    return all(points) and metres(str(points[0]), str(points[1])) <= near


def doubled(rows: Iterable[Row], least: float) -> Iterator[tuple[Row, Row]]:
    """Problems of one list and place that say much the same and are not joined: each with the earliest like it."""
    groups: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in sorted(rows, key=_age):
        if row["site"] and row["same_as"] is None:
            groups[row["list"], row["site"], _numbers(said(row, "what"))].append(row)
    for group in groups.values():
        for at, later in enumerate(group):
            first = next((one for one in group[:at] if _alike(later, one) >= least), None)
            if first is not None:
                yield later, first


def _age(row: Row) -> tuple[str, str]:
    return str(dated(row, "found_on")), said(row, "id")
