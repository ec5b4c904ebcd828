"""The city's own light profiles: written down only when their text is right and their cases hold."""

import re

from duban.actions.context import Writes, refused, require, words
from duban.assess import read_profile, shipped_profiles
from duban.assess.cases import case_faults
from duban.assess.ladder import read_ladder
from duban.core.problem import Refused
from duban.core.rights import Thing
from duban.ledger import Book
from duban.ledger.year.rules import ProfileSet

NAME = re.compile(r"[a-z0-9一-鿿][a-z0-9一-鿿_-]{0,39}")
LONGEST = 40_000  # characters


def set_profile(book: Book, username: str, name: str, text: str, *, reason: str) -> Writes:
    """Write down the city's own light profile, or how it reads from now on; it is switched on as a rule.

    Raises `Refused` with every fault of the text and every case that its own rules do not keep; nothing is changed.
    """
    require(book, username, "rules.set", Thing("profile"))
    if not NAME.fullmatch(name) or name in shipped_profiles():
        raise refused("profile.name_wrong", name[:40], shipped=", ".join(shipped_profiles()))
    if len(text) > LONGEST:
        raise refused("profile.long", name, limit=LONGEST, found=len(text))
    read_ladder(text, name)  # the same file may hold the city's ladder of supervision
    faults = case_faults(read_profile(text, name))
    if faults:
        raise Refused(*faults)
    if book.profiles.get(name) == text:
        return []
    return [("profile", ProfileSet(name, text, words(reason, "reason", "profile")))]
