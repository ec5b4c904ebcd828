"""All benchmarks in one run."""

from benchmarks import ledger, pages, reading

for room in (reading, ledger, pages):
    print(f"== {room.__name__.split('.')[-1]}")
    room.main()
