"""The levels of the ladder: the conditions of each, of a firm met, missed by so much, or unknown because nobody told.

Unknown is not missed: a firm is "ready" when all is met, "near" when one is missed and nothing else is unknown.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import Any

from duban.registers.amount import rounded
from duban.registers.plain import Row, dated
from duban.registers.thresholds import load_thresholds

THRESHOLDS = load_thresholds(files(__package__) / "thresholds.toml")


@dataclass(frozen=True, slots=True)
class Finding:
    """One condition of a firm: `met` is None where a figure is missing. `told` and `wanted` are figures in words."""

    zh: str
    en: str
    met: bool | None
    told: str = ""
    wanted: str = ""


@dataclass(frozen=True, slots=True)
class Level:
    """A step of the ladder: which conditions, from whose rule."""

    name: str
    zh: str
    en: str
    judge: Callable[[Row, date], Sequence[Finding]]
    threshold: str = ""

    def findings(self, firm: Row, day: date) -> tuple[Finding, ...]:
        """Every condition of the level for a firm on a day."""
        return tuple(self.judge(firm, day))


def number(firm: Row, name: str) -> Decimal | None:
    """A figure of the firm as a decimal."""
    value = firm.get(name)
    return None if value is None or isinstance(value, str | bool | date) else Decimal(value)


def percent(top: Decimal | None, bottom: Decimal | None) -> Decimal | None:
    """One by the other in per cent; None where one is missing or the second is 0."""
    return None if top is None or not bottom else top * 100 / bottom


def _at_least(zh: str, en: str, value: Decimal | None, least: Any, unit: str = "") -> Finding:
    return Finding(
        zh, en, None if value is None else value >= Decimal(least), _shown(value, unit), f"≥{least}{unit}"
    )


def _at_most(zh: str, en: str, value: Decimal | None, most: Any, unit: str = "") -> Finding:
    return Finding(
        zh, en, None if value is None else value <= Decimal(most), _shown(value, unit), f"≤{most}{unit}"
    )


def _shown(value: Decimal | None, unit: str) -> str:
    return "" if value is None else f"{rounded(value, Decimal('0.1')).normalize():f}{unit}"


def _free_of(zh: str, en: str, firm: Row, name: str) -> Finding:
    value = firm.get(name)
    return Finding(zh, en, None if value is None else value is False)


def _steps(value: Decimal | None, table: Sequence[Sequence[Decimal]]) -> Decimal | None:
    """The points of a table of (from this value on, points); 0 below all."""
    if value is None:
        return None
    return next((points for least, points in table if value >= least), Decimal(0))


def company(firm: Row, day: date) -> Sequence[Finding]:
    """个转企: an individual business that has outgrown it."""
    told = THRESHOLDS.value("company", day)
    individual = firm.get("individual")
    return (
        Finding(
            "现为个体工商户", "is an individual business", None if individual is None else bool(individual)
        ),
        _at_least("年营业收入", "yearly revenue", number(firm, "revenue"), told["revenue"], "万元"),
    )


def above_scale(firm: Row, day: date) -> Sequence[Finding]:
    """小升规: revenue by sector; construction by its qualification, real estate by its activity."""
    sector = firm.get("sector")
    if sector in ("construction", "estate"):
        return (Finding("有资质或开发经营活动", "is qualified or develops", firm.get("qualified")),)  # type: ignore[arg-type]
    least = THRESHOLDS.value("above_scale", day).get(sector)
    if least is None:
        return (Finding("行业", "sector", None),)
    return (_at_least("主营业务收入", "main revenue", number(firm, "revenue"), least, "万元"),)


def tech_sme(firm: Row, day: date) -> Sequence[Finding]:
    """科技型中小企业: size, no serious record, and 60 points with some for its staff."""
    told = THRESHOLDS.value("tech_sme", day)
    staff, points = tech_points(firm, day)
    scored = _at_least("综合评价得分", "points", points, told["score"], "分")
    return (
        _at_most("职工总数", "staff", number(firm, "staff"), told["staff"], "人"),
        _at_most("年销售收入", "sales", number(firm, "revenue"), told["sales"], "万元"),
        _at_most("资产总额", "assets", number(firm, "assets"), told["assets"], "万元"),
        _free_of("无严重失信、违法", "no serious record", firm, "record"),
        Finding("科技人员指标得分不为零", "points for research staff", None if staff is None else staff > 0),
        scored if scored.met or not _may_be_more(firm) else replace(scored, met=None),
    )


def _may_be_more(firm: Row) -> bool:
    """Whether the other way of counting R&D, of which a figure is missing, might give more points."""
    return None in (number(firm, "revenue"), number(firm, "cost"))


def tech_points(firm: Row, day: date) -> tuple[Decimal | None, Decimal | None]:
    """The points for staff, and all points; None where a figure is missing. Of the two R&D tables the better counts."""
    staff = _steps(
        percent(number(firm, "rd_staff"), number(firm, "staff")), THRESHOLDS.value("tech_sme_staff", day)
    )
    spent = number(firm, "rd")
    ways = (
        _steps(percent(spent, number(firm, "revenue")), THRESHOLDS.value("tech_sme_rd_sales", day)),
        _steps(percent(spent, number(firm, "cost")), THRESHOLDS.value("tech_sme_rd_cost", day)),
    )
    research = max((points for points in ways if points is not None), default=None)
    results = _results(firm, day)
    parts = (staff, research, results)
    return staff, None if None in parts else sum((p for p in parts if p is not None), Decimal(0))


def _results(firm: Row, day: date) -> Decimal | None:
    told = THRESHOLDS.value("tech_sme_results", day)
    first, second = number(firm, "ip_first"), number(firm, "ip_second")
    if first:
        return Decimal(told["first"])
    return None if first is None or second is None else _steps(second, told["second"])


def high_tech(firm: Row, day: date) -> Sequence[Finding]:
    """高新技术企业: age, core rights, staff, R&D by size, income; what experts score is not reckoned here."""
    told, founded = THRESHOLDS.value("high_tech", day), dated(firm, "founded")
    revenue = number(firm, "revenue")
    least = (
        None if revenue is None else next((p for over, p in told["rd"] if revenue > over), told["rd"][-1][1])
    )
    spent = percent(number(firm, "rd_3y"), number(firm, "revenue_3y"))
    research = (
        Finding("近三年研发占销售收入", "R&D of three years' sales", None)
        if least is None
        else _at_least("近三年研发占销售收入", "R&D of three years' sales", spent, least, "%")
    )
    rights = [number(firm, name) for name in ("ip_first", "ip_second")]
    return (
        Finding("注册满一年", "registered for a year", None if founded is None else (day - founded).days >= told["days"]),
        Finding("有核心知识产权", "has core rights", True if any(rights) else None if None in rights else False),
        _at_least("科技人员占比", "share of technical staff", percent(number(firm, "tech_staff"), number(firm, "staff")),
                  told["tech_staff"], "%"),
        research,
        _at_least("境内研发占比", "R&D done in China", number(firm, "rd_china"), told["china"], "%"),
        _at_least("高新产品收入占比", "high-tech income", number(firm, "tech_income"), told["income"], "%"),
        _free_of("一年内无重大事故", "no grave accident", firm, "accident"),
    )  # fmt: skip


def srdi(firm: Row, day: date) -> Sequence[Finding]:
    """专精特新中小企业: years in its niche, R&D, revenue or new equity, and the score that the province gives."""
    told, revenue = THRESHOLDS.value("srdi", day), number(firm, "revenue")
    equity = number(firm, "equity")
    ways = (
        None if revenue is None else revenue >= told["revenue"],
        None if equity is None else equity >= told["equity"],
    )
    funded = True if True in ways else None if None in ways else False
    return (
        _at_least("从事细分市场年数", "years in its niche", number(firm, "niche_years"), told["years"], "年"),
        _at_least("研发费用", "R&D", number(firm, "rd"), told["rd"], "万元"),
        _at_least("研发强度", "R&D of revenue", percent(number(firm, "rd"), revenue), told["rd_share"], "%"),
        Finding(
            "营业收入或两年内新增股权融资",
            "revenue or new equity",
            funded,
            _shown(revenue, "万元"),
            f"≥{told['revenue']}万元",
        ),
        _at_least("评价得分", "score", number(firm, "srdi_score"), told["score"], "分"),
    )


def giant(firm: Row, day: date) -> Sequence[Finding]:
    """专精特新“小巨人”: three years, a leading place in its niche, R&D by size."""
    told, revenue = THRESHOLDS.value("giant", day), number(firm, "revenue")
    return (
        _at_least("从事细分市场年数", "years in its niche", number(firm, "niche_years"), told["years"], "年"),
        _at_least("主营收入占比", "share of main revenue", number(firm, "main_share"), told["main"], "%"),
        _at_least(
            "近两年主营收入平均增速", "growth of two years", number(firm, "growth_2y"), told["growth"], "%"
        ),
        _at_most("资产负债率", "debt of assets", number(firm, "debt"), told["debt"], "%"),
        _at_least(
            "细分市场全国占有率",
            "national share of its niche",
            number(firm, "niche_share"),
            told["niche"],
            "%",
        ),
        _at_least("Ⅰ类知识产权", "rights of class I", number(firm, "ip_first"), told["first"], "项"),
        *_giant_research(firm, revenue, told),
    )


def _giant_research(firm: Row, revenue: Decimal | None, told: Any) -> Sequence[Finding]:
    """R&D: 3 % from 100 million yuan on, 6 % from 50 million, below that by equity, amount and staff."""
    strength = percent(number(firm, "rd"), revenue)
    if revenue is None:
        return (Finding("研发强度", "R&D of revenue", None),)
    if revenue >= told["small"]:
        least = told["rd_large"] if revenue >= told["large"] else told["rd_small"]
        return (_at_least("研发强度", "R&D of revenue", strength, least, "%"),)
    return (
        _at_least("两年内新增股权融资", "new equity of two years", number(firm, "equity"), told["equity"], "万元"),
        _at_least("研发费用", "R&D", number(firm, "rd"), told["rd"], "万元"),
        _at_least("研发人员占比", "share of research staff", percent(number(firm, "rd_staff"), number(firm, "staff")),
                  told["rd_staff"], "%"),
    )  # fmt: skip


def by_standing(zh: str, en: str, name: str) -> Callable[[Row, date], Sequence[Finding]]:
    """A level whose conditions are papers, not figures: only the step before it is looked at."""

    def judge(firm: Row, day: date) -> Sequence[Finding]:
        value = firm.get(name)
        return (Finding(zh, en, None if value is None else bool(value)),)

    return judge


LEVELS = (
    Level("company", "个转企", "individual to company", company, "company"),
    Level("above_scale", "小升规", "into the statistics", above_scale, "above_scale"),
    Level(
        "shares",
        "规改股",
        "to a share company",
        by_standing("已在统计范围", "is in the statistics", "in_statistics"),
    ),
    Level(
        "listed",
        "股上市",
        "to a listed company",
        by_standing("已是股份公司", "is a share company", "share_company"),
    ),
    Level("tech_sme", "科技型中小企业", "technology SME", tech_sme, "tech_sme"),
    Level("high_tech", "高新技术企业", "high-tech enterprise", high_tech, "high_tech"),
    Level("srdi", "专精特新中小企业", "specialised SME", srdi, "srdi"),
    Level("giant", "专精特新“小巨人”", "little giant", giant, "giant"),
)
BY_NAME = {level.name: level for level in LEVELS}


@dataclass(frozen=True, slots=True)
class Stand:
    """How a firm stands to a level: ready (all met), near (one missed), far, or unknown (figures are missing)."""

    state: str
    missed: tuple[Finding, ...]
    unknown: tuple[Finding, ...]


def stand(level: Level, firm: Row, day: date) -> Stand:
    """Which conditions a firm misses, and which nobody can tell."""
    found = level.findings(firm, day)
    missed = tuple(one for one in found if one.met is False)
    unknown = tuple(one for one in found if one.met is None)
    if len(missed) > 1:
        state = "far"
    elif unknown:
        state = "unknown"
    else:
        state = "near" if missed else "ready"
    return Stand(state, missed, unknown)
