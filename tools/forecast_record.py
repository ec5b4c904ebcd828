"""Write the record of forecasts that the package ships; with --check, only say whether it is fresh.

It is learned from made-up series and tried on others: the seeds differ, so that nothing is judged by what it learned from.
"""

import sys
from datetime import date
from pathlib import Path

from duban.assess.forecast import Record, backtest, cases, learn, write_record
from duban.assess.profile import shipped_profiles
from duban.cli.backtest import TESTED, YEARS, simulated

FILE = Path(__file__).resolve().parents[1] / "src/duban/assess/forecast/record.json"
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


def main() -> int:
    """Write the file, or compare it."""
    if "--check" not in sys.argv:
        FILE.write_bytes(write_record(record(date.today().isoformat())))
        return 0
    from duban.assess.forecast import read_record

    kept = read_record(FILE.read_bytes())
    if write_record(record(kept.made)) == FILE.read_bytes():
        return 0
    print("the record is stale: run python tools/forecast_record.py")
    return 1


if __name__ == "__main__":
    sys.exit(main())
