"""A process that appends entries and says each one once it is acknowledged: `writer LOCATION NAME COUNT`."""

import sys

from duban.ledger import Draft, open_store
from duban.ledger.bodies import AccountOpened

store = open_store(sys.argv[1])
for number in range(int(sys.argv[3])):
    body = AccountOpened(f"{sys.argv[2]}{number}", 2026)
    entry = store.append([Draft("2026-01-12T08:00:00.000Z", "2026-01-12", sys.argv[2], "book", body)])[0]
    print(entry.seq, body.government, flush=True)
