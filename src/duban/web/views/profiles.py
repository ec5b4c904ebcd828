"""A light profile in words: colours, rules, cases; what it would have changed; the city's own to be written."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from duban.actions.context import require
from duban.actions.profiles import set_profile
from duban.assess import Profile, profile_of, read_profile
from duban.assess.cases import case_faults, tried
from duban.assess.lights import what_if
from duban.assess.profile import Rule, profile_text
from duban.core.period import month_end
from duban.core.problem import Refused
from duban.core.rights import Thing, may
from duban.ledger import Book
from duban.ledger.moments import moments
from duban.web.shelf import book_for, locale, store
from duban.web.today import shown_day
from duban.web.views.common import page
from duban.web.views.written import written
from duban.web.who import actor, told, username
from duban.words import sentence


@dataclass(frozen=True, slots=True)
class Changed:
    """A month-end: how many lights would have another colour, by "before → after", and which."""

    day: date
    lights: int
    kinds: tuple[tuple[str, str, int], ...]
    items: tuple[tuple[str, str, str, str], ...]  # key, head, before, after


def profile(request: HttpRequest, name: str, as_json: bool = False) -> HttpResponse:
    """The page `/profiles/<name>`; a form sent to it saves a profile, or with `try` only shows what it would do."""
    book = book_for(request)
    if request.method == "POST":
        return _posted(request, book)
    try:
        one = profile_of(book, name)
    except Refused:
        raise Http404(name) from None
    asks = "what_if" in request.GET and works(request, book)  # folding every month anew is not for everybody
    changed = changes(book, one, shown_day(request)) if asks else None
    return _page(request, book, one, profile_text(book, name), changed, as_json=as_json)


def works(request: HttpRequest, book: Book) -> bool:
    """Whether the reader works on all of the book."""
    return bool(may(actor(request, book), "working.read", Thing("profile")))


def _posted(request: HttpRequest, book: Book) -> HttpResponse:
    """Save the text, or try it; faults come back beside the text as it was typed."""
    form = request.POST
    name, text = form.get("name", "").strip(), form.get("text", "").replace("\r\n", "\n")
    try:
        if "try" in form:
            require(book, username(request), "rules.set", Thing("profile"))
            one = read_profile(text, name or "…")
            if faults := case_faults(one):
                raise Refused(*faults)
            return _page(
                request, book, one, text, changes(book, one, shown_day(request)), name=name, tried_=True
            )
        set_profile(book, username(request), name, text, reason=form.get("reason", ""))
    except Refused as refusal:
        rights = refusal.problems[0].code.startswith("rights.")
        answer = _page(request, book, profile_of(book), text, None, name=name, faults=told(refusal))
        answer.status_code = 403 if rights else 400
        return answer
    return written(
        request,
        lambda now, who: set_profile(now, who, name, text, reason=form.get("reason", "")),
        f"/profiles/{name}",
    )


def _page(
    request: HttpRequest, book: Book, one: Profile, text: str, changed: list[Changed] | None, *, name: str = "",
    faults: list[str] | None = None, tried_: bool = False, as_json: bool = False,
) -> HttpResponse:  # fmt: skip
    who = actor(request, book)
    data = {
        "profile": one, "on": profile_of(book).name, "text": text, "changed": changed, "faults": faults or [],
        "colours_meant": [(c, said(words)) for c, words in one.colours.items()], "draft": tried_,
        "rules": [rule_in_words(rule) for rule in one.rules], "cases": cases_in_words(one),
        "works": works(request, book), "edits": bool(may(who, "rules.set", Thing("rules"))), "name": name or ("" if _shipped(book, one) else one.name),
        "title": said(one.title), "asked": locale(), "own": one.name in book.profiles,
    }  # fmt: skip
    public = {"name": one.name, "title": dict(one.title), "source": one.source, "text": text,
              "cases": [{"facts": {k: str(v) for k, v in c.facts.items()}, "promised": c.promised,
                         "given": c.rule.colour} for c in tried(one)],
              "changed": None if changed is None else [_plain(c) for c in changed]}  # fmt: skip
    return page(request, "profile", book, data, public, as_json)


def _shipped(book: Book, one: Profile) -> bool:
    return one.name not in book.profiles


def said(words: Mapping[str, str]) -> str:
    """A profile's own words in the language of the page, else in the first it has."""
    return words.get(locale()) or next(iter(words.values()), "")


def rule_in_words(rule: Rule) -> dict[str, Any]:
    """A rule's colour, its own sentence, and its conditions."""
    conditions = [_condition(c.fact, c.values, c.bounds) for c in rule.conditions]
    return {"colour": rule.colour, "says": said(rule.says), "conditions": conditions}


def _condition(fact: str, values: tuple[Any, ...], bounds: tuple[tuple[str, Any], ...]) -> str:
    name = sentence(f"fact.{fact}", {}, locale())
    if bounds:
        return f"{name} " + " ".join(
            f"{sentence(f'bound.{how}', {}, locale())} {bound}" for how, bound in bounds
        )
    return f"{name} = " + " / ".join(_value(v) for v in values)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return sentence(f"answer.{str(value).lower()}", {}, locale())
    known = sentence(f"term.{value}", {}, locale())
    return str(value) or "—" if known.startswith("term.") else known


def cases_in_words(one: Profile) -> list[dict[str, Any]]:
    """The cases: what is told, what is promised, and what the rules give."""
    return [
        {"facts": [f"{sentence(f'fact.{k}', {}, locale())} = {_value(v)}" for k, v in case.facts.items()],
         "promised": case.promised, "kept": case.kept, "given": case.rule.colour}
        for case in tried(one)
    ]  # fmt: skip


def changes(book: Book, one: Profile, day: date) -> list[Changed]:
    """What the profile would have changed against the one that is on, at every month-end of the year so far."""
    ends = [end for month in range(1, 13) if (end := month_end(book.year, month)) <= day]
    postings = [posting for batch in store().postings() for posting in batch if posting[0] <= book.seq]
    books = {end: past for end, past in moments(postings, ends).items() if past.items}
    found = []
    for end, items in what_if(books, profile_of(book), one).items():
        kinds = Counter(items.values())
        lit = sum(not item.removed for item in books[end].items.values())
        rows = tuple(
            (k, books[end].items[k].item.head, before, after) for k, (before, after) in items.items()
        )
        found.append(Changed(end, lit, tuple((a, b, n) for (a, b), n in kinds.most_common()), rows))
    return found


def _plain(changed: Changed) -> dict[str, Any]:
    return {"day": changed.day.isoformat(), "lights": changed.lights,
            "items": {key: [before, after] for key, _head, before, after in changed.items}}  # fmt: skip
