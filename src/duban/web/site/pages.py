"""The site's pages: which there are, and what each is rendered from."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from duban.assess import STATUSES, Light, profile_of
from duban.core.rights.decide import PUBLIC
from duban.ledger.year.units import UNIT_KINDS, UnitState
from duban.web.chart import chart
from duban.web.shelf import KINDS, Row, figure
from duban.web.site.gathered import Gathered, opened
from duban.web.slug import slug
from duban.web.standing import WORST, tally
from duban.web.templatetags.duban import lamp, light_word, term
from duban.web.views.commitment import around, last_year
from duban.web.views.common import actions
from duban.web.views.living import Drawn, compose, plain_text
from duban.web.views.profiles import rule_in_words, said
from duban.web.views.settlement import found_on

LANGUAGES = ("zh-hans", "en")


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its path below the language's root, its template, and what only this one is made from."""

    path: str
    template: str
    data: dict[str, Any]


def home_of(language: str) -> str:
    """Where a language's pages stand below the site's root: Chinese in the root itself."""
    return "" if language == "zh-hans" else f"{language}/"


def pages(site: Gathered, files: list[tuple[str, int]]) -> Iterator[Page]:
    """Every page of one language, in order; the language must be active."""
    yield Page("index.html", "home", _home(site))
    yield Page("actions.html", "actions", {"groups": _by_action(site)})
    yield Page("units.html", "units", {"groups": _by_kind(site)})
    yield Page("methods.html", "methods", _methods(site))
    yield Page("data.html", "data", {"files": files})
    for number, title, some in _by_action(site):
        yield Page(f"a/{number}.html", "action", {"title": title, "rows": some, "counts": _counts(some)})
    for unit in site.units:
        leads = sorted(site.led.get(unit.code, ()), key=lambda one: (WORST.index(one.colour), one.key))
        yield Page(
            f"u/{slug(unit.code)}.html", "unit", {"unit": unit, "leads": leads, "counts": tally(leads)}
        )
    for row in site.rows:
        yield Page(f"c/{slug(row.one.id)}.html", "commitment", _commitment(site, row))


def rendered(site: Gathered, page: Page, language: str, *, fed: bool = False) -> str:
    """The page as HTML, its links relative to where it stands; `fed`: there are feeds to lead to."""
    depth = page.path.count("/") + home_of(language).count("/")
    root = "../" * depth
    other = next(one for one in LANGUAGES if one != language)
    frame = {
        "book": site.book, "day": site.day, "head": site.head, "root": root, "home": root + home_of(language),
        "feed": (page.path[2:-5] if page.template == "commitment" else f"{root}{home_of(language)}feed") + ".xml" if fed else "",
        "here": page.path, "twin": f"{root}{home_of(other)}{page.path}", "english": language == "en",
    }  # fmt: skip
    html = render_to_string(f"duban/site/{page.template}.html", {**frame, **page.data})
    return re.sub(r"\n\s*\n+", "\n", html)


def _drawn() -> Drawn:
    """How the living report marks a promise here: with its light and state, and no script."""

    def mark(row: Row, source: str) -> str:
        look = f"lit l-{row.colour}" if row.colour else f"k-{row.one.kind}"
        told = f"{term(row.state)} {light_word(row.colour)}".strip()
        return format_html(
            '<a class="mark {}" id="{}" href="c/{}.html" title="{}"{}>{}</a>',
            look, row.one.id, slug(row.one.id), told,
            format_html(' data-lamp="{}"', lamp(row.colour)) if row.colour else "", mark_safe(plain_text(source)),
        )  # fmt: skip

    return Drawn(mark, lambda row: "")


def _home(site: Gathered) -> dict[str, Any]:
    listed = actions(site.rows)
    lamps = [(c, n) for c in WORST if (n := sum(row.colour == c for row in site.rows))]
    verdicts = Counter(told.verdict for row in site.rows if (told := site.verdict(row.one.id)))
    return {
        "body": mark_safe(compose(site.book, site.rows, _drawn())),  # every piece was escaped when it was drawn
        "actions": listed, "lamps": lamps, "total": len(site.rows), "verdicts": sorted(verdicts.items()),
        "kinds": [(kind, n) for kind in KINDS if (n := sum(row.one.kind == kind for row in site.rows))],
    }  # fmt: skip


def _by_action(site: Gathered) -> list[tuple[int, str, list[Row]]]:
    titles: dict[int, str] = {}
    for number, title in actions(site.rows):
        titles.setdefault(number, title)
    return [(number, title, [row for row in site.rows if row.one.action_no == number]) for number, title in titles.items()]  # fmt: skip


def _by_kind(site: Gathered) -> list[tuple[str, list[tuple[UnitState, dict[str, int]]]]]:
    """The open units by their kind, each with the lights of what it leads."""
    found: dict[str, list[tuple[UnitState, dict[str, int]]]] = {kind: [] for kind in UNIT_KINDS}
    for unit in site.units:
        if unit.closed is None:
            found.setdefault(unit.unit.kind, []).append((unit, tally(site.led.get(unit.code, ()))))
    return [(kind, some) for kind, some in found.items() if some]


def _counts(some: list[Row]) -> list[tuple[str, int]]:
    return [(c, n) for c in WORST if (n := sum(row.colour == c for row in some))]


def _commitment(site: Gathered, row: Row) -> dict[str, Any]:
    one, book = row.one, site.book
    place = next((number for number, _title in actions(site.rows) if number == one.action_no), 0)
    return {
        "row": row, "action_no": place,
        "around": around(book.document.text, one.start, one.end) if book.document else ("", one.text, ""),
        "figures": [(claim, figure(claim)) for claim in row.claims],
        "links": last_year(book, one.claims),
        "items": [_item(site, light) for light in row.lights],
        "f": found_on(book, PUBLIC, one.id),
        "story": site.lines(one.id), "proofs": f"proofs/{slug(one.id)}.json", "file": f"c/{slug(one.id)}.json",
    }  # fmt: skip


def _item(site: Gathered, light: Light) -> dict[str, Any]:
    account, item = opened(light.account), light.account.state.item
    names = [("lead", item.lead), *(("partner", name) for name in item.partners), ("checker", item.checker)]
    return {
        "light": light, "state": account.state, "account": account, "task": account.task,
        "chart": chart(account, site.day), "figures": account.figures,
        "units": [(role, name, slug(code) if (code := site.unit_code(name)) else "") for role, name in names if name],
    }  # fmt: skip


def _methods(site: Gathered) -> dict[str, Any]:
    profile = profile_of(site.book)
    unsure = sum(bool(s.unsure()) for s in site.book.claims.values() if not s.dropped)
    return {
        "profile": profile, "title": said(profile.title), "rules": [rule_in_words(rule) for rule in profile.rules],
        "colours": [(c, said(words)) for c, words in profile.colours.items()],
        "states": STATUSES, "unsure": unsure, "claims": sum(not s.dropped for s in site.book.claims.values()),
        "unmeasured": sum(light.account.target.value is None for light in site.lights.values()),
        "grey": sum(light.colour == "grey" for light in site.lights.values()), "items": len(site.lights),
        "without": sum(not row.items for row in site.rows), "total": len(site.rows),
        "roots": site.roots["roots"][-1:],
    }  # fmt: skip


def search_index(site: Gathered) -> list[list[str]]:
    """What the search looks through, in the active language: address, what is shown, its state, and all words."""
    found = []
    for row in site.rows:
        words = (
            row.one.id,
            row.one.text,
            *(c.indicator or "" for c in row.claims),
            *row.units,
            *(i.item.head for i in row.items),
        )
        shown = f"{row.one.id} {row.one.head}"
        found.append(
            [
                f"c/{slug(row.one.id)}.html",
                shown,
                f"{light_word(row.colour)} {term(row.state)}".strip(),
                " ".join(dict.fromkeys(words)),
            ]
        )
    for unit in site.units:
        if unit.closed is None:
            found.append(
                [f"u/{slug(unit.code)}.html", unit.name, _("单位"), " ".join((unit.name, *unit.unit.aliases))]
            )
    return found  # fmt: skip
