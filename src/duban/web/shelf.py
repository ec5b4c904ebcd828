"""The book that the pages show, caught up with the ledger before each request."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from django.conf import settings
from django.http import Http404, HttpRequest

from duban.ledger import Book, BookKeeper, Store, open_store
from duban.ledger.bodies import ClaimRead, CommitmentRead

KINDS = ("quantity", "milestone", "project", "designation", "mechanism", "work")
MEASURES = ("level", "increment", "growth", "change", "share", "rank", "duration")


@cache
def store() -> Store:
    """The ledger of this server."""
    return open_store(settings.BOOK)


@cache
def _keeper() -> BookKeeper:
    return BookKeeper(store())


def as_of(request: HttpRequest) -> date | None:
    """The date asked for by `?as_of=YYYY-MM-DD`; an unreadable one is a page not found."""
    text = request.GET.get("as_of", "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Http404(f"as_of={text}") from None


def book_for(request: HttpRequest) -> Book:
    """The book as of the request's date, else as it is now."""
    day = as_of(request)
    return _keeper().as_of(day) if day else _keeper().book()


@dataclass(frozen=True, slots=True)
class Row:
    """A commitment with its claims, as pages list it."""

    one: CommitmentRead
    claims: tuple[ClaimRead, ...]
    state: str

    @property
    def target(self) -> str:
        """The figures in words: ≥100户; 20%."""
        return "；".join(figure(c) for c in self.claims)

    @property
    def measures(self) -> tuple[str, ...]:
        """How its figures count."""
        return tuple(dict.fromkeys(c.measure or "" for c in self.claims))


SIGNS = {"ge": "≥", "le": "≤", "approx": "≈", "eq": "", "range": ""}


def figure(claim: ClaimRead) -> str:
    """A claim's bound, value and unit: ≥3.8万人."""
    high = f"–{claim.high}" if claim.high is not None else ""
    return f"{SIGNS.get(claim.comparator or 'eq', '')}{claim.value}{high}{claim.unit or ''}"


def rows(book: Book) -> list[Row]:
    """All commitments on the table, in the order of the text."""
    live = [s for s in book.commitments.values() if not s.dropped]
    found = []
    for state in sorted(live, key=lambda s: s.read.start):
        claims = tuple(book.claims[c].claim for c in state.read.claims if c in book.claims)
        found.append(Row(state.read, claims, state.state))
    return found


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader of a page asked for; empty means all."""

    action: str = ""
    kind: str = ""
    measure: str = ""
    state: str = ""
    q: str = ""
    sort: str = ""

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
            and (not self.q or self.q in one.text or self.q in one.head or self.q in one.id)
        )

    def order(self, found: list[Row]) -> list[Row]:
        """The rows sorted as asked: by id's place (text order), kind, due or head."""
        keys = {"kind": lambda r: r.one.kind, "due": lambda r: r.one.due or "9", "head": lambda r: r.one.head}
        return sorted(found, key=keys[self.sort]) if self.sort in keys else found
