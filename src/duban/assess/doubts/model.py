"""What a doubt is, and the limits of the checks with where each is from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

CODES = (
    "said_done", "said_behind", "statistics_differ", "register_differs", "growth_of_levels", "share_of_parts", "parts_differ",
    "parts_target", "falls", "jump", "equals_plan", "bunching",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Doubt:
    """A contradiction: which check found it, in which item ("" for the whole book) and period, and its figures.

    `figures` are the texts that its sentence ("doubt.<code>") names; two doubts with the same `id` and the same
    figures are one.
    """

    code: str
    key: str
    period: str = ""
    figures: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Its name, the same as long as it is about the same thing."""
        return f"{place_of(self)}#{self.code}#{self.period}"

    @property
    def sentence(self) -> str:
        """The code of its sentence."""
        return f"doubt.{self.code}"


def place_of(doubt: Doubt) -> str:
    """The account of the ledger to which a doubt belongs."""
    return f"item/{doubt.key}" if doubt.key else "doubts"


@dataclass(frozen=True, slots=True)
class Limits:
    """What the checks compare with. Each is shown with its finding, and a city may set its own.

    jump   how many times the modified z-score of a period's growth may be: 3.5, Iglewicz and Hoaglin,
           How to Detect and Handle Outliers (1993)
    points how many earlier growths there must be: with fewer than 5 a single odd one moves median and MAD
    run    how many figures in a row must equal the plan to the digit; each has at least 3 digits, so that one
           alone would do so by chance about once in a hundred, three about once in a million
    band   how near the plan counts as near: 5 per cent, the narrowest caliper of Gerber and Malhotra (2008)
    chance how seldom chance alone may bunch so: 0.05, the level of the same test
    """

    jump: Decimal = Decimal("3.5")
    points: int = 5
    run: int = 3
    band: Decimal = Decimal("0.05")
    chance: Decimal = Decimal("0.05")

    @classmethod
    def of(cls, rules: Mapping[str, str]) -> "Limits":
        """The limits with those that the city has set ("doubt_jump", "doubt_run", "doubt_band")."""
        usual = cls()
        return cls(
            jump=Decimal(rules.get("doubt_jump") or usual.jump),
            run=int(rules.get("doubt_run") or usual.run),
            band=Decimal(rules.get("doubt_band") or usual.band),
        )


def grain(*values: Decimal) -> Decimal:
    """The unit of the last digit that all of these were written to: 0.1 for 9.4 and 9.43."""
    exponents = [exponent for v in values if isinstance(exponent := v.as_tuple().exponent, int)]
    return Decimal(1).scaleb(max(exponents, default=0))


def shown(value: Decimal, places: int = 2) -> str:
    """A number as a sentence shows it: rounded to `places`, without needless zeros."""
    text = f"{value:.{places}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
