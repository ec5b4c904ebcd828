"""The page of the ladder: how many stand on each step, who misses just one thing, when papers are next handed in."""

from collections.abc import Iterable

from duban.core.period import period
from duban.packs.ladder.levels import LEVELS, stand
from duban.packs.ladder.register import due_batch
from duban.packs.ladder.rules import Chance, chances, said_missing
from duban.registers.blocks import figures
from duban.registers.pack import Desk
from duban.registers.page import Bar, Bars, Block, Cell, Grid, Number, Numbers, address
from duban.registers.plain import Row, said
from duban.registers.record import day_by

_MOST = 15  # firms in a list


def page(desk: Desk) -> Iterable[Block]:
    """The blocks for the year of the day. Figures of single firms are not shown, only what they miss."""
    found = list(chances(desk))
    yield _numbers(desk)
    yield _steps(desk, found)
    yield _near(desk, found)
    yield _districts(desk)


def _numbers(desk: Desk) -> Numbers:
    year = period(str(desk.day.year))
    next_day = day_by(due_batch, {"level": "above_scale"}, desk.day)
    numbers = list(figures(desk, year).every)
    if next_day:
        left = (next_day - desk.day).days
        note = desk.say(f"{next_day.month}月{next_day.day}日前申报", f"papers by {next_day:%d %b}")
        numbers.append(Number(desk.say("距下批小升规", "To the next batch"), left, desk.say("天", "days"), note,
                              "warn" if left <= 30 else ""))  # fmt: skip
    return Numbers(tuple(numbers))


def _steps(desk: Desk, found: list[Chance]) -> Grid:
    """Each level with its firms by how they stand, and how many are on the way."""
    states = (("ready", desk.say("条件齐备", "Ready")), ("near", desk.say("只差一项", "One short")),
              ("unknown", desk.say("数据不全", "Figures missing")), ("far", desk.say("差得多", "Far")))  # fmt: skip
    rows = []
    for level in LEVELS:
        own = [one for one in found if one.level is level]
        way = sum(
            1
            for row in desk.rows("recognitions")
            if row["level"] == level.name and row["stage"] in ("candidate", "filed")
        )
        cells = [
            Cell(
                level.en if desk.language == "en" else level.zh,
                link=address("recognitions", level=level.name),
            )
        ]
        for state, _ in states:
            count = sum(1 for one in own if one.stand.state == state)
            cells.append(
                Cell(str(count or ""), {"ready": "good", "near": "warn"}.get(state, "") if count else "")
            )
        rows.append((*cells, Cell(str(way or ""))))
    heads = (desk.say("层级", "Level"), *(name for _, name in states), desk.say("已在培育", "On the way"))
    note = desk.say(
        "数据不全不等于不够条件。", "Figures that are missing are not conditions that are missed."
    )
    return Grid(desk.say("各层级企业", "Firms by level"), heads, tuple(rows), note)


def _near(desk: Desk, found: list[Chance]) -> Grid:
    """Firms that miss one condition, and which."""
    near = sorted((one for one in found if one.stand.state == "near"),
                  key=lambda one: (LEVELS.index(one.level), said(one.firm, "name")))  # fmt: skip
    rows = tuple(
        (Cell(said(one.firm, "name"), link=address("firms", str(one.firm["id"]))),
         Cell(one.level.en if desk.language == "en" else one.level.zh),
         Cell(said_missing(one.stand.missed, desk.language).partition(" ")[0], "warn"))
        for one in near[:_MOST]
    )  # fmt: skip
    heads = (desk.say("企业", "Firm"), desk.say("层级", "Level"), desk.say("差的一项", "What is missing"))
    return Grid(desk.say("再帮一把就够", "One thing short"), heads, rows,
                desk.say(f"共 {len(near)} 户，列出前 {min(len(near), _MOST)} 户。", f"{min(len(near), _MOST)} of {len(near)}."),
                desk.say("没有只差一项的企业。", "No firm is one short."))  # fmt: skip


def _districts(desk: Desk) -> Bars:
    found = desk.figure("new_above_scale", period(str(desk.day.year)), ("district",))
    bars = sorted((Bar(group[0], one.value, link=address("recognitions", level="above_scale", district=group[0]))
                   for group, one in found.items()), key=lambda bar: (-(bar.value or 0), bar.label))  # fmt: skip
    return Bars(
        desk.say("各旗县区今年小升规", "Into the statistics this year, by district"),
        tuple(bars),
        desk.say("户", ""),
    )


def beside(desk: Desk, register: str, row: Row) -> Iterable[Block]:
    """With a firm's record: how it stands to each level, what it misses, what nobody has told."""
    if register != "firms":
        return
    words = {"ready": ("条件齐备", "ready", "good"), "near": ("只差一项", "one short", "warn"),
             "far": ("差得多", "far", ""), "unknown": ("数据不全", "figures missing", "quiet")}  # fmt: skip
    rows = []
    for level in LEVELS:
        found = stand(level, row, desk.day)
        zh, en, tone = words[found.state]
        unknown = desk.say("、", ", ").join(desk.say(one.zh, one.en) for one in found.unknown)
        rows.append((Cell(desk.say(level.zh, level.en)), Cell(desk.say(zh, en), tone),
                     Cell(said_missing(found.missed, desk.language)), Cell(unknown, "quiet")))  # fmt: skip
    heads = (
        desk.say("层级", "Level"),
        desk.say("情况", "Stands"),
        desk.say("还差", "Missing"),
        desk.say("缺数据", "Not told"),
    )
    yield Grid(desk.say("对照各级条件", "Against each level"), heads, tuple(rows))
