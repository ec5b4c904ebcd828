"""The packs' example files of fed registers in the simulated year, taken as a feed of another system would be."""

from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import as_file
from pathlib import Path

from duban.intake import Feeder, Says
from duban.ledger import BookKeeper, Store
from duban.packs import folder_of, packs
from duban.table.choose import installed


def fed_examples(store: Store, folder: Path, until: date, say: Says) -> int:
    """Feed every pack's examples on the last day before `until`; gives how many rows there are now.

    `folder` is the book's, beside which the lake is; `say` puts a problem into words. Nothing is fed where the extra `table` is not installed.
    """
    if not installed():
        return 0
    day = until - timedelta(days=1)
    feeder = Feeder(BookKeeper(store), folder, "office", datetime.combine(day, time(15), UTC), day, say)
    rows = 0
    for pack in packs().values():
        for register in pack.registers:
            file = folder_of(pack) / f"{register.name}.csv"
            if register.kind == "fed" and file.is_file():
                with as_file(file) as path:
                    rows += feeder.file(register, path, name=f"模拟 {file.name}").rows
    return rows
