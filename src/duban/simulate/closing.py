"""Clearing in the simulated year: claims, checks, draws, notices with objections, closings, look-backs."""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from duban.actions import clearing
from duban.assess import account_of, status_of
from duban.ledger.year.clearing import open_objections
from duban.ledger.year.filings import Evidence
from duban.simulate.items import Actor
from duban.simulate.stage import Stage

EARLY = 9  # items in words that are claimed done by early summer, so that their look-back lies in the year
LATE = 12  # more of them from September on, so that in autumn there are some at every step
OBJECTIONS = (
    "现场还有一段围挡没有拆除。",
    "服务窗口还没有开放，与公示不符。",
    "公示的数量与街道公开栏不一致。",
)


@dataclass(frozen=True, slots=True)
class Closing:
    """Who claims, checks, draws and closes; the first two notices and one in autumn meet an objection."""

    stage: Stage
    chance: random.Random
    objected: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)

    def fails(self, what: str, nth: int, every: int) -> bool:
        """Whether this one of its kind fails: the `nth` of each `every`."""
        self.done[what] += 1
        return self.done[what] % every == nth

    def begin(self, year: int, actors: list[Actor]) -> None:
        """Early claims in May; from July each month what its figures say is reached; draws twice a month."""
        words = [actor for actor in actors if not actor.claim and actor.lead and actor.lead != "tongjiju"]
        for n, actor in enumerate(words[:EARLY]):
            self.stage.later(date(year, 5, 6 + n), partial(self.claim, actor))
        for n, actor in enumerate(words[EARLY : EARLY + LATE]):
            self.stage.later(
                date(year, 9, 4) + timedelta(days=45 * n // (LATE - 1)), partial(self.claim, actor)
            )
        for month in range(5, 13):
            for nth in (10, 20):
                self.stage.later(date(year, month, nth), self.draw)
            if month > 6:
                self.stage.later(date(year, month, 24), partial(self.reached, actors))

    def reached(self, actors: list[Actor], day: date) -> None:
        """Leads claim what their figures say is reached."""
        for actor in actors:
            task = self.stage.book.tasks.get(actor.key)
            done = status_of(account_of(self.stage.book, actor.key), day).status == "done"
            if done and task is not None and task.clearing is None and actor.lead != "tongjiju":
                self.stage.later(day + timedelta(days=self.chance.randint(0, 20)), partial(self.claim, actor))

    def claim(self, actor: Actor, day: date) -> None:
        """The reporter claims, the head signs the next day, the first check follows within a week."""
        proof = (Evidence("acceptance", f"模拟〔{day.year}〕验{self.chance.randint(100, 999)}号"),)
        if not self.stage.play(
            day,
            f"{actor.lead}.r",
            clearing.claim,
            actor.key,
            told="各项任务已完成，验收材料齐全。",
            evidence=proof,
        ):
            return
        self.stage.later(day + timedelta(days=1), partial(self.sign, actor))
        self.stage.later(day + timedelta(days=self.chance.randint(3, 7)), partial(self.check, actor.key))

    def sign(self, actor: Actor, day: date) -> None:
        """The head signs; now and then sends the claim back."""
        head = f"{actor.lead}.h"
        if self.fails("sign", 4, 9):
            self.stage.play(day, head, clearing.send_back, actor.key, reason="验收单缺签章，补齐后再报。")
        else:
            self.stage.play(day, head, clearing.countersign, actor.key)

    def check(self, key: str, day: date) -> None:
        """The first check, by statistics; a few fail."""
        passed = not self.fails("check", 5, 8)
        told = "数据与报送一致。" if passed else "验收数量少于申请数量。"
        self.stage.play(day, "tongji", clearing.check, key, passed=passed, told=told)

    def draw(self, day: date) -> None:
        """Lots are drawn among the claims that wait; those drawn are visited, the others checked on paper."""
        waiting = [name.partition("#")[0] for name in clearing.to_be_drawn(self.stage.book)]
        self.stage.play(
            day, "clerk", clearing.make_draw, seed=f"模拟开奖号 {self.chance.randint(0, 999999):06d}"
        )
        for key in waiting:
            self.stage.later(day + timedelta(days=self.chance.randint(2, 9)), partial(self.verify, key))

    def verify(self, key: str, day: date) -> None:
        """The second check; then the notice."""
        passed = not self.fails("verify", 6, 9)
        told = "核验属实。" if passed else "现场与材料不符。"
        self.stage.play(day, "clerk", clearing.verify, key, passed=passed, told=told)
        if passed:
            self.stage.later(day + timedelta(days=1), partial(self.publish, key))

    def publish(self, key: str, day: date) -> None:
        """The notice; some meet an objection, one of which is upheld."""
        if not self.stage.play(day, "clerk", clearing.publish, key, today=day):
            return
        if len(self.objected) < (len(OBJECTIONS) if day.month > 9 else len(OBJECTIONS) - 1):
            self.objected.append(key)
            self.stage.later(day + timedelta(days=2), partial(self.object, key))
        self.stage.later(day + timedelta(days=self.chance.randint(8, 12)), partial(self.close, key))

    def object(self, key: str, day: date) -> None:
        """Someone objects; the office answers two days later, the last one only after weeks."""
        told = OBJECTIONS[self.objected.index(key)]
        self.stage.play(day, "auditor", clearing.object_to, key, who="", told=told, published=True, today=day)
        wait = 2 if key in self.objected[:2] else 25
        self.stage.later(day + timedelta(days=wait), partial(self.answer, key))

    def answer(self, key: str, day: date) -> None:
        """The second objection is upheld, the others are answered."""
        upheld = key == self.objected[1]
        told = "意见属实，退回牵头单位。" if upheld else "围挡已于当日拆除，附照片编号。"
        case = self.stage.book.tasks[key].clearing
        for objection in open_objections(case) if case is not None else ():
            self.stage.play(day, "clerk", clearing.answer, key, objection.seq, upheld=upheld, told=told)

    def close(self, key: str, day: date) -> None:
        """The item is cleared and looked at again after the months set; the second one does not hold."""
        if not self.stage.play(day, "clerk", clearing.close, key, today=day):
            return
        self.closed.append(key)
        self.stage.later(day + timedelta(days=93), partial(self.look_back, key))

    def look_back(self, key: str, day: date) -> None:
        """The look-back, by someone else than whoever closed."""
        holds = self.closed.index(key) != 1
        told = "仍保持完成状态。" if holds else "设施停用，未达到原承诺。"
        self.stage.play(day, "clerk2", clearing.look_back, key, holds=holds, told=told, today=day)
