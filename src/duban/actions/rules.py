"""The city's own rules: set by the office, checked, and never filled in with an invented number."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from duban.actions.context import Writes, refused, require, words
from duban.assess import profile_of
from duban.assess.burden import CUT, TARGET
from duban.assess.doubts import Limits
from duban.assess.ladder import ladder_of
from duban.assess.settle.tolerance import KNOWN as ABOUT
from duban.core.rights import ROLES, Thing
from duban.ledger import Book
from duban.ledger.year.matters import LEVELS
from duban.ledger.year.rules import RulesSet


def _days(text: str) -> bool:
    return text.isdecimal() and int(text) <= 400


def _count(text: str) -> bool:
    return text.isdecimal() and 2 <= int(text) <= 60


def _whole(text: str) -> bool:
    return text.isascii() and text.isdecimal() and 0 < int(text[:7]) <= 1_000_000


def _share(text: str) -> bool:
    try:
        return 0 < Decimal(text) <= 1
    except InvalidOperation:
        return False


def _over_zero(text: str) -> bool:
    try:
        return Decimal(text).is_finite() and Decimal(text) > 0
    except InvalidOperation:
        return False


def _zero_or_more(text: str) -> bool:
    try:
        return Decimal(text).is_finite() and Decimal(text) >= 0
    except InvalidOperation:
        return False


def _names(text: str) -> bool:
    return text.isprintable() and all(word.strip() for word in text.split("、")) and len(text) <= 400


def _yes_no(text: str) -> bool:
    return text in ("yes", "no")


def _name(text: str) -> bool:
    return text.isprintable() and len(text) <= 60


LIMITS = Limits()


def _roles(text: str) -> bool:
    return set(text.split()) <= set(ROLES) - {"public"}


@dataclass(frozen=True, slots=True)
class Known:
    """A rule that a city can set. `default` stands only where `source` gives it."""

    holds: Callable[[str], bool]
    form: str
    default: str = ""
    source: str = ""


KNOWN: Mapping[str, Known] = {
    "light_profile": Known(_name, "form.name", "default", "docs/lights.md"),
    # Deputies' suggestions may be returned within 7 working days (Yulin); the same rule for tasks.
    "return_workdays": Known(
        _days, "form.days", "7", "榆林市建议办理规定 http://www.yulin.gov.cn/zcwj/yzbd/t8706881.shtml"
    ),
    # The unit's head reads and agrees before a form goes out (Ewenki banner).
    "countersign": Known(
        _yes_no,
        "form.yes_no",
        "yes",
        "鄂温克旗通知 https://www.ewenke.gov.cn/OpennessContent/show/273144.html",
    ),
    # State Council order 733, article 17: review may be asked for within 30 days of the conclusion, is decided within
    # 30 days, and not by those who made the conclusion.
    "appeal_days": Known(_days, "form.days", "30", "政府督查工作条例（国务院令第733号）第十七条"),
    "review_days": Known(_days, "form.days", "30", "政府督查工作条例（国务院令第733号）第十七条"),
    # How many remarks one address, and all together, may send a day; while one of them is not set, nobody may.
    "remarks_daily": Known(_whole, "form.whole"),
    "remarks_all": Known(_whole, "form.whole"),
    "split_days": Known(_days, "form.days"),
    "report_day": Known(_days, "form.days"),
    "publicity_days": Known(_days, "form.days"),
    "look_back_months": Known(_days, "form.days"),
    "sample_share": Known(_share, "form.share"),
    # Our own target: the median unit needs no more than this a month; and the session after which a form was left open.
    "monthly_minutes": Known(_days, "form.days", str(TARGET), "docs/burden.md"),
    "burden_cut": Known(_days, "form.days", str(CUT), "docs/burden.md"),
    "second_factor": Known(_roles, "form.roles"),  # of which roles a second factor is asked
    # What the checks for contradictions compare with (docs/doubts.md says where each is from).
    "doubt_jump": Known(_over_zero, "form.over_zero", str(LIMITS.jump), "Iglewicz & Hoaglin 1993"),
    "doubt_run": Known(_count, "form.count", str(LIMITS.run), "docs/doubts.md"),
    "doubt_band": Known(_share, "form.share", str(LIMITS.band), "Gerber & Malhotra 2008"),
    "ladder": Known(_name, "form.name", "default", "docs/supervision.md"),
    # How a year is settled (docs/settlement.md): how far 左右 reaches by measure, 同步 behind its reference, and which
    # source is believed first. No rule of the state says any of it.
    **{f"about_{measure}": Known(_zero_or_more, "form.zero_or_more") for measure in ABOUT},
    "source_order": Known(_names, "form.names"),
    **{f"{level}_days": Known(_days, "form.days") for level in LEVELS},  # for an answer; none is published
}


def rule(book: Book, name: str) -> str:
    """The rule as set, else its sourced default; raises `Refused` (rules.unset) where there is neither."""
    value = book.rules.get(name) or KNOWN[name].default
    if not value:
        raise refused("rules.unset", name, rule=f"rule.{name}")
    return value


def rule_or(book: Book, name: str, otherwise: str = "") -> str:
    """The rule as set, else its sourced default, else `otherwise`."""
    return book.rules.get(name) or KNOWN[name].default or otherwise


def has_rule(book: Book, name: str) -> bool:
    """Whether the rule is set or has a sourced default."""
    return bool(book.rules.get(name) or KNOWN[name].default)


def set_rules(
    book: Book, username: str, values: Mapping[str, str], *, authority: str = "", reason: str = ""
) -> Writes:
    """Set rules of the city; "" goes back to the sourced default, or to unset. Unchanged values add nothing."""
    require(book, username, "rules.set", Thing("rules"))
    for name, value in values.items():
        if name not in KNOWN:
            raise refused("rules.unknown", name, known=", ".join(KNOWN))
        if name == "light_profile" and value:
            profile_of(book, value)
        if value and not KNOWN[name].holds(value):
            raise refused("rules.wrong", name, rule=f"rule.{name}", value=value[:40], form=KNOWN[name].form)
    if values.get("ladder"):
        ladder_of(book, values["ladder"])
    news = {name: value for name, value in values.items() if book.rules.get(name, "") != value}
    texts = (
        words(authority, "authority", "rules", required=False),
        words(reason, "reason", "rules", required=False),
    )
    return [("rules", RulesSet(news, *texts))] if news else []
