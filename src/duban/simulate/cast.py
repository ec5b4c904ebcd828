"""Who plays: units from the lexicon of departments, made-up districts, and invented people.

The districts and every department that the packs' example records name are in it: one made-up city in all of them.
"""

import random
from datetime import date

import msgspec

from duban.actions.people import place_person
from duban.actions.rules import set_rules
from duban.actions.units import import_units
from duban.ledger.year.people import PersonPlaced
from duban.ledger.year.units import UnitEntered
from duban.read.lexicon import load
from duban.simulate.stage import Stage

ROOT = "shi"
DISTRICTS = (
    ("dongshan", "东山区"), ("xihe", "西河区"), ("gaoxin", "高新区"), ("shiqiao", "石桥区"), ("qingchuan", "青川区"),
    ("linqu", "临渠区"), ("yunling", "云岭区"), ("beijiao", "北郊县"), ("nanwan", "南湾旗"), ("caoyuan", "草原旗"),
)  # fmt: skip
LEADERS = 6
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = [
    "文",
    "敏",
    "建国",
    "晓东",
    "丽娟",
    "海燕",
    "志强",
    "雅琴",
    "立新",
    "春生",
    "玉兰",
    "明远",
    "思源",
    "嘉宁",
    "凯",
    "婷",
    "昊",
    "瑞",
    "楠",
    "彬",
]
# The city's own rules of the simulation; a real city sets its own.
RULES = {
    "publicity_days": "7", "look_back_months": "3", "sample_share": "0.3", "report_day": "25", "split_days": "10",
    "monthly_minutes": "10", "remind_days": "7", "supervise_days": "7", "notice_days": "5", "talk_days": "5",
}  # fmt: skip


def units_of(government: str, more: int) -> list[tuple[str, UnitEntered]]:
    """The units by code: the government, its departments and districts, and `more` offices below the districts."""
    found = [
        (
            ROOT,
            UnitEntered(f"{government}人民政府" if government.endswith("市") else government, "government"),
        )
    ]
    for code, unit in load("departments").items():
        aliases = tuple(unit.get("aliases", ()))
        found.append(
            (code, UnitEntered(unit["name"], "department", ROOT, aliases, duties=tuple(unit["duties"])))
        )
    found += [(code, UnitEntered(name, "district", ROOT)) for code, name in DISTRICTS]
    for n in range(more):
        code, name = DISTRICTS[n % len(DISTRICTS)]
        found.append((f"{code}-{n:03d}", UnitEntered(f"{name}第{n + 1}办", "department", code)))
    return [(code, _reached(code, unit, n)) for n, (code, unit) in enumerate(found, 1)]


def _reached(code: str, unit: UnitEntered, n: int) -> UnitEntered:
    """The unit with an invented person to call, at a number that no telephone has."""
    return msgspec.structs.replace(unit, contact=_name(random.Random(code)), phone=f"0000-{n:07d}")


def _names(chance: random.Random) -> list[str]:
    """The names of the leaders, each another one."""
    found: list[str] = []
    while len(found) < LEADERS:
        name = _name(chance)
        found += [name] if name not in found else []
    return found


def enter(stage: Stage, day: date, chance: random.Random, more: int) -> list[str]:
    """Enter units, people and rules; returns the codes of the units that report."""
    units = units_of(stage.book.government, more)
    stage.play(day, "office", import_units, units)
    stage.play(day, "office", set_rules, RULES, authority="模拟")
    everyone = [("clerk", PersonPlaced(_name(chance), ROOT, ("office",)))]
    everyone += [
        (f"leader{n}", PersonPlaced(name, ROOT, ("leader",))) for n, name in enumerate(_names(chance), 1)
    ]
    everyone.append(("auditor", PersonPlaced(_name(chance), "shenjiju", ("auditor",))))
    everyone.append(("tongji", PersonPlaced(_name(chance), "tongjiju", ("checker",), ROOT)))
    everyone += [(f"{c}.m", PersonPlaced(_name(chance), c, ("manager",), c)) for c, _ in DISTRICTS]
    for code, _ in units[1:]:
        everyone.append((f"{code}.r", PersonPlaced(_name(chance), code, ("reporter",))))
        everyone.append((f"{code}.h", PersonPlaced(_name(chance), code, ("head",))))
    everyone.append(
        ("clerk2", PersonPlaced(_name(chance), ROOT, ("office",)))
    )  # reviews what the first concluded
    for account, placed in everyone:
        stage.play(day, "office", place_person, account, placed)
    return [code for code, _ in units[1:]]


def _name(chance: random.Random) -> str:
    return chance.choice(_SURNAMES) + chance.choice(_GIVEN)
