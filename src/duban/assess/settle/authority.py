"""Which source is believed first: the city's written order, else the order in which the sources were given."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from duban.assess.settle.figures import Outcome
from duban.core.problem import Problem, Refused


@dataclass(frozen=True)
class Authority:
    """`order` are words of names of sources, the highest first (统计公报, 统计局, 政府工作报告); `source` decided it."""

    order: tuple[str, ...] = ()
    source: str = ""

    def place(self, name: str) -> int:
        """Where a source of this name stands: by the first word that it holds, behind all of them where by none."""
        return next((n for n, word in enumerate(self.order) if word in name), len(self.order))

    def ranked(self, outcomes: Sequence[Outcome]) -> list[Outcome]:
        """The outcomes with their rank: by the written order first, then as given (`rank` as it comes in)."""
        width = max((o.rank for o in outcomes), default=0) + 1
        return [replace(o, rank=self.place(o.source) * width + o.rank) for o in outcomes]


def authority_of(text: str, name: str) -> Authority:
    """The order written under [authority] in `text` (TOML). Raises `Refused` with what to mend."""
    try:
        table = tomllib.loads(text).get("authority", {})
    except tomllib.TOMLDecodeError as fault:
        raise Refused(Problem("settle.rules_unreadable", name, {"fault": str(fault)})) from None
    order = table.get("order", []) if isinstance(table, dict) else None
    if not isinstance(order, list) or not all(isinstance(word, str) and word.strip() for word in order):
        raise Refused(Problem("settle.authority_wrong", name, {"line": str(table)[:60]}))
    return Authority(tuple(order), str(table.get("source", "")))
