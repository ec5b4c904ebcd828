"""A small city in memory: its units, a fixed cast of people, and actions tried on its book as they would be."""

from datetime import date

from duban.actions import open_account
from duban.actions.context import Writes
from duban.actions.people import place_person
from duban.actions.units import import_units
from duban.core.problem import Refused
from duban.ledger import Book, BookKeeper, open_store
from duban.ledger.bodies import ItemAdded
from duban.ledger.entries import Entry
from duban.ledger.year.people import PersonPlaced
from duban.ledger.year.units import UnitEntered
from duban.read import read_text
from tests.files.conftest import NOW, SMALL

UNITS = [
    ("yc", UnitEntered("云川市人民政府", "government")),
    (
        "zhujian",
        UnitEntered("市住房和城乡建设局", parent="yc", aliases=("市住建局",), contact="刘敏", phone="0100-1"),
    ),
    ("caizheng", UnitEntered("市财政局", parent="yc")),
    ("jiaoyu", UnitEntered("市教育局", parent="yc")),
    ("tongji", UnitEntered("市统计局", parent="yc")),
    ("dongqu", UnitEntered("东区人民政府", "district", parent="yc")),
    ("dongqu-jiaoyu", UnitEntered("东区教育局", parent="dongqu")),
]
PEOPLE = {
    "wang": PersonPlaced("王填报", "zhujian", ("reporter",)),
    "li": PersonPlaced("李局长", "zhujian", ("head",)),
    "zhao": PersonPlaced("赵配合", "caizheng", ("reporter",)),
    "qian": PersonPlaced("钱外人", "jiaoyu", ("reporter", "head")),
    "zhou": PersonPlaced("周核验", "tongji", ("checker",), "yc"),
    "leader": PersonPlaced("孙副市长", "yc", ("leader",)),
    "wu": PersonPlaced("吴审计", "yc", ("auditor",)),
    "zheng": PersonPlaced("郑管理", "dongqu", ("manager",), "dongqu"),
    "clerk": PersonPlaced("陈科员", "yc", ("office",)),
}
OUTSIDERS = ("qian", "zhao", "wu", "zheng", "")  # none of them leads the item; "" is the public
KEY = "A1.1-01/1"
TODAY = date(2024, 3, 1)


class City:
    """A book to which actions are applied without a database; `refusal` gives the codes of a refused one."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.today = TODAY

    def write(self, actor: str, writes: Writes) -> list[Entry]:
        """Fold the writes of an action in, as the ledger would give them back."""
        made = []
        for account, body in writes:
            at = f"{self.today.isoformat()}T08:00:00.000Z"
            entry = Entry(self.book.seq + 1, at, self.today.isoformat(), actor, body.KIND, account, body, "")
            self.book.apply(entry)
            made.append(entry)
        return made

    def do(self, actor: str, action, *args, **fields) -> list[Entry]:
        """Run an action as `actor`; whatever it refuses is raised."""
        return self.write(actor, action(self.book, actor, *args, **fields))

    def refusal(self, actor: str, action, *args, **fields) -> str:
        """The code with which an action is refused; "" when it is not. The book stays as it was."""
        try:
            action(self.book, actor, *args, **fields)
        except Refused as refused:
            return refused.problems[0].code
        return ""

    @property
    def task(self):
        """What was said about the item of the tests."""
        return self.book.tasks[KEY]


def small_book(folder) -> Book:
    """The small document's book."""
    store = open_store(folder, create=True)
    open_account(
        store, read_text(SMALL), government="云川市", year=2024, actor="office", at=NOW, on=NOW.date()
    )
    book = BookKeeper(store).book()
    store.close()
    return book


def peopled(book: Book) -> City:
    """The city with its units, its people and one item led by 市住建局 with 市财政局 as partner."""
    city = City(book)
    city.do("office", import_units, UNITS)
    for account, placed in PEOPLE.items():
        city.do("office", place_person, account, placed)
    item = ItemAdded(
        "A1.1-01", "新建口袋公园", "市住房和城乡建设局", ("市财政局",), "孙副市长", checker="市统计局"
    )
    city.write("office", [(f"item/{KEY}", item)])
    return city
