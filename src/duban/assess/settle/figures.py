"""What settlement compares: what was promised and what is said of the outcome. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

VERDICTS = (
    "exceeded", "met", "met_late", "partly", "missed", "unreported", "scope_changed", "existed_before", "unclear",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Aim:
    """One promise: a number of the plan, or a step without a number (`measure` "event", no value).

    `year` is the year that is settled; `due` the last day on which it may be kept. `text` are the words of the promise,
    `commitment` its id. `reference` names the indicator in step with which it is to grow (comparator "pace").
    """

    id: str
    indicator: str
    measure: str
    year: int
    due: date
    value: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    comparator: str = "eq"
    text: str = ""
    start: int = 0
    commitment: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One statement of what came out, over `start` to `end` (one day for a state or an event).

    `measure` is "amount" where the source does not tell a level from an increment. `rank` orders sources: 0 stands
    highest. `target` are the words of the promise where a person has written beside the result which one it answers.
    `file` is the file that says it: an `id` is one of its file's.
    """

    id: str
    indicator: str
    measure: str
    start: date
    end: date
    value: Decimal | None = None
    unit: str = ""
    comparator: str = "eq"
    source: str = ""
    on: str = ""
    place: str = ""
    rank: int = 0
    target: str = ""
    file: str = ""

    @property
    def key(self) -> str:
        """What a person's word on it holds on to: another figure, span or source asks that person again."""
        value = "" if self.value is None else f"{self.value.normalize():f}"
        span = f"{self.start.isoformat()}/{self.end.isoformat()}"
        return "|".join(
            (self.indicator, self.measure, span, f"{self.comparator} {value}{self.unit}", self.source)
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """`code` is one of `VERDICTS`; `reason` is a code of the catalogue, filled with `data`.

    `readings` are the verdicts between which a rule that is not set would decide. `sources` say where it stands.
    """

    code: str
    reason: str
    data: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
