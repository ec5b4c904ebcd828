"""The pages of packs: all of them as cards, and each with its own page, registers, indicators and rules."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.http import content_disposition_header

from duban.core.period import Period, period
from duban.core.problem import Refused
from duban.packs import packs
from duban.registers.explain import explained
from duban.registers.indicator import Indicator, Reckoned
from duban.registers.pack import Pack, Publisher
from duban.registers.register import Register
from duban.web.registers.acts import offered
from duban.web.registers.behind import address
from duban.web.registers.drawn import drawn
from duban.web.registers.fed import found_by
from duban.web.registers.plain import plain_block, text
from duban.web.registers.question import Question
from duban.web.registers.sight import Sight
from duban.web.shelf import book_for
from duban.web.today import looking_back
from duban.web.views.common import page

FIGURES = 4  # of a card


@dataclass(frozen=True, slots=True)
class Count:
    """A register, how many of its records the reader sees (None: that cannot be told), how many of them late."""

    register: Register
    every: int | None
    late: int


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator with its figure for the year so far, in words what it is, and the list of its records."""

    indicator: Indicator
    found: Reckoned
    words: str
    address: str


def counts(sight: Sight, pack: Pack) -> list[Count]:
    """The registers of a pack that the reader may see something of."""
    every = ((register, _count(sight, register)) for register in pack.registers)
    return [
        count
        for register, count in every
        if count.every or register.seen in sight.levels or (sight.who.unit and register.unit)
    ]


def _count(sight: Sight, register: Register) -> Count:
    try:
        found = found_by(sight, Question(register))
        return Count(register, found.total, found.late)
    except Refused:
        return Count(register, None, 0)  # its file is not on this machine


def figures(sight: Sight, pack: Pack, year: Period, *, worded: bool = True) -> list[Figure]:
    """The indicators of a pack that the reader may see, for the year so far; `worded` ones say what they are."""
    found = []
    for one in pack.indicators:
        register = pack.registered[one.register]
        if sight.levels:
            value = sight.figures(register, one, year)[()]
            where = address(register.name, f"{pack.name}.{one.name}", year)
            words = explained(one, register, sight.language) if worded else ""
            found.append(Figure(one, value, words, where))
    return found


def all_packs(request: HttpRequest, as_json: bool = False) -> HttpResponse:
    """The page `/packs`."""
    book = book_for(request)
    sight = Sight.of(request, book)
    year = period(str(sight.day.year))
    cards = [
        {"pack": pack, "counts": counts(sight, pack), "figures": figures(sight, pack, year, worded=False)}
        for pack in packs().values()
    ]
    public = {"packs": [_card(card, sight) for card in cards]} if as_json else None
    return page(request, "register_packs", book, {"cards": cards, "year": year}, public, as_json)


def _card(card: dict[str, Any], sight: Sight) -> dict[str, Any]:
    pack = card["pack"]
    return {
        "name": pack.name, "title": pack.label(sight.language),
        "registers": [{"name": c.register.name, "records": c.every, "late": c.late} for c in card["counts"]],
        "indicators": {f.indicator.name: text(f.found.value) for f in card["figures"]},
    }  # fmt: skip


def one_pack(request: HttpRequest, name: str, as_json: bool = False) -> HttpResponse:
    """The page `/x/<pack>`."""
    return pack_page(request, pack_named(name), as_json=as_json)


def pack_page(
    request: HttpRequest, pack: Pack, *, faults: tuple[str, ...] = (), asked: str = "", status: int = 200,
    as_json: bool = False,
) -> HttpResponse:  # fmt: skip
    """A pack's page; after a refusal with the act that was `asked`, what was typed, and why it was refused."""
    book = book_for(request)
    sight = Sight.of(request, book)
    year, blocks = period(str(sight.day.year)), sight.blocks(pack)
    data = {
        "pack": pack, "blocks": drawn(blocks), "counts": counts(sight, pack), "year": year,
        "figures": figures(sight, pack, year), "faults": faults,
        "acts": [] if looking_back(request) else offered(sight, pack, asked, request.POST),
        "thresholds": pack.thresholds.every, "leaves": pack.leaves_en if sight.language == "en" else pack.leaves_zh,
        "partial": not all(sight.whole(register) for register in pack.registers),
    }  # fmt: skip
    public = {"name": pack.name, "blocks": [plain_block(block) for block in blocks]} if as_json else None
    response = page(request, "register_pack", book, data, public, as_json)
    response.status_code = status
    return response


def pack_named(name: str) -> Pack:
    """The pack of this name, else a page not found."""
    pack = packs().get(name)
    if pack is None:
        raise Http404(name)
    return pack


def export(request: HttpRequest, name: str, file: str) -> HttpResponse:
    """A file of a pack in a published format, of what the reader may see."""
    book, pack = book_for(request), pack_named(name)
    made = next((one for one in pack.exports if one.name == file), None)
    if made is None:
        raise Http404(file)
    publisher = Publisher(book.government, request.build_absolute_uri(request.path))
    data = made.make(Sight.of(request, book).desk(pack), publisher)
    head = content_disposition_header(True, f"{name}-{file}.json") or "attachment"
    return JsonResponse(
        data, json_dumps_params={"ensure_ascii": False}, headers={"Content-Disposition": head}
    )
