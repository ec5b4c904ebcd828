"""Records of registers are made, filled in, moved from stage to stage, struck off; all checks stand here.

A new record, a form, a row of a file and what a pack's act changes all go through the same functions: `reading`
(texts told become texts stored), `checks`, `rights`, `put` (make, fill in, strike off), `stages`, `rows` (many at once),
`disputes`.
"""

from duban.actions.records.disputes import (
    concerned,
    decide_record_dispute,
    dispute_record,
    dispute_thing,
    standing_entries,
)
from duban.actions.records.put import put_record, remove_record
from duban.actions.records.rights import record_of, record_thing
from duban.actions.records.rows import Weighed, put_records, weigh_records
from duban.actions.records.stages import move_record
from duban.registers.told import Told

__all__ = [
    "Told", "Weighed", "concerned", "decide_record_dispute", "dispute_record", "dispute_thing", "move_record", "put_record", "put_records", "record_of", "record_thing", "remove_record",
    "standing_entries", "weigh_records",
]  # fmt: skip
