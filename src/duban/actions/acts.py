"""What a pack does on request becomes records like any others: the same checks, the same entries."""

from collections.abc import Iterable
from datetime import date

from duban.actions.context import Writes, refused, require
from duban.actions.records import Told, move_record, put_record
from duban.core.rights import Thing
from duban.ledger import Book, Entry
from duban.registers.pack import Act, Change, Desk, Pack, Put
from duban.registers.register import Values
from duban.registers.thresholds import NotYet


def perform_act(
    book: Book, username: str, pack: Pack, act: Act, desk: Desk, answers: Values, *, today: date
) -> Writes:
    """Run an act and write its changes, all or none; raises `Refused`, also where it has nothing to change.

    Who may ask for an act may have what it changes: the pack decides what that is, not the person.
    """
    place = f"pack/{pack.name}/{act.name}"
    level = f"kept_{act.keeper}"
    require(book, username, "pack.act", Thing(place), level)
    try:
        writes = changed(book, username, pack, act.run(desk, answers), today)
    except NotYet:
        raise refused("act.no_number", place) from None
    if not writes:
        raise refused("act.nothing", place)
    return writes


def changed(book: Book, username: str, pack: Pack, changes: Iterable[Change], today: date) -> Writes:
    """The entries of changes, each checked on the book as the ones before it leave it."""
    trial, writes = book.copy(), Writes()
    for change in changes:
        register = pack.registered[change.register]
        if isinstance(change, Put):
            told = Told(
                change.values, f"{register.name}/{change.id}", id=_there(trial, change), source=pack.name
            )
            made = put_record(trial, username, register, told, today, by_act=True)
        else:
            made = move_record(
                trial, username, register, change.id, change.stage, change.day, today=today,
                evidence=change.evidence, note=change.note, by_act=True,
            )  # fmt: skip
        for account, body in made:
            trial.apply(Entry(trial.seq + 1, "", today.isoformat(), username, body.KIND, account, body, ""))
        writes += made
    return writes


def _there(book: Book, change: Put) -> str:
    """The id of a record that is to be changed; "" where the change makes one."""
    return change.id if change.id in book.registers.get(change.register, {}) else ""
