"""The book that the pages show, caught up with the ledger before each request."""

from dataclasses import dataclass
from datetime import date
from functools import cache, partial

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from duban.assess import STATUSES, Light
from duban.assess.category import CATEGORIES, UNPLACED, Category, category_of
from duban.ledger import Book, BookKeeper, Store, open_store
from duban.ledger.bodies import ClaimRead, CommitmentRead
from duban.ledger.states import CommitmentState, ItemState
from duban.web.exports import Maker
from duban.web.kept import Kept
from duban.web.standing import standing, worst
from duban.words import catalogue

KINDS = ("quantity", "milestone", "project", "designation", "mechanism", "work")
STATES = ("open", *STATUSES)
MEASURES = ("level", "increment", "growth", "change", "share", "rank", "duration")


@cache
def store() -> Store:
    """The ledger of this server."""
    return open_store(settings.BOOK)


@cache
def maker() -> Maker:
    """Makes this server's large files, in a process of its own."""
    return Maker(str(settings.BOOK))


@cache
def keeper() -> BookKeeper:
    """The books of this server."""
    return BookKeeper(store())


def as_of(request: HttpRequest) -> date | None:
    """The date asked for by `?as_of=YYYY-MM-DD`; an unreadable one is a page not found."""
    return asked_day(request, "as_of")


def asked_day(request: HttpRequest, name: str) -> date | None:
    """The date that the address gives under this name; an unreadable one is a page not found."""
    text = request.GET.get(name, "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Http404(f"{name}={text}") from None


def book_for(request: HttpRequest) -> Book:
    """The book as of the request's date, else as it is now."""
    return book_on(as_of(request))


def book_on(day: date | None) -> Book:
    """The book as of a day, else as it is now."""
    return keeper().as_of(day) if day else keeper().book()


def locale() -> str:
    """The catalogue of sentences for the language of this request."""
    return "en" if (get_language() or "").startswith("en") else "zh"


@dataclass(frozen=True, slots=True)
class Row:
    """A commitment with its claims, as pages list it."""

    one: CommitmentRead
    claims: tuple[ClaimRead, ...]
    state: str
    items: tuple[ItemState, ...] = ()
    lights: tuple[Light, ...] = ()
    category: Category = UNPLACED

    @classmethod
    def of(cls, book: Book, state: CommitmentState, day: date) -> "Row":
        """The row of one commitment as it stands on a day; its state is that of its worst item."""
        claims = tuple(book.claims[c].claim for c in state.read.claims if c in book.claims)
        standing_ = standing(book, day)
        lights = tuple(standing_[key] for i in state.items if (key := f"{i.commitment}/{i.n}") in standing_)
        first = worst(lights)
        told = first.status.status if first else state.state
        return cls(state.read, claims, told, state.items, lights, category_of(book, state))

    @property
    def colour(self) -> str:
        """The colour of its worst light; "" where it has no items."""
        first = worst(self.lights)
        return first.colour if first else ""

    @property
    def leads(self) -> tuple[str, ...]:
        """The units that lead its items, each once."""
        return tuple(dict.fromkeys(i.item.lead for i in self.items if i.item.lead))

    @property
    def units(self) -> tuple[str, ...]:
        """All units that have to do with it."""
        return (*self.leads, *dict.fromkeys(p for i in self.items for p in i.item.partners))

    @property
    def due(self) -> str:
        """When the last of its items falls due, else when the report says."""
        return max((i.item.due for i in self.items if i.item.due), default=self.one.due or "")

    @property
    def target(self) -> str:
        """The figures in words: ≥100户; 20%."""
        return "；".join(figure(c) for c in self.claims)

    @property
    def adjusted(self) -> tuple[Light, ...]:
        """Its items whose target was changed; what they began with stays beside it everywhere."""
        return tuple(light for light in self.lights if light.account.task.adjustments)

    @property
    def measures(self) -> tuple[str, ...]:
        """How its figures count."""
        return tuple(dict.fromkeys(c.measure or "" for c in self.claims))


SIGNS = {"ge": "≥", "le": "≤", "approx": "≈", "eq": "", "range": ""}


def figure(claim: ClaimRead) -> str:
    """A claim's bound, value and unit: ≥3.8万人."""
    high = f"–{claim.high}" if claim.high is not None else ""
    return f"{SIGNS.get(claim.comparator or 'eq', '')}{claim.value}{high}{claim.unit or ''}"


_rows: Kept[Row] = Kept(50_000)  # one for each commitment of a day or of an as-of book
_tables: Kept[list[Row]] = Kept(12)


def rows(book: Book, day: date) -> list[Row]:
    """All commitments on the table as they stand on a day, in the order of the text."""
    return list(_tables.get((book.as_of, day), (book.seq,), lambda: _listed(book, day)))


def _listed(book: Book, day: date) -> list[Row]:
    """The rows; each the very one that it was where nothing that it shows has changed."""
    lights = standing(book, day)
    live = [s for s in book.commitments.values() if not s.dropped]
    found = []
    for state in sorted(live, key=lambda s: s.read.start):
        id = state.read.id
        about = (lights.get(f"{i.commitment}/{i.n}") for i in state.items)
        claims = (book.claims.get(claim) for claim in state.read.claims)
        cause = (state, book.placings.get(id), *about, *claims)
        make = partial(Row.of, book, state, day)
        found.append(_rows.get((book.as_of, day, id), cause, make))
    return found


def _word(code: str) -> str:
    """The word for a code that an address may give; the bare rest of one that is unknown."""
    return catalogue(locale()).get(code, code.partition(".")[2])


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader of a page asked for; empty means all."""

    action: str = ""
    kind: str = ""
    measure: str = ""
    state: str = ""
    light: str = ""
    q: str = ""
    sort: str = ""
    unit: str = ""
    category: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> "Filters":
        """The filters in the address of `request`."""
        return cls(**{name: request.GET.get(name, "")[:80] for name in cls.__slots__})

    def keeps(self, row: Row) -> bool:
        """Whether the row is asked for."""
        one = row.one
        return (
            (not self.action or str(one.action_no) == self.action)
            and (not self.kind or one.kind == self.kind)
            and (not self.measure or self.measure in row.measures)
            and (not self.state or row.state == self.state)
            and (not self.light or any(light.colour == self.light for light in row.lights))
            and (not self.unit or self.unit in row.units)
            and (not self.category or row.category.name == self.category)
            and (not self.q or self.q in one.text or self.q in one.head or self.q in one.id)
        )

    @property
    def active(self) -> list[tuple[str, str]]:
        """What is asked for, as (name, value) in the words of the page; the order of rows is no filter."""
        named = {
            "action": (_("行动"), self.action), "kind": (_("类型"), _word(f"term.{self.kind}")),
            "category": (_("类别"), _word(f"categories.{self.category}")),
            "measure": (_("计量"), _word(f"term.{self.measure}")), "state": (_("状态"), _word(f"term.{self.state}")),
            "light": (_("亮灯"), _word(f"colour.{self.light}")), "unit": (_("责任单位"), self.unit), "q": (_("查找"), self.q),
        }  # fmt: skip
        return [told for field, told in named.items() if getattr(self, field)]

    def order(self, found: list[Row]) -> list[Row]:
        """The rows sorted as asked: by id's place (text order), kind, due or head."""
        keys = {"kind": lambda r: r.one.kind, "due": lambda r: r.due or "9", "head": lambda r: r.one.head,
                "category": lambda r: CATEGORIES.index(r.category.name)}  # fmt: skip
        return sorted(found, key=keys[self.sort]) if self.sort in keys else found
