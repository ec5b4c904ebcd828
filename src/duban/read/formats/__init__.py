"""A reading written down: JSON Lines of claims or commitments, CSV, Markdown. Formats as in docs/reading.md."""

import csv
import io
from collections.abc import Iterator
from decimal import Decimal

import msgspec

from duban.read.model import Claim, Commitment, Reading

FORMATS = ("table", "jsonl", "commitments", "md", "csv")


def _plain(value: Decimal | None) -> int | float | msgspec.Raw | None:
    """The number as JSON has it; one with an exponent is written as Python writes it."""
    if value is None:
        return None
    if (whole := int(value)) == value:
        return whole
    number = float(value)
    return number if 1e-4 <= abs(number) < 1e16 else msgspec.Raw(repr(number).encode())


def claim_row(claim: Claim) -> dict[str, object]:
    """The fields of a claim as they are printed."""
    return {
        "start": claim.start, "end": claim.end, "number": claim.number, "role": claim.role, "tense": claim.tense,
        "indicator": claim.indicator, "measure": claim.measure, "value": _plain(claim.value), "high": _plain(claim.high),
        "unit": claim.unit, "comparator": claim.comparator, "due": claim.due, "section": claim.section,
        "rules": claim.rules, "confidence": claim.confidence,
    }  # fmt: skip


def commitment_row(one: Commitment, starts: dict[str, int]) -> dict[str, object]:
    """The fields of a commitment as they are printed; its claims by their `start`."""
    return {
        "id": one.id, "kind": one.kind, "head": one.head, "start": one.start, "end": one.end, "text": one.text,
        "claims": [starts[c] for c in one.claims], "due": one.due, "section": one.section,
        "rules": one.rules, "confidence": one.confidence,
    }  # fmt: skip


_encoded = msgspec.json.Encoder().encode


def _lines(rows: Iterator[dict[str, object]]) -> str:
    """One row a line, spaced as `json.dumps` spaces it."""
    return b"".join(msgspec.json.format(_encoded(row), indent=0) + b"\n" for row in rows).decode()


def write_jsonl(reading: Reading) -> str:
    """One JSON object for each number token, in text order."""
    return _lines(claim_row(c) for c in reading.claims)


def write_commitments(reading: Reading) -> str:
    """One JSON object for each commitment, in text order."""
    starts = {c.id: c.start for c in reading.claims}
    return _lines(commitment_row(c, starts) for c in reading.commitments)


def safe_cell(value: object) -> str:
    """A spreadsheet must not take a cell for a formula (docs/safety.md)."""
    text = "" if value is None else str(value)
    return "'" + text if text[:1] in "=+-@\t\r" else text


def write_csv(reading: Reading) -> str:
    """The commitments as a table for spreadsheets."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["编号", "类型", "事项", "原文", "位置", "完成时限", "指标"])
    by_id = {c.id: c for c in reading.claims}
    for one in reading.commitments:
        figures = "；".join(f"{by_id[c].indicator} {by_id[c].number}{by_id[c].unit}" for c in one.claims)
        writer.writerow(
            [safe_cell(v) for v in (one.id, one.kind, one.head, one.text, one.section, one.due, figures)]
        )
    return out.getvalue()


def write_md(reading: Reading) -> str:
    """The commitments grouped by section, for reading."""
    out, section = [f"# {reading.outline.title or reading.source.name}\n"], None
    for one in reading.commitments:
        if one.section != section:
            section = one.section
            out.append(f"\n## {section}\n")
        due = f"（{one.due}）" if one.due else ""
        out.append(f"- **{one.id}** {one.head}{due} — {one.kind}")
    return "\n".join(out) + "\n"


WRITERS = {"jsonl": write_jsonl, "commitments": write_commitments, "csv": write_csv, "md": write_md}
