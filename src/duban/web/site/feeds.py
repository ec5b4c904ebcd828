"""Atom feeds (RFC 4287) of the site: what was newly entered, in the whole book and under each commitment.

A feed's reader asks for it at its own address, so there are feeds only where that is known.
"""

from collections.abc import Iterator
from xml.etree import ElementTree as Xml

from django.utils.translation import gettext as _

from duban.web.shelf import Row
from duban.web.site.gathered import Gathered, Line
from duban.web.slug import slug
from duban.web.templatetags.duban import term

ATOM = "http://www.w3.org/2005/Atom"
LATEST = 100  # entries of the feed of the whole book


def feeds(site: Gathered, base: str, language: str) -> Iterator[tuple[str, bytes]]:
    """(path below the language's root, the feed); `base` is that root's address, ending with "/"."""
    owner = f"{site.book.government} {site.book.year}"
    news = [(line, row) for row in site.rows for line in site.lines(row.one.id)]
    latest = sorted(news, key=lambda pair: (pair[0].seq, pair[1].one.id), reverse=True)[:LATEST]
    yield "feed.xml", _feed(site, base, ("feed.xml", "index.html"), owner, latest, language)
    for row in site.rows:
        path = f"c/{slug(row.one.id)}"
        mine = [(line, row) for line in reversed(site.lines(row.one.id))]
        yield f"{path}.xml", _feed(site, base, (f"{path}.xml", f"{path}.html"), f"{row.one.head} · {owner}", mine, language)  # fmt: skip


def _feed(
    site: Gathered, base: str, paths: tuple[str, str], title: str, news: list[tuple[Line, Row]], language: str
) -> bytes:
    feed = Xml.Element("feed", {"xmlns": ATOM, "xml:lang": "en" if language == "en" else "zh-Hans"})
    _put(feed, "id", base + paths[0])
    _put(feed, "title", title)
    if site.book.simulated:
        _put(feed, "subtitle", _("以下单位、人员、数值和进展都是程序模拟的，不是任何地方的真实情况。"))
    _put(feed, "updated", max((line.at for line, _row in news), default=f"{site.day}T00:00:00Z"))
    Xml.SubElement(feed, "link", {"rel": "self", "href": base + paths[0]})
    Xml.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": base + paths[1]})
    _put(Xml.SubElement(feed, "author"), "name", site.book.government)
    for line, row in news:
        _entry(feed, f"{base}c/{slug(row.one.id)}.html#e{line.seq}", line, row)
    Xml.indent(feed, " ")
    return Xml.tostring(feed, "utf-8", xml_declaration=True) + b"\n"


def _entry(feed: Xml.Element, address: str, line: Line, row: Row) -> None:
    entry = Xml.SubElement(feed, "entry")
    _put(entry, "id", address)
    _put(entry, "title", f"{term(line.kind)} · {row.one.head}")
    _put(entry, "updated", line.at)
    Xml.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": address})
    _put(
        entry,
        "summary",
        " · ".join(part for part in (line.on, row.one.id, line.unit, f"#{line.seq}") if part),
    )


def _put(under: Xml.Element, name: str, text: str) -> None:
    Xml.SubElement(under, name).text = text
