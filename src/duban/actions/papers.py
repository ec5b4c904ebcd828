"""Documents: issued once, under a number of their own, and kept as they went out."""

from duban.actions.context import Writes, code_of, refused, require, unit_thing, words
from duban.core.rights import Actor, Thing, may
from duban.ledger import Book
from duban.ledger.year.papers import PaperIssued

LONGEST = 60  # characters of a number such as 云政督〔2024〕3号


def issue_paper(
    book: Book, username: str, *, kind: str, number: str, day: str, paper: str, about: str = ""
) -> Writes:
    """Issue a document whose whole text is `paper` (canonical JSON). Raises `Refused`: no right, no number,
    a number that was given already."""
    place = f"paper/{kind}"
    require(book, username, "paper.issue", Thing(place))
    number = " ".join(words(number, "number", place, limit=LONGEST).split())
    if any(known.body.number == number for known in book.papers.values()):
        raise refused("papers.number_taken", place, number=number)
    body = PaperIssued(kind, number, day, paper, about, _for(book, kind, about))
    return [(f"paper/{len(book.papers) + 1}", body)]


def _for(book: Book, kind: str, about: str) -> str:
    """The code of the unit that a sheet goes to; "" for what goes to all."""
    matter = book.matters.get(about) if kind == "sheet" else None
    return code_of(book, matter.opened.body.unit) if matter else ""


def paper_thing(book: Book, about: str, *, issued: bool) -> Thing:
    """A document as rights see it: whose matter it is about, and whether it is out."""
    unit = _for(book, "sheet", about) if about else ""
    facts = ("issued",) if issued else ()
    return unit_thing(book, unit, facts=facts) if unit else Thing(f"paper/{about}", facts=frozenset(facts))


def reads_papers(who: Actor, book: Book) -> bool:
    """Whether there may be a document that this person reads: drafts of any kind, or a sheet of their own unit's."""
    abouts = {"", *(kept.body.about for kept in book.papers.values())}
    return any(may(who, "paper.read", paper_thing(book, about, issued=True)) for about in abouts)
