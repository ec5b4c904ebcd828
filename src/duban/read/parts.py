"""Which year a report plans, and what each of its parts is: review, plan or duties."""

import re
from collections import Counter
from dataclasses import dataclass

_REVIEW = re.compile(
    r"回顾|过去|(?:上|去)年工作|(?:五|一)年来|主要成就|发展成就|取得.{0,6}成(?:就|效|绩)|工作(?:情况|总结)|主要成绩"
)
_PLAN = re.compile(
    r"展望|今年(?:的)?(?:政府)?(?:主要|重点)?(?:工作|任务|目标|安排)|工作(?:安排|打算|部署|任务|思路|总体要求)|总体要求|预期目标|主要目标|目标任务|重点(?:工作|任务)|主要(?:考虑|任务|举措)|战略举措|重大举措|发展蓝图|未来五年|今后五年|下一步|奋斗目标|纲要"
)
_DUTIES = re.compile(
    r"(?:自身|政府)建设|服务型政府|法治政府|人民满意|履职|有为政府|廉洁|肩负|施政|新使命|政府治理"
)
_PERIODS = {"十二五": 2015, "十三五": 2020, "十四五": 2025, "十五五": 2030, "十六五": 2035}
_PERIOD = re.compile(r"(十[二三四五六]五)|第(十[二三四五六])个五年")
_COMING = re.compile(r"(?:今后|未来)(?:的)?(?:五|5)年")
_BARE = re.compile(
    r"(?:“?十[二三四五六]五”?|(?:19|20)\d\d年|过去(?:的)?(?:五|一)?年|今年|(?:今后|未来)五年|上年|去年)[^。；！？]*(?:回顾|成就|成绩|总结|工作|目标|任务|安排|部署|举措|考虑|要求|蓝图|打算|建议)"
)
_CN = dict(zip("〇零一二三四五六七八九", "00123456789", strict=True))
_HELD = re.compile(
    r"(?P<year>20\d\d|二[〇零][一二三][〇零一二三四五六七八九])年(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})月[\d一二三四五六七八九十]{1,3}日.{0,8}在.{2,40}?(?:会议|代表大会|全会|大会)"
)
_VOTES = (
    (re.compile(r"(?:展望|建议|做好|安排|部署).{0,3}(20\d\d)年"), 2, 0),
    (
        re.compile(
            r"(20\d\d)年(?:的)?(?:政府)?(?:主要|重点)?(?:工作(?!回顾|总结|情况)|任务|总体要求|预期目标|目标)"
        ),
        2,
        0,
    ),
    (re.compile(r"(20\d\d)年是[^。]{0,30}(?:开局|关键|起步|收官|攻坚|重要)[^。]{0,6}年"), 1, 0),
    (
        re.compile(
            r"(20\d\d)年(?:主要|重点)?工作(?:的)?(?:回顾|总结|情况)|(?:回顾|刚刚过去的|过去的)(20\d\d)年"
        ),
        3,
        1,
    ),
)


def plan_year(lines: list[str]) -> int | None:
    """The year the report plans: where it was given, and what its headings and openings say; None if nothing does."""
    votes: Counter[int] = Counter()
    for line in lines[:60]:
        if held := _HELD.search(line):
            year = int("".join(_CN.get(c, c) for c in held["year"]))
            late = held["month"] in ("11", "12", "十一", "十二")
            votes[year] += 2 if late else 6
            votes[year + 1] += 3 if late else 0
            break
    for line in lines:
        opening = line[:60]
        if "20" not in opening:
            continue
        for pattern, weight, later in _VOTES:
            if found := pattern.search(opening):
                votes[int(found[1] or found[found.lastindex or 1]) + later] += weight
    if not votes:
        votes.update(int(y) for line in lines for y in re.findall(r"(20\d\d)年", line))
    return max(votes, key=lambda y: (votes[y], y)) if votes else None


def _ends(text: str) -> list[int]:
    """The last years of the five-year periods that `text` names."""
    return [_PERIODS[(a or b + "五")] for a, b in _PERIOD.findall(text)] if "五" in text else []


def horizon_of(text: str, year: int | None) -> int:
    """The last year of the many-year period that `text` plans for; 0 where it plans one year."""
    if year is None:
        return 0
    ends = _ends(text)
    if ends and max(ends) > year:
        return 0 if re.search(r"开好?局|起好?步|第一年", text) else max(ends)
    return year + 4 if "年" in text and _COMING.search(text) else 0


def opens_period(line: str, year: int | None) -> bool:
    """Whether a paragraph turns to the five years that begin with the plan year: "“十五五”时期…"."""
    found = re.match(r"“?(十[二三四五六]五)”?(?:时期|期间)", line)
    return bool(found and year and _PERIODS[found[1]] == year + 4)


@dataclass(frozen=True, slots=True)
class Part:
    """What a heading opens: its kind, whether a plan follows within it, and the horizon of that plan."""

    kind: str
    mixed: bool = False
    horizon: int = 0


def is_bare_heading(line: str) -> bool:
    """A part's heading without a number: "2026年重点工作"."""
    return len(line) <= 40 and line[-1:] not in "。；，：！？" and bool(_BARE.search(line))


def _speaks_of(title: str, year: int | None) -> tuple[bool, bool]:
    """(of a time that is over, of a time to come): by the years and periods the title names."""
    years = [int(y) for y in re.findall(r"(20\d\d)年", title)]
    ends = _ends(title)
    if year is None:
        return False, False
    over = (
        any(y < year for y in years)
        or any(e < year for e in ends)
        or bool(re.search("过去|去年|上年", title))
    )
    coming = (
        any(y >= year for y in years)
        or any(e > year for e in ends)
        or bool(_COMING.search(title) or "今年" in title)
    )
    return over, coming


def part_of(title: str, seen: str, year: int | None) -> Part:
    """What the part under `title` is, after parts of the kind `seen`."""
    review, plan = bool(_REVIEW.search(title)), bool(_PLAN.search(title))
    over, coming = _speaks_of(title, year)
    horizon = horizon_of(title, year)
    if _DUTIES.search(title) and seen in ("plan", "duties") and not plan:
        return Part("duties")
    if review and seen in ("head", "review"):
        mixed = coming and plan
        return Part("review", mixed, horizon if mixed else 0)
    if plan or seen == "plan" or coming:
        one_year = bool(re.search(f"{year}年|今年", title))
        return Part(
            "plan", horizon=0 if one_year and seen == "plan" else horizon, mixed=one_year and bool(horizon)
        )
    if seen == "head":
        return Part("review")
    return Part("plan" if seen == "review" and re.search(r"20\d\d年", title) and not over else seen)
