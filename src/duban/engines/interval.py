"""Wilson's interval of a share: how far a rate of few cases may be off (E. B. Wilson, JASA 22, 1927)."""

from decimal import Decimal

Z = Decimal("1.959964")  # 95 per cent, both sides


def wilson(part: int, whole: int, z: Decimal = Z) -> tuple[Decimal, Decimal] | None:
    """The lowest and highest share (0 to 1) that `part` of `whole` is compatible with; None for nothing counted."""
    if whole <= 0 or not 0 <= part <= whole:
        return None
    p, n = Decimal(part) / whole, Decimal(whole)
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    reach = z * ((p * (1 - p) + z * z / (4 * n)) / n).sqrt() / (1 + z * z / n)
    return max(Decimal(0), min(p, middle - reach)), min(Decimal(1), max(p, middle + reach))
