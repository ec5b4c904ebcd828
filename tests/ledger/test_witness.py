"""Proofs of entries: each verifies, no byte of one can be altered, and nothing leaves that is not open."""

import json
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duban.actions.open_fields import OPEN, open_fields
from duban.core.canonical import canonical
from duban.core.problem import Refused
from duban.ledger.entries import BODIES
from duban.ledger.witness import Witness, day_of, fields_of, published
from duban.ledger.witnessed import check_consistent, check_proof, read_proof, read_roots

PAGE = (Path(__file__).resolve().parents[2] / "docs/proofs.md").read_text("utf-8")
CHECK = re.findall(r"```python\n(.*?)```", PAGE, re.S)[0]
AFTER = date(2025, 1, 1)
KINDS = (
    (
        "commitment.read",
        {"version": 1, "id": "A1", "kind": "quantity", "head": "新增\u2028“企业”", "text": "𠮷"},
    ),
    (
        "target.adjusted",
        {"target": {"value": "3.80", "unit": "万人"}, "authority": "常务会", "reason": "灾情"},
    ),
    ("filing.submitted", {"n": 1, "progress": "不公开的进展", "unit_code": "U1"}),
    ("unit.entered", {"name": "示例局", "contact": "甲某", "phone": "0000-1234567"}),
)


def rows_of(count, per_day=3, altered=None):
    for seq in range(1, count + 1):
        kind, body = KINDS[seq % len(KINDS)]
        day = date(2024, 3, 1) + timedelta(days=(seq - 1) // per_day)
        body = body | ({"reason": "改写"} if seq == altered else {})
        yield (
            seq,
            f"{day}T01:00:00.{seq % 1000:03}Z",
            f"{day}",
            "甲的账号",
            kind,
            f"item/{seq}",
            canonical(body),
            "",
        )


def grown(count, algorithm="sha256", **how):
    witness = Witness(algorithm)
    assert list(witness.take(rows_of(count, **how))) == list(range(1, count + 1))
    return witness


def checked(raw, known=None):
    proof = read_proof(raw, "p.json")
    check_proof(proof, "p.json", known)
    return proof


def written(value):
    return canonical(value).encode()


def listed(witness, today=AFTER):
    return read_roots(written(published(witness, "示例市", 2024, today)), "roots.json")


@settings(deadline=None, max_examples=30)
@given(st.integers(1, 60), st.integers(1, 9), st.sampled_from(["sha256", "sm3"]))
def test_every_entry_of_a_ledger_verifies_against_the_published_list(count, per_day, algorithm):
    witness = grown(count, algorithm, per_day=per_day)
    roots = listed(witness)
    for row in rows_of(count, per_day):
        proof = checked(written(witness.proof(row, open_fields(row[4]), AFTER)), roots)
        assert (proof.index, proof.day) == (row[0] - 1, day_of(row[1]))


@pytest.mark.parametrize("seq", [1, 2, 3, 14, 20])
def test_no_byte_of_a_proof_can_be_altered(seq):
    witness = grown(20)
    roots, row = listed(witness), list(rows_of(20))[seq - 1]
    raw = written(witness.proof(row, open_fields(row[4]), AFTER))
    checked(raw, roots)
    for at in range(len(raw)):
        for flip in (1, 0x20):
            altered = raw[:at] + bytes([raw[at] ^ flip]) + raw[at + 1 :]
            with pytest.raises(Refused):
                checked(altered, roots)


def test_a_proof_shows_open_fields_only_and_of_a_working_paper_nothing():
    witness = grown(20)
    for row in rows_of(20):
        made = witness.proof(row, open_fields(row[4]), AFTER)
        text = json.dumps(made, ensure_ascii=False)
        for secret in ("甲的账号", "不公开的进展", "甲某", "0000-1234567"):
            assert secret not in text
        if row[4] == "filing.submitted":
            assert set(made) == {"format", "algorithm", "day", "size", "root", "index", "path", "leaf"}
        else:
            assert set(made["shown"]) | set(made["hidden"]) == set(fields_of(row))
            assert "actor" in made["hidden"]


def test_hidden_fields_of_like_entries_have_unlike_hashes():
    """Salts differ by entry and field, so nobody can see that two hidden values are the same."""
    witness = grown(20)
    hidden = [
        digest
        for row in rows_of(20)
        for digest in witness.proof(row, frozenset({"seq"}), AFTER).get("hidden", {}).values()
    ]
    assert len(hidden) == len(set(hidden)) > 100


def test_open_fields_are_fields_and_never_those_of_persons():
    for kind, names in OPEN.items():
        inside = {name.removeprefix("body.") for name in names if name.startswith("body.")}
        assert inside <= set(BODIES[kind].__struct_fields__), kind
        assert not inside & {"person", "leader", "leader_account", "contact", "phone", "note", "words"}, kind
        assert "actor" not in names


def test_today_has_no_root_yet_and_a_clock_set_back_changes_no_day_that_was_published():
    witness = grown(7)
    with pytest.raises(Refused, match=r"proof\.not_yet"):
        witness.day_for(7, date(2024, 3, 3))
    with pytest.raises(Refused, match=r"proof\.unknown"):
        witness.day_for(8, AFTER)
    before = listed(witness, date(2024, 3, 3))
    late = (8, "2024-02-01T00:00:00.000Z", "2024-02-01", "a", "item.resumed", "item/1", "{}", "")
    assert list(witness.take([late])) == [8]
    assert witness.day_for(8, AFTER) == ("2024-03-03", 8)
    assert check_consistent(before, listed(witness), ("a", "b")) == 2
    assert day_of("2024-03-03T15:59:59.999Z") == "2024-03-03"
    assert day_of("2024-03-03T16:00:00.000Z") == "2024-03-04"


@pytest.mark.parametrize("altered", [1, 9, 14])
def test_two_lists_agree_unless_something_before_the_first_was_rewritten(altered):
    early, whole = listed(grown(20), date(2024, 3, 6)), listed(grown(20))
    assert check_consistent(early, whole, ("a", "b")) == check_consistent(whole, early, ("b", "a")) == 5
    other = listed(grown(20, altered=altered))
    with pytest.raises(Refused, match=r"proof\.rewritten") as refused:
        check_consistent(early, other, ("a", "b"))
    assert refused.value.problems[0].data["day"] == f"2024-03-0{(altered - 1) // 3 + 1}"


def test_no_list_with_an_altered_byte_is_taken_for_the_published_one():
    made = published(grown(20), "示例市", 2024, AFTER)
    raw, whole = written(made), listed(grown(20))
    for at in range(len(raw)):
        altered = raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]
        with pytest.raises(Refused):
            check_consistent(whole, read_roots(altered, "b"), ("a", "b"))


@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
def test_the_lines_of_the_documentation_check_a_proof(algorithm, tmp_path):
    assert len(CHECK.splitlines()) <= 36
    witness = grown(20, algorithm)
    for row in list(rows_of(20))[9:12]:
        made = witness.proof(row, open_fields(row[4]), AFTER)
        file = tmp_path / "p.json"
        file.write_text(json.dumps(made, ensure_ascii=False), "utf-8")
        done = subprocess.run([sys.executable, "-c", CHECK, file], capture_output=True, text=True)
        assert (done.returncode, done.stdout.split()) == (0, [made["day"], made["root"]]), done.stderr
    made["index"] -= 1
    file.write_text(json.dumps(made), "utf-8")
    done = subprocess.run([sys.executable, "-c", CHECK, file], capture_output=True, text=True)
    assert (done.returncode, done.stderr.strip()) == (1, "the proof does not hold")
