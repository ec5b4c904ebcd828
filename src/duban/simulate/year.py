"""The year's course, month by month: filings, countersignatures, statistics, disputes, excuses, supervision, clearing."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from duban.actions import filings, tasks
from duban.assess import Account, account_of, status_of
from duban.core.period import Period, grid
from duban.ledger import Book, Store
from duban.ledger.year.simulation import SimulationMarked
from duban.simulate.cast import enter
from duban.simulate.closing import Closing
from duban.simulate.figures import number_of
from duban.simulate.habits import deal
from duban.simulate.items import Actor, adopt
from duban.simulate.oversight import Oversight
from duban.simulate.registers import Filled, Shelves
from duban.simulate.reports import published, reported
from duban.simulate.stage import Stage

PROGRAM = "duban.simulate 2"
FIELD_SECONDS = 40  # made up: what a person needs to fill in one field
EXCUSES = ("冬季停工，开春后补进度。", "上级批次尚未下达。", "设计方案调整。")


@dataclass(frozen=True, slots=True)
class Told:
    """What the simulation wrote: entries, items, filings, and refusals of actions that people tried in vain."""

    entries: int
    items: int
    filings: int
    refused: int
    filled: Filled | None = None


def simulate(
    store: Store, book: Book, *, seed: int = 1, until: date, units: int = 0, field_seconds: int = FIELD_SECONDS,
    records: bool = False, progress: Callable[[date], None] | None = None,
) -> Told:  # fmt: skip
    """Play the book's year up to `until` (not included) and write it, in one transaction, after its mark.

    `units` more reporting units than the departments; a field of a form takes people `field_seconds`; `records` also
    fills the packs' registers; `progress` is told each day played.
    Raises `Refused`: the ledger moved or cannot be written.
    """
    chance, stage, begin = random.Random(seed), Stage(book), date(book.year, 1, 25)
    stage.write(begin, "office", [("simulation", SimulationMarked(PROGRAM, seed, field_seconds))])
    codes = enter(stage, begin, chance, units)
    actors = adopt(stage, begin + timedelta(days=5), chance, codes)
    deal(stage.book, actors, random.Random(seed + 3))
    play = Play(stage, chance, field_seconds)
    Oversight(stage, random.Random(seed + 1)).begin(book.year)
    Closing(stage, random.Random(seed + 2)).begin(book.year, actors)
    shelves = Shelves(stage, until - timedelta(days=1), random.Random(seed + 4)) if records else None
    if shelves is not None:
        shelves.begin(actors)
    for month in grid(book.year, "month"):
        for actor in actors:
            play.reporting(actor, month)
        stage.later(month.end + timedelta(days=20), partial(play.statistics, actors, month))
    stage.run(until, progress)
    stage.keep(store, book.seq)
    filed = sum(draft.kind == "filing.submitted" for draft in stage.drafts)
    filled = shelves.told() if shelves is not None else None
    return Told(len(stage.drafts), len(actors), filed, len(stage.refusals), filled)


@dataclass(frozen=True, slots=True)
class Play:
    """What people do with an item in the course of a month."""

    stage: Stage
    chance: random.Random
    field_seconds: int = FIELD_SECONDS

    def reporting(self, actor: Actor, month: Period) -> None:
        """The reporter files in the weeks after the month, sometimes late, sometimes not at all."""
        task = self.stage.book.tasks[actor.key]
        if task.plan and task.plan.body.frequency == "quarter" and month.end.month % 3:
            return
        late, forgotten = self.chance.random() < 0.06, self.chance.random() < 0.02
        day = month.end + timedelta(days=self.chance.randint(24, 34) if late else self.chance.randint(3, 18))
        if not forgotten:
            self.stage.later(day, partial(self.report, actor, month))

    def report(self, actor: Actor, month: Period, day: date) -> None:
        """File a figure, or words where there is none, and let the head sign within two days."""
        report = reported(self.stage.book, self.chance, actor, month)
        began = self.stage.opened(day, f"{actor.lead}.r", report.asked * self.field_seconds)
        told = replace(report, began=began)
        if self.stage.play(day, f"{actor.lead}.r", filings.submit_filing, actor.key, told):
            n = max(self.stage.book.tasks[actor.key].filings)
            signed = day + timedelta(days=self.chance.randint(0, 2))
            self.stage.later(signed, partial(self.sign, actor, n))

    def sign(self, actor: Actor, n: int, day: date) -> None:
        """The head countersigns; the office looks at it some days later."""
        self.stage.play(day, f"{actor.lead}.h", filings.countersign_filing, actor.key, n)
        self.stage.later(day + timedelta(days=self.chance.randint(1, 4)), partial(self.receive, actor, n))

    def receive(self, actor: Actor, n: int, day: date) -> None:
        """The office takes it or sends it back; a lead that lags explains itself, now and then."""
        play, key = self.stage.play, actor.key
        if self.chance.random() < 0.03:
            play(day, "clerk", filings.return_filing, key, n, reason="口径与上月不一致，请核对后重报。")
            return
        play(day, "clerk", filings.accept_filing, key, n)
        if status_of(account_of(self.stage.book, key), day).status != "behind" or self.chance.random() > 0.12:
            return
        until = (day + timedelta(days=60)).isoformat()
        why = self.chance.choice(EXCUSES)
        play(day, f"{actor.lead}.r", tasks.explain_delay, key, reason=why, until=until, today=day)
        accepted = self.chance.random() < 0.6
        play(day, "clerk", tasks.decide_delay, key, accepted=accepted, reason="模拟认定", today=day)

    def statistics(self, actors: list[Actor], month: Period, day: date) -> None:
        """The statistics bureau posts rates and levels of some items, a little off; some are disputed."""
        for actor in actors:
            account = account_of(self.stage.book, actor.key)
            latest = account.latest
            if account.plan.measure not in ("growth", "level", "share") or latest is None:
                continue
            if number_of(actor.key) % 3 and actor.habit not in ("mislevels", "misparts"):
                continue
            if latest.period.code == month.code and latest.origin == "unit":
                self._post(actor, month, account, latest.value, day)

    def _post(self, actor: Actor, month: Period, account: Account, value: Decimal, day: date) -> None:
        measure = account.plan.measure
        off = measure != "share" and self.chance.random() < 0.2
        said = (value * Decimal("0.985")).quantize(value) if off else value
        reading = published(actor, month, account, said, day)
        posted = self.stage.play(day, "tongji", filings.post_reading, actor.key, reading)
        if posted and said != value and self.chance.random() < 0.2:
            self.stage.play(
                day, f"{actor.lead}.r", filings.raise_dispute, actor.key, posted[0], value=value,
                reason="统计口径未含新纳入单位。", source="部门台账（模拟）",
            )  # fmt: skip
