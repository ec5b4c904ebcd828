"""All benchmarks in one run."""

from benchmarks import ledger, lights, pages, reading

for room in (reading, ledger, lights, pages):
    print(f"== {room.__name__.split('.')[-1]}")
    room.main()
