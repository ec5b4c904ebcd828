"""A book's own settlement: its promises, the sources that were entered, its rules, and what people decided on pairs."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from importlib.resources import files

from duban.assess.settle.authority import Authority
from duban.assess.settle.figures import Aim, Outcome
from duban.assess.settle.halves import aims
from duban.assess.settle.match import Decided
from duban.assess.settle.names import shipped
from duban.assess.settle.tolerance import KNOWN, Tolerance
from duban.assess.settle.whole import Rules, Settled, settle
from duban.core.canonical import canonical
from duban.ledger import Book
from duban.ledger.year.rules import RulesSet
from duban.ledger.year.settlements import Planned, Result, SettlementSource

DIGEST = 16  # hex digits by which rules are told apart


def aims_in(book: Book) -> list[Aim]:
    """Every promise of the book's text as it stands now, with the numbers as people decided them."""
    numbers = (c.claim for c in book.claims.values() if not c.dropped)
    return aims(numbers, (c.read for c in book.commitments.values() if not c.dropped), book.year)


def rules_in(book: Book) -> Rules:
    """The city's rules of settlement, each with the authority on which it was last set."""
    about = {m: Decimal(v) for m in KNOWN if (v := book.rules.get(f"about_{m}"))}
    order = tuple(word.strip() for word in book.rules.get("source_order", "").split("、") if word.strip())
    return Rules(
        Tolerance(about, _authority(book, "about_") if about else ""),
        Authority(order, _authority(book, "source_order") if order else ""),
    )


def _authority(book: Book, name: str) -> str:
    """By what paper the rules of this name were last set; the entry's number where none was named."""
    for entry in reversed(book.timeline("rules")):
        if isinstance(entry.body, RulesSet) and any(n.startswith(name) for n in entry.body.values):
            return entry.body.authority or f"#{entry.seq}"
    return ""


def owner_of(book: Book) -> str:
    """The government's own name, which stands before indicators in some sources."""
    return book.government.removesuffix("人民政府")


def digest(rules: Rules) -> str:
    """Tells one set of rules from another: the city's own, and the tables of names and of likeness that come with duban."""
    shipped_ = {name: files(__package__).joinpath(name).read_text("utf-8") for name in ("names.toml", "matching.toml")}  # fmt: skip
    said = {
        "about": {m: str(v) for m, v in rules.tolerance.about.items()}, "order": list(rules.authority.order),
        "by": [rules.tolerance.source, rules.authority.source], "shipped": shipped_,
    }  # fmt: skip
    return hashlib.sha256(canonical(said).encode()).hexdigest()[:DIGEST]


def sources_in(book: Book) -> list[SettlementSource]:
    """The sources by which the book is settled now, in the order given."""
    if not book.settlements:
        return []
    last = list(book.settlements.values())[-1].body
    return [book.sources[sha].body for sha in last.sources if sha in book.sources]


def decided_in(book: Book) -> Decided:
    """What people said of pairs, the last word on each."""
    return {(p.body.number, p.body.result): p.body.linked for p in book.pairs.values()}


def settled_in(book: Book) -> list[Settled]:
    """The book settled by its own sources; every promise "unclear" where there are none."""
    return settled_by(book, sources_in(book), decided_in(book))


def settled_by(book: Book, sources: Sequence[SettlementSource], decided: Decided) -> list[Settled]:
    """The book's promises settled by these sources and by what people decided on pairs."""
    outcomes = outcomes_of_sources(sources)
    reviewed = any(source.kind == "report" for source in sources)
    return settle(aims_in(book), outcomes, rules_in(book), shipped(), owner_of(book), reviewed=reviewed, decided=decided)  # fmt: skip


def outcomes_of_sources(sources: Sequence[SettlementSource]) -> list[Outcome]:
    """Every result of these sources, those of the first one ranked highest."""
    return [o for rank, source in enumerate(sources) for o in _outcomes(source, rank)]


def _outcomes(source: SettlementSource, rank: int) -> Iterable[Outcome]:
    for r in source.results:
        yield Outcome(r.id, r.indicator, r.measure, date.fromisoformat(r.start), date.fromisoformat(r.end), r.value,
                      r.unit, r.comparator, r.source, r.on, r.place, rank, r.target, source.name)  # fmt: skip


def source_of_outcomes(
    name: str, sha256: str, kind: str, outcomes: Iterable[Outcome], plans: Iterable[Aim] = (), title: str = ""
) -> SettlementSource:
    """A source as it is entered: its results, and what it promises for the year after."""
    results = tuple(
        Result(o.id, o.indicator, o.measure, o.start.isoformat(), o.end.isoformat(), o.value, o.unit, o.comparator,
               o.source, o.on, o.place, o.target)
        for o in outcomes
    )  # fmt: skip
    planned = tuple(
        Planned(a.id, a.indicator, a.measure, a.due.isoformat(), a.value, a.high, a.unit, a.comparator, a.text,
                a.start, a.commitment, a.reference)
        for a in plans
    )  # fmt: skip
    return SettlementSource(name, sha256, kind, results, planned, title)
