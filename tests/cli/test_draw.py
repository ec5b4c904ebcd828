"""`duban draw`: the certificate of a real draw in a real ledger, verified, and refused when a digit changes."""

import json
from datetime import UTC, date, datetime

import pytest

from duban.actions.acts import perform_act
from duban.actions.context import perform
from duban.actions.records import Told, put_records
from duban.ledger import BookKeeper, open_store
from duban.packs import packs
from duban.registers.indicator import Plain
from duban.registers.pack import Desk
from duban.registers.record import rows
from tests.cli.forked import forked

DAY = date(2024, 3, 4)


@pytest.fixture
def drawn(tmp_path):
    pack, keeper = packs()["inspection"], BookKeeper(open_store(tmp_path / "book", create=True))

    def write(decide):
        perform(keeper, decide, actor="office", at=datetime(2024, 3, 4, tzinfo=UTC), on=DAY)

    def put(register, *values):
        every = [Told(one, register) for one in values]
        write(lambda book: put_records(book, "office", pack.registered[register], every, DAY))

    def act(name, on=DAY, **answers):
        def decide(book):
            found = lambda name: list(rows(pack.registered[name], book.registers.of(name)))  # noqa: E731
            desk = Desk(pack, on, lambda name: Plain(pack.registered[name], found(name)), found)
            return perform_act(book, "office", pack, pack.acted[name], desk, answers, today=on)

        write(decide)

    put("objects", *({"code": f"{n}", "name": f"企业{n}", "rank": "D"} for n in range(5)))
    put("inspectors", *({"number": f"Z{n}", "name": f"人员{n}"} for n in range(3)))
    put("plans", {"number": "1", "name": "抽查", "start": "2024-03-01", "end": "2024-04-30", "share_d": "60"})
    act("freeze", plan="1", source="次日开奖号码", source_on=date(2024, 3, 5))
    act("draw", date(2024, 3, 5), plan="1", nonce="3721")
    return tmp_path


def test_certificate_is_written_and_holds_and_a_changed_one_does_not(drawn):
    done = forked("draw", "certificate", drawn / "book", "1", "-o", drawn / "c.json")
    assert (done.returncode, done.stderr) == (0, "")
    held = forked("draw", "verify", drawn / "c.json")
    assert held.returncode == 0
    assert "5 个对象中抽出 3 个" in held.stdout
    told = json.loads((drawn / "c.json").read_text("utf-8"))
    (drawn / "c.json").write_text(json.dumps({**told, "nonce": "3722"}), "utf-8")
    changed = forked("draw", "verify", drawn / "c.json")
    assert changed.returncode == 1
    assert "不同" in changed.stderr


def test_lists_that_change_later_take_no_certificate_away(drawn):
    """Neither a later entry of that very day nor one that counts from before it was in the lists that were drawn from."""
    keeper, objects = BookKeeper(open_store(drawn / "book")), packs()["inspection"].registered["objects"]
    for day, number in ((DAY, "7"), (date(2024, 2, 1), "8")):
        added = Told({"code": number, "name": f"企业{number}", "rank": "D"}, "objects")
        perform(
            keeper,
            lambda book, day=day, added=added: put_records(book, "office", objects, [added], day),
            actor="office", at=datetime(2024, 3, 5, tzinfo=UTC), on=day,
        )  # fmt: skip
    assert len(list(keeper.as_of(DAY).registers.of("objects"))) == 7
    assert forked("draw", "certificate", drawn / "book", "1", "-o", drawn / "c.json").returncode == 0
    assert "5 个对象中抽出 3 个" in forked("draw", "verify", drawn / "c.json").stdout


def test_the_city_s_own_shares_hold_for_the_certificate_too(drawn, monkeypatch):
    city = '[[threshold]]\nname = "inspection.shares"\nfrom = 2024-01-01\nvalue = {A = 5, B = 3, C = 10, D = 30}\nsource = "本市"\n'
    (drawn / "book" / "city.toml").write_text(city, "utf-8")
    done = forked("draw", "certificate", drawn / "book", "1")
    assert (
        done.returncode == 1
    )  # drawn before the city said so: by other shares of the classes without an own one
    assert "封存" in done.stderr


def test_what_was_not_drawn_has_no_certificate(drawn):
    refused = forked("draw", "certificate", drawn / "book", "9")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "还没有抽取" in refused.stderr
