"""The year on the account: what happens to units, people and items, one module a subject.

Each module holds the bodies of its entries, the state they fold into, and the fold.
"""

from duban.ledger.year import (
    clearing,
    demands,
    doubts,
    filings,
    matters,
    meetings,
    papers,
    people,
    placings,
    records,
    remarks,
    rules,
    settlements,
    simulation,
    tasks,
    ties,
    units,
)

__all__ = [
    "clearing",
    "demands",
    "doubts",
    "filings",
    "matters",
    "meetings",
    "papers",
    "people",
    "placings",
    "records",
    "remarks",
    "rules",
    "settlements",
    "simulation",
    "tasks",
    "ties",
    "units",
]
