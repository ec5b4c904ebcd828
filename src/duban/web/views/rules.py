"""The city's rules: each with what it is now, where it is from, and who set it on what authority."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from duban.actions.rules import KNOWN, set_rules
from duban.assess import profile_of, shipped_profiles
from duban.assess.ladder import is_ladder, ladder_of, shipped_ladders
from duban.core.rights import Thing, may
from duban.ledger import Book
from duban.ledger.entries import Entry
from duban.ledger.year.rules import ProfileSet, RulesSet
from duban.web.shelf import book_for, locale
from duban.web.today import looking_back
from duban.web.views.common import page
from duban.web.views.written import written
from duban.web.who import actor


@dataclass(frozen=True, slots=True)
class Row:
    """A rule: the city's value, else the sourced default, else not set; and the entry that set it."""

    name: str
    value: str
    default: str
    source: str
    form: str
    entry: Entry | None
    choices: tuple[
        tuple[str, str], ...
    ] = ()  # value and name of each that exists; () where any text may stand

    @property
    def holds(self) -> str:
        """What holds now, "" for nothing."""
        return self.value or self.default


def rules(request: HttpRequest, as_json: bool = False) -> HttpResponse:
    """The page `/rules`, and its form: fields that are not sent stay as they are."""
    if request.method == "POST":
        values = {name: request.POST[name].strip() for name in KNOWN if name in request.POST}
        if values.get("light_profile") == profile_of(book_for(request)).name:
            del values["light_profile"]  # it is on already, set or by default
        why = {"authority": request.POST.get("authority", ""), "reason": request.POST.get("reason", "")}
        return written(request, lambda book, who: set_rules(book, who, values, **why), "/rules")
    book = book_for(request)
    rows, edits = (
        rows_of(book),
        not looking_back(request) and may(actor(request, book), "rules.set", Thing("rules")),
    )
    data = {
        "rows": rows, "unset": sum(not row.holds for row in rows), "names": profile_names(book),
        "profile": profile_of(book), "edits": bool(edits),
        "history": history(book),
    }  # fmt: skip
    public = {"rules": [{"name": r.name, "value": r.value or None, "default": r.default or None, "source": r.source,
                         "entry": r.entry.seq if r.entry else None} for r in rows],
              "profile": profile_of(book).name}  # fmt: skip
    return page(request, "rules", book, data, public, as_json)


def rows_of(book: Book) -> list[Row]:
    """Every rule that a city can set."""
    latest: dict[str, Entry] = {}
    for entry in history(book):
        if isinstance(entry.body, RulesSet):
            for name in entry.body.values:
                latest.setdefault(name, entry)
    return [
        Row(
            name,
            book.rules.get(name, ""),
            known.default,
            known.source,
            known.form,
            latest.get(name),
            choices(book, name),
        )
        for name, known in KNOWN.items()
    ]


def choices(book: Book, name: str) -> tuple[tuple[str, str], ...]:
    """The values that exist for a rule, each with its name: profiles, ladders, yes and no; () for any other rule."""
    if name == "light_profile":
        return tuple((one["name"], _titled(one["title"])) for one in profile_names(book))
    if name == "ladder":
        own = [n for n in book.profiles if n not in shipped_ladders() and is_ladder(book.profiles[n])]
        return tuple((n, _titled(ladder_of(book, n).title)) for n in (*own, *shipped_ladders()))
    return (("yes", _("是")), ("no", _("否"))) if KNOWN[name].form == "form.yes_no" else ()


def _titled(title: Mapping[str, str]) -> str:
    return title.get(locale()) or next(iter(title.values()), "")


def history(book: Book) -> list[Entry]:
    """What was said of rules and profiles, the latest first."""
    every = book.timeline("rules", "profile")
    return [e for e in reversed(every) if isinstance(e.body, RulesSet | ProfileSet)]


def profile_names(book: Book) -> list[dict[str, Any]]:
    """The profiles that can be switched on: the city's own, then those shipped."""
    own = [name for name in book.profiles if name not in shipped_profiles()]
    return [{"name": name, "title": profile_of(book, name).title, "own": name in book.profiles}
            for name in (*own, *shipped_profiles())]  # fmt: skip
