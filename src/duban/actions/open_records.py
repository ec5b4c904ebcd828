"""A pack's desk for everybody: its registers' records without what not everybody may see."""

from datetime import date

from duban.actions.seen import seen
from duban.core.rights.decide import PUBLIC
from duban.ledger import Book
from duban.registers.indicator import Plain
from duban.registers.pack import Desk, Pack
from duban.registers.plain import Row
from duban.registers.record import row
from duban.registers.register import Register


def open_desk(book: Book, pack: Pack, day: date, locale: str) -> Desk:
    """What a pack's exports read when they are made for everybody, as of `day`."""
    rows = {register.name: list(_open_rows(book, register)) for register in pack.registers}
    return Desk(pack, day, lambda name: Plain(pack.registered[name], rows[name]), rows.__getitem__, locale)


def _open_rows(book: Book, register: Register) -> list[Row]:
    found: list[Row] = []
    for one in seen(book, PUBLIC, register, book.registers.of(register.name), published=True):
        shown = {field.name for field in one.fields}
        values = row(register, one.state)
        found.append({n: v if n in shown or n not in register.named else None for n, v in values.items()})
    return found
