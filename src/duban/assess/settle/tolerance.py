"""The written tolerance for 左右: a city's rule, unset until the city sets it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from importlib.resources import files

from duban.core.measure import MEASURES
from duban.core.problem import Problem, Refused

KNOWN = (*MEASURES, "pace")


@dataclass(frozen=True)
class Tolerance:
    """`about` gives by measure how far 左右 reaches, in the unit of the promise; what is not in it is not decided.

    "pace" in it is how far behind its reference a growth in step (同步) may stay.
    """

    about: Mapping[str, Decimal] = field(default_factory=dict)
    source: str = ""


def tolerance_of(text: str, name: str) -> Tolerance:
    """The rule written in `text` (TOML). Raises `Refused` with what to mend."""
    try:
        table = tomllib.loads(text).get("about", {})
    except tomllib.TOMLDecodeError as fault:
        raise Refused(Problem("settle.rules_unreadable", name, {"fault": str(fault)})) from None
    source = str(table.pop("source", "")) if isinstance(table, dict) else ""
    try:
        about = {measure: Decimal(str(value)) for measure, value in table.items()}
    except (InvalidOperation, AttributeError):
        about = {"": Decimal(-1)}
    wrong = [m for m, v in about.items() if m not in KNOWN or not v.is_finite() or v < 0]
    if wrong:
        known = ", ".join(KNOWN)
        raise Refused(Problem("settle.tolerance_wrong", name, {"line": ", ".join(wrong), "known": known}))
    return Tolerance(about, source)


def shipped() -> Tolerance:
    """The rule that comes with duban: nothing is decided."""
    return tolerance_of(files(__package__).joinpath("tolerance.toml").read_text("utf-8"), "tolerance.toml")
