"""Give every claim of a sentence its indicator, clause by clause."""

import re

from duban.read.claims.heads import (
    Head,
    clean_name,
    ordinals,
    split_list,
    spread,
    strip_lead,
    strip_link,
    town_and_country,
    verb_of,
    words,
)
from duban.read.claims.mentions import Mention
from duban.read.lexicon import alternation, load

_GROWS = re.compile(rf"^(?:{alternation(load('words')['link']['rise'])}|[、，和，])+$")
_FALL = alternation(load("words")["link"]["fall"])
_TAIL_FALL = re.compile(rf"{_FALL}(?:了|到|至|为)?$")
_SUBJECT = re.compile(r"(?:发展|做大|做强|壮大|培育壮大|打造|推进|建设|深化|支持|加快)(?P<subject>[^，。；、]{1,12}?(?:产业|业|经济|交易中心|企业|集群))(?=[，、]|及)")
_GENERAL = set(load("words")["noun"]["general"])
_RIGHT = re.compile(r"^[一-龥A-Za-z“《（]")
_STOP = re.compile(r"[、，；。]|(?<=[一-龥”）])和(?=\d)")


class Assembler:
    """Assembles indicators along one sentence; remembers what later clauses may refer to."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.last = ""  # the indicator before
        self.verb = ""  # the verb phrase of the list that is open
        self.object = ""  # the object before, for 其中
        self.listed: list[str] = []  # members of the enumeration before
        self.clause: tuple[int, int] | None = None

    def assemble(self, mentions: list[Mention]) -> None:
        """Set `indicator` on every claim among `mentions` (all of one sentence)."""
        claims = [m for m in mentions if m.fields["role"] == "claim"]
        for group in _by_clause(claims):
            self._clause(group)

    def _clause(self, group: list[Mention]) -> None:
        if self._shared_list(group):
            return
        for place, mention in enumerate(group):
            head = self._one(mention, place, group)
            mention.fields["indicator"], mention.fields["indicator_rule"] = head.text, head.rule
            mention.fields["indicator_sure"] = head.sure
            if head.text:
                self.last = head.text

    def _left(self, mention: Mention) -> str:
        return self.text[mention.clause[0] : mention.token.start]

    def _shared_list(self, group: list[Mention]) -> bool:
        """ "A、B分别达到x和y": as many heads as numbers."""
        left = self._left(group[0])
        at = left.find("分别")
        if at < 0 or len(group) < 2:
            return False
        subject, verb = strip_lead(left[:at]), strip_lead(left[at + 2 :])
        heads = self._heads_of(subject, len(group))
        if heads is None:
            return False
        doing = verb_of(verb)
        noun = strip_link(verb[len(doing) :]) if doing else strip_link(verb)
        middle = doing + noun if doing and doing not in load("words")["link"]["verbs"] and noun else ""
        fall = _TAIL_FALL.search(verb) or re.search(rf"{_FALL}(?=到|至|$)", verb)
        for mention, head in zip(group, heads, strict=True):
            name = head + (middle or (fall[0] if fall else ""))
            mention.fields.update(indicator=name, indicator_rule="indicator.respectively", indicator_sure=0.93)
            self.last = name
        return True

    def _heads_of(self, subject: str, count: int) -> list[str] | None:
        if not subject:
            return self.listed if len(self.listed) == count else None
        if heads := town_and_country(subject, count) or ordinals(subject, count):
            return heads
        doing = verb_of(subject)
        heads = split_list(subject)
        if len(heads) > count:
            heads = split_list(subject[len(doing) :])
        return spread(heads) if len(heads) == count else None

    def _one(self, mention: Mention, place: int, group: list[Mention]) -> Head:
        first = place == 0
        if first:
            self.verb = ""
        before = strip_lead(mention.pre)
        right = self._right(mention)
        unit = str(mention.unit)
        if mention.token.rule == "numeral.ordinal" or mention.fields.get("rank"):
            return self._rank(mention, before)
        if mention.token.rule == "numeral.two_digit":
            return Head(self.last, "indicator.carried", 0.8)
        if re.fullmatch(r"个?(?:年|季度|月)|届|天", unit) and right and re.search(r"连续$", mention.pre):
            subject = strip_link(re.sub(r"连续$", "", before))
            return Head((subject or "") + right, "indicator.duration")
        if right:
            return self._right_headed(mention, before, right, first)
        return self._left_headed(mention, before, first)

    def _right(self, mention: Mention) -> str:
        """The noun that follows the number, up to the next separator."""
        post = mention.post
        if not _RIGHT.match(post) or post[0] in "和与及以并，、（":
            return ""
        if re.match(rf"(?:{alternation(load('words')['link']['rise'])}|左右|之多|的(?:目标|水平|增速|规模|速度)?$|和|为|是)", post):
            return ""
        stop = _STOP.search(post)
        text = post[: stop.start()] if stop else post
        if stop is None and mention.tail + len(post) < mention.clause[1]:  # another number follows in the clause
            found = words().middle.search(text)
            text = text[: found.start()] if found else text
            text = re.sub(r"(?:和|、|及|以及|与)$", "", text)
        return clean_name(text.removeprefix("的"))

    def _rank(self, mention: Mention, before: str) -> Head:
        text = re.sub(r"连续[一二两三四五六七八九十\d]+个?(?:年|季度|月)", "", before)
        text = re.sub(r"(?:稳|位|名|排|跃|均)?(?:居|列|位|至|到|第|保持|升至|达到|继续|蝉联|前|排名|由|从|进入|排在|均)+$", "", text)
        head = strip_link(text)
        if len(head) < 2 and self.last:
            return Head(self.last, "indicator.carried", 0.75)
        return Head(head or self.last, "indicator.rank", 0.85)

    def _right_headed(self, mention: Mention, before: str, right: str, first: bool) -> Head:
        pre = clean_name(before)
        pre = re.sub(r"(?:在|对|将|为|让|使|向|把|有|共有|依托|涉及)$|^(?:在|对|将|让|使|把|依托|全市)", "", pre) if len(pre) < 4 else re.sub(r"^(?:在|依托)", "", pre)
        if first:
            self.verb = verb_of(pre)
        elif not pre and self.verb:
            pre = self.verb
        pre = re.sub(r"(?:约|近|超|超过|不少于|不低于|至少|突破|等)$", lambda m: m[0] if m[0] == "等" else "", pre)
        self.object = right
        self.listed = split_list(right)
        return Head(pre + right, "indicator.right_head")

    def _left_headed(self, mention: Mention, before: str, first: bool) -> Head:
        where = "其中" in mention.pre[:4]
        head = before
        fall = _TAIL_FALL.search(head.rstrip("了约近超"))
        if _GROWS.match(head) or (fall and not head[: fall.start()]):
            kept = self.last + (fall[0] if fall and self.last else "")
            return Head(kept, "indicator.carried", 0.85)
        head = clean_name(head) if not fall else clean_name(head[: fall.end()])
        if not fall:
            head = strip_link(head)
            inner = _TAIL_FALL.search(head)
            head = head if not inner or len(head) > len(inner[0]) else ""
        if not head:
            return Head(self.last, "indicator.carried", 0.75)
        return self._with_context(mention, head, first, where)

    def _with_context(self, mention: Mention, head: str, first: bool, where: bool) -> Head:
        verb = verb_of(head)
        listed = bool(re.match(r"^[、和与及]", mention.pre))
        if first and not where:
            self.verb = verb
        elif listed and not verb and self.verb and self.verb != head:
            head = self.verb + head
        elif where and not verb and self.verb:
            head = self.verb + head
        elif verb:
            self.verb = verb
        bare = head[len(verb) :] if verb else head
        self.object = bare
        self.listed = split_list(bare)
        if head in _GENERAL and (subject := self._subject(mention)):
            return Head(subject + head, "indicator.with_subject", 0.8)
        return Head(head, "indicator.left_head")

    def _subject(self, mention: Mention) -> str:
        found = None
        for found in _SUBJECT.finditer(self.text, 0, mention.clause[0]):
            pass
        return found["subject"] if found else ""


def _by_clause(claims: list[Mention]) -> list[list[Mention]]:
    groups: list[list[Mention]] = []
    for mention in claims:
        if groups and groups[-1][0].clause == mention.clause:
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return groups
