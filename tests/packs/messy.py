"""An office's workbook of a pack's own example: the same records, kept the way tables are kept that people print."""

import csv
import random
import re
from datetime import date
from decimal import Decimal
from importlib.resources import files

import openpyxl

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONEY = "（万元）"
_WAYS = (
    lambda day: day,
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: f"{day:%Y/%m/%d} ",
)
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
ROWS = 24  # of an example, so that a test stays quick


def example(pack, register):
    """Heads and the first rows of a pack's example of a register."""
    text = (files(f"duban.packs.{pack.name}") / f"{register.name}.csv").read_text("utf-8")
    heads, *rows = csv.reader(text.splitlines())
    return heads, rows[:ROWS]


def messy(path, pack, register):
    """Write the workbook; gives the number of records in it and the number of the row of the first one."""
    chance = random.Random(register.name)
    heads, rows = example(pack, register)
    order = chance.sample(range(len(heads)), len(heads))
    counted = {head for field in register.fields if field.numeric for head in (field.zh, *field.also)}
    heads, rows = [heads[at] for at in order], [[row[at] for at in order] for row in rows]
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "2024"
    sheet.append([f"2024年{register.zh}一览表"])
    sheet.append(["填报单位：某单位（示例）", None, "填报日期：2024年10月"])
    sheet.append([_head(head, at) for at, head in enumerate(heads)] + ["填表人"])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(heads) + 1)
    first = 0
    for number, row in enumerate(rows):
        if number % 10 == 0:
            sheet.append([f"{'一二三四五六七八九十'[number // 10]}、第{number // 10 + 1}批"])
        if number == 7:  # a page break: the heads once more, below a sum of the page
            sheet.append(["小计", *(["—"] * (len(heads) - 1))])
            sheet.append([_head(head, at) for at, head in enumerate(heads)])
        sheet.append(
            [
                _cell(head, at, told, head in counted, chance)
                for at, (head, told) in enumerate(zip(heads, row, strict=True))
            ]
            + ["张三"]
        )
        first = first or sheet.max_row
    sheet.row_dimensions[first + 1].hidden = True
    sheet.append([])
    sheet.append(["注：1.本表为示例；2.空白处为没有。"])
    hidden = book.create_sheet("底稿")
    hidden.append(["旧表，不要用"])
    hidden.sheet_state = "hidden"
    book.save(path)
    return len(rows), first


def _head(head, at):
    """Every other head of money counts in 亿元; some are broken over two lines, as narrow columns have them."""
    if head.endswith(_MONEY) and at % 2:
        return head.replace(_MONEY, "（亿元）")
    return f"{head[:2]}\n{head[2:]}" if at % 3 == 0 and len(head) > 3 else head


def _cell(head, at, told, counted, chance):
    """A value as somebody typed it: days in four ways, some digits wide, blanks around words, a long bar for nothing."""
    if not told:
        return chance.choice((None, None, "—"))
    if _DAY.fullmatch(told):
        return chance.choice(_WAYS)(date.fromisoformat(told))
    if head.endswith(_MONEY) and at % 2:
        return f"{Decimal(told) / 10_000:f}"
    if counted and told.isdecimal() and len(told) < 7:
        return chance.choice((int(told), told, told.translate(_WIDE)))
    return chance.choice((told, f"\u3000{told} "))
