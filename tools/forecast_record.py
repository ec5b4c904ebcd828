"""Write the record of forecasts that the package ships, and its table in docs/forecast.md; with --check, only say whether it is fresh.

It is learned from made-up series and tried on others: the seeds differ, so that nothing is judged by what it learned from.
"""

import sys
from datetime import date
from pathlib import Path

from duban.assess.forecast import Record, backtest, cases, learn, read_record, whole, write_record
from duban.assess.profile import shipped_profiles
from duban.cli.backtest import TESTED, YEARS, simulated

FILE = Path(__file__).resolve().parents[1] / "src/duban/assess/forecast/record.json"
PAGE = Path(__file__).resolve().parents[1] / "docs/forecast.md"
LEARNED = (1, 2, 3)
_HOW = "由程序模拟的序列学得（种子 {seeds}，各 {years} 年）¦learned from series made up by a program (seeds {seeds}, {years} years each)"
_TESTED = "以另外的模拟序列检验（种子 {seeds}，各 {years} 年）¦tried on other made-up series (seeds {seeds}, {years} years each)"


def record(made: str) -> Record:
    """The record, learned and tried anew."""
    families = learn(case for one in simulated(LEARNED, YEARS) for case in cases(one))
    tried = [case for one in simulated(TESTED, YEARS) for case in cases(one)]
    scores, alone = (
        backtest(some, families, shipped_profiles()["default"])
        for some in (tried, [case for case in tried if not case.view.now.years])
    )
    how, tested = (
        text.format(seeds=", ".join(map(str, seeds)), years=YEARS)
        for text, seeds in ((_HOW, LEARNED), (_TESTED, TESTED))
    )
    return Record(made, how, families, LEARNED, tested, scores, alone)


def table(kept: Record) -> str:
    """The record's scores as docs/forecast.md shows them."""
    heads = ("family", "series", "days", "covered", "error", "to n/12", "to last year's profile", "lights: kept / days",
             "chance ≥ 80 %: kept", "chance ≤ 20 %: missed")  # fmt: skip
    lines = [" | ".join(("", *heads, "")).strip(), "|" + "---|" * len(heads)]
    for family, score in kept.scores.items():
        lights = ", ".join(f"{colour} {held} / {n}" for colour, (n, held) in score.lights.items())
        unit = "" if family in ("growth", "share") else " %"
        lines.append(
            f"| {family} | {score.series} | {score.n:,} | {score.covered:.1f} % | {score.error:.2f}{unit}"
            f" | {score.against_pace:.2f} | {score.against_last:.2f} | {lights}"
            f" | {score.likely_held} / {score.likely} | {score.unlikely_failed} / {score.unlikely} |"
        )
    parts = (whole(kept.scores, plain) for plain in ("against_pace", "against_last"))
    lines.append(
        "| all (geometric mean) | | | | | " + " | ".join(f"{part:.2f}" for part in parts) + " | | | |"
    )
    made = f"Made {kept.made}: {kept.how.partition('¦')[2]}; {kept.tested.partition('¦')[2]}."
    return "\n".join((made, "", *lines))


def with_table(page: str, kept: Record) -> str:
    """The page with its table made anew."""
    before, mark, rest = page.partition("<!-- record: made by tools/forecast_record.py -->\n")
    return before + mark + table(kept) + "\n<!-- /record -->" + rest.partition("<!-- /record -->")[2]


def main() -> int:
    """Write record and page, or compare them."""
    page = PAGE.read_text("utf-8")
    if "--check" not in sys.argv:
        made = record(date.today().isoformat())
        FILE.write_bytes(write_record(made))
        PAGE.write_text(with_table(page, made), "utf-8")
        return 0
    kept = read_record(FILE.read_bytes())
    if write_record(record(kept.made)) == FILE.read_bytes() and with_table(page, kept) == page:
        return 0
    print("the record is stale: run python tools/forecast_record.py")
    return 1


if __name__ == "__main__":
    sys.exit(main())
