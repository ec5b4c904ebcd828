"""Blocks that the pages of packs have in common: the pack's figures, and where the records of a register stand."""

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal

from duban.core.period import Period
from duban.registers.amount import rounded
from duban.registers.pack import Desk
from duban.registers.page import Number, Numbers, Step, Steps, address
from duban.registers.plain import Row, dated
from duban.registers.record import day_by
from duban.registers.register import Stage


def figures(
    desk: Desk, when: Period, names: Iterable[str] = (), *, bad: Collection[str] = (), places: Decimal | None = None
) -> Numbers:  # fmt: skip
    """The pack's indicators for a period (all where none are named), each leading to its records.

    Of those in `bad` anything above nought is bad. `places`: to which place they are rounded.
    """
    return Numbers(tuple(_figure(desk, when, name, bad, places) for name in names or desk.pack.indicated))


def _figure(desk: Desk, when: Period, name: str, bad: Collection[str], places: Decimal | None) -> Number:
    one, value = desk.pack.indicated[name], desk.one(name, when).value
    if value is not None and places is not None:
        value = rounded(value, places).normalize() + 0
    tone = "bad" if name in bad and value else ""
    return Number(one.label(desk.language), value, one.unit, tone=tone, indicator=f"{desk.pack.name}.{name}")


def pipeline(desk: Desk, register: str, rows: Iterable[Row], title: str, note: str = "") -> Steps:
    """How many of the rows stand at each stage of a register, and how many of them longer than they may."""
    every, at = [], dict[object, list[Row]]()
    for row in rows:
        at.setdefault(row["stage"], []).append(row)
    for stage in desk.pack.registered[register].stages:
        here = at.get(stage.name, [])
        late = sum(1 for row in here if days_late(stage, row, desk.day))
        every.append(
            Step(stage.label(desk.language), len(here), late, link=address(register, stage=stage.name))
        )
    return Steps(title, tuple(every), note)


def days_late(stage: Stage, row: Row, day: date) -> int:
    """By how many days a record that stands at this stage is over its deadline; 0 in time or without one."""
    since = dated(row, f"at_{stage.name}")
    if stage.due is None or since is None or row["stage"] != stage.name:
        return 0
    due = day_by(stage.due, dict(row), since)
    return max(0, (day - due).days) if due else 0
