"""What a robot is told of an entry: number, level, unit and day, never a person nor what somebody typed."""

from duban.actions.context import code_of
from duban.ledger import Book
from duban.words import sentence


def message_of(book: Book, kind: str, account: str, site: str = "", locale: str = "zh") -> str:
    """One short line about an entry that `book` knows."""
    data = _data(book, kind, account)
    told = sentence(f"hook.{kind}", data, locale)
    if book.simulated:
        told += sentence("hook.simulated", {}, locale)
    return f"{told}{sentence('hook.more', {'site': site}, locale)}" if site else told


def _data(book: Book, kind: str, account: str) -> dict[str, str]:
    sort, _, number = account.partition("/")
    data = {"number": number, "deadline": "—", "due": "—", "level": "", "unit": "—"}
    if sort == "matter" and number in book.matters:
        matter = book.matters[number]
        data |= {"level": f"paper.level_{matter.level}", "unit": _unit(book, matter.opened.body.unit)}
        data["deadline"] = matter.deadline or "—"
    elif sort == "decision" and number in book.decisions:
        opened = book.decisions[number].opened.body
        data |= {"unit": _unit(book, opened.unit), "due": opened.due or "—"}
    elif sort == "item" and number in book.items:
        data["unit"] = _unit(book, book.items[number].item.lead)
    elif sort == "paper" and number in book.papers:
        data["number"] = book.papers[number].body.number
    return data


def _unit(book: Book, name: str) -> str:
    """The unit's full name; a dash for what is none, so that no other text gets out."""
    code = code_of(book, name)
    return book.units[code].name if code else "—"
