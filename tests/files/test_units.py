"""Tables of offices name units in one column, in two or in three."""

import pytest

from duban.files import read_table
from duban.ledger.items import ItemChange
from tests.files.sheet import problems, write


def read(book, tmp_path, head, *rows):
    path = tmp_path / "t.csv"
    path.write_text("\n".join([head, *rows]), "utf-8")
    return read_table(path, book)


@pytest.mark.parametrize(
    ("head", "row", "lead", "partners"),
    [
        ("牵头单位,责任单位,配合单位", "甲局,乙局、丙局,丁局", "甲局", ("乙局", "丙局", "丁局")),
        ("牵头单位,责任单位,配合单位", "甲局,甲局、乙局,乙局；丁局", "甲局", ("乙局", "丁局")),
        ("责任单位,配合单位", "甲局、乙局,丁局", "甲局", ("乙局", "丁局")),
        ("责任单位,协办单位,配合单位", "甲局,乙局,丁局", "甲局", ("乙局", "丁局")),
        ("配合单位,责任单位", "丁局,甲局、乙局", "甲局", ("乙局", "丁局")),
        ("责任单位,配合单位", ",丁局", "", ("丁局",)),
        ("牵头单位,配合单位", "甲局,丁局", "甲局", ("丁局",)),
        ("牵头单位,责任部门,配合部门", ",乙局,丁局", "", ("乙局", "丁局")),
    ],
)
def test_who_leads_and_who_helps(book, owner, tmp_path, head, row, lead, partners):
    (change,) = read(book, tmp_path, f"编号,工作事项,{head}", f"{owner},植树,{row}").changes
    assert (change.lead, change.partners) == (lead, partners)


def test_what_the_book_says_already_is_no_change(store, book, owner, tmp_path):
    book = write(store, [ItemChange("add", owner, head="植树", lead="甲局", partners=("乙局", "丁局"))])
    for head, row in (
        ("责任单位,配合单位", "甲局、乙局,丁局"),
        ("牵头单位,责任单位,配合单位", "甲局,乙局,丁局"),
    ):
        found = read(book, tmp_path, f"编号,事项序号,工作事项,{head}", f"{owner},1,植树,{row}")
        assert (found.changes, found.others) == ([], ())
        found = read(book, tmp_path, f"编号,事项序号,工作事项,{head}", f"{owner},1,植树,{row}、戊局")
        (change,) = found.changes
        assert (change.lead, change.partners) == ("甲局", ("乙局", "丁局", "戊局"))


def test_faults_name_the_column_where_they_stand(book, owner, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(f"编号,工作事项,责任单位,配合单位\n{owner},植树,{'长' * 300},丁局\n", "utf-8")
    assert [(p.code, p.place) for p in problems(path, book)] == [("sheet.unit_wrong", "t.csv!C2")]
    path.write_text(f"编号,工作事项,责任单位,责任单位\n{owner},植树,甲局,丁局\n", "utf-8")
    assert [(p.code, p.place) for p in problems(path, book)] == [("sheet.head_twice", "t.csv!D1")]
    path.write_text(f"编号,工作事项,配合单位,协办单位\n{owner},植树,甲局,丁局\n", "utf-8")
    assert [(p.code, p.place) for p in problems(path, book)] == [("sheet.head_twice", "t.csv!D1")]
