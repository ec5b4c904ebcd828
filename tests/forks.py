"""Processes forked from a clean one: they start at once, and take nothing of the tests with them.

The server of the forks is a process of its own, in which the command is loaded and nothing has been done: no thread,
no open ledger, no Django. A fork of pytest's own process would inherit all that its tests have opened so far.
"""

import multiprocessing

CLEAN = multiprocessing.get_context("forkserver")
LOADED = (
    "duban.cli",
    "duban.actions",
    "docx",
    "fpdf",
    "openpyxl",
    "pydantic.main",
    "pypdfium2",
    "pytest",
    "rich.progress",
)
CLEAN.set_forkserver_preload(list(LOADED))
