"""Figures that contradict each other within a sentence: sums, parts, lists, and growth against two levels."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from duban.read.claims.heads import strip_lead
from duban.read.links import size_of
from duban.read.lint.places import Placed, finding, found_in
from duban.read.model import Claim, Clean, Finding, Outline, Sentence

_ROUNDING = Decimal("0.3")  # percentage points that three rounded shares may miss together
_STAGE = re.compile(r"开工|竣工|完工|投产|复工|续建|新建|完成投资|在建")
_STRICT = re.compile(r"(?:，包括|，即|，分别[为是]|[：:])[^，。；：:]*$")
_NOT_PARTS = re.compile(r"每|人均|平均|由|从|增至|升至|提高到|增加到|达到")
_NAMES_PARTS = re.compile(r"其中|包括|[：:]|，即|分别[为是]")
_IN_ALL = re.compile(r"(?:合计|共计|总计)[^，。；\d]{0,6}$")
_RATIO = re.compile(
    r"(?:结构|比例|占比|比重)[^，。；\d]{0,14}(?P<parts>\d+(?:\.\d+)?(?:\s*[:：∶]\s*\d+(?:\.\d+)?){2,5})"
)
_SHARES = re.compile(r"分别占[^，。；\d]{0,16}(?P<parts>\d+(?:\.\d+)?%(?:[、和与]\d+(?:\.\d+)?%)+)")
_LIST = re.compile(
    r"(?P<heads>[^，。；]{4,60})分别(?:达到|达|为|增长|下降|提高到|突破)(?P<values>\d[^，。；]{2,60})"
)
_UP, _DOWN = "增长|提高|上升|提升|增加|扩大|前进", "下降|降低|减少|压减|回落|缩短|收窄"
_N = r"\d+(?:\.\d+)?"
_STEP = re.compile(
    rf"(?:从|由)(?:[^，。；\d]|20\d\d年){{0,16}}(?P<from>{_N})(?P<unit1>[^，。；\d]{{0,6}}?)"
    rf"(?:(?P<up>{_UP})|{_DOWN})(?:到|至|为)[^，。；\d]{{0,6}}(?P<to>{_N})(?P<unit2>[^，。；\d]{{1,6}})"
    rf"[，、](?:同比|累计|共|比上年|较上年)?(?:{_UP}|{_DOWN})(?:了)?(?P<step>{_N})(?P<unit3>个百分点|%|倍|[^，。；\d]{{1,4}}?)(?=[，。；])"
)


def check_figures(clean: Clean, outline: Outline, placed: Sequence[Placed]) -> Iterator[Finding]:
    """Sums and parts of each sentence; shares, lists and steps that its words spell out."""
    for _, group in groupby(placed, key=lambda p: p.number):
        yield from _sums(list(group))
    for sentence in outline.sentences:
        text = sentence.text
        if "分别" in text:
            yield from _uneven(clean, sentence)
            yield from _shares(clean, sentence, _SHARES)
        if "：" in text or ":" in text or "∶" in text:
            yield from _shares(clean, sentence, _RATIO)
        if "从" in text or "由" in text:
            yield from _steps(clean, sentence)


def amount(claim: Claim) -> tuple[Decimal, str] | None:
    """(value in base units, base unit) of a count or level that can be added up, else None."""
    if claim.value is None or claim.high is not None or claim.measure not in ("level", "increment"):
        return None
    factor, base = size_of(claim.unit or "")
    return claim.value * factor, base


def _sums(group: list[Placed]) -> Iterator[Finding]:
    for n, whole in enumerate(group):
        parts = _parts_after(group, n)
        if parts:
            yield from _against(whole, parts, strict=bool(_STRICT.search(_tie(whole, parts[0]))))
        if "计" in whole.sentence.text and _IN_ALL.search(whole.sentence.text, 0, whole.at):
            before = [p for p in group[:n] if p.clause == whole.clause - 1 and _alike(whole, p)]
            if len(before) > 1:
                yield from _against(whole, before, strict=True)


def _tie(one: Placed, other: Placed) -> str:
    """The words between two numbers of a sentence, up to where the second one's clause begins to name it."""
    return one.sentence.text[one.at + len(one.claim.number) : other.at]


def _alike(one: Placed, other: Placed) -> bool:
    a, b = amount(one.claim), amount(other.claim)
    return bool(a and b and a[1] == b[1] and one.claim.measure == other.claim.measure)


def _parts_after(group: list[Placed], n: int) -> list[Placed]:
    """The parts that 其中, 包括 or a colon names behind a total: one listed clause of the total's unit."""
    whole, later = group[n], group[n + 1 :]
    if not later or amount(whole.claim) is None:
        return []
    text = whole.sentence.text
    tie = _tie(whole, later[0])
    if "；" in tie or "。" in tie or not _NAMES_PARTS.search(tie):
        return []
    parts = [p for p in later if p.clause == later[0].clause]
    listed = text[max(0, whole.at - 8) : whole.at] + "".join(p.words for p in parts[:1])
    return parts if all(_alike(whole, p) for p in parts) and not _NOT_PARTS.search(listed) else []


def _against(whole: Placed, parts: list[Placed], strict: bool) -> Iterator[Finding]:
    total = amount(whole.claim)
    sums = [a[0] for p in parts if (a := amount(p.claim))]
    if total is None or len(sums) != len(parts):
        return
    told, listed = _figure(whole.claim), "、".join(_figure(p.claim) for p in parts)
    key = told + listed
    place = min(whole.claim.start, parts[0].claim.start), max(whole.claim.end, parts[-1].claim.end)
    if len(parts) == 1:
        if sums[0] > total[0]:
            yield finding("lint.part_above_whole", key, *place, whole=told, part=listed)
        return
    staged = any(_STAGE.search(p.claim.indicator or "") for p in parts)
    if (strict and sum(sums) != total[0]) or (sum(sums) > total[0] and not staged):
        factor = size_of(whole.claim.unit or "")[0]
        added = f"{(sum(sums) / factor).normalize():f}{whole.claim.unit}"
        yield finding("lint.sum_differs", key, *place, whole=told, parts=listed, sum=added)


def _figure(claim: Claim) -> str:
    return f"{claim.indicator} {claim.value}{claim.unit or ''}"


def _shares(clean: Clean, sentence: Sentence, pattern: re.Pattern[str]) -> Iterator[Finding]:
    """Shares of one whole that add up to something else: a structure must give 100, named shares at most."""
    for found in pattern.finditer(sentence.text):
        values = [Decimal(n) for n in re.findall(_N, found["parts"])]
        total = sum(values, Decimal(0))
        off = abs(total - 100) > _ROUNDING if pattern is _RATIO else total > 100 + _ROUNDING
        if off and 80 < total < 160:
            span = found_in(clean, sentence, found.start("parts"), found.end("parts"))
            yield finding("lint.shares", found[0], *span, text=found["parts"], sum=f"{total.normalize():f}")


def _uneven(clean: Clean, sentence: Sentence) -> Iterator[Finding]:
    """分别 lists whose members cannot be paired; "A和B、C" may be two or three, so both counts are tried."""
    for found in _LIST.finditer(sentence.text):
        heads = strip_lead(found["heads"])
        least = len([h for h in heads.split("、") if h])
        most = len([h for h in re.split(r"[、和与及]", heads) if h])
        values = len(re.findall(rf"{_N}", found["values"]))
        if least < 2 or values < 2 or least <= values <= most or "城乡" in heads:
            continue
        span = found_in(clean, sentence, found.start(), found.end())
        yield finding("lint.uneven_list", found[0], *span, heads=most, values=values, text=found[0])


def _steps(clean: Clean, sentence: Sentence) -> Iterator[Finding]:
    """ "由54%提高到57%，提高2个百分点": the step said and the step between the two levels."""
    for found in _STEP.finditer(sentence.text):
        if re.search(r"约|近|左右|以上|多$", found[0]):
            continue
        low, high, said = Decimal(found["from"]), Decimal(found["to"]), Decimal(found["step"])
        step: Decimal = abs(high - low)
        if found["unit3"] in ("%", "倍") and "%" not in found["unit2"] and low:
            rate = step / low * (100 if found["unit3"] == "%" else 1)
            wrong = abs(rate - said) > max(_slack(found["step"]), rate * Decimal("0.02"))
            told = f"{rate:.1f}{found['unit3']}"
        elif found["unit3"] == "个百分点" or found["unit3"] == found["unit2"]:
            wrong = abs(step - said) > _slack(found["from"]) + _slack(found["to"])
            told = f"{step.normalize():f}{found['unit3']}"
        else:
            continue
        if wrong:
            span = found_in(clean, sentence, found.start(), found.end())
            yield finding("lint.step_differs", found[0], *span, said=f"{said}{found['unit3']}", step=told)


def _slack(number: str) -> Decimal:
    """Half a unit of the last digit: what rounding may hide."""
    return Decimal(5).scaleb(-len(number.partition(".")[2]) - 1)
