"""Registers, records and blocks as JSON: quantities as texts, so that no digit is lost."""

from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from duban.registers.field import Field
from duban.registers.register import Register
from duban.web.registers.sight import Shown


def text(value: Any) -> str | None:
    """A figure as a text; None where it is missing."""
    return None if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def plain_block(block: Any) -> Any:
    """A block of a page, and whatever it holds."""
    if is_dataclass(block) and not isinstance(block, type):
        kind = {"kind": type(block).__name__.lower()}
        return kind | {f.name: plain_block(getattr(block, f.name)) for f in fields(block)}
    if isinstance(block, list | tuple):
        return [plain_block(one) for one in block]
    return text(block) if isinstance(block, Decimal) else block


def plain_record(shown: Shown, day: date) -> dict[str, Any]:
    """A record with the fields that the reader sees, as stored."""
    record = shown.record
    return {
        "id": shown.id, "values": {f.name: v for f in shown.fields if (v := shown.value(f.name))},
        "stage": record.state.stage or None, "since": record.since.isoformat() if record.since else None,
        "due": record.due.isoformat() if record.due else None, "days_late": record.late(day),
        "disputed": sorted(shown.disputed),
    }  # fmt: skip


def plain_field(field: Field, language: str) -> dict[str, Any]:
    """A field of the declaration."""
    return {
        "name": field.name, "type": field.type, "label": field.en if language == "en" else field.zh, "unit": field.unit,
        "status": field.status, "codes": {c.value: c.en if language == "en" else c.zh for c in field.codes}, "to": field.to,
    }  # fmt: skip


def plain_register(register: Register, language: str) -> dict[str, Any]:
    """A register's declaration."""
    return {
        "name": register.name, "title": register.label(language), "kind": register.kind, "key": list(register.key),
        "fields": [plain_field(field, language) for field in register.fields],
        "stages": [{"name": stage.name, "title": stage.label(language)} for stage in register.stages],
    }  # fmt: skip
