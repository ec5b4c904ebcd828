"""The words of a promise without its manner: adverbs, dates and carrying verbs that add nothing to what is done."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from duban.read.claims.ends import Opening
from duban.read.claims.heads import clean_name, verb_of
from duban.read.due import DUE_BEGINS, find_due
from duban.read.lexicon import alternation, load

NUMBERING = r"(?:[0-9]{1,2}[.．、]|[（(][一二三四五六七八九十0-9]+[）)]|[一二三四五六七八九十]是|——)"
NUMBERING_BEGINS = "0123456789（(一二三四五六七八九十—"
_WHOLE = 6  # characters: fewer say nothing whole
_ALSO = r"(?:以及|并(?![网购轨入行联])|同时|还要?(?!款)|也要?|要(?![素塞])|将|我们(?:要|将)?|其中|再(?![生造贷]|就业))(?=[一-龥])"
_OPENS = Opening(f"(?:{NUMBERING})*(?:{_ALSO})?", NUMBERING_BEGINS + "以并同还也要将我其再")
_AGENTS = ("以", "围绕", "依托", "聚焦", "紧扣", "立足", "针对", "瞄准", "按照", "通过", "借助")
_DONE = re.compile(
    r"(?:竣工|投产|投用|投运|达产|满产|开工|复工|建成|完工|通车|并网|落地|落户|上市|挂牌|开业|运营|进入|取得|列入|创建|申报|争创|销号|达标|实现|完成|产业化|提档升级|建设|改造|升级|转换|替代|发展|扩容|提质|上线|开通|交付|出让|合作|设立|组建|牵头|打造|开发|开展|引进|落成|收官|转型|整合|提升|释放|有序|全覆盖|清零|增产|上产|扩区|调区|增值|突破|迈进|建|承接)"
)
_TIED = re.compile(r"“|高质量发展|[、与]|和(?!林格尔)")
# opens with the words, so that a search leaps to them; what stands before them is asked behind them
_INNER_MANNER = re.compile(r"(?:持续|尽快|早日|按期|如期|有序)(?<=[一-龥”）]..)(?<!可..)(?=[一-龥])")
_MERE_WORK = re.compile(r"等?(?:系列|各类|重点)?(?<!的)工作$")


@dataclass(frozen=True, slots=True)
class _Words:
    manner: Opening
    carrier: Opening
    agent: Opening


@cache
def _words() -> _Words:
    words, doing = load("commitments"), load("words")["verb"]["doing"]
    verbs = alternation([*words["promise"], *doing])
    manner, carriers = words["manner"], words["carriers"]
    return _Words(
        Opening(
            rf"{alternation(manner)}(?:地)?(?={alternation(manner)}|{verbs}|对标|把|为|让)",
            manner,
        ),
        Opening(f"{alternation(carriers)}(?=[一-龥“A-Za-z0-9《])", carriers),
        Opening(rf"{alternation(_AGENTS)}[^，]{{2,24}}?(?={alternation(words['made'])})", _AGENTS),
    )


@lru_cache(64)  # one clause is asked about several times in a row
def without_manner(text: str) -> str:
    """`text` from the verb or the subject that carries the promise on: no numbering, adverbs, nor dates."""
    manner = _words().manner
    kept = _OPENS.past(text)
    while True:
        shorter = manner.past(_leading_date(kept) if kept[:1] in DUE_BEGINS else kept)
        if shorter == kept:
            return kept
        kept = shorter


def _leading_date(text: str) -> str:
    due = find_due(text[:14], 2000)
    if due and text[: due.start] in ("", "到", "在", "于") and due.end < len(text):
        return text[due.end :].lstrip("”，、")
    return text


def plain_words(text: str) -> str:
    """The shortest wording of a promise without a number: "确保大桥6月底前建成" is 大桥建成."""
    words = _words()
    whole = without_manner(text)
    kept = _without(words.agent, whole)
    if kept is not whole and (len(kept) < _WHOLE or kept.count("“") != kept.count("”")):
        kept = whole
    rest = _without(words.carrier, kept)
    if rest != kept and len(rest) >= _WHOLE and _DONE.search(rest) and not _TIED.match(rest):
        kept = rest
    return _trim(kept) or text


def _without(opening: Opening, bare: str) -> str:
    """`bare`, which has no manner, without `opening` and the manner that stood behind it."""
    first = bare[:1]
    if first in opening.begins or first in _OPENS.begins:
        return without_manner(opening.past(bare))
    return bare


def _trim(text: str) -> str:
    """Without sizes, inner dates and weak words inside."""
    kept = _INNER_MANNER.sub("", _dated(clean_name(text)))
    if len(kept) > 8 and kept.endswith("工作"):
        kept = _MERE_WORK.sub("", kept)
    return kept.strip("，。；：、 ")


def _dated(text: str) -> str:
    due = find_due(text, 2000)
    if due is None or due.rule == "due.horizon":
        return text
    end = (
        due.end - 2
        if text[due.start : due.end].endswith(
            ("竣工", "投产", "完成", "开工", "建成", "通车", "投用", "实现", "全部")
        )
        else due.end
    )
    before = text[: due.start]
    return (before.removesuffix("到") if before.endswith("到") else before) + text[end:].lstrip("”，")


def joined(indicators: tuple[str, ...], text: str) -> str:
    """Several indicators of the clause `text` as one phrase: what the text says once for all is said once."""
    names = [n for n in dict.fromkeys(indicators) if n]
    names = [n for n in names if not any(n != other and n.strip("、和") in other for other in names)]
    if len(names) < 2:
        return _dated(names[0]) if names else ""
    verb = verb_of(names[0])
    if verb and all(n.startswith(verb) and len(n) > len(verb) for n in names):
        return verb + joined(tuple(n[len(verb) :] for n in names), text)
    size = 0 if all(n in text for n in names[:-1]) else _shared_end(names)
    if size >= 2:
        return "、".join(n[:-size] for n in names) + names[0][-size:]
    return "、".join(names)


def _shared_end(names: list[str]) -> int:
    """How many last characters all names share, each keeping at least two of its own."""
    size = 0
    while all(len(n) > size + 2 for n in names) and len({n[-size - 1 :] for n in names}) == 1:
        size += 1
    return size
