"""Supervision in the simulated year: the ladder is followed three times a month, units answer, two meetings decide."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from duban.actions import matters, meetings
from duban.actions.context import code_of
from duban.assess import profile_of
from duban.assess.asked import Marks, ends_needed
from duban.assess.lights import lights
from duban.core.period import month_end
from duban.ledger.year.meetings import is_done
from duban.simulate.stage import Stage

MEETINGS = ((7, 8, "上半年工作调度会"), (10, 11, "三季度工作调度会"))  # month, day, title
ANSWERS = (
    "已组织专班倒排工期，按周调度，确保追回进度。",
    "手续已补办完毕，本月恢复施工，附进度安排。",
    "已与配合单位会商，资金本周到位。",
)
CONCLUSIONS = {
    True: "经核查，措施已落实，进度已恢复，予以办结。",
    False: "经核查，整改措施未落实，问题仍然存在。",
}
DECISIONS = ("牵头单位倒排工期，按周报进度。", "财政部门落实配套资金。", "分管领导带队现场推进一次。")


@dataclass(frozen=True, slots=True)
class Oversight:
    """What the office does about what lags, and what units answer."""

    stage: Stage
    chance: random.Random
    marks: dict[date, dict[str, str]] = field(default_factory=dict)
    appeals: list[str] = field(default_factory=list)

    def begin(self, year: int) -> None:
        """Put the year's course off to its days."""
        for month in range(1, 13):
            self.stage.later(month_end(year, month), self.mark)
            if month > 2:
                for nth in (9, 17, 26):
                    self.stage.later(date(year, month, nth), self.tick)
        for month, day, title in MEETINGS:
            self.stage.later(date(year, month, day), partial(self.meet, title))

    def mark(self, day: date) -> None:
        """Keep how items stand at a month's end."""
        book = self.stage.book
        self.marks[day] = {k: light.colour for k, light in lights(book, day, profile_of(book)).items()}

    def tick(self, day: date) -> None:
        """Follow the city's ladder, as the command from cron does; what is new or raised is handed to its unit."""
        known = {number: matter.level for number, matter in self.stage.book.matters.items()}
        needed = ends_needed(self.stage.book, day)
        marks: Marks = {end: self.marks[end] for end in needed if end in self.marks}
        self.stage.play(day, "clerk", matters.take_up, day, marks)
        for number, matter in self.stage.book.matters.items():
            if known.get(number) != matter.level:
                self._course(number, day)

    def _course(self, number: str, day: date) -> None:
        """Most units answer in time, some late or never; the office concludes what was answered."""
        said = self.chance.random()
        wait = self.chance.randint(1, 5) if said < 0.4 else self.chance.randint(12, 30)
        if said < 0.6:
            answered = day + timedelta(days=wait)
            self.stage.later(answered, partial(self.answer, number))
            self.stage.later(
                answered + timedelta(days=self.chance.randint(4, 12)), partial(self.conclude, number)
            )

    def answer(self, number: str, day: date) -> None:
        """The unit's reporter writes what was done, once for each level."""
        if self.stage.book.matters[number].answered:
            return
        unit = self.stage.book.matters[number].opened.body.unit
        told = self.chance.choice(ANSWERS)
        proof = (f"模拟〔{day.year}〕督复{number}号",)
        self.stage.play(day, f"{unit}.r", matters.reply, number, told=told, evidence=proof)

    def conclude(self, number: str, day: date) -> None:
        """The office concludes what was answered; the heads of the first two, unresolved, appeal."""
        if not self.stage.book.matters[number].answered:
            return
        resolved = len(self.appeals) > 1 and self.chance.random() < 0.7
        done = self.stage.play(
            day, "clerk", matters.conclude, number, told=CONCLUSIONS[resolved], resolved=resolved, today=day
        )
        if done and len(self.appeals) < 2:
            self.appeals.append(number)
            self.stage.later(day + timedelta(days=6), partial(self.appeal, number))

    def appeal(self, number: str, day: date) -> None:
        """The head appeals; a clerk other than the conclusion's upholds the first and not the second."""
        unit = self.stage.book.matters[number].opened.body.unit
        why = "结论所依数据未含本月新报数，请予复核。"
        self.stage.play(day, f"{unit}.h", matters.appeal, number, reason=why, today=day)
        self.stage.later(day + timedelta(days=8), partial(self.review, number))

    def review(self, number: str, day: date) -> None:
        """Other staff decide; where the conclusion falls, a new one follows."""
        upheld = number == self.appeals[0]
        why = "复核认为原结论事实清楚，予以维持。" if upheld else "复核认为新报数属实，原结论撤销。"
        self.stage.play(day, "clerk2", matters.review, number, upheld=upheld, reason=why)
        if not upheld:
            self.stage.later(day + timedelta(days=5), partial(self._again, number))

    def _again(self, number: str, day: date) -> None:
        told = CONCLUSIONS[True]
        self.stage.play(day, "clerk2", matters.conclude, number, told=told, resolved=True, today=day)

    def meet(self, title: str, day: date) -> None:
        """A meeting on the reds and on what was decided before; three decisions, some followed up at the next."""
        play, book = self.stage.play, self.stage.book
        undone = [number for number, case in book.decisions.items() if not is_done(case)]
        reds = [k for k, light in lights(book, day, profile_of(book)).items() if light.colour == "red"][:8]
        agenda = (*(f"decision/{n}" for n in undone), *(f"item/{key}" for key in reds))
        if not play(day, "clerk", meetings.hold_meeting, title=title, agenda=agenda):
            return
        meeting = max(book.meetings, key=int)
        for n, number in enumerate(undone):
            done = n != 1
            told = "已按要求落实。" if done else "资金仍在申请，下次会议再报。"
            play(day, "clerk", meetings.follow_up, number, told=told, done=done, meeting=meeting)
        for key, told in zip(reds, DECISIONS, strict=False):
            unit = code_of(book, book.items[key].item.lead)
            due = (day + timedelta(days=30)).isoformat()
            play(
                day,
                "clerk",
                meetings.record_decision,
                meeting,
                told=told,
                unit=unit,
                due=due,
                items=(key,),
                today=day,
            )
