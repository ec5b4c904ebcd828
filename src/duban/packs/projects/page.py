"""The page of major projects: the pipeline, the money, the districts, what is late and what stands in the way."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from duban.core.period import Period, period
from duban.packs.projects.indicators import LATE
from duban.packs.projects.money import curves
from duban.packs.projects.twins import WORDS, twins
from duban.registers.amount import ranked
from duban.registers.blocks import pipeline
from duban.registers.indicator import Group, Reckoned, parameters
from duban.registers.pack import Desk
from duban.registers.page import Bar, Bars, Block, Cell, Grid, Number, Numbers, Said, address
from duban.registers.plain import Row, decimal, plain

LONG = 30  # lines of a table on the page; the register has them all


def page(desk: Desk) -> Iterable[Block]:
    """The blocks of the page for the year of the day."""
    year = period(str(desk.day.year))
    rows = [row for row in desk.rows("projects") if row["listed"] == desk.day.year and not row["phase_of"]]
    if not desk.rows("projects"):
        yield Said(desk.say("还没有项目。请先导入重大项目清单，再导入月度投资和要素堵点；三张表都可以从 Excel 导入。",
                            "No project yet. Import the list of projects first, then money by month and blockers, from Excel."))  # fmt: skip
        return
    yield _numbers(desk, year, ("listed", "started", "completed", "invested", "plan_rate", "reported_rate"))
    yield _numbers(desk, year, ("new_share", "industrial_share", "late", "blocked"))
    yield pipeline(desk, "projects", rows, desk.say("从谋划到纳统", "From idea to statistics"),
                   desk.say("签约不算落地；每一步都有凭证，不跳步。",
                            "A signature is no delivery; every step is proved, none skipped."))  # fmt: skip
    yield curves(desk, desk.rows("project_investment"))
    yield _districts(desk, year)
    yield _late(desk, rows)
    yield from _blockers(desk)
    yield _doubts(desk)


FLOORS = ("new_share", "industrial_share")  # the thresholds under whose names their floors stand
NOUGHT = ("late", "blocked")  # what ought to be nought


def _numbers(desk: Desk, year: Period, names: Iterable[str]) -> Numbers:
    """The year's figures; shares are held against their floors, what should be nought against nought."""
    return Numbers(tuple(_number(desk, name, desk.one(name, year).value) for name in names))


def _number(desk: Desk, name: str, value: Decimal | None) -> Number:
    indicator, note, tone = desk.pack.indicated[name], "", ""
    floor = _floor(desk, name) if name in FLOORS else None
    if floor is not None and value is not None:
        note = desk.say(f"不低于 {floor}%", f"at least {floor}%")
        tone = "good" if value >= floor else "bad"
    elif name in NOUGHT and value is not None:
        tone = "bad" if value else "good"
    return Number(indicator.label(desk.language), value, indicator.unit, note, tone, f"projects.{name}")


def _floor(desk: Desk, name: str) -> Decimal | None:
    """What a share must not be below; None in a year for which nothing was set."""
    try:
        return decimal(desk.threshold(name))
    except KeyError:
        return None


def _past(desk: Desk, due: object) -> bool:
    return isinstance(due, date) and due < desk.day


def _districts(desk: Desk, year: Period) -> Grid:
    """Districts by how much of their plan is done; who has not reported stands last."""
    by = ("district",)
    names = (
        "listed",
        "completed",
        "start_rate",
        "resume_rate",
        "plan_rate",
        "reported_rate",
        "late",
        "overdue_blockers",
    )
    figures: dict[str, dict[Group, Reckoned]] = {name: desk.figure(name, year, by) for name in names}
    rates = {group[0]: found.value for group, found in figures["plan_rate"].items()}
    every = {group[0] for name in names for group in figures[name]}
    ranks = dict(ranked({name: rates.get(name) for name in every}))
    rows = []
    for district in sorted(every, key=lambda name: (ranks.get(name, len(every) + 1), name)):
        found = [figures[name].get((district,), Reckoned(None)).value for name in names]
        cells = [
            Cell(_shown(value, name), _tone(value, name)) for name, value in zip(names, found, strict=True)
        ]
        rows.append(
            (
                Cell(district, link=address("projects", district=district)),
                Cell(str(ranks.get(district, "—"))),
                *cells,
            )
        )
    heads = (desk.say("旗县区", "District"), desk.say("名次", "Rank"),
             *(desk.pack.indicated[name].label(desk.language) for name in names))  # fmt: skip
    note = desk.say("按计划投资完成率排名；没有报送的排在最后，没有名次。",
                    "By how much of the plan is done; who did not report has no rank and stands last.")  # fmt: skip
    return Grid(desk.say("旗县区排名", "Districts"), heads, tuple(rows), note)


def _shown(value: Decimal | None, name: str) -> str:
    return "—" if value is None else f"{value:.1f}%" if name.endswith("rate") else f"{value:f}"


def _tone(value: Decimal | None, name: str) -> str:
    if value is None:
        return "quiet"
    if name in ("late", "overdue_blockers"):
        return "bad" if value else ""
    return ("good" if value >= 100 else "warn") if name in ("start_rate", "resume_rate", "plan_rate") else ""


def _late(desk: Desk, rows: list[Row]) -> Grid:
    """Projects past the gate by which they had to be started or at work again, longest first."""
    keeps = plain(LATE, parameters(period(str(desk.day.year)), desk.day))
    late = [(row["gate_on"], row) for row in rows if keeps(row) is True]
    late.sort(key=lambda pair: (str(pair[0]), str(pair[1]["id"])))
    kind = desk.pack.registered["projects"].named["kind"]
    lines = tuple(
        (Cell(str(row["name"]), link=address("projects", str(row["id"]))), Cell(str(row["district"])),
         Cell(kind.shown(row["kind"], desk.language)), Cell(str(gate)), Cell(str(_days(desk, gate)), "bad"))
        for gate, row in late[:LONG]
    )  # fmt: skip
    heads = (desk.say("项目", "Project"), desk.say("旗县区", "District"), desk.say("年度类型", "New or continuing"),
             desk.say("期限", "Gate"), desk.say("超期天数", "Days late"))  # fmt: skip
    return Grid(desk.say(f"逾期未开工、未复工（{len(late)}）", f"Late to start or resume ({len(late)})"), heads, lines,
                empty=desk.say("没有逾期的项目。", "No project is late."))  # fmt: skip


def _days(desk: Desk, since: object) -> int:
    return (desk.day - since).days if isinstance(since, date) else 0


def _blockers(desk: Desk) -> Iterable[Block]:
    """What stands in the way by element, and the oldest of all, with who has to clear it."""
    waiting = [row for row in desk.rows("project_elements") if row["stage"] == "blocked"]
    element = desk.pack.registered["project_elements"].named["element"]
    bars = []
    for code in element.codes:
        ages = [_days(desk, row["since"]) for row in waiting if row["element"] == code.value]
        note = desk.say(f"最长 {max(ages)} 天", f"up to {max(ages)} days") if ages else ""
        bars.append(Bar(element.shown(code.value, desk.language), len(ages), note, "warn" if ages else "quiet",
                        link=address("project_elements", element=code.value, stage="blocked")))  # fmt: skip
    yield Bars(desk.say("堵在哪个要素", "What blocks them"), tuple(bars), desk.say("个", ""))
    yield _waiting(desk, waiting)


def _waiting(desk: Desk, waiting: list[Row]) -> Grid:
    """Blockers, the oldest first."""
    element = desk.pack.registered["project_elements"].named["element"]
    names = {row["id"]: str(row["name"]) for row in desk.rows("projects")}
    lines = tuple(
        (Cell(str(row["blocker"]), link=address("project_elements", str(row["id"]))), Cell(names.get(row["project"], "")),
         Cell(element.shown(row["element"], desk.language)), Cell(str(row["owner"])), Cell(str(_days(desk, row["since"]))),
         Cell(str(row["due"]), "bad" if _past(desk, row["due"]) else ""))
        for row in sorted(waiting, key=lambda row: (str(row["since"]), str(row["id"])))[:LONG]
    )  # fmt: skip
    heads = (desk.say("堵点", "Blocker"), desk.say("项目", "Project"), desk.say("要素", "Element"),
             desk.say("谁来解决", "Who clears it"), desk.say("已等天数", "Days waiting"), desk.say("期限", "Due"))  # fmt: skip
    return Grid(desk.say("等得最久的堵点", "Blockers that wait longest"), heads, lines,
                empty=desk.say("没有未解决的堵点。", "Nothing stands in the way."))  # fmt: skip


def beside(desk: Desk, register: str, row: Row) -> Iterable[Block]:
    """With a project: its own money by month, and what stands in its way."""
    if register != "projects":
        return
    own = [month for month in desk.rows("project_investment") if month["project"] == row["id"]]
    waiting = [
        one
        for one in desk.rows("project_elements")
        if one["project"] == row["id"] and one["stage"] == "blocked"
    ]
    if own:
        yield curves(desk, own)
    if waiting:
        yield _waiting(desk, waiting)


def _doubts(desk: Desk) -> Grid:
    """Projects that may be counted twice; a person says whether they are."""
    near = decimal(desk.threshold("same_site_metres"))
    words = 1 if desk.language == "en" else 0
    lines = tuple(
        (Cell(str(twin.later["name"]), link=address("projects", str(twin.later["id"]))),
         Cell(str(twin.earlier["name"]), link=address("projects", str(twin.earlier["id"]))),
         Cell(desk.say("、", ", ").join(WORDS[sign][words] for sign in twin.signs)))
        for twin in twins(desk.rows("projects"), near)[:LONG]
    )  # fmt: skip
    heads = (
        desk.say("项目", "Project"),
        desk.say("可能是它的后续分期", "May be a later phase of"),
        desk.say("相同之处", "Same"),
    )
    return Grid(desk.say("一个项目是否计了两次", "Counted twice?"), heads, lines,
                desk.say("由人判断：填“属于哪个项目的后续分期”，或填“已核实为独立项目”。",
                         "A person decides: fill in “Later phase of”, or “Found to be a project of its own”."),
                desk.say("没有可疑的重复。", "None looks like another."))  # fmt: skip
