"""The blocks of a pack's page with the geometry that their pictures need; whatever is drawn also stands in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from duban.registers.page import Bar, Bars, Block, Line, Lines

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 720, 240, 56, 28, 14, 30


@dataclass(frozen=True, slots=True)
class Length:
    """A bar: its length and where its mark stands, per cent of the longest."""

    bar: Bar
    length: str
    mark: str


@dataclass(frozen=True, slots=True)
class Curve:
    """A line of a chart: its pieces between gaps, and its points with what each says."""

    line: Line
    number: int
    pieces: tuple[str, ...]
    points: tuple[tuple[str, str, str, Decimal], ...]  # x, y, period, value


@dataclass(frozen=True, slots=True)
class Picture:
    """Curves over the same periods, in units of the view box."""

    curves: tuple[Curve, ...]
    ticks: tuple[tuple[str, Decimal], ...]
    names: tuple[tuple[str, str], ...]
    table: tuple[tuple[str, tuple[Decimal | int | None, ...]], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    base: int = HEIGHT - BOTTOM


@dataclass(frozen=True, slots=True)
class Drawn:
    """A block of `kind` with what is drawn of it: lengths of bars, or a picture of lines."""

    kind: str
    block: Block
    lengths: tuple[Length, ...] = ()
    picture: Picture | None = None
    marked: bool = False


def drawn(blocks: Iterable[Block]) -> list[Drawn]:
    """Blocks ready for the template."""
    return [_drawn(block) for block in blocks]


def _drawn(block: Block) -> Drawn:
    if isinstance(block, Bars):
        marked = any(bar.mark is not None for bar in block.every)
        return Drawn("bars", block, lengths=lengths(block.every), marked=marked)
    if isinstance(block, Lines):
        return Drawn("lines", block, picture=picture(block))
    return Drawn(type(block).__name__.lower(), block)


def lengths(bars: Sequence[Bar]) -> tuple[Length, ...]:
    """Bars on one scale from 0 to the longest of them and their marks."""
    told = [Decimal(n) for bar in bars for n in (bar.value, bar.mark) if n is not None]
    most = max(told, default=Decimal(0))
    return tuple(Length(bar, _part(bar.value, most), _part(bar.mark, most, "")) for bar in bars)


def _part(value: Decimal | int | None, most: Decimal, missing: str = "0") -> str:
    if value is None or most <= 0:
        return missing
    return f"{max(Decimal(0), Decimal(value)) * 100 / most:.2f}"


def picture(block: Lines) -> Picture:
    """Curves between the lowest and the highest value, from 0 unless they lie in a narrow band far from it."""
    told = [Decimal(v) for line in block.lines for v in line.values if v is not None]
    low, high = _span(told)
    step = (WIDTH - LEFT - RIGHT) / max(1, len(block.periods) - 1)

    def place(at: int, value: Decimal | int) -> tuple[str, str]:
        share = float((Decimal(value) - low) / (high - low))
        return f"{LEFT + step * at:.1f}", f"{HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * share:.1f}"

    curves = []
    for number, line in enumerate(block.lines):
        there = [(at, Decimal(v)) for at, v in enumerate(line.values) if v is not None]
        points = tuple((*place(at, v), block.periods[at], v) for at, v in there)
        curves.append(Curve(line, number, tuple(_pieces(there, place)), points))
    every = max(1, len(block.periods) // 12)
    names = [(f"{LEFT + step * at:.1f}", name) for at, name in enumerate(block.periods) if at % every == 0]
    rows = [(name, tuple(line.values[at] for line in block.lines)) for at, name in enumerate(block.periods)]
    ticks = tuple((place(0, tick)[1], tick) for tick in _ticks(low, high))
    return Picture(tuple(curves), ticks, tuple(names), tuple(rows))


def _pieces(there: Sequence[tuple[int, Decimal]], place) -> Iterable[str]:  # type: ignore[no-untyped-def]
    """Runs of neighbours, each the points of a polyline."""
    run: list[str] = []
    last = -2
    for at, value in there:
        if at != last + 1 and run:
            yield " ".join(run)
            run = []
        run.append(",".join(place(at, value)))
        last = at
    if run:
        yield " ".join(run)


def _span(told: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    if not told:
        return Decimal(0), Decimal(1)
    low, high = min(told), max(told)
    if low >= 0 and low <= (high - low) * 3:
        low = Decimal(0)
    air = (high - low) / 10 or Decimal(1)
    return (low if low == 0 else low - air), high + air


def _ticks(low: Decimal, high: Decimal) -> list[Decimal]:
    """About four round values between the ends."""
    rough = (high - low) / 4
    size = Decimal(1).scaleb(rough.adjusted())
    step = next(size * n for n in (1, 2, 5, 10) if size * n >= rough)
    first = (low / step).to_integral_value(rounding="ROUND_CEILING") * step
    return [first + step * n for n in range(6) if first + step * n <= high]
