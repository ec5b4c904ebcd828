"""Ladders: a city's published rules for supervision as data: what lateness is taken up, and when it goes higher.

A ladder is a TOML file (docs/supervision.md): rules with the level that they ask for, the highest first, days within
which a matter is to be studied, answered and solved, and cases that show what it does. A city writes its own beside
the light rules in its own profile. Nothing is done here: the answer is what the rules ask for, and an action does it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any

from duban.assess.profile import COLOURS, Condition, condition, words_of
from duban.assess.rulefiles import Rulefiles, parsed
from duban.assess.status import STATUSES
from duban.core.period import months_after
from duban.core.problem import Problem, Refused
from duban.ledger.year.matters import LEVELS, Matter

TIMES = ("study", "answer", "solve", "solve_major")
FACTS: dict[str, str | tuple[str, ...]] = {
    "colour": ("", *COLOURS),
    "status": ("", *STATUSES),
    "run": "number",
    "times": "number",
    "days_over": "number",
    "reason_accepted": "yes",
    "matter": ("", *LEVELS),
    "overdue": "yes",
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """What rules may ask about an item or its open matter: see docs/supervision.md for what each means."""

    colour: str = ""
    status: str = ""
    run: int = 0
    times: int = 0
    days_over: int = 0
    reason_accepted: bool = False
    matter: str = ""
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """Where all conditions hold, the matter should stand at `level`; `says` is the rule in words, by language."""

    level: str
    conditions: tuple[Condition, ...]
    says: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Ladder:
    """A city's rules for supervision. `times` gives (days, months) from the opening for each of `TIMES` it sets."""

    name: str
    title: Mapping[str, str]
    source: str
    steps: tuple[Step, ...]
    times: Mapping[str, tuple[int, int]]
    cases: tuple[Mapping[str, Any], ...] = field(default=(), compare=False)

    def asks(self, trouble: Trouble) -> Step | None:
        """The first rule that holds and asks for more than the level reached; None when none does."""
        reached = LEVELS.index(trouble.matter) if trouble.matter else -1
        for step in self.steps:
            if LEVELS.index(step.level) > reached and all(c.holds(trouble) for c in step.conditions):
                return step
        return None

    def looks_back(self) -> int | None:
        """How many month ends the rules look back at; None for all of the year."""
        conditions = [c for step in self.steps for c in step.conditions if c.bounds]
        if any(c.fact == "times" for c in conditions):
            return None
        return max((int(n) for c in conditions if c.fact == "run" for _, n in c.bounds), default=0)

    def day_of(self, time: str, opened: date) -> date | None:
        """The day by which a matter opened on `opened` has come to `time`, None where the ladder sets none."""
        if time not in self.times:
            return None
        days, months = self.times[time]
        return months_after(opened, months) + timedelta(days=days)

    def timetable(self, matter: Matter) -> list[tuple[str, date]]:
        """The days set for a matter, in order; a major matter has the longer time for its solution."""
        opened = date.fromisoformat(matter.opened.on)
        solve = "solve_major" if matter.opened.body.major else "solve"
        found = [(time, self.day_of(time, opened)) for time in ("study", "answer", solve)]
        return [(time, day) for time, day in found if day is not None]


def read_ladder(text: str, name: str) -> Ladder:
    """The ladder written in `text`; raises `Refused` with every fault, each naming its place and the mend."""
    data = parsed(text, name)
    faults: list[Problem] = []
    rows = data.get("step", [])
    rows = [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
    steps = tuple(_step(row, f"{name} [[step]] {n}", faults) for n, row in enumerate(rows, 1))
    times = _times(data.get("times", {}), f"{name} [times]", faults)
    if faults:
        raise Refused(*faults)
    cases = tuple(data.get("step_case", ()))
    return Ladder(name, words_of(data.get("title"), name), str(data.get("source", "")), steps, times, cases)


def _step(row: Mapping[str, Any], place: str, faults: list[Problem]) -> Step:
    level, when = str(row.get("level", "")), row.get("when")
    if level not in LEVELS:
        faults.append(Problem("matter.level_unknown", place, {"level": level, "known": ", ".join(LEVELS)}))
    if not isinstance(when, Mapping) or not when:
        faults.append(Problem("ladder.no_condition", place))
        when = {}
    found = tuple(
        c for fact, said in when.items() if (c := condition(fact, said, place, faults, FACTS)) is not None
    )
    return Step(level, found, words_of(row.get("says"), level))


def _times(data: Any, place: str, faults: list[Problem]) -> dict[str, tuple[int, int]]:
    found = {}
    for time, said in data.items() if isinstance(data, Mapping) else ():
        whole = isinstance(said, Mapping) and set(said) <= {"days", "months"} and bool(said)
        numbers = [said.get("days", 0), said.get("months", 0)] if whole else []
        if time not in TIMES or not whole or not all(type(n) is int and 0 <= n <= 400 for n in numbers):
            faults.append(Problem("ladder.time_wrong", place, {"time": str(time), "known": ", ".join(TIMES)}))
        else:
            found[time] = (numbers[0], numbers[1])
    return found


@cache
def is_ladder(text: str) -> bool:
    """Whether a city's own profile says anything of supervision; light rules alone make no ladder."""
    return bool({"step", "times"} & set(parsed(text, "")))


_LADDERS = Rulefiles("ladders", "ladder", read_ladder)
shipped_ladders = _LADDERS.shipped
ladder_of = _LADDERS.of
