"""The map of a register: its points on a plain frame with degrees and a scale; nothing comes from outside."""

import math
from dataclasses import dataclass
from typing import Any

from duban.registers.register import Register
from duban.web.registers.found import Found
from duban.web.registers.named import named
from duban.web.registers.sight import Shown, Sight

SIDE, MARGIN, MOST = 720, 40, 2_000
TALL = 1.2  # the frame's width by its greatest height
_KM_A_DEGREE = 111.32  # of latitude; of longitude times the cosine of the latitude


@dataclass(frozen=True, slots=True)
class Place:
    """A record's point in the frame."""

    shown: Shown
    title: str
    x: str
    y: str
    late: int
    stage: str
    at: str


@dataclass(frozen=True, slots=True)
class Frame:
    """The points, lines of whole degrees or parts of them, and a length with its kilometres."""

    places: tuple[Place, ...]
    without: int
    more: int
    width: int
    height: int
    meridians: tuple[tuple[str, str], ...]
    parallels: tuple[tuple[str, str], ...]
    scale: str
    km: str


def drawn(sight: Sight, register: Register, found: Found) -> Frame:
    """The records that have a point; how many have none is said beside."""
    there, some = found.placed(register.place, MOST) if register.place else (0, [])
    without = found.count - there
    if not some:
        return Frame((), without, 0, SIDE, SIDE // 2, (), (), "0", "")
    points = [(shown, *map(float, shown.value(register.place).split(","))) for shown in some]
    return _framed(sight, register, points, without, there - len(some))


def _framed(
    sight: Sight, register: Register, every: list[tuple[Shown, float, float]], without: int, more: int
) -> Frame:
    west, east = _ends([x for _, x, _ in every])
    south, north = _ends([y for _, _, y in every])
    flat = math.cos(math.radians((south + north) / 2)) or 0.01
    scale = (SIDE - 2 * MARGIN) / max((east - west) * flat, (north - south) * TALL)
    width, height = SIDE, round((north - south) * scale) + 2 * MARGIN
    left = (width - (east - west) * flat * scale) / 2

    def x(longitude: float) -> str:
        return f"{left + (longitude - west) * flat * scale:.1f}"

    def y(latitude: float) -> str:
        return f"{height - MARGIN - (latitude - south) * scale:.1f}"

    places = tuple(_place(sight, register, shown, x(lon), y(lat)) for shown, lon, lat in every)
    km = _round((east - west) * flat * _KM_A_DEGREE / 4)
    return Frame(
        places, without, more, width, height,
        tuple((x(d), _degrees(d)) for d in _steps(west, east)), tuple((y(d), _degrees(d)) for d in _steps(south, north)),
        f"{km / _KM_A_DEGREE * scale:.1f}", f"{km:g}",
    )  # fmt: skip


def _place(sight: Sight, register: Register, shown: Shown, x: str, y: str) -> Place:
    stage = shown.record.stage
    label = stage.label(sight.language) if stage else ""
    name = named(sight, register, shown)
    return Place(shown, name, x, y, shown.record.late(sight.day), label, shown.value(register.place))


def _ends(values: list[float]) -> tuple[float, float]:
    """The outermost values, a little apart where they are one."""
    low, high = min(values), max(values)
    air = (high - low) * 0.04 or 0.01
    return low - air, high + air


def _steps(low: float, high: float) -> list[float]:
    """Round degrees between two ends, at most about five."""
    step = _round((high - low) / 4)
    first = math.ceil(low / step)
    return [round(n * step, 6) for n in range(first, first + 12) if n * step <= high]


def _round(rough: float) -> float:
    size = 10 ** math.floor(math.log10(rough))
    return float(next(size * n for n in (1, 2, 5, 10) if size * n >= rough))


def _degrees(value: float) -> str:
    return f"{value:g}°"


def plain(frame: Frame) -> list[dict[str, Any]]:
    """The points as JSON."""
    return [{"id": p.shown.id, "title": p.title, "point": p.at, "days_late": p.late} for p in frame.places]
