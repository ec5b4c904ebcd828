"""What a number counts: its indicator, assembled from the words on its left and right."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import msgspec

from duban.read.claims.ends import Ends, Opening
from duban.read.lexicon import alternation, load

_SPACES = "".join(char for char in map(chr, range(0x3001)) if char.isspace())
_SEPARATORS = Opening(
    r"(?:[0-9]{1,2}[.．、]|[一二三四五六七八九]是)?(?:[、，；：或\s]|和(?![谐平睦美])|与(?![会])|及(?![时格早])|以(?!工代|旧换|奖代|竹代|电代|[上下内外色])|并(?![网购轨联入]))*",
    "0123456789一二三四五六七八九、，；：或和与及以并" + _SPACES,
)
_DIGIT = re.compile("[0-9]")
_SIZE = re.compile(
    r"(?:年产|日产|年处理|日处理|总?投资(?:超过?|近|约|逾|达)?|总长(?:超过?|近|约|逾|达)?)?(?:(?<![超过\d.])|(?<=[资长]超)|(?<=[资长]超过))\d[\d.,]*[十百千万亿]*"
    r"(?!元(?:及)?以上|亿元(?:及)?以上|万元(?:及)?以上)(?:吨|千瓦时?|GWh?|MWh?|千伏|立方米|平方米|毫米|米|头|羽|只|亩|公里|元的?|亿|万|小时|分钟)(?:及?以[上下])?(?:级|的)?"
)
_JOIN = r"和(?<![总共饱人温平]和)(?![谐平睦])|与(?<!参与)(?!会)|以及|及(?<![普涉以]及)(?![格时早以])"


# verbs of a change; with 到, 至 or 为 they tie an indicator to what it became
MOVED = r"(?:优化整合|重组整合|整合|合并|精简|提高|提升|增加|增长|上升|下降|降低|降|减少|减|升|压缩|压减|扩大|调整|缩短|跃升|跃居|前进|前移|攀升|发展|增|扩|优化|演变|转变|变化|拓展|延长|上调|下调|进|跨入|跻身|回升|回落|收窄|缩小|扩展)"
_BECAME = re.compile(rf"{MOVED}(?:到|至|为)(?:了|约|近)?$")
_AS_LAST = re.compile(r"(?:不低于|不少于|超过|高于|低于|达到)(?:去年|上年)的?$")
_TIMES_WHAT = re.compile(r"(?:是|为|相当于)[一-龥\d“”]{0,10}的$")
_PER_HEAD = re.compile(r"(?<=[从由到至为])(?:人均(?:每[年月])?|每人每[年月]|现在|目前)$")
_MEMBER = re.compile(rf"[“（《]|[”）》]|、|{_JOIN}")


class Head(msgspec.Struct, frozen=True, gc=False):
    """An indicator as assembled and the rule that did it."""

    text: str
    rule: str
    sure: float = 0.95


_NO_START, _NO_END = "的和与及、了等", "、的在从由到至为和与及对向把将，。；："


def shape_of(name: str) -> float:
    """How sure one may be that `name` is whole, by its shape alone: what is cut or very long seldom is."""
    if len(name) < 2 or name[0] in _NO_START or name[-1] in _NO_END or name[-1].isdecimal():
        return 0.5
    if name.count("“") != name.count("”"):
        return 0.5
    return 0.8 if len(name) > 30 else 1.0


@dataclass(frozen=True, slots=True)
class _Words:
    lead: Opening
    link: Ends
    rate_link: Ends
    verb: Opening
    compound: re.Pattern[str]
    measure: Ends
    deed: Ends
    middle: re.Pattern[str]


_NOT_OF_COUNTS = ("提升", "扩大", "回升", "上升")


def apart(words: Iterable[str]) -> str:
    """Any of `words`, but no single character that ends another word: the 约 of 签约 is none."""
    listed, part_of = set(words), load("words")["link"]["not_after"]
    plain = alternation(w for w in listed if w not in part_of)
    single = "|".join(f"(?<![{before}]){w}" for w, before in part_of.items() if w in listed)
    return f"(?:{plain}|{single})" if single else plain


def _lead(lead: Mapping[str, Any], doing: str) -> Opening:
    """Openings that say when and how; those of manner only before a verb."""
    date = r"(?:(?:用|在|力争)?[\d一二两三四五]+年(?:左右)?(?:的)?(?:时间|之?内)|(?:到?(?:20\d\d年)?(?:\d{1,2}月|[一二三四]季度|年)(?:底|末|初)?|20\d\d年)前)"
    guarded = [f"{w}(?![{after}])" for w, after in lead["not_before"].items()]
    always = alternation(w for w in lead["strip"] if w not in lead["not_before"])
    manner = alternation(lead["manner"])
    return Opening(
        rf"(?:(?!争取(?:到|资金|项目|上级|中央|专项|国家))(?:{date}|{always}|{'|'.join(guarded)}|到?20\d\d年(?:底|末)?)"
        rf"|(?:{manner})+(?={doing}(?!力|型|性|率|平台|项目|工程|企业)))+",
        [*"0123456789用在力到年一二两三四五", *lead["strip"], *lead["not_before"], *lead["manner"]],
    )


@cache
def words() -> _Words:
    """The patterns made of the lexicon, compiled once."""
    w = load("words")
    link, rise = [*w["link"]["verbs"]], w["link"]["rise"]
    doing = alternation(w["verb"]["doing"])
    compounds = [f"{verb}{alternation(nouns)}" for verb, nouns in w["noun"]["after"].items()]
    tails = "".join(w["noun"]["compound"])
    guards = w["link"]["not_after"]
    return _Words(
        _lead(w["lead"], doing),
        Ends([*link, *(r for r in rise if r not in _NOT_OF_COUNTS)], guards),
        Ends([*link, *rise], guards),
        Opening(rf"(?P<verb>(?:{doing}|新{doing})(?:(?:和|并|、)?{doing})*)", ["新", *w["verb"]["doing"]]),
        re.compile(rf"^(?:{'|'.join(compounds)}|{doing}[{tails}])"),
        Ends(w["noun"]["measure"]),
        Ends(verb for verb in w["verb"]["doing"] if len(verb) > 1),
        re.compile(
            r"(?<=[一-龥）”])(?:竣工|开工|完成投资|完成|拉动|带动|惠及|实现|总投资|投资|达到|达|投产|占|增长|新增|覆盖|吸引|筹集|共计|累计|合计|平均|面积|承担|开展|引进|解决|落户|带来|服务|发放|培训|交易额|年?产值|年?营业收入|年?销售收入|年?销售额|年?营收|吸纳|容纳|提供|签约|受益|入驻|减少|降低|提高|下降|集聚|聚集|形成|推出|参与|参赛|下放|近|超)"
        ),
    )


def strip_lead(text: str) -> str:
    """Without separators and openings that say when and how."""
    text = _SEPARATORS.past(text)
    found = words().lead.match(text)
    return text[found.end() :] or text if found else text


def strip_link(text: str, rate: bool = False) -> str:
    """Without the words that only tie an indicator to its number; words of rising only where it is a rate."""
    bare = (_TIMES_WHAT.sub("", text) if text.endswith("的") else text).rstrip("的了“（：:")
    if bare.endswith(("人均", "年", "月", "现在", "目前")):
        bare = _PER_HEAD.sub("", bare)
    if bare.endswith("年"):
        bare = _AS_LAST.sub("", bare)
    if bare.endswith(("到", "至", "为", "约", "近")):
        bare = _BECAME.sub("", bare)
    kept = (words().rate_link if rate else words().link).strip(bare)
    if kept.endswith("自然") and bare.startswith(kept + "增长率"):
        return kept + "增长率"
    return bare if kept.endswith(("新", "净")) and bare.startswith(kept + "增") else kept


def verb_of(text: str) -> str:
    """The verb phrase that `text` opens with, or nothing; 研发 in 研发人员 is none."""
    found = words().verb.match(text)
    return "" if not found or words().compound.match(text) else found["verb"]


def clean_name(text: str) -> str:
    """A name without sizes inside it: "年产42万吨轻合金" is 轻合金."""
    return text if text.isalpha() or not _DIGIT.search(text) else _SIZE.sub("", text)


def split_list(text: str) -> list[str]:
    """The members of an enumeration ("A、B和C"), quotes and brackets kept whole."""
    parts, start, depth = [], 0, 0
    for found in _MEMBER.finditer(text):
        mark = found[0]
        if mark in "“（《":
            depth += 1
        elif mark in "”）》":
            depth -= 1
        elif not depth and found.start() > start and (mark == "、" or found.end() < len(text)):
            parts.append(text[start : found.start()])
            start = found.end()
    parts.append(text[start:])
    return [p for p in parts if p]


_PLACE = re.compile(r"[、和](?P<place>全[国省市区县州盟])")
_OVER = re.compile(r"(?P<verb>高于|低于|快于|优于|好于)全[国省市区县州盟]$")


def over_place(last: str, pre: str) -> str:
    """ "高于全国2.1个、全省1.3个百分点": the indicator before, compared with the next place; else nothing."""
    place, over = _PLACE.fullmatch(pre), _OVER.search(last)
    return last[: over.end("verb")] + place["place"] if place and over else ""


def last_deed(text: str) -> str:
    """ "分级组建微信群、覆盖": of two deeds in a row the last one has the number."""
    pieces = split_list(text)
    if len(pieces) < 2 or not text.endswith(pieces[-1]):
        return text
    deed, before = verb_of(pieces[-1]), pieces[-2]
    return pieces[-1] if deed and verb_of(before) not in ("", before) else text


_MODIFIERS = (
    "存量",
    "新增",
    "城镇",
    "农村",
    "城市",
    "国家级",
    "省级",
    "自治区级",
    "市级",
    "县级",
    "规上",
    "规模以上",
    "限上",
    "限额以上",
    "常住",
    "户籍",
    "乡村",
    "城区",
    "县城",
    "市区",
    "全市",
    "中心城区",
)


_WHOLE_RATIO = re.compile(
    rf"{alternation(load('words')['noun']['measure'])}(?:占|与|相当于)[^，。]*(?:比重|比例|比率|占比|之比)$"
)
_RATE = re.compile(r"(?<=[一-龥]{2})[一-龥]{2}率$")
_KIND = re.compile(r"(?:产业|行业|领域|居民|群众|企业)$")


def _shared_tail(last: str) -> str:
    """What the last of a 分别 list says for all: the ratio, the text behind its quotes, or its measure."""
    tail = _WHOLE_RATIO.search(last)
    if not tail and "”" in last and not last.endswith("”"):
        return last[last.rindex("”") + 1 :]
    rate = _RATE.search(last)
    shared = tail[0] if tail else words().measure.last(last) or (rate[0] if rate else "")
    kind = _KIND.search(last[: -len(shared)]) if shared else None
    return (kind[0] if kind and kind.start() > 1 else "") + shared


def _completed(head: str, shared: str) -> str:
    kind = _KIND.match(shared[:2])
    return head + (shared[2:] if kind and head.endswith("业") else shared)


_BARE = (
    "人次",
    "批次",
    "件次",
    "起数",
    "件数",
    "死亡人数",
    "人数",
    "户数",
)  # of what, the first of the list says
_GENERAL = frozenset(load("words")["noun"]["general"])


def spread(heads: list[str]) -> list[str]:
    """Complete the members of a 分别 list with what the last one carries for all of them."""
    stem = heads[0].removesuffix(words().measure.last(heads[0]) or heads[0])
    heads = [heads[0], *(stem + h if h in _GENERAL or h in _BARE else h for h in heads[1:])]
    last = heads[-1]
    shared = _shared_tail(last)
    modifier = next((m for m in _MODIFIERS if last.startswith(m)), "")
    full = []
    for head in heads[:-1]:
        own = words().measure.last(head) or head.endswith("率")
        if head in _MODIFIERS and modifier:
            full.append(head + last[len(modifier) :])
        elif shared and not own:
            full.append(_completed(head, shared))
        else:
            full.append(head)
    return [*full, last]


def town_and_country(head: str, count: int) -> list[str] | None:
    """ "城乡居民收入分别…": one indicator each for town and country."""
    if count != 2:
        return None
    members = len(split_list(head))
    for both, one, other in (
        ("城乡居民", "城镇居民", "农村居民"),
        ("存贷款", "存款", "贷款"),
        ("存、贷款", "存款", "贷款"),
        ("城乡", "城镇", "农村"),
        ("城镇和农村", "城镇", "农村"),
        ("进出口", "进口", "出口"),
        ("牛羊", "牛", "羊"),
        ("起数和死亡人数", "起数", "死亡人数"),
    ):
        if both in head and (members < 2 or len(split_list(both)) > 1):
            return [head.replace(both, one, 1), head.replace(both, other, 1)]
    return None


def ordinals(head: str, count: int) -> list[str] | None:
    """ "一二三产业", "第一、二、三产业增加值": one indicator for each sector."""
    found = re.search(r"(?:第)?(?P<list>[一二三](?:[、，]?(?:第)?[一二三]){1,2})(?:次)?产业?(?!业)", head)
    if not found:
        return None
    numerals = re.findall(r"[一二三]", found["list"])
    if len(numerals) != count:
        return None
    return [f"{head[: found.start()]}第{n}产业{head[found.end() :]}" for n in numerals]
