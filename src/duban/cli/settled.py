"""How a settlement is printed: as a table, as JSON or as CSV. Each commitment's verdict stands beside its numbers'."""

import csv
import io
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duban.assess.settle import Verdict
    from duban.assess.settle.whole import Commitment, Settled

_HEADS = ("id", "promise", "verdict", "reason", "sources", "start", "commitment", "whole")
_WIDTH = 160  # characters of a table that does not go to a terminal


def line_of(verdict: "Verdict") -> str:
    """The line of reason in the reader's language: the rule's sentence, and that on sources that differ."""
    from duban.assess.settle.reasons import reasons_of
    from duban.cli import locale
    from duban.words import sentence

    return " ".join(sentence(code, data, locale()) for code, data in reasons_of(verdict))


def _word(code: str) -> str:
    from duban.cli import locale
    from duban.words import sentence

    return sentence(f"term.{code}", {}, locale())


def _counts(verdicts: "Iterable[Verdict]") -> dict[str, int]:
    from duban.assess.settle import VERDICTS

    found = Counter(v.code for v in verdicts)
    return {code: found[code] for code in VERDICTS}


def _numbers(whole: "Sequence[Commitment]") -> "list[tuple[Commitment, Settled]]":
    return [(c, s) for c in whole for s in c.numbers]


def _lines(whole: "Sequence[Commitment]") -> list[tuple[str, ...]]:
    return [
        (s.aim.id, s.aim.indicator, _word(s.verdict.code), line_of(s.verdict), "; ".join(s.verdict.sources),
         str(s.aim.start), c.id, _word(c.verdict.code))
        for c, s in _numbers(whole)
    ]  # fmt: skip


def as_table(whole: "Sequence[Commitment]") -> str:
    """For a terminal: the counts, then each commitment, and under one of several numbers each of them."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(file=io.StringIO(), width=None if sys.stdout.isatty() else _WIDTH, highlight=False)
    for name, verdicts in (
        ("承诺 promises", [c.verdict for c in whole]),
        ("数 numbers", [s.verdict for _, s in _numbers(whole)]),
    ):
        told = " · ".join(f"{_word(code)} {n}" for code, n in _counts(verdicts).items())
        console.print(Text(f"{name} {len(verdicts)}: {told}"))
    table = Table("承诺 promise", "结论 verdict", "理由 reason", "来源 sources")
    for c in whole:
        for row in _rows(c):
            table.add_row(*(Text(cell, overflow="fold") for cell in row))
    console.print(table)
    return console.file.getvalue()  # type: ignore[attr-defined,no-any-return]


def _rows(c: "Commitment") -> list[tuple[str, ...]]:
    if len(c.numbers) == 1:
        one = c.numbers[0]
        return [(one.aim.indicator, _word(c.verdict.code), line_of(c.verdict), "; ".join(c.verdict.sources))]
    return [(c.text, _word(c.verdict.code), line_of(c.verdict), "")] + [
        (f"  · {s.aim.indicator}", _word(s.verdict.code), line_of(s.verdict), "; ".join(s.verdict.sources))
        for s in c.numbers
    ]


def as_json(whole: "Sequence[Commitment]") -> str:
    """Everything: counts of commitments and of numbers, each with its verdict, its rule and what fills it."""
    rows: list[dict[str, Any]] = [
        dict(zip(_HEADS, line, strict=True))
        | {"code": s.verdict.code, "rule": s.verdict.reason, "data": dict(s.verdict.data),
           "readings": list(s.verdict.readings),
           "ranked": [{"result": p.outcome.indicator, "certainty": round(p.certainty), "why": p.why} for p in s.ranked]}
        for (_, s), line in zip(_numbers(whole), _lines(whole), strict=True)
    ]  # fmt: skip
    commitments = [
        {"id": c.id, "text": c.text, "start": c.start, "code": c.verdict.code, "reason": line_of(c.verdict),
         "numbers": [s.aim.id for s in c.numbers]}
        for c in whole
    ]  # fmt: skip
    told = {
        "counts": _counts(s.verdict for _, s in _numbers(whole)), "promises": rows,
        "commitment_counts": _counts(c.verdict for c in whole), "commitments": commitments,
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def as_csv(whole: "Sequence[Commitment]") -> str:
    """One row a number, with the verdict on its commitment."""
    from duban.files.escape import escaped

    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_HEADS)
    writer.writerows([escaped(cell) for cell in line] for line in _lines(whole))
    return out.getvalue()


FORMS: "dict[str, Callable[[Sequence[Commitment]], str]]" = {"table": as_table, "json": as_json, "csv": as_csv}  # fmt: skip
