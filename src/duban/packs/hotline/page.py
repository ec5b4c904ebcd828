"""The page of the hotline: the three rates with what keeps them honest, units, hot spots, what came back too often."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from duban.core.period import Period, period
from duban.engines.interval import wilson
from duban.packs.hotline.rules import THRESHOLDS, is_problem, repeated
from duban.registers.amount import rounded
from duban.registers.blocks import pipeline
from duban.registers.indicator import Indicator, Reckoned
from duban.registers.pack import Desk
from duban.registers.page import (
    Bar,
    Bars,
    Block,
    Cell,
    Grid,
    Line,
    Lines,
    Number,
    Numbers,
    Said,
    address,
)
from duban.registers.plain import Row, said, whole

RATES = ("response", "resolution", "satisfaction")
_THEMES = 12  # columns of a table that still fits on a page
BESIDE = ("called", "excluded")


def page(desk: Desk) -> Iterable[Block]:
    """The blocks for the month of the day."""
    month = period(f"{desk.day.year}-M{desk.day.month:02d}")
    rows = desk.rows("cases")
    yield Numbers(tuple(_number(desk, month, name) for name in ("cases", "total", *RATES, *BESIDE, "open")))
    yield Said(desk.say("每个率旁边有件数、有效回访率和剔除率：剔除越多，率越好看。件数少于30时附95%区间。",
                        "Beside every rate stand its number, the share called back and the share left out; below 30 "
                        "cases its 95% interval."), tone="quiet")  # fmt: skip
    yield _months(desk)
    yield pipeline(desk, "cases", rows, desk.say("办到哪一步", "Where cases stand"))
    yield _units(desk, month)
    yield from _hot(desk, rows)
    yield _districts(desk, month)
    yield _problems(desk, rows)


def _number(desk: Desk, month: Period, name: str) -> Number:
    """A large figure; a rate with the number behind it."""
    indicator = desk.pack.indicated[name]
    found = desk.one(name, month)
    note = interval(indicator, found)
    if found.denominator is not None and not note:
        note = f"n={found.denominator:f}"
    value = None if found.value is None else rounded(found.value, Decimal("0.1"))
    return Number(indicator.label(desk.language), value, indicator.unit, note, indicator=f"hotline.{name}")


def interval(indicator: Indicator, found: Reckoned) -> str:
    """How far a rate of few cases may be off: "n=12，54–93%"; "" where there are enough, or no count of whole cases."""
    top, bottom = found.numerator, found.denominator
    if top is None or not bottom or bottom >= indicator.low or top != top.to_integral_value() or top > bottom:
        return ""
    bounds = wilson(int(top), int(bottom))
    return f"n={bottom:f}，{bounds[0] * 100:.0f}–{bounds[1] * 100:.0f}%" if bounds else ""


def _months(desk: Desk) -> Lines:
    """The three rates by month of the year, up to the day."""
    months = [period(f"{desk.day.year}-M{month:02d}") for month in range(1, desk.day.month + 1)]
    lines = []
    for name in RATES:
        values = [desk.one(name, month).value for month in months]
        lines.append(Line(desk.pack.indicated[name].label(desk.language), values))
    labels = tuple(desk.say(f"{month.start.month}月", f"{month.start:%b}") for month in months)
    return Lines(desk.say("三率走势", "The three rates"), labels, tuple(lines), "%")


def _units(desk: Desk, month: Period) -> Grid:
    """Units by their score, with the number that it rests on."""
    found = {name: desk.figure(name, month, ("unit",)) for name in ("cases", "total", *RATES)}
    lines = []
    for group in found["cases"]:
        values = [found[name][group] for name in ("total", *RATES)]
        shown = [
            _rate(desk.pack.indicated[name], one) for name, one in zip(("total", *RATES), values, strict=True)
        ]
        score = values[0].value
        lines.append((-(score if score is not None else Decimal(-1)), group[0],
                      (Cell(group[0], link=address("cases", unit=group[0])), Cell(whole(found['cases'][group].value)),
                       *(Cell(text) for text in shown))))  # fmt: skip
    heads = (desk.say("承办单位", "Unit"), desk.say("件数", "Cases"),
             *(desk.pack.indicated[name].label(desk.language) for name in ("total", *RATES)))  # fmt: skip
    return Grid(desk.say("各单位本月", "Units this month"), heads, tuple(line[2] for line in sorted(lines, key=lambda o: o[:2])),
                desk.say("没有得分的，是还没有有效回访。", "Without a score: no valid call-back yet."),
                desk.say("本月还没有派单。", "Nothing is assigned this month."))  # fmt: skip


def _rate(indicator: Indicator, found: Reckoned) -> str:
    if found.value is None:
        return "—"
    told = f"{found.value:.1f}"
    few = interval(indicator, found)
    return f"{told}（{few}）" if few else told


def _hot(desk: Desk, rows: list[Row]) -> Iterable[Bars]:
    """What repeats this month, by district and theme, and by place for those who see where cases come from."""
    least = THRESHOLDS.value("repeated", desk.day)
    themes, places = (list(repeated(rows, desk.day, what).items())[:12] for what in ("theme", "place"))
    note = desk.say(f"同区同题本月 {least} 件以上；可提成热点议题，转为承诺或销号清单。",
                    f"{least} or more of one theme in one district; they can be raised as topics.")  # fmt: skip
    bars = (Bar(f"{district} · {theme}", count, link=address("cases", district=district, theme=theme))
            for (district, theme), count in themes)  # fmt: skip
    yield Bars(desk.say("本月热点", "Hot spots this month"), tuple(bars), desk.say("件", ""), note)
    if places:
        bars = (
            Bar(f"{district} · {place}", count, link=address("cases", district=district, q=place))
            for (district, place), count in places
        )
        yield Bars(desk.say("本月同一地点", "The same place this month"), tuple(bars), desk.say("件", ""),
                   desk.say(f"同一地点本月 {least} 件以上。", f"{least} or more from one place."))  # fmt: skip


def _districts(desk: Desk, month: Period) -> Grid:
    """Districts against themes: how many cases of each."""
    found = desk.figure("cases", month, ("district", "theme"))
    totals: Counter[str] = Counter()
    for (_, theme), one in found.items():
        totals[theme] += int(one.value or 0)
    themes = sorted(totals, key=lambda theme: (-totals[theme], theme))[:_THEMES]
    most = max((one.value or Decimal(0) for one in found.values()), default=Decimal(0))
    rows = []
    for district in sorted({group[0] for group in found}):
        cells = [Cell(district, link=address("cases", district=district))]
        for theme in themes:
            value = found[district, theme].value if (district, theme) in found else None
            tone = "warn" if value and most and value * 2 > most else ""
            cells.append(Cell(f"{value:f}" if value else "", tone))
        rows.append(tuple(cells))
    heads = (desk.say("旗县区", "District"), *themes)
    rest = len(totals) - len(themes)
    note = desk.say(
        f"还有 {rest} 个主题件数更少，见台账。", f"{rest} more themes have fewer; the register has them."
    )
    return Grid(desk.say("哪里、为什么事", "Where, and what about"), heads, tuple(rows), note if rest else "")


def _problems(desk: Desk, rows: list[Row]) -> Grid:
    """Cases that were redone or returned too often."""
    found = [row for row in rows if is_problem(row, desk.day)]
    cells = tuple(
        (Cell(said(row, "number"), link=address("cases", str(row["id"]))), Cell(said(row, "unit", "—")),
         Cell(said(row, "redone", "0"), "bad"), Cell(said(row, "bounced", "0")))
        for row in found[:20]
    )  # fmt: skip
    heads = (
        desk.say("工单", "Case"),
        desk.say("承办单位", "Unit"),
        desk.say("重办", "Redone"),
        desk.say("退回", "Returned"),
    )
    return Grid(desk.say("问题工单", "Cases to be taken up higher"), heads, cells,
                empty=desk.say("没有反复重办或退回的工单。", "None was redone or returned too often."))  # fmt: skip
