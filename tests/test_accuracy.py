"""The reader against a hand-made reading of a real report; the bars are the project's promise."""

import json
import sys

import pytest
from tools.accuracy import precision

from duban.read import load_source, read_source
from duban.read.formats import write_commitments, write_jsonl
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared


@pytest.fixture(scope="module")
def reading():
    return read_source(load_source(SHARED / "data/baotou/report-2024.txt"))


@pytest.fixture(scope="module")
def figures(reading):
    sys.path.insert(0, str(SHARED / "tools"))
    import score_reading

    predicted = [json.loads(line) for line in write_jsonl(reading).splitlines()]
    gold = score_reading.rows(SHARED / "gold/baotou-2024.gold.jsonl")
    return score_reading.score(gold, reading.source.text, predicted)[0]


BARS = {
    "found": 1.0, "role": 0.98, "precision": 0.985, "recall": 0.985, "value": 0.995, "unit": 0.995,
    "comparator": 0.995, "tense": 0.985, "measure": 0.95, "due": 0.98, "indicator": 0.93, "exact": 0.88,
}  # fmt: skip


@pytest.mark.parametrize("field", BARS)
def test_field_holds_its_bar(figures, field):
    assert figures[field] >= BARS[field]


def test_commitments_hold_their_bars(reading, tmp_path, capsys, monkeypatch):
    sys.path.insert(0, str(SHARED / "tools"))
    import score_commitments

    out = tmp_path / "commitments.jsonl"
    out.write_text(write_commitments(reading), "utf-8")
    tasks, report = SHARED / "gold/baotou-2024.tasks.jsonl", SHARED / "data/baotou/report-2024.txt"
    monkeypatch.setattr(sys, "argv", ["score", str(tasks), str(report), str(out)])
    score_commitments.main()
    words = capsys.readouterr().out.split()
    assert float(words[words.index("found") + 1]) >= 0.92
    assert float(words[words.index("kind") + 1]) >= 0.85


def test_what_is_read_as_a_commitment_is_one(reading):
    sys.path.insert(0, str(SHARED / "tools"))
    import score_reading

    gold = score_reading.rows(SHARED / "gold/baotou-2024.gold.jsonl")
    tasks = score_reading.rows(SHARED / "gold/baotou-2024.tasks.jsonl")
    assert precision(reading, score_reading, gold, tasks).share >= 0.93


def test_every_claim_points_at_its_own_characters(reading):
    text = reading.source.text
    for claim in reading.claims:
        assert "".join(text[claim.start : claim.end].split()) == claim.number
