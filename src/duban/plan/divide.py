"""A number divided among units by weights, so that the parts make the whole to the last grain."""

from collections.abc import Mapping
from decimal import ROUND_FLOOR, Decimal


def divide(total: Decimal, weights: Mapping[str, Decimal], grain: Decimal) -> dict[str, Decimal]:
    """The parts of `total` in proportion to `weights`, each a multiple of `grain`; what rounding leaves goes to the largest remainders.

    The parts come to `total` exactly, and each is less than one grain away from its share (the method of Hamilton,
    as seats are given to lists). Of equal remainders the name that comes first in order is served first, so that
    the order of `weights` does not matter. Raises `ValueError` where there is nothing to divide by: no weights, a
    negative one, all of them 0, or a total that is no multiple of the grain.
    """
    whole = sum(weights.values(), Decimal(0))
    if not weights or min(weights.values()) < 0 or not whole:
        raise ValueError("weights")
    if grain <= 0 or total % grain:
        raise ValueError("grain")
    shares = {name: total / grain * weight / whole for name, weight in weights.items()}
    parts = {name: share.to_integral_value(ROUND_FLOOR) for name, share in shares.items()}
    left = int(total / grain - sum(parts.values(), Decimal(0)))
    largest = sorted(shares, key=lambda name: (parts[name] - shares[name], name))
    for name in largest[:left]:
        parts[name] += 1
    return {name: part * grain for name, part in parts.items()}


def grain_of(*values: Decimal) -> Decimal:
    """The last decimal that any of the values is written to, at most 1: 3.8 and 4 give 0.1, 2000 gives 1."""
    return min((Decimal(1).scaleb(min(0, int(v.as_tuple().exponent))) for v in values), default=Decimal(1))
