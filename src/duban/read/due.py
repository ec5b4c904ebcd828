"""When a promise falls due: a date where the words give one, else the words themselves."""

import calendar
import re

import msgspec


class Due(msgspec.Struct, frozen=True, gc=False):
    """`value` is YYYY-MM-DD or the words; `start`, `end` are characters of the text searched."""

    value: str
    start: int
    end: int
    rule: str


_CN = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"十一": 11, "十二": 12}
_MONTH = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月"
_PERIOD = {"十三五": 2020, "十四五": 2025, "十五五": 2030, "十六五": 2035}
_QUARTER = {"一": 3, "1": 3, "二": 6, "2": 6, "三": 9, "3": 9, "四": 12, "4": 12}
_PATTERNS = [
    ("due.date", re.compile(rf"(?:(?P<year>20\d\d)年)?{_MONTH}(?P<day>\d{{1,2}})日(?:之?前|以前|前后)?")),
    (
        "due.month",
        re.compile(
            rf"(?:(?P<year>20\d\d)年)?{_MONTH}(?P<part>底|末|上旬|中旬|下旬|初|份)?(?:之?前|以前|完成|竣工|投产|开工|建成|投用|通车|实现|全部)"
        ),
    ),
    ("due.plan_period", re.compile(r"“?(?P<period>十[三四五六]五)”?(?:规划)?(?:末|期末|时期末|期间|收官)")),
    (
        "due.horizon",
        re.compile(
            r"到(?P<year>20\d\d)年(?P<part>底|末)?|(?P<year2>20\d\d)年(?:底|末)(?:之?前)?|(?P<year3>20\d\d)年(?:之?前|以前)"
        ),
    ),
    ("due.quarter", re.compile(r"(?<![比较])(?:第)?(?P<quarter>[一二三四1-4])季度(?:末|底)?(?:之?前)?")),
    ("due.half", re.compile(r"(?<![比较])(?P<half>上半年|年中(?=[，。、；前]|之前|完成|实现|建成|开工|投))")),
    (
        "due.season",
        re.compile(
            r"(?:主)?(?P<event>雨季|汛期|供暖期|采暖期|采暖季|供暖季|冬季|入冬|春耕|春节|元旦|国庆节?|中秋|“?五一”?|“?七一”?|“?十一”?|秋季学期?(?:开学)?|高考|三伏|冻土期|封冻)(?:来临|到来|开始)?(?:之?前|以前)"
        ),
    ),
    ("due.term", re.compile(r"(?:本届政府)?任期内")),
    ("due.next_year", re.compile(r"明年(?:底|内)?")),
    ("due.year_end", re.compile(r"年内|年底前?|年末|全年|今年(?:底|内)?|下半年|四季度")),
]
_FIXED = {
    "国庆": "09-30",
    "国庆节": "09-30",
    "元旦": "12-31",
    "五一": "04-30",
    "七一": "06-30",
    "十一": "09-30",
}


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _CN[text]


def _month_end(year: int, month: int, part: str | None) -> str:
    day = {"上旬": 10, "中旬": 20, "初": 10}.get(part or "", calendar.monthrange(year, month)[1])
    return f"{year}-{month:02d}-{day:02d}"


def _value(rule: str, found: re.Match[str], year: int) -> str | None:
    part = found.groupdict()
    own = int(part.get("year") or year)
    if rule == "due.date":
        month, day = _number(part["month"]), int(part["day"])
        return f"{own}-{month:02d}-{day:02d}" if day <= calendar.monthrange(own, month)[1] else None
    if rule == "due.month":
        return _month_end(own, _number(part["month"]), part["part"])
    if rule == "due.plan_period":
        return f"{_PERIOD[part['period']]}-12-31"
    if rule == "due.horizon":
        horizon = int(part["year"] or part["year2"] or part["year3"])
        return f"{horizon - (1 if part['year3'] else 0)}-12-31" if horizon >= year else None
    if rule == "due.quarter":
        return _month_end(year, _QUARTER[part["quarter"]], None)
    if rule == "due.season":
        fixed = _FIXED.get(part["event"].strip("“”"))
        return f"{year}-{fixed}" if fixed else found[0]
    simple = {
        "due.half": f"{year}-06-30",
        "due.next_year": f"{year + 1}-12-31",
        "due.year_end": f"{year}-12-31",
    }
    return simple.get(rule, found[0])


# without one of these two words a rule finds nothing
_NEEDS = {
    "due.date": ("日", "日"),
    "due.month": ("月", "月"),
    "due.plan_period": ("五", "五"),
    "due.horizon": ("20", "20"),
    "due.quarter": ("季度", "季度"),
    "due.half": ("上半年", "年中"),
    "due.season": ("前", "前"),
    "due.term": ("任期", "任期"),
    "due.next_year": ("明年", "明年"),
    "due.year_end": ("年", "季度"),
}
# what a due phrase begins with, alone or behind 到, 在 or 于
DUE_BEGINS = frozenset(
    "0123456789一二三四五六七八九十到在于“第上年主雨汛供采冬入春元国中秋高冻封本任明全今下"
)
_MARK = re.compile(r"[年月季期前末底]")  # no due phrase does without one of these


def find_due(text: str, plan_year: int) -> Due | None:
    """The last and most exact due phrase of `text`, None where it has none.

    An exact rule (a date, a month) wins over a looser one (年内) wherever it stands.
    """
    if not _MARK.search(text):
        return None
    for rule, pattern in _PATTERNS:
        one, other = _NEEDS[rule]
        if one not in text and other not in text:
            continue
        best = None
        for found in pattern.finditer(text):
            value = _value(rule, found, plan_year)
            if value is not None:
                best = Due(value, found.start(), found.end(), rule)
        if best is not None:
            return best
    return None


_MAY_OPEN = DUE_BEGINS | set("力确争计")
_ALONE = re.compile(r"(?:力争|确保|争取|计划)?(?:到|在|于)?")


def opening_due(text: str, plan_year: int, before: int) -> Due | None:
    """The date that opens a sentence and holds for its later clauses: a clause of its own ("6月底前，…"),
    or 今年 and 年内, which hold for the whole sentence; None where the clauses before `before` have neither."""
    if text[:1] not in _MAY_OPEN:
        return None
    comma = text.find("，", 0, 16)
    opening = text[: comma if 0 < comma < before else 12]
    found = find_due(opening, plan_year)
    if found is None or not _ALONE.fullmatch(opening[: found.start]):
        return None
    alone = len(opening) == found.end and 0 < comma < before
    return found if alone or found.rule == "due.year_end" else None
