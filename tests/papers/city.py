"""A small city's ledger, written entry by entry: three items, a matter with its course, a meeting's decisions."""

from datetime import date
from decimal import Decimal

from duban.actions.settlement import overrule, settle_book
from duban.assess.settle import Aim, Outcome
from duban.assess.settle.books import source_of_outcomes
from duban.ledger import BookKeeper, Draft
from duban.ledger.bodies import ItemAdded, ItemRemoved
from duban.ledger.year.filings import ReadingPosted
from duban.ledger.year.matters import MatterConcluded, MatterOpened, MatterRaised, MatterReplied
from duban.ledger.year.meetings import DecisionFollowed, DecisionRecorded, MeetingHeld
from duban.ledger.year.people import PersonPlaced
from duban.ledger.year.tasks import DelayDecided, DelayExplained, Target, TargetSet
from duban.read import read_text
from tests.actions.city import PEOPLE, UNITS
from tests.files.conftest import SMALL, opened

PARK, MARKET, BRIDGE, NEW = "A1.1-01/1", "A1.1-01/2", "A2.1-01/1", "A1.1-01/3"
BEFORE, DAY, SETTLED = date(2024, 8, 31), date(2024, 9, 30), date(2024, 10, 8)
LEAD = "市住房和城乡建设局"


class Ledger:
    """A store to which entries are written by date in one line each."""

    def __init__(self, folder):
        self.store = opened(read_text(SMALL), folder)
        self.keeper = BookKeeper(self.store)
        self.folder = folder
        self._n = 0

    @property
    def book(self):
        return self.keeper.book()

    def on(self, day, account, body, actor="office"):
        """Write `body` for the day "09-30" of 2024."""
        self._n += 1
        at = f"2024-{day}T08:{self._n // 60 % 60:02d}:{self._n % 60:02d}.000Z"
        self.store.append([Draft(at, f"2024-{day}", actor, account, body)])
        return self

    def item(self, key, head, *, day="03-01", value=12, lead=LEAD, **fields):
        self.on(
            day, f"item/{key}", ItemAdded(key.rpartition("/")[0], head, lead, leader="孙副市长", **fields)
        )
        goal = Target(head, "increment", Decimal(value), unit="个", comparator="ge")
        return self.on(day, f"item/{key}", TargetSet(goal))

    def figure(self, key, day, code, value):
        reading = ReadingPosted(f"2024-{code}", Decimal(value), source="月报")
        return self.on(day, f"item/{key}", reading, "zhou")


def city(folder):
    """The ledger of the tests: by the end of August the park is on pace and the market behind; by the end of
    September the park is behind, the market done, one item is new and the bridge was taken off."""
    ledger = Ledger(folder)
    for code, unit in UNITS:
        ledger.on("02-01", f"unit/{code}", unit)
    for account, placed in PEOPLE.items():
        ledger.on("02-01", f"person/{account}", placed)
    commitments = sorted(ledger.book.commitments)
    assert {PARK.rpartition("/")[0], BRIDGE.rpartition("/")[0]} <= set(commitments), commitments
    ledger.item(PARK, "新建口袋公园").item(MARKET, "改造菜市场", value=3).item(
        BRIDGE, "建成通云大桥", value=1
    )
    ledger.figure(PARK, "08-31", "C08", "9").figure(MARKET, "08-31", "C08", "1")
    ledger.on("09-05", f"item/{NEW}", ItemAdded("A1.1-01", "增设公厕", "市财政局"))
    ledger.on("09-06", f"item/{BRIDGE}", ItemRemoved("A2.1-01", "并入省级项目"))
    ledger.figure(PARK, "09-30", "C09", "3").figure(MARKET, "09-30", "C09", "3")
    ledger.on("09-30", f"item/{PARK}", DelayExplained("征地未完", "2024-10-31"), "wang")
    ledger.on("09-30", f"item/{PARK}", DelayDecided(True, "情况属实"))
    matters(ledger)
    settled(ledger)
    return ledger


def settled(ledger):
    """After the days of the other papers: parks kept, markets missed, a person overruled, next year's numbers known."""
    results = [
        Outcome("A2", "新建口袋公园", "increment", date(2024, 1, 1), date(2024, 12, 31), Decimal(9), "座", source="公报"),
        Outcome("A3", "改造菜市场", "increment", date(2024, 1, 1), date(2024, 12, 31), Decimal(2), "个", source="公报", place="A3"),
        Outcome("A4", "快递业务量", "growth", date(2024, 1, 1), date(2024, 12, 31), Decimal(9), "%", source="公报"),
    ]  # fmt: skip
    plans = [
        Aim("n1", "快递业务量", "growth", 2025, date(2025, 12, 31), Decimal(10), unit="%", comparator="ge")
    ]
    found = source_of_outcomes("统计.csv", "a" * 64, "table", results, plans)
    for account, body in settle_book(ledger.keeper.book(), "office", [found]):
        ledger.on("10-08", account, body)
    for account, body in overrule(ledger.keeper.book(), "office", "A1.1-01", verdict="met", reason="已备案"):
        ledger.on("10-08", account, body)


def matters(ledger):
    """A matter that was raised, answered and concluded; one open and overdue; a meeting with two decisions."""
    one = MatterOpened("remind", "口袋公园进度", "zhujian", "连续落后序时", (PARK,), "2024-09-10", "rule")
    ledger.on("09-02", "matter/D-1", one)
    ledger.on("09-11", "matter/D-1", MatterRaised("notice", "逾期未答复", "2024-09-20"))
    ledger.on("09-18", "matter/D-1", MatterReplied("已增加人手，十月底补齐。"), "wang")
    ledger.on("09-25", "matter/D-1", MatterConcluded("措施可行，继续跟踪。", False, "2024-10-25"), "clerk")
    ledger.on(
        "09-12",
        "matter/D-2",
        MatterOpened("notice", "数据迟报", "市财政局", "两期未报", (NEW,), "2024-09-20"),
    )
    ledger.on("09-15", "meeting/M-1", MeetingHeld("九月调度会", (PARK,)))
    ledger.on(
        "09-15",
        "decision/M-1-1",
        DecisionRecorded("M-1", "市住建局月底前拿出赶工方案。", "zhujian", "2024-09-28"),
    )
    ledger.on(
        "09-15", "decision/M-1-2", DecisionRecorded("M-1", "市财政局研究资金。", "caizheng", "2024-12-31")
    )
    ledger.on("09-20", "decision/M-1-3", DecisionRecorded("M-1", "已办的一件。", "caizheng"))
    ledger.on("09-21", "decision/M-1-3", DecisionFollowed("办完", True))


__all__ = ["BEFORE", "BRIDGE", "DAY", "MARKET", "NEW", "PARK", "SETTLED", "Ledger", "PersonPlaced", "city"]
