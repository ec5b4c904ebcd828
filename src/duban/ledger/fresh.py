"""A ledger that could not be begun leaves nothing behind: what was laid out for it is taken away again."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from duban.ledger.sqlite import FILE


@contextmanager
def leaving_nothing(location: Path | str) -> Iterator[None]:
    """Run a block that lays out and fills a ledger at `location`, and that closes it before it ends.

    When the block fails, a ledger file that was not there before is removed, with the folders made for it,
    unless it holds an entry or another process has it open. A ledger on a server is left as it is.
    """
    folder = Path(location)
    if "://" in str(location) or (folder / FILE).exists():
        yield
        return
    made = [place for place in (folder, *folder.parents) if not place.exists()]
    try:
        yield
    except BaseException:
        with suppress(OSError, sqlite3.Error):
            _remove(folder / FILE)
            for place in made:  # the innermost first; one that holds anything stays
                place.rmdir()
        raise


def _remove(file: Path) -> None:
    """Remove a ledger without entries that nobody has open; it is locked meanwhile."""
    if not file.exists():
        return
    with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as db:
        db.execute("PRAGMA locking_mode = EXCLUSIVE")
        db.execute("PRAGMA temp_store = MEMORY")
        laid_out = db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'entry'").fetchone()[0]
        if laid_out and db.execute("SELECT count(*) FROM entry").fetchone()[0]:
            return
        file.unlink()
    for rest in ("-wal", "-shm"):
        file.with_name(file.name + rest).unlink(missing_ok=True)
