"""What papers say of a book on a day: every item's light, its class in a bulletin, and how classes moved.

The five classes of a bulletin (达、超、欠、完成、其他, Jinzhai: docs/sources.md) are the status with everything that is not
judged put together as "other"; the parts of "other" are always told beside it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from duban.assess import Light, Profile, profile_of
from duban.assess.lights import lights
from duban.core.period import chinese, period
from duban.ledger import Book
from duban.ledger.year.tasks import DelayDecided
from duban.words import catalogue, sentence

CLASSES = ("on_pace", "ahead", "behind", "done", "other")
OTHERS = ("not_started", "no_fresh_data", "waiting", "suspended")
_BLANK = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")  # beside a Chinese character
_SIGNS = {"ge": "≥", "le": "≤", "approx": "≈"}


def class_of(light: Light) -> str:
    """The light's class, of `CLASSES`."""
    return light.status.status if light.status.status in CLASSES else "other"


@dataclass(frozen=True, slots=True)
class Sight:
    """A book as it stands at the end of a day, in one language."""

    book: Book
    day: date
    locale: str
    profile: Profile
    lights: Mapping[str, Light]
    classes: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, book: Book, day: date, locale: str, profile: Profile | None = None) -> "Sight":
        """All items of `book` under `profile`, the city's own where none is given."""
        profile = profile or profile_of(book)
        found = lights(book, day, profile)
        return cls(book, day, locale, profile, found, {key: class_of(light) for key, light in found.items()})

    def say(self, code: str, **data: object) -> str:
        """The sentence `paper.<code>`."""
        return sentence(f"paper.{code}", data, self.locale)

    def word(self, code: str) -> str:
        """The word for a code of the catalogue ("state.behind"); what has none stays as it is."""
        return catalogue(self.locale).get(code, code.rpartition(".")[2])

    def date(self, day: date | str) -> str:
        """A day as documents write it: 2024年10月20日; words that are no date stay as they are."""
        try:
            on = date.fromisoformat(day) if isinstance(day, str) else day
        except ValueError:
            return str(day)
        return self.say("date", year=on.year, month=on.month, day=on.day) if self.locale == "zh" else f"{on}"

    def reason(self, light: Light) -> str:
        """Why the item stands as it does, in one sentence with its figures."""
        data = dict(light.status.data)
        if self.locale == "zh" and data.get("period"):
            data["period"] = chinese(period(data["period"]))
        told = sentence(light.status.code, data, self.locale)
        return _BLANK.sub("", told) if self.locale == "zh" else told

    def rule(self, light: Light) -> str:
        """The rule that coloured the light, in the profile's words."""
        says = light.rule.says
        return says.get(self.locale) or next(iter(says.values()), "")

    def plan(self, light: Light) -> str:
        """The kind of plan against which the item was judged."""
        return self.word(f"plan.{light.status.kind}") if light.status.kind else "—"

    def target(self, light: Light) -> str:
        """The target that counts, with bound and unit; a dash where the item has no number."""
        of = light.account.target
        if of.value is None:
            return "—"
        high = f"–{of.high}" if of.high is not None else ""
        return f"{_SIGNS.get(of.comparator, '')}{of.value}{high}{of.unit}"

    def excuse(self, light: Light) -> str:
        """The unit's explanation of its delay and what the office made of it; a dash where there is none."""
        if not light.account.task.delays:
            return "—"
        case = light.account.task.delays[-1]
        last = case.last.body
        how = ("accepted" if last.accepted else "refused") if isinstance(last, DelayDecided) else "open"
        return self.say(f"excuse_{how}", reason=case.opened.body.reason)

    def action(self, light: Light) -> str:
        """The title of the report's action under which the item stands."""
        owner = self.book.commitments.get(light.key.rpartition("/")[0])
        return (owner.read.action if owner else "") or self.say("no_action")

    def counts(self, keys: Iterable[str] | None = None) -> Counter[str]:
        """How many items (all, or those of `keys`) are in each class."""
        return Counter(self.classes[key] for key in (self.classes if keys is None else keys))

    def unsplit(self) -> int:
        """Commitments of the report that have no item yet and so are not counted."""
        return sum(not c.dropped and not c.items for c in self.book.commitments.values())


@dataclass(frozen=True, slots=True)
class Change:
    """The same items on two days, and those that are on one of them only."""

    same: tuple[str, ...]
    new: tuple[str, ...]
    left: tuple[str, ...]
    moves: Mapping[tuple[str, str], tuple[str, ...]]  # class before and now → the items that moved so

    @classmethod
    def between(cls, before: Sight, now: Sight) -> "Change":
        """From an earlier sight of the same book to a later one."""
        same = tuple(key for key in now.classes if key in before.classes)
        moves: dict[tuple[str, str], tuple[str, ...]] = {}
        for key in same:
            move = (before.classes[key], now.classes[key])
            moves[move] = (*moves.get(move, ()), key)
        return cls(
            same,
            tuple(key for key in now.classes if key not in before.classes),
            tuple(key for key in before.classes if key not in now.classes),
            moves,
        )

    def count(self, before: str, now: str) -> int:
        """How many items moved from one class to another (or stayed)."""
        return len(self.moves.get((before, now), ()))


def share(part: int, whole: int) -> str:
    """A share in percent to one decimal, halves up; a dash of nothing."""
    if not whole:
        return "—"
    return f"{(Decimal(part) * 100 / whole).quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


def signed(number: int) -> str:
    """A change with its sign; 0 has none."""
    return f"{number:+d}".replace("-", "−") if number else "0"
