"""Which entries concern whom. A desk is where a notice lands: the office, the people of a unit, its head, its
checkers, a leader by name. Nobody is told of what they did themselves.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from duban.actions.context import code_of
from duban.core.rights import Actor
from duban.ledger import Book
from duban.ledger.entries import DECODERS
from duban.ledger.store import Posting
from duban.ledger.year.people import leader_of
from duban.ledger.year.record_disputes import RecordDecided, RecordDisputed
from duban.packs import register_named
from duban.registers.page import address
from duban.registers.record import title

OFFICE = "office"
# Entries about an item, and the desks that they concern besides the office's own work.
LEAD = frozenset(
    {
        "assignment.made", "assignment.decided", "filing.returned", "filing.reopened", "reading.posted",
        "dispute.decided", "target.adjusted", "delay.decided", "item.halted", "item.resumed", "clearing.checked",
        "clearing.refused", "clearing.objected", "clearing.closed", "clearing.reopened", "clearing.confirmed",
    }
)  # fmt: skip
HEAD = frozenset({"filing.submitted", "clearing.claimed"})
CHECKER = frozenset({"clearing.countersigned"})
TO_OFFICE = frozenset(
    {"assignment.returned", "dispute.raised", "record.disputed", "delay.explained", "clearing.checked", "clearing.objected",
     "matter.replied", "matter.appealed", "split.proposed"}
)  # fmt: skip
LEADER = frozenset({"target.adjusted", "clearing.reopened", "item.halted", "matter.raised"})
MATTER = frozenset({"matter.opened", "matter.raised", "matter.concluded", "matter.reviewed"})
OTHERS = frozenset(
    {
        "record.decided",
        "decision.recorded",
        "decision.followed",
        "demand.sent",
        "split.decided",
        "paper.issued",
    }
)
KINDS = LEAD | HEAD | CHECKER | TO_OFFICE | MATTER | OTHERS
_SHOWN = ("reason", "words", "due", "deadline", "level", "number", "period", "title", "until")


@dataclass(frozen=True, slots=True)
class Notice:
    """An entry that concerns the people at `desks`; `data` is what its sentence `notice.<kind>` tells."""

    seq: int
    on: str
    actor: str
    kind: str
    account: str
    desks: frozenset[str]
    data: Mapping[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """The page on which to see more."""
        sort, _, rest = self.account.partition("/")
        pages = {"item": "/i/", "commitment": "/c/", "matter": "/matters/", "paper": "/papers/"}
        if sort == "decision":
            return f"/meetings/{self.data.get('meeting', '')}"
        if sort == "record":
            return f"{address(*rest.split('/', 1))}#disputes"
        return f"{pages[sort]}{rest}" if sort in pages else "/"


def desks_of(who: Actor) -> frozenset[str]:
    """The desks at which a person sits, by roles and unit."""
    found = {OFFICE} if OFFICE in who.roles else set()
    if who.unit and who.roles & {"reporter", "head"}:
        found.add(f"unit:{who.unit}")
    found |= {f"{role}:{who.unit}" for role in ("head", "checker") if role in who.roles and who.unit}
    if "leader" in who.roles and who.username:
        found.add(f"leader:{who.username}")
    return frozenset(found)


def notice_of(book: Book, posting: Posting) -> Notice | None:
    """The notice that an entry is to somebody; None for an entry that is none. `book` knows the entry."""
    seq, _, on, actor, kind, account, raw = posting
    if kind not in KINDS:
        return None
    body = DECODERS[kind](raw)
    desks = frozenset(desk for desk in _desks(book, kind, account, body) if not desk.endswith(":"))
    if not desks:
        return None
    data = {name: str(body.get(name)) for name in _SHOWN if body.get(name)}
    return Notice(seq, on, actor, kind, account, desks, data | _about(book, kind, account, body))


def _desks(book: Book, kind: str, account: str, body: Any) -> Iterable[str]:
    rest = account.partition("/")[2]
    if kind in TO_OFFICE:
        yield OFFICE
    if account.startswith("item/"):
        yield from _item_desks(book, kind, rest)
    elif account.startswith("matter/") and rest in book.matters:
        opened = book.matters[rest].opened.body
        if kind in MATTER:
            yield f"unit:{code_of(book, opened.unit)}"
        if kind in LEADER:
            yield from (f"leader:{_leader(book, key)}" for key in opened.items)
    elif kind.startswith("decision.") and rest in book.decisions:
        yield f"unit:{code_of(book, book.decisions[rest].opened.body.unit)}"
    elif kind == "demand.sent":
        yield from (f"unit:{code_of(book, unit)}" for unit in body.units)
    elif kind == "split.decided":
        owned = book.commitments[rest].items if rest in book.commitments else ()
        yield from (f"unit:{code_of(book, item.item.lead)}" for item in owned)
    elif kind == "paper.issued":
        yield f"unit:{body.unit}"
    elif kind in ("record.disputed", "record.decided"):
        yield from (f"unit:{code}" for code in _disputing(book, rest, body))


def _disputing(book: Book, rest: str, body: RecordDisputed | RecordDecided) -> Iterator[str]:
    """The units that a record's dispute and its decision are told to: the record's own, and that of whoever raised it."""
    name, _, id = rest.partition("/")
    register, state = register_named(name), book.registers.get(name, {}).get(id)
    if register is None or state is None:
        return
    if register.unit:
        yield code_of(book, state.values.get(register.unit, ""))
    about = body.about, body.column
    raised = [c.opened for c in state.disputes if (c.opened.body.about, c.opened.body.column) == about]
    yield from (person.placed.unit for one in raised if (person := book.people.get(one.actor)))


def _item_desks(book: Book, kind: str, key: str) -> Iterable[str]:
    item = book.items.get(key)
    if item is None:
        return
    lead = code_of(book, item.item.lead)
    if kind in LEAD:
        yield f"unit:{lead}"
    if kind in HEAD:
        yield f"head:{lead}"
    if kind in CHECKER:
        checker = code_of(book, item.item.checker)
        yield f"checker:{checker}" if checker else OFFICE
    if kind in LEADER:
        yield f"leader:{leader_of(book, item.item)}"


def _leader(book: Book, key: str) -> str:
    item = book.items.get(key)
    return leader_of(book, item.item) if item is not None else ""


def _about(book: Book, kind: str, account: str, body: Any) -> dict[str, str]:
    """What the sentence calls the thing."""
    sort, _, rest = account.partition("/")
    if sort == "item" and rest in book.items:
        return {"head": book.items[rest].item.head}
    if sort == "matter":
        return {
            "head": book.matters[rest].opened.body.title,
            "matter": rest,
            "level": _level(book, rest, body),
        }
    if sort == "decision":
        opened = book.decisions[rest].opened.body
        return {"head": opened.words, "meeting": opened.meeting, "due": opened.due}
    if sort == "commitment" and rest in book.commitments:
        return {"head": book.commitments[rest].read.head}
    if sort == "record":
        return {"head": _record(book, *rest.split("/", 1))}
    return {"head": str(body.get("title") or body.get("number") or "")}


def _record(book: Book, name: str, id: str) -> str:
    """What a record is called, where not only its own unit may know."""
    register, state = register_named(name), book.registers.get(name, {}).get(id)
    if (
        register is None
        or state is None
        or not register.title
        or register.named[register.title].seen == "own"
    ):
        return id
    return title(register, state)


def _level(book: Book, number: str, body: Any) -> str:
    return f"paper.level_{body.get('level') or book.matters[number].level}"


class News:
    """The notices of a ledger by desk, in order; `add` catches up. Not for several threads at once."""

    def __init__(self) -> None:
        self.seq = 0
        self._by_desk: dict[str, list[Notice]] = {}

    def add(self, book: Book, postings: Iterable[Posting]) -> None:
        """Take in the entries after `seq` that `book` knows."""
        for posting in postings:
            if posting[0] > book.seq:
                break
            if posting[0] <= self.seq:
                continue
            self.seq = posting[0]
            notice = notice_of(book, posting)
            for desk in notice.desks if notice is not None else ():
                self._by_desk.setdefault(desk, []).append(notice)  # type: ignore[arg-type]

    def since(self, who: Actor, seen: int) -> list[Notice]:
        """The notices to a person after entry `seen`, the newest first; not those of their own entries."""
        found: dict[int, Notice] = {}
        for desk in desks_of(who):
            notices = self._by_desk.get(desk, [])
            for notice in notices[bisect_right(notices, seen, key=lambda n: n.seq) :]:
                if notice.actor != who.username:
                    found[notice.seq] = notice
        return [found[seq] for seq in sorted(found, reverse=True)]
