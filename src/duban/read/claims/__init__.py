"""Claims: what every number of the text states (see docs/reading.md)."""

import hashlib
from typing import Any, cast

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
            m.fields["role"], m.fields["role_rule"] = "name", "role.title_page"
    claims = [m for m in mentions if m.fields["role"] == "claim"]
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


_JUDGED = ("tense", "indicator", "measure", "due")
_SURE = {name: f"{name}_sure" for name in _JUDGED}
_RULE = {name: f"{name}_rule" for name in _JUDGED}
# rules of role that were seen to fail more often than the others
_ROLES_UNSURE = {"role.bare_number": 0.8, "role.size_of_named_thing": 0.86, "role.named_capacity": 0.86}


def _role_sure(mention: Mention) -> float:
    return _ROLES_UNSURE.get(str(mention.fields["role_rule"]), 0.93)


def _rules(mention: Mention) -> dict[str, str]:
    f = mention.fields
    judged = {name: str(f[key]) for name, key in _RULE.items()}
    plain = {"unit": mention.unit_rule, "comparator": mention.comparator_rule, "value": mention.token.rule}
    return {"role": str(f["role_rule"]), **judged, **plain}


def _confidence(mention: Mention) -> dict[str, float]:
    f = mention.fields
    judged = {name: cast("float", f[key]) for name, key in _SURE.items()}
    if not f["indicator"]:
        judged["indicator"] = 0.3
    return {
        "role": _role_sure(mention),
        **judged,
        "unit": 0.97 if mention.unit or _needs_no_unit(mention) else 0.6,
        "comparator": 0.97,
        "value": 0.99,
    }


def _needs_no_unit(mention: Mention) -> bool:
    """Ranks, ratios and numerals such as 一半 stand without a unit."""
    return mention.token.rule != "number" or mention.fields["measure"] == "rank"


def _claim(sentence: Sentence, mention: Mention, clean: Clean, seen: dict[tuple[str, str], int]) -> Claim:
    at = sentence.clean.start
    start, end = clean.place(at + mention.token.start, at + mention.token.end)
    f = mention.fields
    stated = _stated(mention) if f["role"] == "claim" else {}
    return Claim(
        id=_identity(sentence.text, mention, seen),
        start=start,
        end=end,
        number=mention.token.text,
        role=str(f["role"]),
        section=sentence.section.label,
        sentence=sentence.text,
        rules=_rules(mention) if stated else {"role": str(f["role_rule"])},
        confidence=_confidence(mention) if stated else {"role": _role_sure(mention)},
        **stated,
    )


def _stated(mention: Mention) -> dict[str, Any]:
    """The fields of what a claim states."""
    f = mention.fields
    return {
        "tense": str(f["tense"]),
        "indicator": str(f["indicator"] or ""),
        "measure": str(f["measure"]),
        "value": mention.value,
        "high": mention.token.high,
        "unit": mention.unit,
        "comparator": mention.comparator,
        "due": None if f["due"] is None else str(f["due"]),
    }


def read_claims(clean: Clean, outline: Outline) -> tuple[Claim, ...]:
    """Every number token of the document, in text order."""
    seen: dict[tuple[str, str], int] = {}
    return tuple(
        _claim(sentence, mention, clean, seen)
        for sentence in outline.sentences
        for mention in read_sentence(sentence, outline.year)
    )
