"""A person judges a contradiction: explained, confirmed, or to be supervised; each with its reason."""

from duban.actions.context import Writes, item_thing, refused, require, words
from duban.assess.doubts import Doubt, doubts, fresh, place_of
from duban.core.rights import Thing
from duban.ledger import Book
from duban.ledger.year.doubts import VERDICTS, DoubtJudged


def judge_doubt(book: Book, username: str, doubt: str, *, verdict: str, reason: str) -> Writes:
    """Judge the doubt of this id as it stands, with its figures; judging it so again adds nothing.

    Not by someone of the item's lead unit: whose figures are in doubt does not explain them away.
    """
    found = doubt_of(book, doubt)
    place = place_of(found)
    require(book, username, "doubt.judge", thing_of(book, found))
    if verdict not in VERDICTS:
        raise refused("doubt.verdict_unknown", place, verdict=verdict[:40], known=", ".join(VERDICTS))
    told = words(reason, "reason", place)
    body = DoubtJudged(found.code, found.period, dict(found.figures), verdict, told)
    said = book.doubts.get(found.id, ())
    if said and said[-1].body == body and not fresh(book, [found]):
        return []
    return [(place, body)]


def doubt_of(book: Book, doubt: str) -> Doubt:
    """The doubt of this id; raises `Refused` when the figures no longer give it."""
    for found in doubts(book):
        if found.id == doubt:
            return found
    raise refused("doubt.unknown", doubt[:60])


def thing_of(book: Book, doubt: Doubt) -> Thing:
    """A doubt as rights see it: that of its item, or of the whole book."""
    return item_thing(book, doubt.key) if doubt.key else Thing("doubts")
