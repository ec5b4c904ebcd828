"""Which clauses of the plan are promises, and where each one begins and ends."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import msgspec

from duban.read.claims.ends import Ends, Opening, Starts
from duban.read.claims.heads import strip_lead
from duban.read.claims.mentions import clauses
from duban.read.commitments.lines import Piece, Target, concrete, lines, topic
from duban.read.commitments.wording import NUMBERING, NUMBERING_BEGINS, without_manner
from duban.read.lexicon import alternation, load
from duban.read.model import Sentence

_ORDER = Opening(NUMBERING, NUMBERING_BEGINS)
_HEADING = re.compile(r"^[（(][一二三四五六七八九十]+[）)]")
_SUBJECT_VERB = re.compile(
    r"^[“一-龥A-Za-z0-9（）、·—”《》]{2,60}?(?:开工建设|加快建设|开工|竣工|投产|建成|完工|通车|并网|完成|进入|实现|达到|同步|全部|投用|落地|挂牌|上市|投入运营|开业|运营|做完|见效|应[一-龥]尽[一-龥]|全覆盖|清零|创建|申报|联合谋划|从严|稳定在|控制在|高于|不低于)"
)
_WAYS = (
    "以", "坚持", "围绕", "依托", "聚焦", "紧扣", "立足", "充分发挥", "抢抓", "对标", "按照", "牢记", "树牢", "紧跟", "紧盯", "把握",
    "通过", "根据", "针对", "借助", "瞄准", "锚定", "把", "扛牢", "践行", "忠诚", "贯彻",
)  # fmt: skip
_WAY = Starts(_WAYS)
_SLOGAN_BEGINS = frozenset("毫想千深全认忠学贯践落力争确到2“十")  # or it has 则 in its middle
_SLOGAN = re.compile(
    r"(?:毫不动摇|想方设法|千方百计)[^\d“]*$|[^，]{2,5}则[^，]{2,5}$|(?:深入|全面|认真|忠诚)?(?:学习|贯彻|践行|落实)[^，]*(?:精神|思想|重要指示|决策部署)$"
    r"|(?:力争|争取|确保)?到?(?:20\d\d年|“?十[三四五六]五”?)(?:底|末|时期)?$"
)
_FRAME_OF = (
    "牵引", "统领", "抓手", "总抓手", "引领", "目标", "主线", "导向", "核心", "重点", "契机", "统揽", "主题", "动力",
    "根本", "支撑", "依托", "载体", "突破口", "主攻方向", "首要任务",
)  # fmt: skip
_FRAMES = Ends(
    [
        *(noun + verb for noun in ("目标", "要求", "思路", "任务") for verb in "是为"),
        *(f"为{what}" for what in _FRAME_OF),
    ]
)
_SET_UP = re.compile(
    r"(?:建立|成立|组建|编制|出台|制定).{0,20}(?:机制|专班|班子|清单|台账|制度|体系|方案|办法)|[与和同].{2,12}同步|正增长|下达(?:的)?(?:目标)?任务"
)
_GENERAL_END = re.compile(
    r"(?:建设|发展|治理|格局|成效|形象|攻坚|增长|城市|底线|颜值”?|循环量”?|转型|创新|开放)$"
)
_DATE = re.compile(
    r"^(?:力争|争取|确保)?到?(?:20\d\d年|“?十[三四五六]五”?|今年|本年|明年)?(?:\d{1,2}月|年|上半年)?(?:底|末|时期末)?(?:之?前)?$"
)
_DATE_ENDS = frozenset("争取保到年五”月底末前")
_LOOKS = re.compile(r"紧盯|聚焦|围绕|紧扣|锚定|瞄准|对标|依托|立足|牢记")
_ANNOUNCES = re.compile(r"以下[一二三四五六七八九十\d]+(?:个|项|方面)")
_SUPERLATIVE = re.compile(r"最[一-龥]{1,3}的")
_PREAMBLE = 0.35  # of the characters of its action: a longer paragraph is the action itself


class Clause(msgspec.Struct, frozen=True, gc=False):
    """A promise within its sentence: characters `start` to `end` of the clean text; `own` is what is done."""

    start: int
    end: int
    own: str
    sentence: Sentence
    claims: tuple[Target, ...]
    rule: str


@cache
def _patterns() -> tuple[Starts, Starts, re.Pattern[str]]:
    words = load("commitments")
    return (
        Starts([*words["promise"], *load("words")["verb"]["doing"]]),
        Starts(words["aim"]),
        re.compile(alternation(words["made"])),
    )


def _is_slogan(text: str) -> bool:
    return ("则" in text or text[:1] in _SLOGAN_BEGINS) and _SLOGAN.match(text) is not None


def _promise_rule(text: str) -> str | None:
    """The rule by which a clause without a number is a promise, or None."""
    promise, aim, made = _patterns()
    bare = _ORDER.past(text).strip("”")
    plain = without_manner(bare)
    if len(bare) < 5 or aim.begin(bare) or plain[:1] in ("把", "为", "让"):
        return None
    if _FRAMES.last(bare) or _is_slogan(bare):
        return None
    if _WAY.begin(plain):
        return (
            "commitment.way"
            if made.search(bare[2:]) and not bare.endswith(("作用", "优势", "机遇", "思维"))
            else None
        )
    if promise.begin(plain) or promise.begin(strip_lead(bare)):
        return "commitment.opens_with_verb"
    return "commitment.subject_does" if _SUBJECT_VERB.match(bare) else None


def _target_rule(text: str) -> str | None:
    """The rule by which a clause with target numbers is a promise: one that only says where to look is none."""
    _, _, made = _patterns()
    if _LOOKS.match(text) and not made.search(text[2:]):
        return None
    return None if _ANNOUNCES.search(text) else "commitment.states_a_target"


def _preambles(sentences: Sequence[Sentence]) -> set[int]:
    """Actions whose first paragraph only introduces the works that follow it."""
    sizes: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for one in sentences:
        if one.section.part == "plan" and one.section.action_no:
            sizes[one.section.action_no][one.section.work_no > 0] += len(one.text)
    return {n for n, (first, works) in sizes.items() if works and first < _PREAMBLE * (first + works)}


def find_clauses(sentences: Sequence[Sentence], targets: Mapping[int, list[Target]]) -> Iterator[Clause]:
    """The promises of the plan, in text order. `targets` maps a sentence's number to its numbers that promise."""
    preambles = _preambles(sentences)
    for number, sentence in enumerate(sentences):
        if sentence.section.part != "plan" or _HEADING.match(sentence.text):
            continue
        section = sentence.section
        pieces = _pieces(sentence, targets.get(number, []))
        if section.action_no == 0:
            pieces = [p for p in pieces if _SET_UP.search(p.own) or (p.claims and not _WAY.begin(p.own))]
        elif section.work_no == 0 and section.action_no in preambles:
            pieces = [p for p in pieces if p.claims or _stands_out(p.own)]
        elif _is_topic_sentence(sentence, pieces, sentences[number + 1 : number + 2]):
            continue
        for piece in lines(pieces):
            yield _clause(piece, sentence)


def _stands_out(text: str) -> bool:
    named = concrete(text, listed=False) and not _GENERAL_END.search(text)
    return named or bool(_SUPERLATIVE.search(text))


def _is_topic_sentence(sentence: Sentence, pieces: list[Piece], following: Sequence[Sentence]) -> bool:
    """A short sentence of one clause before the sentences that carry it out: the work's heading, or a topic."""
    if len(pieces) != 1 or pieces[0].claims:
        return False
    text = sentence.text.rstrip("。：；").lstrip("—")
    goes_on = bool(following) and following[0].paragraph == sentence.paragraph
    if text == sentence.section.work_title and (goes_on or not sentence.text.endswith("。")):
        return True
    return len(text) <= 20 and topic(text) and (goes_on or text == sentence.section.work_title)


def _pieces(sentence: Sentence, targets: list[Target]) -> list[Piece]:
    """The clauses of the sentence, each a promise or not; a clause that is only a date belongs to the next."""
    found: list[Piece] = []
    opened: int | None = None
    whole = sentence.text
    for start, end in clauses(whole):
        inside = tuple(t for t in targets if start <= t.at < end) if targets else ()
        text = whole[start:end]
        if not inside and text[-1] in _DATE_ENDS and _DATE.match(text):
            opened = start
            continue
        rule = _target_rule(text) if inside else _promise_rule(text)
        if rule and not inside and text[-1] in "！？":
            rule = None
        begin = start if opened is None else opened
        if rule and (number := _ORDER.match(whole[begin:end])):
            begin += number.end()
        found.append(Piece(begin, end, whole[begin:end], inside, rule))
        opened = None
    return found


def _clause(piece: Piece, sentence: Sentence) -> Clause:
    at = sentence.clean.start
    return Clause(at + piece.start, at + piece.end, piece.own, sentence, piece.claims, piece.rule or "")
