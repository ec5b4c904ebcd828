"""One project counted once: which records look like a later phase of another, and why."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from duban.registers.near import metres
from duban.registers.pack import Desk, Suggestion
from duban.registers.plain import Row, dated, decimal, said

_PHASE = re.compile(r"[(（]?(?:第?[一二三四五六七八九十\d]+|首|后续)期[)）]?|改?扩建|续建|增资扩产|技术改造")
_REST = re.compile(r"[\W_]|建设|项目|工程")


@dataclass(frozen=True, slots=True)
class Twin:
    """`later` looks like a later phase of `earlier`; `signs` are what they share: name, enterprise, site, code."""

    later: Row
    earlier: Row
    signs: tuple[str, ...]

    @property
    def sure(self) -> float:
        """1 for one approval code; else more for both enterprise and site beside the name than for one of them."""
        return 1.0 if "code" in self.signs else 0.9 if len(self.signs) == 3 else 0.6


WORDS = {"name": ("名称", "name"), "enterprise": ("项目单位", "developer"), "site": ("地点", "site"),
         "code": ("审批平台代码", "approval code")}  # fmt: skip


def bare(name: str) -> str:
    """A project's name without its phase and the words that every project's name has."""
    told = unicodedata.normalize("NFKC", name)
    return _REST.sub("", _PHASE.sub("", told)).lower()


def shared(one: Row, other: Row, near: Decimal) -> tuple[str, ...]:
    """What two projects share; sites are one when they have one name or lie within `near` metres."""
    if one["platform_code"] and one["platform_code"] == other["platform_code"]:
        return ("code",)
    signs = ["name"] if bare(said(one, "name")) == bare(said(other, "name")) != "" else []
    if one["enterprise"] and one["enterprise"] == other["enterprise"]:
        signs.append("enterprise")
    places = one["place"], other["place"]
    if (one["site"] and one["site"] == other["site"]) or (
        all(places) and metres(str(places[0]), str(places[1])) <= near
    ):
        signs.append("site")
    return tuple(signs)


def twins(rows: Iterable[Row], near: Decimal) -> list[Twin]:
    """Each project that looks like a later phase, with the earliest that it looks like; decided ones are left out.

    They have one bare name, and one enterprise or site; or one approval code. Only projects of one name or code are
    compared, so that it grows with the register and not with its square.
    """
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in sorted(rows, key=_age):
        for sign, value in (("name", bare(said(row, "name"))), ("code", said(row, "platform_code"))):
            if value:
                groups[sign, value].append(row)
    found: dict[str, Twin] = {}
    for group in groups.values():
        for at, later in enumerate(group):
            if later["phase_of"] or later["separate"] is not None:
                continue
            seen = ((shared(later, earlier, near), earlier) for earlier in group[:at])
            twin = next((Twin(later, earlier, signs) for signs, earlier in seen if _alike(signs)), None)
            known = found.get(str(later["id"]))
            if twin and (known is None or twin.sure > known.sure):
                found[str(later["id"])] = twin
    return list(found.values())


def _alike(signs: tuple[str, ...]) -> bool:
    return "code" in signs or ("name" in signs and len(signs) > 1)


def _age(row: Row) -> tuple[date, str]:
    days = [dated(row, f"at_{name}") for name in ("planned", "signed", "started")]
    return min((day for day in days if day), default=date.max), str(row["id"])


def suggests(desk: Desk, register: str, row: Row) -> Sequence[Suggestion]:
    """Of which project this one may be a later phase."""
    if register != "projects":
        return ()
    near = decimal(desk.threshold("same_site_metres"))
    return [
        Suggestion(
            "phase_of", str(twin.earlier["id"]), twin.sure,
            f"{'、'.join(WORDS[sign][0] for sign in twin.signs)}与“{twin.earlier['name']}”相同",
            f"same {', '.join(WORDS[sign][1] for sign in twin.signs)} as “{twin.earlier['name']}”",
        )
        for twin in twins(desk.rows("projects"), near)
        if twin.later["id"] == row["id"]
    ]  # fmt: skip
