"""Words against numbers: "done" at 60 per cent, "lagging" while the figures are ahead."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from importlib.resources import files

from duban.assess.account import Account, Known
from duban.assess.doubts.model import Doubt, shown
from duban.assess.status import measured
from duban.core.measure import completion, met
from duban.core.period import period
from duban.ledger.year.filings import FilingSubmitted

_CLAUSE = re.compile(r"[，,。；;！!、\s]+")


@cache
def _lexicon() -> dict[str, re.Pattern[str]]:
    """The patterns of `words.toml`: `done` must fit a whole clause, `behind` may stand within one."""
    import tomllib

    data = tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))
    return {name: re.compile(pattern) for name, pattern in data.items()}


def claims_done(text: str) -> str:
    """The clause that says that all of it is done, "" for none; a part that is done is not the whole."""
    fits = _lexicon()["done"]
    return next((clause for clause in _CLAUSE.split(text) if fits.fullmatch(clause)), "")


def admits_delay(text: str) -> str:
    """The words that say that it lags, "" for none."""
    lexicon = _lexicon()
    for clause in _CLAUSE.split(text):
        found = lexicon["behind"].search(clause)
        if found is not None and not lexicon["denied"].search(clause[: found.start()]):
            return found[0]
    return ""


def said_done(account: Account) -> Iterator[Doubt]:
    """The unit's latest report says that it is done, and the figure of that time falls short of the target."""
    said = _latest(account)
    target, plan = account.target, account.plan
    if said is None or plan.target is None or account.task.halt is not None:
        return
    words = claims_done(said.progress)
    figure = _by_then(account, said)
    if (not words and not said.claims_done) or figure is None:
        return
    kept = met(figure.value, plan.target, comparator=target.comparator, high=target.high,
               measure=plan.measure, base=plan.base)  # fmt: skip
    if kept:
        return
    done = completion(figure.value, plan.target, plan.base) if plan.measure != "growth" else None
    yield Doubt("said_done", account.key, said.period, {
        "words": words or "claims_done", "at": figure.period.code, "value": f"{figure.value}{target.unit}",
        "target": f"{plan.target}{target.unit}", "share": "" if done is None else f"{shown(done, 1)}%",
    })  # fmt: skip


def said_behind(account: Account) -> Iterator[Doubt]:
    """The unit's latest report says that it lags, while its figures are ahead of the plan or at the target."""
    said = _latest(account)
    latest = account.latest
    if said is None or account.plan.target is None or latest is None:
        return
    words = admits_delay(said.progress) or admits_delay(said.problems)
    status = measured(account.plan, account.target, latest, Decimal(0), Decimal(0))
    if words and status.status in ("ahead", "done"):
        yield Doubt("said_behind", account.key, said.period, {
            "words": words, "at": latest.period.code, "value": status.data["value"],
            "expected": status.data["expected"] or status.data["target"], "plan": status.data["plan"],
        })  # fmt: skip


def _latest(account: Account) -> FilingSubmitted | None:
    """The latest report that was not returned."""
    return account.filing.opened.body if account.filing else None


def _by_then(account: Account, said: FilingSubmitted) -> Known | None:
    """The figure that counts for the latest period up to that of the report."""
    end = period(said.period).end
    return next((f for f in reversed(account.figures) if f.period.end <= end), None)
