"""What other years teach of a family of figures, by month: how far each way is off, how far they are together, and how that is spread."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

import msgspec

from duban.assess.forecast.cases import Case
from duban.assess.forecast.method import NAMES, PAST
from duban.assess.forecast.scores import Score
from duban.assess.forecast.spread import FEWEST, Spread, significant, spread_of
from duban.assess.forecast.weigh import Family, error_of, together


class Learned(msgspec.Struct, frozen=True, gc=False):
    """The mean errors of a family at a month, and the spread of errors by how many earlier years were known (0 to 3)."""

    family: Family = Family()
    spreads: Mapping[int, Spread] = {}


Families = Mapping[str, Mapping[int, Learned]]  # family → month → what was learned


class Record(msgspec.Struct, frozen=True):
    """What was learned, when and from what (`how`, in both languages), and how it did where nothing was learned from.

    `seeds` are those of the made-up series that were learned from, none where they were real; `tested` says on what.
    `scores` are of all forecasts by family, `alone` of those for which no earlier year was known.
    """

    made: str
    how: str
    families: Families
    seeds: tuple[int, ...] = ()
    tested: str = ""
    scores: Mapping[str, Score] = {}
    alone: Mapping[str, Score] = {}

    def score(self, family: str, years: int) -> Score | None:
        """How forecasts of a family did, where earlier years were known or where none was; None: it has no record."""
        return (self.scores if years else self.alone).get(family)

    @property
    def simulated(self) -> bool:
        """Whether it was learned from series that a program made up."""
        return bool(self.seeds)

    def of(self, family: str, month: int) -> Learned | None:
        """What was learned of a family at a month; None: nothing."""
        return self.families.get(family, {}).get(month)


def learn(known: Iterable[Case]) -> Families:
    """What years that are over teach, by family and month."""
    groups: dict[tuple[str, int], list[Case]] = defaultdict(list)
    for case in known:
        groups[case.family, case.month].append(case)
    found: dict[str, dict[int, Learned]] = defaultdict(dict)
    for (name, month), group in sorted(groups.items()):
        found[name][month] = _learned(group)
    return found


def _learned(group: Sequence[Case]) -> Learned:
    """First how far each way is off, then how far they are together, then how that is spread."""
    old = [case for case in group if case.view.now.years]
    family = Family({name: mean for name in NAMES if (mean := _mean(_missed(old, name))) is not None})
    alone = _mean(_missed((case for case in group if not case.view.now.years), "pace"))
    off = _mean(abs(error_of(c.way, c.actual, e.end)) for c in old if (e := together(c.view, family)))
    family = msgspec.structs.replace(family, together=off or 1.0, alone=alone or 1.0)
    by_years: dict[int, list[float]] = defaultdict(list)
    for case in group:
        if (estimate := together(case.view, family)) is not None:
            by_years[case.view.now.years].append((case.actual - estimate.end) / estimate.unit)
    spreads = {k: spread_of(by_years[k]) for k in range(PAST + 1) if len(by_years[k]) >= FEWEST}
    return Learned(family, spreads)


def _missed(group: Iterable[Case], name: str) -> Iterator[float]:
    for case in group:
        if (end := getattr(case.view.now, name)) is not None:
            yield abs(error_of(case.way, case.actual, end))


def _mean(errors: Iterable[float]) -> float | None:
    listed = list(errors)
    return significant(sum(listed) / len(listed)) if listed else None


@cache
def shipped() -> Record:
    """The record that the package brings: see docs/forecast.md."""
    return read_record((files(__package__) / "record.json").read_bytes())


def read_record(text: bytes) -> Record:
    """The record of a file. Raises msgspec.ValidationError or DecodeError for what is none."""
    return msgspec.json.decode(text, type=Record)


def write_record(record: Record) -> bytes:
    """The record as JSON, a family and month a line, so that versions can be compared."""
    text = msgspec.json.format(msgspec.json.encode(record), indent=1).decode()
    return (
        re.sub(r"\[\s+([^\[\]]*?)\s+\]", lambda m: "[" + re.sub(r"\s+", " ", m[1]) + "]", text).encode()
        + b"\n"
    )
