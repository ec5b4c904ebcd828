"""What the book knows already of an item for a period, and where: what is known is not asked again."""

from dataclasses import dataclass

from duban.assess.account import Account
from duban.core.period import Period, period
from duban.ledger import Book
from duban.ledger.year.filings import Filing
from duban.ledger.year.units import unit_named

NOTE = ("progress", "problems", "next_step", "evidence")
FACTS = ("contact", "phone", "person", "due", "target")
FIELDS = ("value", *NOTE, *FACTS)  # what a demand may ask for


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is known: the item and field, the entry (0 where none is needed), the period, and what it says."""

    key: str
    field: str
    entry: int
    period: str
    said: str
    demand: str = ""  # the number of a demand that asks for it already


def known_of(book: Book, account: Account, field: str, which: Period) -> Place | None:
    """Where `field` of an item is known for a period; None where it must be asked."""
    if field == "value":
        return _figure(account, which)
    if field in NOTE:
        return _note(account, field, which)
    said = _fact(book, account, field)
    return Place(account.key, field, 0, "", said[:80]) if said else None


def _figure(account: Account, which: Period) -> Place | None:
    """A figure that counts for the same days, or one that the unit has filed and that is on its way."""
    for figure in account.figures:
        if (figure.period.start, figure.period.end) == (which.start, which.end):
            told = f"{figure.value}{account.target.unit}"
            return Place(account.key, "value", figure.seq, figure.period.code, told)
    for filing in _filed(account, which):
        if filing.opened.body.value is not None:
            return _place(account, filing, "value", f"{filing.opened.body.value}{account.target.unit}")
    return None


def _note(account: Account, field: str, which: Period) -> Place | None:
    for filing in _filed(account, which):
        body = filing.opened.body
        said = "、".join(e.reference or e.name for e in body.evidence) if field == "evidence" else body[field]
        if said:
            return _place(account, filing, field, said)
    return None


def _filed(account: Account, which: Period) -> list[Filing]:
    """The filings of these days that were not returned, the latest first."""
    found = [
        filing
        for filing in account.task.filings.values()
        if filing.stage != "returned" and _same_days(filing.opened.body.period, which)
    ]
    return sorted(found, key=lambda filing: -filing.n)


def _same_days(code: str, which: Period) -> bool:
    one = period(code)
    return (one.start, one.end) == (which.start, which.end)


def _place(account: Account, filing: Filing, field: str, said: str) -> Place:
    return Place(account.key, field, filing.opened.seq, filing.opened.body.period, said[:80])


def _fact(book: Book, account: Account, field: str) -> str:
    """What the table or the list of units says."""
    item = account.state.item
    unit = unit_named(book, item.lead) if item.lead else None
    facts = {
        "contact": unit.unit.contact if unit else "",
        "phone": unit.unit.phone if unit else "",
        "person": item.person,
        "due": account.plan.due,
        "target": "" if account.plan.target is None else f"{account.plan.target}{account.target.unit}",
    }
    return facts[field]
