"""What a number counts: its indicator, assembled from the words on its left and right."""

import re
from dataclasses import dataclass
from functools import cache

from duban.read.lexicon import alternation, load

_SEPARATORS = re.compile(r"^[、，；：和与及以或并\s]+")
_SIZE = re.compile(
    r"(?:年产|日产|年处理|日处理|总?投资)?\d[\d.,]*[十百千万亿]*"
    r"(?:吨|千瓦时?|GWh?|MWh?|千伏|立方米|平方米|毫米|米|头|羽|只|亩|公里|元的?|亿|万|小时|分钟)(?:以上|及以上)?(?:级|的)?"
)
_JOIN = r"(?<![总共饱人温平])和(?![谐平睦])|(?<!参)与(?!会)|以及|(?<![普涉以])及(?![格时早以])"


@dataclass(frozen=True, slots=True)
class Head:
    """An indicator as assembled and the rule that did it."""

    text: str
    rule: str
    sure: float = 0.95


@dataclass(frozen=True, slots=True)
class _Words:
    lead: re.Pattern[str]
    link: re.Pattern[str]
    verb: re.Pattern[str]
    measure: re.Pattern[str]
    middle: re.Pattern[str]


@cache
def words() -> _Words:
    """The patterns made of the lexicon, compiled once."""
    w = load("words")
    link = alternation([*w["link"]["verbs"], *w["link"]["rise"]])
    doing = alternation(w["verb"]["doing"])
    date = r"(?:(?:用|在|力争)?[\d一二两三四五]+年(?:左右)?(?:的)?(?:时间|内)(?:内)?|到?(?:20\d\d年)?(?:\d{1,2}月|年)(?:底|末|初)?|20\d\d年)前"
    return _Words(
        re.compile(
            rf"^(?:(?!争取(?:到|资金|项目|上级|中央|专项|国家)|再(?:生|造|贷))(?:{alternation(w['lead']['strip'])}|到?20\d\d年(?:底|末)?|{date}))+"
        ),
        re.compile(rf"(?:{link}|每[一-龥]{{1,3}})+$"),
        re.compile(rf"^(?P<verb>{doing}(?:(?:和|并|、)?{doing})*)"),
        re.compile(rf"{alternation(w['noun']['measure'])}$"),
        re.compile(
            r"(?<=[一-龥）”])(?:竣工|开工|完成投资|完成|拉动|带动|惠及|实现|总投资|投资|达到|达|投产|占|增长|新增|覆盖|吸引|筹集|共计|累计|合计|平均|面积|承担|开展|引进|解决|落户|带来|服务|发放|培训|交易额|产值|营业收入|吸纳|容纳|提供|签约|受益|入驻|减少|降低|提高|下降)"
        ),
    )


def strip_lead(text: str) -> str:
    """Without separators and openings that say when and how."""
    text = _SEPARATORS.sub("", text)
    kept = words().lead.sub("", text)
    return kept or text


def strip_link(text: str) -> str:
    """Without the words that only tie an indicator to its number."""
    bare = re.sub(r"(?:是|为|相当于)[一-龥\d]{0,8}的$", "", text).rstrip("的了“（：:")
    kept = words().link.sub("", bare)
    return bare if kept.endswith(("新", "净")) and bare.startswith(kept + "增") else kept


def verb_of(text: str) -> str:
    """The verb phrase that `text` opens with, or nothing."""
    found = words().verb.match(text)
    return found["verb"] if found else ""


def clean_name(text: str) -> str:
    """A name without sizes inside it: "年产42万吨轻合金" is 轻合金."""
    return _SIZE.sub("", text)


def split_list(text: str) -> list[str]:
    """The members of an enumeration ("A、B和C"), quotes and brackets kept whole."""
    parts, start, depth = [], 0, 0
    for found in re.finditer(rf"[“（《]|[”）》]|、|{_JOIN}", text):
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


def spread(heads: list[str]) -> list[str]:
    """Complete the members of a 分别 list with what the last one carries for all of them."""
    last = heads[-1]
    tail = words().measure.search(last)
    shared = tail[0] if tail else ""
    if "”" in last and not last.endswith("”"):
        shared = last[last.rindex("”") + 1 :]
    modifier = next((m for m in _MODIFIERS if last.startswith(m)), "")
    full = []
    for head in heads[:-1]:
        if head in _MODIFIERS and modifier:
            full.append(head + last[len(modifier) :])
        elif shared and not words().measure.search(head):
            full.append(head + shared)
        else:
            full.append(head)
    return [*full, last]


def town_and_country(head: str, count: int) -> list[str] | None:
    """ "城乡居民收入分别…": one indicator each for town and country."""
    if count != 2:
        return None
    for both, one, other in (
        ("城乡居民", "城镇居民", "农村居民"),
        ("存贷款", "存款", "贷款"),
        ("城乡", "城镇", "农村"),
        ("城镇和农村", "城镇", "农村"),
        ("进出口", "进口", "出口"),
    ):
        if both in head:
            return [head.replace(both, one, 1), head.replace(both, other, 1)]
    return None


def ordinals(head: str, count: int) -> list[str] | None:
    """ "一二三产业", "第一、二、三产业增加值": one indicator for each sector."""
    found = re.search(r"(?:第)?(?P<list>[一二三](?:[、，]?(?:第)?[一二三]){1,2})(?:次)?产业", head)
    if not found:
        return None
    numerals = re.findall(r"[一二三]", found["list"])
    if len(numerals) != count:
        return None
    return [f"{head[: found.start()]}第{n}产业{head[found.end() :]}" for n in numerals]
