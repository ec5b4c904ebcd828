"""A small book out of the simulated year in which a secret stands in every field that must not be published.

Entries are kept for a few commitments that have been through everything, numbered and sealed anew. Into each field that
is not open the secret is written: behind every Chinese text, and alone where such a field is free text and empty.
"""

import json
import re
from collections import defaultdict

from duban.actions.open_fields import open_fields
from duban.core.canonical import canonical
from duban.ledger import Draft, open_store
from duban.ledger.entries import BODIES
from duban.ledger.seal import entry_form, hasher, sealed
from duban.ledger.year.settlements import SettlementJudged, SettlementOverruled
from duban.packs import pack_of

SECRET = "ZXQJ泄密"
MARKUP = "=<i>&\"'"  # typed before the words of every item: escaped wherever it is shown
FREE = {
    "source",
    "scope",
    "vintage",
    "reason",
    "words",
    "note",
    "progress",
    "problems",
    "next_step",
    "contact",
    "person",
    "leader",
}
RARE = 20  # a kind with at most so many entries under commitments brings all their commitments along
_CHINESE = re.compile(r"[一-鿿]")


def plant(location, into, most=24):
    """Write the small book of the ledger at `location` into the folder `into`; returns the kinds that bear the secret."""
    store = open_store(location)
    rows = list(store.rows())
    store.close()
    kept, seqs, new, marked = _commitments(rows, most), {}, [], set()
    digest, seal, records = hasher("sha256"), "", defaultdict(int)
    for row in rows:
        if not _stays(row, kept, records):
            continue
        seq = seqs[row[0]] = len(new) + 1
        body = json.loads(row[6])
        if "about" in body:
            body["about"] = seqs[body["about"]] if body["about"] in seqs else body["about"]
        planted = _planted(row[4], row[5], body)
        if row[4] == "item.added":
            planted["head"] = MARKUP + planted["head"]
        if SECRET in canonical(planted):
            marked.add(row[4])
        outside = (seq, *row[1:6])
        form = canonical(planted)
        seal = sealed(digest, seal, entry_form(*outside, form))
        new.append((*outside, form, seal))
    with_secrets = open_store(into, create=True)
    with_secrets.insert_sealed(iter(new))
    with_secrets.append(_settled(new))
    with_secrets.close()
    return marked


def _settled(rows):
    """A verdict by the rules on the first commitment, and a person's after it."""
    first = next(row[5] for row in rows if row[4] == "commitment.read")
    by_rule = SettlementJudged("missed", "settle.no_value", {"name": "示例指标"}, "0" * 64)
    by_person = SettlementOverruled("met", "missed", "示例理由：另有统计")
    return [
        Draft("2024-10-19T10:00:00.000Z", "2024-10-19", "office", first, body)
        for body in (by_rule, by_person)
    ]


def _of(row):
    kind, _, key = row[5].partition("/")
    return key.partition("/")[0] if kind in ("commitment", "item") else ""


def _commitments(rows, most):
    """The commitments whose entries are of rare kinds, and the first others, until there are `most`."""
    by_kind = defaultdict(list)
    for row in rows:
        if _of(row):
            by_kind[row[4]].append(_of(row))
    wanted = [ids[0] for _, ids in sorted(by_kind.items(), key=lambda pair: len(pair[1]))]
    wanted += [id for ids in by_kind.values() if len(ids) <= RARE for id in ids]
    return set(list(dict.fromkeys(wanted + by_kind["commitment.read"]))[:most])


def _stays(row, kept, records):
    if row[5].startswith(("finding/", "matter/")) or row[4].startswith("link."):
        return row[4] != "link.read"
    if row[4].startswith("record."):
        register = row[5].split("/")[1]
        records[register] += row[4] == "record.put"
        return row[4] == "record.put" and records[register] <= 8
    return not _of(row) or _of(row) in kept


def _planted(kind, account, body):
    shown = open_fields(kind) or frozenset()
    made = {}
    for name, value in body.items():
        if kind in ("document.read", "account.opened") or f"body.{name}" in shown:
            made[name] = value
        elif kind == "record.put" and name == "values":
            made[name] = _record(account, value)
        else:
            made[name] = _marked(value)
    for name in FREE & set(BODIES[kind].__struct_fields__) - set(body):
        if f"body.{name}" not in shown and kind not in ("document.read", "account.opened"):
            made[name] = SECRET
    return made


def _record(account, values):
    """A record's values: those that only some may see are marked."""
    register = account.split("/")[1]
    pack = pack_of(register)
    named = pack.registered[register].named if pack else {}
    return {n: v if n in named and named[n].seen == "open" else _marked(v) for n, v in values.items()}


def _marked(value):
    if isinstance(value, dict):
        return {key: _marked(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_marked(inner) for inner in value]
    return value + SECRET if isinstance(value, str) and _CHINESE.search(value) else value
