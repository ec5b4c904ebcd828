"""One made-up city: the units that the packs' example records name are those of the simulated year."""

import csv
import io

import pytest

from duban.files.records import load_bytes, read_loaded
from duban.packs import folder_of, packs
from duban.simulate.cast import DISTRICTS, units_of

FILES = [
    (pack, register, folder_of(pack) / f"{register.name}.csv")
    for pack in packs().values()
    for register in pack.registers
    if (folder_of(pack) / f"{register.name}.csv").is_file()
]


@pytest.fixture(scope="module")
def names():
    units = [unit for _, unit in units_of("云川市", 0)]
    return {name for unit in units for name in (unit.name, *unit.aliases)}


@pytest.mark.parametrize(("pack", "register", "file"), FILES, ids=[one[1].name for one in FILES])
def test_every_unit_of_the_example_records_is_in_the_tree(pack, register, file, names):
    told = [field for field in register.fields if field.type == "unit" or field.name == "district"]
    rows = read_loaded(file.name, load_bytes(file.name, file.read_bytes()), register).rows
    assert rows
    said = {row.values[field.name] for row in rows for field in told if row.values.get(field.name)}
    assert said <= names


def test_every_district_has_records_of_its_own():
    texts = [list(csv.reader(io.StringIO(file.read_text("utf-8")))) for _, _, file in FILES]
    cells = {cell for rows in texts for row in rows for cell in row}
    assert {name for _, name in DISTRICTS} <= cells
