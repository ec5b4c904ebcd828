"""How far two places of records are from each other."""

from math import asin, cos, radians, sin, sqrt

_EARTH = 6_371_000  # metres, the mean radius


def metres(one: str, other: str) -> float:
    """The distance of two points "longitude,latitude" on the sphere."""
    (x1, y1), (x2, y2) = (tuple(radians(float(part)) for part in point.split(",")) for point in (one, other))
    half = sin((y2 - y1) / 2) ** 2 + cos(y1) * cos(y2) * sin((x2 - x1) / 2) ** 2
    return 2 * _EARTH * asin(sqrt(half))
