"""Which items are bound to registers in the simulated year: those that bear the very name of an indicator that counts."""

from collections.abc import Iterator
from dataclasses import dataclass

from duban.ledger import Book
from duban.packs import packs
from duban.registers.amount import Base
from duban.registers.indicator import Indicator, differs_in
from duban.registers.naming import SAME, nearest
from duban.registers.pack import Pack
from duban.registers.register import Register
from duban.simulate.clones import may_be_cloned

WHY = "模拟：事项与指标同名、同单位、同计量方式"


@dataclass(frozen=True, slots=True)
class Borne:
    """An item and the indicator that counts for it; `count` are the records that it counts."""

    key: str
    pack: Pack
    indicator: Indicator
    count: Base

    @property
    def name(self) -> str:
        """The indicator's name with its pack's."""
        return f"{self.pack.name}.{self.indicator.name}"

    @property
    def register(self) -> Register:
        """The register whose records are counted."""
        return self.pack.registered[self.indicator.register]


def borne(book: Book) -> list[Borne]:
    """The first item of each indicator's name, unit and measure; a district's part of an item is none."""
    found: dict[str, Borne] = {}
    for key, state in book.items.items():
        if state.removed or state.item.head.endswith("）"):
            continue
        one = next((one for one in _of(book, key) if one.name not in found), None)
        if one is not None:
            found[one.name] = one
    return list(found.values())


def _of(book: Book, key: str) -> Iterator[Borne]:
    task = book.tasks.get(key)
    target = task.target if task else None
    if target is None or not target.value:
        return
    told = target.indicator or book.items[key].item.head
    for pack in packs().values():
        for one in pack.indicators:
            register = pack.registered[one.register]
            if register.kind != "kept" or not may_be_cloned(register, pack.registered):
                continue
            if not isinstance(one.figure, Base) or one.figure.how != "count":
                continue
            if (
                not differs_in(one, target.unit, target.measure)
                and nearest(told, (one.zh, *one.words))[0] == SAME
            ):
                yield Borne(key, pack, one, one.figure)
