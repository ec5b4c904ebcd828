"""Publishing: gather, write data, proofs and pages in both languages into a new folder, and put it in place."""

import json
from collections.abc import Callable
from datetime import date
from importlib.resources import files as resources
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.utils import translation

from duban.actions.open_records import open_desk
from duban.ledger import BookKeeper, Store
from duban.ledger.book import require_book
from duban.ledger.witness import PROOFS
from duban.packs import packs
from duban.registers.pack import Publisher
from duban.web.site.data import as_json, write_data
from duban.web.site.feeds import feeds
from duban.web.site.folder import FORMAT, MARK, Writer, replacing
from duban.web.site.gathered import Gathered, gather
from duban.web.site.pages import LANGUAGES, home_of, pages, rendered, search_index
from duban.web.site.tables import Record, plain, records
from duban.web.slug import slug
from duban.web.style import sheet

Tell = Callable[[str, int, int], None]  # the stage, how much of it is done, how much there is


def publish(
    store: Store, place: Path, day: date, address: str, tell: Tell, *, back: bool = False
) -> dict[str, int]:
    """Make the site of a ledger on `day` at `place` (checked by `check_place`); returns the size of every file.

    `back`: the book is what counted by that day, else all that is there.

    `address` is where it will stand ("" if not known yet). Raises `Refused`: no account, or a disk that is full.
    """
    keeper = BookKeeper(store)
    book, last = require_book(keeper.as_of(day) if back else keeper.book(), store.location), store.head().seq
    site = None
    for told in gather(store, book, day, last):
        if isinstance(told, Gathered):
            site = told
        elif told % 500 == 0:
            tell("gather", told, last)
    assert site is not None
    with replacing(place) as new:
        writer = Writer(new)
        _write(writer, site, address, tell)
        return writer.sizes


def _write(writer: Writer, site: Gathered, address: str, tell: Tell) -> None:
    about = about_of(site)
    tables = records(site)
    write_data(writer, about, tables)
    _exports(writer, site, address)
    _proofs(writer, site, tables, about, tell)
    writer.write("style.css", sheet())
    writer.write("search.js", (resources("duban.web") / "static/site-search.js").read_bytes())
    files = [(name, size) for name, size in writer.sizes.items() if name.startswith("data") or name == "proofs/roots.json"]  # fmt: skip
    for language in LANGUAGES:
        with translation.override(language):
            _pages(writer, site, language, sorted(files), address, tell)
    writer.write(MARK, as_json({"format": FORMAT, **about, "files": len(writer.sizes) + 1}))


def about_of(site: Gathered) -> dict[str, Any]:
    """Whose data it is, as of which day and entry; stands in every data file."""
    book = site.book
    return {
        "government": book.government, "year": book.year, "data_as_of": site.day.isoformat(), "entries": site.head.seq,
        "seal": site.head.seal, "algorithm": book.algorithm,
        "simulated": f"以下为程序模拟，不是任何地方的真实情况。Simulated. {book.simulated}" if book.simulated else "",
    }  # fmt: skip


def _exports(writer: Writer, site: Gathered, address: str) -> None:
    """What packs give in formats of others, where they have records that everybody may see."""
    for pack in packs().values():
        desk = open_desk(site.book, pack, site.day, "zh")
        if not any(desk.rows(register.name) for register in pack.registers):
            continue
        for form in pack.exports:
            name = f"data/{pack.name}-{form.name}.json"
            urn = f"urn:duban:{quote(site.book.government)}:{site.book.year}:{pack.name}.{form.name}"
            uri = f"{address.rstrip('/')}/{name}" if address else urn
            writer.write(name, as_json(form.make(desk, Publisher(site.book.government, uri))))


def _proofs(
    writer: Writer, site: Gathered, tables: dict[str, list[Record]], about: dict[str, Any], tell: Tell
) -> None:
    """The roots; for each commitment its proofs, and what the tables say of it as one file."""
    writer.write("proofs/roots.json", as_json(site.roots))
    items, parts = _by(tables["items"], "commitment"), ("claims", "entries")
    found = {name: _by(tables[name], "commitment") for name in parts}
    figures, changes = _by(tables["figures"], "item"), _by(tables["adjustments"], "item")
    for done, one in enumerate(tables["commitments"], 1):
        id = one["id"]
        made = {"format": PROOFS, "proofs": site.proofs(id)}
        writer.write(f"proofs/{slug(id)}.json", json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n")  # fmt: skip
        mine = items.get(id, [])
        whole = {
            **about, **one, "items": mine, **{name: found[name].get(id, []) for name in parts},
            "figures": [f for i in mine for f in figures.get(i["key"], [])],
            "adjustments": [a for i in mine for a in changes.get(i["key"], [])],
        }  # fmt: skip
        writer.write(f"c/{slug(id)}.json", json.dumps(whole, ensure_ascii=False, default=plain) + "\n")
        tell("proofs", done, len(tables["commitments"]))


def _by(rows: list[Record], column: str) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for row in rows:
        found.setdefault(row[column], []).append(row)
    return found


def _pages(
    writer: Writer, site: Gathered, language: str, files: list[tuple[str, int]], address: str, tell: Tell
) -> None:
    home, every = home_of(language), list(pages(site, files))
    for done, page in enumerate(every, 1):
        writer.write(home + page.path, rendered(site, page, language, fed=bool(address)))
        tell(language, done, len(every))
    index = json.dumps(search_index(site), ensure_ascii=False, separators=(",", ":"))
    writer.write(f"{home}search-index.js", f"dubanIndex({index});\n")
    for path, feed in feeds(site, f"{address.rstrip('/')}/{home}", language) if address else ():
        writer.write(home + path, feed)
