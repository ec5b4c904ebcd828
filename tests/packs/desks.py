"""A pack's examples as records of a book, and a desk over them, for the tests of packs."""

import csv
import re
from datetime import date
from importlib.resources import files

from duban.actions.records import Told, put_record
from duban.ledger import Entry
from duban.ledger.book import Book
from duban.registers.indicator import Plain
from duban.registers.pack import Desk
from duban.registers.record import rows

DAY = date(2024, 10, 20)
_HEAD = re.compile(r"([^（]+)(?:（(.+)）)?")


def applied(book, writes, actor="office", on="2024-10-20"):
    """The book with these writes as entries."""
    for account, body in writes:
        book.apply(Entry(book.seq + 1, f"{on}T00:00:00.000Z", on, actor, body.KIND, account, body, ""))
    return book


def told_rows(pack, register):
    """The rows of the pack's example of a register, as a file's rows are told."""
    heads = {head: f.name for f in register.fields for head in (f.zh, f.en, *f.also)}
    stages = {f"{stage.zh}日期": stage.name for stage in register.stages}
    text = (files(f"duban.packs.{pack.name}") / f"{register.name}.csv").read_text("utf-8")
    for number, row in enumerate(csv.DictReader(text.splitlines()), 2):
        values, units, days = {}, {}, {}
        for head, value in row.items():
            name, unit = _HEAD.fullmatch(head).groups()
            if name in stages:
                days[stages[name]] = value
            elif value:
                values[heads[name]] = value
                if unit:
                    units[heads[name]] = unit
        yield Told(
            values, f"{register.name}.csv!{number}", {}, units, days, source=f"{register.name}.csv!{number}"
        )


def example_book(pack, day=DAY):
    """A book with all examples of the pack, in the order of its registers."""
    book = Book()
    for register in pack.registers:
        if not (files(f"duban.packs.{pack.name}") / f"{register.name}.csv").is_file():
            continue  # nobody keeps it: acts write it, or it fills as the work goes on
        if register.kind == "fed":
            continue  # its example is fed, it makes no records in the ledger
        for told in told_rows(pack, register):
            applied(book, put_record(book, "office", register, told, day))
    return book


def desk(pack, book, day=DAY, language="zh"):
    """A desk over the book's records, all of them."""
    found = {r.name: list(rows(r, book.registers.of(r.name))) for r in pack.registers}
    return Desk(
        pack, day, lambda name: Plain(pack.registered[name], found[name]), lambda name: found[name], language
    )
