"""Number tokens: every Arabic number of a sentence, and Chinese numerals where they count something."""

import re
from collections.abc import Iterator
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple

import msgspec

_NUM = r"[0-9]\d*(?:,\d{3})*(?:\.\d+)?"  # opens with a class, so that a search skips quickly to it
_DASH = r"[-—–－~～至到]{1,2}"
_RANGE = re.compile(
    rf"(?P<low>{_NUM})(?P<unit>%|‰|[万亿千百]*(?:个百分点|[个家户项条元吨])?){_DASH}(?P<high>{_NUM})"
)
_RATIO = re.compile(rf"(?:{_NUM})(?:[∶:：︰﹕](?:{_NUM}))+")
_RATIO_SIGNS = frozenset("∶:：︰﹕")
_RANGE_SIGN = re.compile(r"[-—–－~～至到]\d")
_FRACTION = re.compile(r"(?P<top>\d+)/(?P<bottom>\d+)(?!\d)")
_NUMBER = re.compile(_NUM)
_DIGIT = re.compile("[0-9]")
_ITEM_BEFORE_YEAR = re.compile(r"\d{1,2}[.．](?=20\d\d年)")
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_CN = "一二两三四五六七八九十百千"
_COUNTER = "项|条|个|家|所|座|处|户|名|件|场|部|套|倍|位|批|支|项目"
_BEFORE_TENTHS = ("超", "超过", "近", "约", "达", "达到", "不足")


class _Rule(NamedTuple):
    """How a Chinese numeral is told; `needs` are words of which the sentence must hold one."""

    name: str
    needs: tuple[str, ...]
    pattern: re.Pattern[str]


# patterns open with a class or a word, so that a search leaps to it; what may stand before it is asked behind it
_CHINESE = [
    _Rule(
        "numeral.ordinal",
        ("第",),
        re.compile(r"(?P<number>第[一二三四五六七八九十]+)(?=位|名|[，。、；）]|$|方阵|和|，)"),
    ),
    _Rule(
        "numeral.among",
        ("前",),
        re.compile(
            r"前(?<=[国省市区县界列居入进持].)(?P<number>[一二三四五六七八九十]{1,2})(?=位|名|[，、。；）]|$)"
        ),
    ),
    _Rule("numeral.two_digit", ("位数",), re.compile(r"(?P<number>[两双])(?=位数)")),
    _Rule(
        "numeral.fraction",
        ("分之",),
        re.compile(r"(?P<number>[一二三四五六七八九十]+分之[一二两三四五六七八九十]+)"),
    ),
    _Rule(
        "numeral.tenths",
        ("成",),
        re.compile(
            r"(?P<number>[一二两三四五六七八九])(?=成)(?:(?<![一-龥]年.)(?=成(?:以上|左右|多|[，。；、]|$))"
            rf"|{'|'.join(f'(?<={word}.)(?<![一-龥]年{word}.)' for word in _BEFORE_TENTHS)})"
        ),
    ),
    _Rule("numeral.half", ("半",), re.compile(r"(?:不到|不足|仅用|用|近|超|过)(?P<number>半)(?=年|数)")),
    _Rule("numeral.half", ("半",), re.compile(r"(?P<number>一半)(?=以上|左右|[，。；、]|$)")),
    _Rule("numeral.double", ("翻",), re.compile(r"(?P<number>翻了?[一二两三]番)")),
    _Rule("numeral.run", ("连",), re.compile(rf"(?P<number>[{_CN}]+)(?=连(?:丰|冠|增|快|降|胜|涨|优|升))")),
    _Rule(
        "numeral.years",
        ("连续", "提前", "延续"),
        re.compile(rf"(?:连续|提前|延续)(?P<number>[{_CN}]+)(?=个?(?:年|季度|月|周|届|次|天))"),
    ),
    _Rule(
        "numeral.round",
        ("百", "千", "万"),
        re.compile(
            r"(?:近|上|过|超|约|突破|超过|达到|达)(?P<number>[两三四五六七八九]?[百千]|万)(?=[万亿]?[元家户场项个名人件吨亩辆台架列艘只头条公](?!级)|[万亿](?=[，。；]|$|大关|台阶|关口))"
        ),
    ),
    _Rule(
        "numeral.count",
        ("",),
        re.compile(
            r"(?P<number>[一二两三四五六七八九十](?<![第十百几数].)"
            rf"(?:(?<=[二两三四五六七八九])[十百]?[{_CN[:-2]}]?|(?<=十)[一二三四五六七八九]?|(?<=[一二])[十百][{_CN}]*))(?={_COUNTER})"
        ),
    ),
]


class Token(msgspec.Struct, frozen=True, gc=False):
    """One number as written: characters `start` to `end` of the sentence, its value, and the rule that saw it."""

    start: int
    end: int
    text: str
    value: Decimal | None
    high: Decimal | None = None
    rule: str = "number"
    inner_unit: str = ""


def chinese_value(text: str) -> Decimal | None:
    """The value of a Chinese numeral below ten thousand ("二十一" is 21), None where it is none."""
    total, digit = 0, None
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in "十百千万":
            total += (1 if digit is None else digit) * {"十": 10, "百": 100, "千": 1000, "万": 10000}[char]
            digit = None
        else:
            return None
    return Decimal(total + (digit or 0))


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "") if "," in text else text)


def _is_year_range(low: str, high: str) -> bool:
    return len(low) == len(high) == 4 and low[:2] in ("19", "20") and high[:2] in ("19", "20")


def _arabic(text: str) -> Iterator[Token]:
    listed, spans = _ITEM_BEFORE_YEAR.match(text), _RANGE_SIGN.search(text)
    at = 0
    if listed:
        yield Token(0, listed.end() - 1, listed[0][:-1], Decimal(listed[0][:-1]))
        at = listed.end()
    while found := _NUMBER.search(text, at):
        start, after = found.start(), text[found.end() : found.end() + 1]
        if after in _RATIO_SIGNS and (ratio := _RATIO.match(text, start)) and not _clock(text, ratio):
            yield from _ratio_tokens(ratio)
            at = ratio.end()
        elif after == "/" and (part := _FRACTION.match(text, start)):
            share = Decimal(part["top"]) / Decimal(part["bottom"]) if int(part["bottom"]) else None
            yield Token(start, part.end(), part[0], share, rule="number.fraction")
            at = part.end()
        elif spans and (span := _RANGE.match(text, start)) and _is_span(text, span):
            yield Token(
                start,
                span.end(),
                span[0],
                _decimal(span["low"]),
                _decimal(span["high"]),
                "number.range",
                span["unit"],
            )
            at = span.end()
        else:
            yield Token(start, found.end(), found[0], _decimal(found[0]))
            at = found.end()


def _clock(text: str, ratio: re.Match[str]) -> bool:
    return text[ratio.end() : ratio.end() + 1] in ("时", "分")


def _is_span(text: str, span: re.Match[str]) -> bool:
    """A real range, not two years, two months or two road numbers."""
    if _is_year_range(span["low"], span["high"]) or text[span.end() : span.end() + 1] in ("月", "日", "号"):
        return False
    if re.search(r"[至到]", span[0]) and _decimal(span["low"]) >= _decimal(span["high"]):
        return False
    return _decimal(span["low"]) < _decimal(span["high"])


def _ratio_tokens(ratio: re.Match[str]) -> Iterator[Token]:
    parts = list(_NUMBER.finditer(ratio[0]))
    if len(parts) == 2:  # "2.1∶1" is one figure
        one = _decimal(parts[0][0])
        yield Token(ratio.start(), ratio.end(), ratio[0], one, rule="number.ratio")
        return
    for part in parts:  # "8∶54.9∶37.1" is a figure for each member
        yield Token(
            ratio.start() + part.start(),
            ratio.start() + part.end(),
            part[0],
            _decimal(part[0]),
            rule="number.ratio",
        )


def _numeral(text: str, rule: str) -> Decimal | None:
    if rule == "numeral.two_digit":
        return Decimal(10)
    if rule == "numeral.half":
        return Decimal("0.5")
    if rule == "numeral.double":
        return chinese_value(text[-2:-1])
    if rule == "numeral.fraction":
        bottom, top = text.split("分之")
        below, above = chinese_value(bottom), chinese_value(top)
        return above / below if above is not None and below else None
    return chinese_value(text.removeprefix("第"))


def _quoted(text: str, at: int) -> bool:
    return text.count("“", 0, at) > text.count("”", 0, at)


# what a rule finds holds one of these; a search leaps to their first characters
_MAY_COUNT = re.compile(
    "|".join(
        [
            *(f"{c}(?:成|分之|番|连[丰冠增快降胜涨优升]|{_COUNTER})" for c in "一二两三四五六七八九十百千"),
            *(f"{word}[两三四五六七八九百千万]" for word in "近上过超约破到达"),
            *(f"{word}[{_CN}]" for word in ("第", "前", "连续", "提前", "延续")),
            *("两位数", "双位数", "半年", "半数", "一半"),
        ]
    )
)


def _chinese(text: str) -> Iterator[Token]:
    if not _MAY_COUNT.search(text):
        return
    for rule, needs, pattern in _CHINESE:
        for word in needs:  # `any` would take longer than the search it saves
            if word in text:
                break
        else:
            continue
        for found in pattern.finditer(text):
            group = found.lastgroup or "number"
            start = found.start(group)
            if rule == "numeral.count" and _quoted(text, start):
                continue
            kind = "numeral.ordinal" if rule == "numeral.among" else rule
            yield Token(start, found.end(group), found[group], _numeral(found[group], kind), rule=kind)


def find_tokens(text: str) -> list[Token]:
    """Every number token of one sentence, in order and without overlap."""
    tokens = list(_arabic(text)) if _DIGIT.search(text) else []
    arabic = len(tokens)
    for token in _chinese(text):
        if not any(token.start < other.end and other.start < token.end for other in tokens):
            tokens.append(token)
    return sorted(tokens, key=attrgetter("start")) if len(tokens) > arabic else tokens
