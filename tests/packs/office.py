"""A book with one pack in it, as the office works on it."""

from duban.actions.acts import perform_act
from duban.actions.records import Told, move_record, put_record
from duban.core.period import period
from duban.ledger import Entry
from duban.ledger.book import Book
from duban.ledger.year.people import PersonPlaced
from duban.ledger.year.units import UnitEntered
from duban.registers.indicator import Plain, reckon
from duban.registers.pack import Desk
from duban.registers.record import rows


class Office:
    """Writes to a book in memory through the real actions; `day` is today and may be moved on."""

    def __init__(self, pack, day):
        self.pack, self.day, self.book = pack, day, Book()

    def write(self, writes, who="office"):
        for account, body in writes:
            self.book.apply(
                Entry(self.book.seq + 1, "", self.day.isoformat(), who, body.KIND, account, body, "")
            )

    def people(self, **units):
        """Reporters by name and unit's name."""
        for name, unit in units.items():
            self.write(
                [
                    (f"unit/{name}", UnitEntered(unit)),
                    (f"person/{name}", PersonPlaced(name, name, ("reporter",))),
                ]
            )

    def put(self, register, who="office", /, **values):
        told = Told(values, register)
        self.write(put_record(self.book, who, self.pack.registered[register], told, self.day), who)

    def move(self, register, id, stage, who="office", day=None, evidence=()):
        one = self.pack.registered[register]
        on = day or self.day
        self.write(move_record(self.book, who, one, id, stage, on, today=self.day, evidence=evidence), who)

    def rows(self, register):
        return list(rows(self.pack.registered[register], self.book.registers.of(register)))

    def engine(self, register):
        return Plain(self.pack.registered[register], self.rows(register))

    def desk(self, language="zh"):
        return Desk(self.pack, self.day, self.engine, self.rows, language)

    def act(self, name, who="office", /, **answers):
        acted = self.pack.acted[name]
        self.write(perform_act(self.book, who, self.pack, acted, self.desk(), answers, today=self.day), who)

    def figure(self, name, code, by=()):
        one = self.pack.indicated[name]
        found = reckon(one, self.engine(one.register), period(code), self.day, by)
        return {g: f.value for g, f in found.items()} if by else found[()].value
