"""What appends entries and says each one once it is acknowledged: `writer LOCATION NAME COUNT`, or `write` in a fork."""

import sys

from duban.ledger import Draft, open_store
from duban.ledger.bodies import AccountOpened


def write(location, name, count, say):
    """Append `count` entries, one after the other; `say` gets the number and the name of each."""
    store = open_store(location)
    for number in range(count):
        body = AccountOpened(f"{name}{number}", 2026)
        entry = store.append([Draft("2026-01-12T08:00:00.000Z", "2026-01-12", name, "book", body)])[0]
        say((entry.seq, body.government))


if __name__ == "__main__":
    write(sys.argv[1], sys.argv[2], int(sys.argv[3]), lambda told: print(*told, flush=True))
