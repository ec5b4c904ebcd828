"""The cascade: each number of the report that units divided, its parts against the whole, and what nobody took."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from duban.assess.cascade import Cascade, Share, cascades, unowned
from duban.ledger.bodies import ClaimRead
from duban.web.shelf import SIGNS, book_for, figure
from duban.web.standing import standing
from duban.web.today import shown_day
from duban.web.views.common import page

FINDINGS = {
    "piled": _("层层加码"), "gap": _("无人承担"), "stricter": _("严于全市"), "looser": _("松于全市"),
    "twice": _("一家两份"), "nobody": _("没有牵头单位"),
}  # fmt: skip
WIDTH = 600  # of the picture, in units of its view box


@dataclass(frozen=True, slots=True)
class Piece:
    """A part in the picture: of numbers that add a piece of the bar, of others a dot on the axis."""

    share: Share
    x: str
    width: str
    odd: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A cascade as the page shows it; `mark` is where the whole stands in the picture."""

    cascade: Cascade
    pieces: tuple[Piece, ...]
    mark: str

    @property
    def whole(self) -> str:
        """The number as the report has it."""
        return figure(self.cascade.claim)

    @property
    def sign(self) -> str:
        """The bound before a part's target."""
        return SIGNS.get(self.cascade.claim.comparator or "eq", "")

    @property
    def findings(self) -> list[Any]:
        """What is odd about it, in the words of the page."""
        return [FINDINGS[name] for name in self.cascade.findings]


def cascade(request: HttpRequest, as_json: bool = False) -> HttpResponse:
    """The page `/cascade`."""
    book = book_for(request)
    accounts = {key: light.account for key, light in standing(book, shown_day(request)).items()}
    every = cascades(book, accounts)
    left = unowned(book, accounts)
    asked = request.GET.get("finding", "")
    some = [c for c in every if asked in c.findings] if asked in FINDINGS else every
    counts = [(name, word, sum(name in c.findings for c in every)) for name, word in FINDINGS.items()]
    data = {
        "cascades": [_shown(c) for c in some], "all": len(every), "counts": counts, "finding": asked,
        "left": [(id, book.commitments[id].read.head, claim, figure(claim)) for id, claim in left],
        "width": WIDTH,
    }  # fmt: skip
    public = {"cascades": [_plain(c) for c in some], "unowned": [_left(id, claim) for id, claim in left]}
    return page(request, "cascade", book, data, public, as_json)


def _shown(one: Cascade) -> Shown:
    if one.total is not None:
        scale = WIDTH / (max(one.total, one.whole, Decimal(1).scaleb(-9)))
        pieces, at = [], Decimal(0)
        for share in one.shares:
            pieces.append(Piece(share, _n(at * scale), _n(max(share.value, Decimal(0)) * scale), False))
            at += max(share.value, Decimal(0))
        return Shown(one, tuple(pieces), _n(one.whole * scale))
    values = [one.whole, *(share.value for share in one.shares)]
    low, high = min(values), max(values)
    room = (high - low) or Decimal(1)

    def place(value: Decimal) -> str:
        return _n(20 + (value - low) / room * (WIDTH - 40))

    dots = tuple(Piece(share, place(share.value), "0", bool(share.stricter)) for share in one.shares)
    return Shown(one, dots, place(one.whole))


def _n(value: Decimal) -> str:
    return f"{value:.1f}"


def _plain(one: Cascade) -> dict[str, Any]:
    return {
        "commitment": one.commitment, "claim": one.claim.id, "indicator": one.claim.indicator, "measure": one.measure,
        "unit": one.unit, "whole": str(one.whole), "comparator": one.claim.comparator, "adds": one.adds,
        "owners": [a.key for a in one.owners], "total": _text(one.total),
        "coefficient": None if one.coefficient is None else f"{one.coefficient:.4f}",
        "gap": str(one.gap), "piled": str(one.piled), "median": str(one.middle),
        "period": one.common.code if one.common else None, "reached": _text(one.reached),
        "median_reached": _text(one.middle_reached), "findings": list(one.findings), "twice": list(one.twice),
        "parts": [_part(share) for share in one.shares],
    }  # fmt: skip


def _part(share: Share) -> dict[str, Any]:
    steps = [
        {"on": s.on, "value": _text(s.value), "change": _text(s.change), "authority": s.authority, "reason": s.reason}
        for s in share.steps
    ]  # fmt: skip
    figure_ = None
    if share.figure is not None:
        figure_ = {"period": share.figure.period.code, "value": str(share.figure.value)}
    return {"item": share.key, "lead": share.lead, "value": str(share.value), "added": str(share.added),
            "stricter": share.stricter, "figure": figure_, "steps": steps}  # fmt: skip


def _left(id: str, claim: ClaimRead) -> dict[str, Any]:
    return {
        "commitment": id,
        "claim": claim.id,
        "indicator": claim.indicator,
        "value": _text(claim.value),
        "unit": claim.unit,
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
