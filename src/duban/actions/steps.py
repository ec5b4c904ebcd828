"""A record goes to its next stage together with what that stage asks for, both or neither."""

from collections.abc import Mapping, Sequence
from datetime import date

from duban.actions.context import Writes
from duban.actions.records import Told, move_record, put_record
from duban.ledger import Book, Entry
from duban.ledger.year.filings import Evidence
from duban.ledger.year.records import account_of
from duban.registers.register import Register


def step_record(
    book: Book, username: str, register: Register, id: str, stage: str, day: date, *, today: date,
    values: Mapping[str, str], evidence: Sequence[Evidence] = (), note: str = "",
) -> Writes:  # fmt: skip
    """Fill in `values` of a record, then move it to a stage that it reached on `day`. Raises `Refused`."""
    writes: Writes = []
    if values:
        told = Told(values, account_of(register.name, id), id=id)
        writes = put_record(book, username, register, told, today)
    filled = book.copy() if writes else book
    for account, body in writes:
        filled.apply(Entry(filled.seq + 1, "", today.isoformat(), username, body.KIND, account, body, ""))
    return writes + move_record(
        filled, username, register, id, stage, day, today=today, evidence=evidence, note=note
    )
