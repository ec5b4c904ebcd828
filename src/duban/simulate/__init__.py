"""Years made up by a seeded program, for looking, testing and load; marked as simulated for good.

The same seed on the same book gives the same entries. Everything goes through the actions that people use.
"""

from duban.simulate.year import FIELD_SECONDS, PROGRAM, Told, simulate

__all__ = ["FIELD_SECONDS", "PROGRAM", "Told", "simulate"]
