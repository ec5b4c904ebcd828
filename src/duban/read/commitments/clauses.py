"""Which clauses of the plan are promises, and where each one begins and ends."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from duban.read.claims.heads import strip_lead
from duban.read.claims.mentions import clauses
from duban.read.lexicon import alternation, load
from duban.read.model import Claim, Sentence

_ORDER = re.compile(r"^(?:\d{1,2}[.．、]|[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十]是|——)")
_SUBJECT_VERB = re.compile(
    r"^[“一-龥A-Za-z0-9（）、·—”《》]{2,60}?(?:开工建设|开工|竣工|投产|建成|完工|通车|并网|完成|进入|实现|达到|同步|全部|投用|落地|挂牌|上市|创建|申报|联合谋划|从严|稳定在|控制在|高于|不低于)"
)
_WAY = re.compile(
    r"^(?:以|坚持|围绕|依托|聚焦|紧扣|立足|充分发挥|抢抓|对标|按照|牢记|树牢|紧跟|紧盯|把握|通过|根据|针对|借助|瞄准|锚定|把)"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A promise within its sentence: characters `start` to `end` of the clean text."""

    start: int
    end: int
    text: str
    sentence: Sentence
    claims: tuple[Claim, ...]
    rule: str


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = load("commitments")
    doing = load("words")["verb"]["doing"]
    return re.compile(f"^{alternation([*words['promise'], *doing])}"), re.compile(
        f"^{alternation(words['aim'])}"
    )


def _promise_rule(text: str) -> str | None:
    """The rule by which a clause without a number is a promise, or None."""
    promise, aim = _patterns()
    bare = _ORDER.sub("", text).strip("”")
    if len(bare) < 5 or aim.match(bare):
        return None
    if _WAY.match(bare):
        return (
            "commitment.way"
            if re.search(
                r"(?:建设|打造|发展|推出|构建|建立|实施|生成|共建|培育|推进|开展|创建|引进)", bare[2:]
            )
            else None
        )
    if promise.match(bare) or promise.match(strip_lead(bare)):
        return "commitment.opens_with_verb"
    if _SUBJECT_VERB.match(bare):
        return "commitment.subject_does"
    return None


def _cut(sentence: Sentence, numbered: bool) -> list[tuple[int, int]]:
    """Clauses of the sentence; a lead sentence that is only the work's heading and names no target is left out."""
    spans = clauses(sentence.text)
    lead = sentence.section.work_title
    if lead and sentence.text.rstrip("。：").lstrip("—") == lead and len(spans) == 1 and not numbered:
        return []
    return spans


def find_clauses(sentences: Sequence[Sentence], claims: dict[int, list[Claim]]) -> Iterator[Clause]:
    """The promises of the plan, in text order. `claims` maps a sentence's number to its target claims,
    each with its offset within the sentence as `claims_at`."""
    for number, sentence in enumerate(sentences):
        if sentence.section.part != "plan" or (
            sentence.section.action_no == 0 and not claims.get(number) and not _concrete(sentence.text)
        ):
            continue
        if sentence.text.startswith(("（", "(")) and re.match(
            r"^[（(][一二三四五六七八九十]+[）)]", sentence.text
        ):
            continue
        yield from _sentence_clauses(sentence, claims.get(number, []))


def _concrete(text: str) -> bool:
    return bool(
        re.search(
            r"(?:建立|组建|编制|出台|制定).{2,20}(?:机制|专班|清单|制度|体系|方案|办法)|与.{2,12}同步", text
        )
    )


def _sentence_clauses(sentence: Sentence, targets: list[Claim]) -> Iterator[Clause]:
    at = sentence.clean.start
    for start, end in _cut(sentence, bool(targets)):
        inside = tuple(c for c in targets if start <= int(c.rules["at"]) < end)
        text = sentence.text[start:end]
        rule = "commitment.states_a_target" if inside else _promise_rule(text)
        if rule:
            yield Clause(at + start, at + end, text, sentence, inside, rule)
