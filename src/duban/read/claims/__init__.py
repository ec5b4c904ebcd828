"""Claims: what every number of the text states (see docs/reading.md)."""

import hashlib

from duban.read.claims.indicator import Assembler
from duban.read.claims.judge import set_due, set_measure, set_tense
from duban.read.claims.mentions import Mention, find_mentions, place_words
from duban.read.claims.roles import set_roles
from duban.read.model import Claim, Clean, Outline, Sentence

__all__ = ["read_claims", "read_sentence"]


def read_sentence(sentence: Sentence, year: int | None) -> list[Mention]:
    """All numbers of one sentence with every field decided."""
    text = sentence.text
    mentions = find_mentions(text)
    if not mentions:
        return []
    set_roles(text, mentions)
    if sentence.section.part == "head":
        for m in mentions:
            m.role, m.role_rule = "name", "role.title_page"
    claims = [m for m in mentions if m.role == "claim"]
    place_words(claims, text)
    Assembler(text).assemble(claims)
    for before, mention in zip([None, *claims], claims, strict=False):
        set_tense(text, mention, sentence.section)
        set_measure(text, mention, before)
        set_due(text, mention, year, sentence.section.horizon)
    return mentions


def _identity(sentence: str, mention: Mention, seen: dict[tuple[str, str], int]) -> str:
    """Stable while the sentence stands as it is, wherever it moves to."""
    key = sentence, mention.token.text
    seen[key] = count = seen.get(key, 0) + 1
    return "c" + hashlib.sha256(f"{sentence}\0{key[1]}\0{count}".encode()).hexdigest()[:10]


# rules of role that were seen to fail more often than the others
_ROLES_UNSURE = {"role.bare_number": 0.8, "role.size_of_named_thing": 0.86, "role.named_capacity": 0.86}


def _role_sure(mention: Mention) -> float:
    return _ROLES_UNSURE.get(mention.role_rule, 0.93)


def _rules(mention: Mention) -> dict[str, str]:
    return {
        "role": mention.role_rule,
        "tense": mention.tense_rule,
        "indicator": mention.indicator_rule,
        "measure": mention.measure_rule,
        "due": mention.due_rule,
        "unit": mention.unit_rule,
        "comparator": mention.comparator_rule,
        "value": mention.token.rule,
    }


def _confidence(mention: Mention) -> dict[str, float]:
    return {
        "role": _role_sure(mention),
        "tense": mention.tense_sure,
        "indicator": mention.indicator_sure if mention.indicator else 0.3,
        "measure": mention.measure_sure,
        "due": mention.due_sure,
        "unit": 0.97 if mention.unit or _needs_no_unit(mention) else 0.6,
        "comparator": 0.97,
        "value": 0.99,
    }


def _needs_no_unit(mention: Mention) -> bool:
    """Ranks, ratios and numerals such as 一半 stand without a unit."""
    return mention.token.rule != "number" or mention.measure == "rank"


def _claim(sentence: Sentence, mention: Mention, clean: Clean, seen: dict[tuple[str, str], int]) -> Claim:
    at = sentence.clean.start
    start, end = clean.place(at + mention.token.start, at + mention.token.end)
    told = (_identity(sentence.text, mention, seen), start, end, mention.token.text, mention.role)
    where = (sentence.section.label, sentence.text)
    if mention.role != "claim":
        sure = {"role": _role_sure(mention)}
        return Claim(*told, *where, rules={"role": mention.role_rule}, confidence=sure)
    return Claim(
        *told,
        *where,
        tense=mention.tense,
        indicator=mention.indicator,
        measure=mention.measure,
        value=mention.token.value,
        high=mention.token.high,
        unit=mention.unit,
        comparator=mention.comparator,
        due=mention.due,
        rules=_rules(mention),
        confidence=_confidence(mention),
    )


def read_claims(clean: Clean, outline: Outline) -> tuple[Claim, ...]:
    """Every number token of the document, in text order."""
    seen: dict[tuple[str, str], int] = {}
    return tuple(
        _claim(sentence, mention, clean, seen)
        for sentence in outline.sentences
        for mention in read_sentence(sentence, outline.year)
    )
