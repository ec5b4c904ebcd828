"""What a table of work items asks to change: built by whoever reads the table, applied by an action."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One wish: `how` is add, change or remove; `n` the item's number under its commitment (0 for add).

    `place` says where the wish stands ("Sheet1!C7"), so that a refusal can name it. The other fields are the
    whole item as it shall read; for remove only `note` counts, as the reason.
    """

    how: str
    commitment: str
    n: int = 0
    head: str = ""
    lead: str = ""
    partners: tuple[str, ...] = ()
    leader: str = ""
    due: str | None = None
    note: str = ""
    quarters: tuple[str, ...] = ()
    person: str = ""
    source: str = ""
    cadence: str = ""
    evidence: str = ""
    checker: str = ""
    place: str = ""
