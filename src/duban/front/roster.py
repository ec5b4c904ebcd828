"""Which governments a folder holds: every folder in it that has a ledger, named as its address shall be."""

import json
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from duban.core.problem import Problem, Refused
from duban.ledger import open_store
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
    """The governments of a folder by code, in order.

    Raises `Refused` where there is none, or a folder with a ledger has a name that no host can have.
    """
    found = {one.code: one for one in _found(folder)}
    if not found:
        raise Refused(Problem("many.none", str(folder)))
    return found


def _found(folder: Path) -> Iterator[Government]:
    if not folder.is_dir():
        raise Refused(Problem("many.none", str(folder)))
    for place in sorted(folder.iterdir()):
        if (place / FILE).is_file():
            if not _CODE.fullmatch(place.name):
                raise Refused(Problem("many.code_wrong", str(place), {"code": place.name[:70]}))
            yield Government(place.name, place, *_owner(place))


def _owner(place: Path) -> tuple[str, int]:
    """Whose book it is and of which year, as its first entry says."""
    with closing(open_store(place)) as store:
        for page in store.postings():
            for posting in page:
                if posting[4] == "account.opened":
                    body = json.loads(posting[6])
                    return str(body["government"]), int(body["year"])
    raise Refused(Problem("many.not_opened", str(place)))
