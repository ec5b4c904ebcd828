"""The command `duban`. Each command's module is loaded only when it is called."""

import errno
import importlib
import os
import sys
from typing import Annotated

import typer

from duban.core.problem import Problem, Refused
from duban.words import say

app = typer.Typer(
    name="duban",
    help="督办：把政府工作报告读成一本账。 Reads a government's work report into an account.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    add_completion=False,
)


def locale() -> str:
    """zh unless `DUBAN_LANG` says en."""
    return "en" if os.environ.get("DUBAN_LANG", "zh").lower().startswith("en") else "zh"


def refuse(refused: Refused) -> None:
    """Say what is wrong, a sentence a problem, on standard error."""
    for problem in refused.problems:
        print(say(problem, locale()), file=sys.stderr)


def _version(show: bool) -> None:
    if show:
        from importlib.metadata import version

        print(version("duban"))
        raise typer.Exit


@app.callback()
def options(
    lang: Annotated[str, typer.Option(help="zh | en")] = "",
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True)] = False,
) -> None:
    """Set what all commands share."""
    if lang:
        os.environ["DUBAN_LANG"] = lang


for _room in (
    "read",
    "account",
    "ledger",
    "table",
    "simulate",
    "file",
    "records",
    "packs",
    "gather",
    "recount",
    "feed",
    "open_data",
    "tick",
    "password",
    "paper",
    "notify",
    "draw",
    "settle",
    "proof",
    "backtest",
    "forecast",
    "publish",
):
    importlib.import_module(f"duban.cli.{_room}").mount(app)


_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def main() -> None:
    """Run the command; refused input is one sentence and exit status 1."""
    try:
        try:
            app()
        finally:
            sys.stdout.flush()  # what is left in the buffer may meet a full disk too
    except Refused as refused:
        refuse(refused)
        sys.exit(1)
    except OSError as fault:
        _cut_off(fault)


def _cut_off(fault: OSError) -> None:
    """What was printed could not be written: a full disk is one sentence, a closed pipe nothing."""
    if fault.errno not in (*_FULL, errno.EPIPE):
        raise fault
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # or the interpreter would try again at its end
    if fault.errno != errno.EPIPE:
        refuse(Refused(Problem("cli.cannot_print", data={"reason": fault.strerror or str(fault)})))
    sys.exit(1)
