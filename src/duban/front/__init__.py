"""One instance for many governments: a front door by name of host, and behind it one process for each book in use.

A process of its own keeps one government's pages, accounts and records from another's by the operating system rather
than by our care, and what it used of memory is given back when it stops. See docs/many.md.
"""

from duban.front.roster import Government, governments

__all__ = ["Government", "governments"]
