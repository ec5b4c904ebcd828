"""The page of livelihood items: from wishes to the ballot, how each item goes, and what both sides say of it."""

from collections.abc import Iterable
from decimal import Decimal

from duban.core.period import period
from duban.packs.livelihood.rules import votes
from duban.registers.amount import quotient
from duban.registers.blocks import figures, pipeline
from duban.registers.pack import Desk
from duban.registers.page import Bar, Bars, Block, Cell, Grid, address
from duban.registers.plain import Row, dated, said


def page(desk: Desk) -> Iterable[Block]:
    """The blocks for the year of the day; the ballot shown is the latest one."""
    year = period(str(desk.day.year))
    yield figures(desk, year, places=Decimal("0.1"))
    yield pipeline(desk, "wishes", desk.rows("wishes"), desk.say("从征集到票决", "From wish to ballot"))
    yield _ballot(desk)
    yield _items(desk)


def _ballot(desk: Desk) -> Bars:
    """The latest ballot by votes; the mark is half of those present."""
    voted = [row for row in desk.rows("wishes") if row["stage"] in ("chosen", "lost")]
    year = max((said(row, "year") for row in voted), default="")
    rows = sorted(
        (row for row in voted if row["year"] == year), key=lambda row: (-votes(row), said(row, "id"))
    )
    bars = tuple(
        Bar(said(row, "subject"), votes(row), tone="good" if row["stage"] == "chosen" else "quiet",
            mark=Decimal(present) / 2 if isinstance(present := row["present"], int) else None, link=address("wishes", str(row["id"])))
        for row in rows
    )  # fmt: skip
    note = desk.say(
        "深色当选；竖线是到会代表的一半。", "Those in colour won; the line is half of the deputies present."
    )
    return Bars(desk.say(f"{year}年度票决" if year else "票决", f"Ballot for {year}" if year else "Ballot"), bars,
                desk.say("票", "votes"), note if rows else desk.say("还没有票决。", "No ballot yet."))  # fmt: skip


def _items(desk: Desk) -> Grid:
    """This year's items: how far, how much is paid, and the marks of deputies and citizens."""
    year = period(str(desk.day.year))
    marks = {name: desk.figure(name, year, ("item",)) for name in ("deputies", "citizens")}
    stages = desk.pack.registered["livelihood_items"].staged
    rows = []
    for row in desk.rows("livelihood_items"):
        if row["year"] != str(desk.day.year):
            continue
        id = said(row, "id")
        given = [found[id,].value if (id,) in found else None for found in marks.values()]
        due = dated(row, "due")
        late = row["stage"] != "accepted" and due is not None and due < desk.day
        stage = (
            known.label(desk.language) if (known := stages.get(said(row, "stage"))) else said(row, "stage")
        )
        rows.append((Cell(said(row, "subject"), link=address("livelihood_items", id)),
                     Cell(stage, "good" if row["stage"] == "accepted" else "bad" if late else ""),
                     Cell(_percent(_share(row, "done", "target"))), Cell(_percent(_share(row, "spent", "budget"))),
                     *(Cell(_percent(value), "bad" if value is not None and value < 60 else "") for value in given)))  # fmt: skip
    heads = (desk.say("项目", "Item"), desk.say("进度", "Stage"), desk.say("完成任务", "Task done"), desk.say("预算支付", "Paid"),
             desk.say("代表满意", "Deputies"), desk.say("群众满意", "Citizens"))  # fmt: skip
    return Grid(desk.say("今年的民生实事", "This year's items"), heads, tuple(rows),
                empty=desk.say("还没有列入今年的项目：先票决，或导入“民生实事”。",
                               "No item of this year yet: settle the ballot, or import livelihood items."))  # fmt: skip


def _share(row: Row, top: str, bottom: str) -> Decimal | None:
    one, other = row[top], row[bottom]
    return quotient(one, other, 100) if isinstance(one, Decimal) and isinstance(other, Decimal) else None


def _percent(value: Decimal | None) -> str:
    return "" if value is None else f"{value:.0f}%"
