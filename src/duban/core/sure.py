"""How sure a reading must be of a field before no person is asked to look at it."""

from decimal import Decimal

UNSURE = Decimal("0.85")
