"""All benchmarks in one run."""

from benchmarks import (
    forecasts,
    ledger,
    lights,
    many,
    month_end,
    pages,
    publish,
    reading,
    records,
    recount,
    registers,
    settle,
)

for room in (
    reading,
    ledger,
    lights,
    forecasts,
    pages,
    publish,
    month_end,
    many,
    records,
    recount,
    registers,
    settle,
):
    print(f"== {room.__name__.split('.')[-1]}")
    room.main()
