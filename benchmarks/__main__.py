"""All benchmarks in one run."""

from benchmarks import ledger, lights, month_end, pages, reading

for room in (reading, ledger, lights, pages, month_end):
    print(f"== {room.__name__.split('.')[-1]}")
    room.main()
