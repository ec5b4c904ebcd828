"""Which governments a folder holds: every folder in it that has a ledger, named as its address shall be."""

import re
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from duban.core.problem import Problem, Refused
from duban.ledger import open_store
from duban.ledger.bodies import AccountOpened
from duban.ledger.sqlite import FILE

_CODE = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")  # a label of a host's name (RFC 1123, 2.1)


@dataclass(frozen=True, slots=True)
class Government:
    """A government's book for a year: the folder's name is the first label of its address."""

    code: str
    folder: Path
    name: str
    year: int


def governments(folder: Path) -> dict[str, Government]:
    """The governments of a folder by code, in order; a ledger in which no account was opened yet is nobody's.

    Raises `Refused` where there is none, or a folder with a ledger has a name that no host can have.
    """
    places = sorted(folder.iterdir()) if folder.is_dir() else []
    found = {place.name: one for place in places if (one := _government(place)) is not None}
    if not found:
        raise Refused(Problem("many.none", str(folder)))
    return found


def government(folder: Path, code: str) -> Government | None:
    """The government of this code, whatever else the folder holds; None where there is none."""
    return _government(folder / code) if _CODE.fullmatch(code) else None


def _government(place: Path) -> Government | None:
    if not (place / FILE).is_file():
        return None
    if not _CODE.fullmatch(place.name):
        raise Refused(Problem("many.code_wrong", str(place), {"code": place.name[:70]}))
    with closing(open_store(place)) as store:
        begun = next(iter(store.entries(upto=1)), None)
    if begun is None or not isinstance(begun.body, AccountOpened):
        return None
    return Government(place.name, place, begun.body.government, begun.body.year)
