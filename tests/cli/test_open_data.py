"""`duban open-data`: the package on disk, without inner fields; an unknown name is told with those that there are."""

import json
from datetime import UTC, date, datetime

from duban.actions.context import perform
from duban.actions.records import Told, put_record
from duban.ledger import BookKeeper, open_store
from duban.packs.projects.register import PROJECTS
from tests.cli.forked import forked

GIVEN = {"code": "1", "name": "示例道路", "district": "示例东区", "listed": "2024", "kind": "new",
         "sector": "infrastructure", "contact": "甲某 0000-0000001"}  # fmt: skip


def test_open_data_holds_open_fields_only_and_is_as_of_its_day(tmp_path):
    keeper = BookKeeper(open_store(tmp_path / "book", create=True))
    for code, on in (("1", date(2024, 3, 1)), ("2", date(2024, 6, 1))):
        told = Told({**GIVEN, "code": code}, "x")
        perform(keeper, lambda book, told=told, on=on: put_record(book, "office", PROJECTS, told, on),
                actor="office", at=datetime(2024, 6, 1, tzinfo=UTC), on=on)  # fmt: skip
    out = tmp_path / "项目.json"
    common = ("--book", str(tmp_path / "book"), "--uri", "https://example.org/p.json")
    for day, ids in (((), ["1", "2"]), (("--on", "2024-04-01"), ["1"])):
        done = forked("open-data", "projects.oc4ids", out, *common, *day)
        assert done.returncode == 0, done.stderr
        made = json.loads(out.read_text("utf-8"))
        assert [p["id"] for p in made["projects"]] == ids
    assert made["uri"] == "https://example.org/p.json"
    assert "0000-0000001" not in out.read_text("utf-8")
    wrong = forked("open-data", "projects.xml", tmp_path / "no.json", *common)
    assert wrong.returncode == 1
    assert "projects.oc4ids" in wrong.stderr
    assert not (tmp_path / "no.json").exists()
