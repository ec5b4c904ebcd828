"""The page of motions and proposals: what was asked, answered, solved; and which units are late."""

from collections.abc import Iterable
from decimal import Decimal

from duban.core.period import Period, period
from duban.packs.motions.register import CLASSES
from duban.packs.motions.rules import due_answer
from duban.registers.pack import Desk
from duban.registers.page import Bar, Bars, Block, Cell, Grid, Number, Numbers, Step, Steps, address
from duban.registers.plain import Row
from duban.registers.record import day_by


def page(desk: Desk) -> Iterable[Block]:
    """The blocks of the page for the year of the day."""
    year = period(str(desk.day.year))
    rows = [row for row in desk.rows("motions") if row["received_on"] and year.contains(row["received_on"])]  # type: ignore[arg-type]
    yield _numbers(desk, year)
    yield _steps(desk, rows)
    yield _results(desk, rows)
    yield _units(desk, year, rows)


def _numbers(desk: Desk, year: Period) -> Numbers:
    """Answered and solved side by side: the one without the other misleads."""
    return Numbers(
        tuple(
            Number(
                one.label(desk.language),
                desk.one(one.name, year).value,
                one.unit,
                indicator=f"motions.{one.name}",
            )
            for one in desk.pack.indicators
        )
    )


def _late(desk: Desk, row: Row) -> int:
    """Days beyond the answer's deadline; 0 in time, or where no answer is owed."""
    since = row.get("at_assigned")
    if row["stage"] != "assigned" or since is None:
        return 0
    due = day_by(due_answer, dict(row), since)  # type: ignore[arg-type]
    return max(0, (desk.day - due).days) if due else 0


def _steps(desk: Desk, rows: list[Row]) -> Steps:
    stages = desk.pack.registered["motions"].stages
    every = []
    for stage in stages:
        here = [row for row in rows if row["stage"] == stage.name]
        late = sum(1 for row in here if _late(desk, row))
        every.append(
            Step(stage.label(desk.language), len(here), late, link=address("motions", stage=stage.name))
        )
    return Steps(desk.say("办到哪一步", "Where they stand"), tuple(every))


def _results(desk: Desk, rows: list[Row]) -> Bars:
    english = desk.language == "en"
    bars = [Bar(code[2] if english else code[1], sum(1 for row in rows if row["result"] == code[0]),
                link=address("motions", result=code[0])) for code in CLASSES]  # fmt: skip
    note = desk.say("办复不等于解决：只有A类是已解决。", "Answered is not solved: only class A is solved.")
    return Bars(desk.say("办理结果", "Results"), tuple(bars), desk.say("件", ""), note)


def _units(desk: Desk, year: Period, rows: list[Row]) -> Grid:
    """Units with what they have, worst first."""
    answered, solved = desk.figure("answered", year, ("unit",)), desk.figure("solved", year, ("unit",))
    lines = []
    for (unit,), rate in answered.items():
        own = [row for row in rows if row["unit"] == unit]
        late = max((_late(desk, row) for row in own), default=0)
        shown = (unit, str(len(own)), _percent(rate.value), _percent(solved[unit,].value), str(late or ""))
        lines.append((late, tuple(Cell(text, "bad" if late and at == 4 else "", address("motions", unit=unit) if not at else "")
                                  for at, text in enumerate(shown))))  # fmt: skip
    lines.sort(key=lambda line: (-line[0], line[1][0].text))
    heads = (desk.say("主办单位", "Lead unit"), desk.say("件数", "Number"), desk.say("办复率", "Answered"),
             desk.say("解决率", "Solved"), desk.say("最长超期天数", "Longest days late"))  # fmt: skip
    return Grid(
        desk.say("各单位", "Units"),
        heads,
        tuple(cells for _, cells in lines),
        empty=desk.say("还没有交办。", "Nothing is assigned yet."),
    )


def _percent(value: Decimal | None) -> str:
    return "" if value is None else f"{value:.1f}%"
