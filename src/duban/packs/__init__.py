"""The systems of the city (系统), each a folder that knows nothing of the others; third parties' come by entry point."""

import sys
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from pkgutil import iter_modules

from duban.packs.city import FILE, read_city
from duban.registers.indicator import Indicator
from duban.registers.pack import Pack
from duban.registers.register import Register

ENTRY_POINTS = "duban.packs"  # each gives a Pack


_ON: frozenset[str] | None = None  # the packs that the city has on; None: all


def settle_city(folder: Path) -> None:
    """Let what the city's file beside its book says of packs and thresholds hold in this process; raises `Refused`."""
    global _ON
    _ON, own = read_city(folder / FILE, installed())
    for name, thresholds in own.items():
        installed()[name].thresholds.overlaid(thresholds)


def packs() -> dict[str, Pack]:
    """The packs that the city has on, by name."""
    return {name: pack for name, pack in installed().items() if _ON is None or name in _ON}


@cache
def installed() -> dict[str, Pack]:
    """All packs that are installed, by name: our own first, then third parties'. Raises ValueError for a clash."""
    own = [
        import_module(f"{__name__}.{module.name}").PACK for module in iter_modules(__path__) if module.ispkg
    ]
    found: dict[str, Pack] = {}
    registers: dict[str, str] = {}
    for pack in (*own, *(point.load() for point in entry_points(group=ENTRY_POINTS))):
        if pack.name in found:
            raise ValueError(f"two packs are named {pack.name}")
        for register in pack.registers:
            if register.name in registers:
                raise ValueError(
                    f"{pack.name} and {registers[register.name]} both have a register {register.name}"
                )
            registers[register.name] = pack.name
        found[pack.name] = pack
    return found


def folder_of(pack: Pack) -> Traversable:
    """The folder in which an installed pack's files are: its README.md and its example records."""
    for name, module in list(sys.modules.items()):
        if vars(module).get("PACK") is pack:
            return files(name)
    raise LookupError(pack.name)


def pack_of(register: str) -> Pack | None:
    """The pack that has this register."""
    return next((pack for pack in packs().values() if register in pack.registered), None)


def register_named(name: str) -> Register | None:
    """The register of this name, of whatever pack."""
    pack = pack_of(name)
    return pack.registered[name] if pack else None


def indicator_named(name: str) -> tuple[Pack, Indicator] | None:
    """The indicator of a name such as "projects.completed", with its pack."""
    pack = packs().get(name.partition(".")[0])
    indicator = pack.indicated.get(name.partition(".")[2]) if pack else None
    return (pack, indicator) if pack and indicator else None
