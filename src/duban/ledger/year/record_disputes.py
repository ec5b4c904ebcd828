"""Disputes on records: somebody whom a record concerns says that a value of it is wrong, and another decides."""

from __future__ import annotations

from collections.abc import Collection

from duban.ledger.entries import Body, registered
from duban.ledger.year.dated import Case, Dated

Disputes = tuple[Case["RecordDisputed"], ...]


@registered("record.disputed")
class RecordDisputed(Body, frozen=True, gc=False):
    """What entry `about` says of `column` (a field, or `at_<stage>`) is wrong: one's own value, why, and from where.

    `value` is a stored text, "" where the disputer only says that it is wrong.
    """

    about: int
    column: str
    value: str
    reason: str
    source: str


@registered("record.decided")
class RecordDecided(Body, frozen=True, gc=False):
    """Whether the dispute of what entry `about` says of `column` is upheld, and why; both values stay to be seen."""

    about: int
    column: str
    upheld: bool
    reason: str


def decision(case: Case[RecordDisputed]) -> Dated[Body] | None:
    """What was decided; None while nobody has."""
    return next((step for step in case.steps if isinstance(step.body, RecordDecided)), None)


def marks(case: Case[RecordDisputed]) -> bool:
    """Whether the value is to be marked: it stands, and the dispute is undecided or was upheld."""
    decided = decision(case)
    replaced = any(not isinstance(step.body, RecordDecided) for step in case.steps)
    return not replaced and (decided is None or bool(decided.body["upheld"]))


def decided_by(cases: Disputes, step: Dated[RecordDecided]) -> Disputes:
    """The cases after a decision: it closes the undecided ones of its entry and column."""
    about = step.body.about, step.body.column
    return tuple(
        case.then(step)
        if (case.opened.body.about, case.opened.body.column) == about and decision(case) is None
        else case
        for case in cases
    )


def replaced_by(cases: Disputes, changed: Collection[str], step: Dated[Body]) -> Disputes:
    """The cases after an entry that gives these columns other values: what was disputed does not stand any more."""
    return tuple(
        case.then(step) if case.opened.body.column in changed and marks(case) else case for case in cases
    )
