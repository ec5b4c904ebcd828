"""What a city sets for its packs, in `city.toml` beside its book: which are on, and its own thresholds.

    packs = ["projects", "hotline"]        # all that are installed, when this line is missing

    [[threshold]]                          # as in a pack's own file, with the pack's name before the threshold's
    name = "hotline.workdays"
    from = 2024-01-01
    value = { consult = 1, help = 3, suggestion = 5, complaint = 7, report = 10 }
    source = "本市12345办理规范第八条"

Of the same name and day the city's threshold holds; on earlier days the pack's still do.
"""

import tomllib
from decimal import Decimal
from pathlib import Path

from duban.core.problem import Problem, Refused
from duban.registers.pack import Pack
from duban.registers.thresholds import Threshold, threshold_of

FILE = "city.toml"


def read_city(path: Path, known: dict[str, Pack]) -> tuple[frozenset[str] | None, dict[str, list[Threshold]]]:
    """Which packs are on (None: all), and the city's thresholds by pack. Nothing where the file is not there.

    Raises `Refused` with the line's name for an unknown pack or threshold, or one without its day or source.
    """
    if not path.exists():
        return None, {}
    try:
        told = tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
    except (OSError, ValueError) as fault:
        raise Refused(Problem("city.unreadable", str(path), {"fault": str(fault)})) from None
    on = told.get("packs")
    if on is not None and (strange := set(on) - set(known)):
        raise Refused(Problem("city.no_such_pack", str(path), {"name": ", ".join(sorted(strange))}))
    found: dict[str, list[Threshold]] = {}
    for row in told.get("threshold", ()):
        pack, _, name = str(row.get("name", "")).partition(".")
        if pack not in known or name not in {one.name for one in known[pack].thresholds.every}:
            raise Refused(Problem("city.no_such_threshold", str(path), {"name": str(row.get("name", "—"))}))
        try:
            found.setdefault(pack, []).append(threshold_of({**row, "name": name}))
        except ValueError as fault:
            raise Refused(
                Problem("city.threshold_wrong", str(path), {"name": f"{pack}.{name}", "fault": str(fault)})
            ) from None
    return None if on is None else frozenset(on), found
