"""Who should be on the way up: firms that meet a level's conditions, or miss just one, and are not yet on it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from duban.packs.ladder.levels import LEVELS, Finding, Level, Stand, stand
from duban.registers.pack import Change, Desk, Put
from duban.registers.plain import Row, said
from duban.registers.register import Values


@dataclass(frozen=True, slots=True)
class Chance:
    """A firm, a level that it is not on, and how it stands to it."""

    firm: Row
    level: Level
    stand: Stand


def chances(desk: Desk) -> Iterator[Chance]:
    """Every firm with every level of conditions, but for those that it has been recognised for or is past."""
    there = {
        (said(row, "firm"), said(row, "level"))
        for row in desk.rows("recognitions")
        if row["stage"] == "recognised"
    }
    for firm in desk.rows("firms"):
        for level in LEVELS:
            if (said(firm, "id"), level.name) not in there and not _past(firm, level):
                yield Chance(firm, level, stand(level, firm, desk.day))


def _past(firm: Row, level: Level) -> bool:
    """Whether the firm has this step behind it, or it is none of its own: a company is no individual business."""
    if level.name == "company":
        return firm["individual"] is not True
    if firm["individual"] is True:
        return True
    if level.name == "above_scale":
        return firm["in_statistics"] is True
    return level.name == "shares" and firm["share_company"] is True


def shortlist(desk: Desk, answers: Values) -> Iterable[Change]:
    """Put every firm that is ready for a level, and not yet on the way to it this year, among the candidates."""
    year = str(desk.day.year)
    there = {said(row, "id") for row in desk.rows("recognitions")}
    for one in chances(desk):
        id = f"{one.firm['id']}~{one.level.name}~{year}"
        if one.stand.state == "ready" and id not in there:
            values = {"firm": said(one.firm, "id"), "level": one.level.name, "year": year}
            yield Put("recognitions", id, values | {"district": said(one.firm, "district")})


def said_missing(missed: Iterable[Finding], language: str) -> str:
    """What is missing in words: "研发强度 2.4%，要 ≥3%"."""
    english = language == "en"
    told = []
    for one in missed:
        name = one.en if english else one.zh
        figures = f" {one.told}{', wanted ' if english else '，要 '}{one.wanted}" if one.told else ""
        told.append(f"{name}{figures}")
    return ("; " if english else "；").join(told)
