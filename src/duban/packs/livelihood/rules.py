"""Choosing by more candidates than places (差额票决), and making items of what was chosen."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from importlib.resources import files
from itertools import count

from duban.core.problem import Problem, Refused
from duban.registers.pack import Change, Desk, Put, Shift
from duban.registers.plain import Row, said
from duban.registers.register import Values
from duban.registers.thresholds import load_thresholds

THRESHOLDS = load_thresholds(files(__package__) / "thresholds.toml")


def tally(desk: Desk, answers: Values) -> Iterable[Change]:
    """Settle a year's ballot: the places go to those with the most votes of those with more votes than half of the present.

    Refused without more candidates than places, with votes missing or more than were present, and where a tie at
    the border needs another ballot.
    """
    year, places, present = str(answers["year"]), _whole(answers, "places"), _whole(answers, "present")
    ballot = [row for row in desk.rows("wishes") if row["stage"] == "candidate" and row["year"] == year]
    place = f"wishes/{year}"
    if len(ballot) <= places or places < 1:
        raise Refused(Problem("livelihood.too_few", place, {"candidates": len(ballot), "places": places}))
    wrong = [said(row, "number") for row in ballot if row["votes"] is None or votes(row) > present]
    if wrong:
        raise Refused(
            Problem("livelihood.votes_wrong", place, {"numbers": "、".join(wrong[:10]), "present": present})
        )
    half = Decimal(THRESHOLDS.value("half", desk.day))
    chosen = elected(ballot, places, present * half)
    for row in ballot:
        id = said(row, "id")
        yield Put("wishes", id, {"present": str(present)})
        yield Shift("wishes", id, "chosen" if row in chosen else "lost", desk.day)
    taken = {said(row, "number") for row in desk.rows("livelihood_items") if row["year"] == year}
    free = (
        number for number in count(1) if str(number) not in taken
    )  # an earlier ballot's items stay as they are
    for at, row in zip(free, chosen, strict=False):
        values = {"number": str(at), "year": year, "subject": said(row, "subject"), "wish": said(row, "id")}
        yield Put(
            "livelihood_items",
            f"{year}~{at}",
            values | {"unit": said(row, "unit"), "budget": said(row, "cost")},
        )


def elected(ballot: Sequence[Row], places: int, over: Decimal) -> list[Row]:
    """The rows that win a place with more than `over` votes; raises `Refused` for a tie between the last to win and the first to lose."""
    passed = sorted(
        (row for row in ballot if votes(row) > over), key=lambda row: (-votes(row), said(row, "id"))
    )
    if len(passed) > places and votes(passed[places - 1]) == votes(passed[places]):
        tied = [said(row, "number") for row in passed if votes(row) == votes(passed[places])]
        raise Refused(Problem("livelihood.tie", "wishes", {"numbers": "、".join(tied)}))
    return passed[:places]


def votes(row: Row) -> int:
    """How many votes a proposed item has; 0 where none are entered."""
    value = row.get("votes")
    return value if isinstance(value, int) else 0


def _whole(answers: Values, name: str) -> int:
    value = answers.get(name)
    return value if isinstance(value, int) else 0
