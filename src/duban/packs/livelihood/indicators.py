"""What is recounted: chosen, done and accepted, and how deputies and citizens mark, apart."""

from datetime import date

from duban.registers.amount import count, ratio, share, total
from duban.registers.expression import END, F, reached
from duban.registers.indicator import Case, Indicator

_DAY = date(2024, 12, 31)
_ITEM = {"year": "2024", "subject": "甲", "unit": "市教育局"}
_ITEMS = (
    {**_ITEM, "number": "1", "stage": "accepted", "at_decided": "2024-01-20", "at_accepted": "2024-11-01", "budget": "100", "spent": "80"},
    {**_ITEM, "number": "2", "stage": "started", "at_decided": "2024-01-20", "budget": "100", "spent": "20"},
)  # fmt: skip
_MARK = {"given_on": "2024-12-01", "who": "deputy", "mark": "satisfied"}
_MARKS = tuple({"id": str(n), **_MARK, **more} for n, more in enumerate(
    ({}, {"mark": "not"}, {"who": "citizen", "mark": "basically"}, {"who": "citizen", "mark": "not"}, {"who": "citizen"})))  # fmt: skip
_WISHES = tuple(
    {"number": str(n), "collected_on": "2024-09-10", "subject": "乙", "year": "2025"} for n in range(3)
)
_GOOD = F.mark.among("satisfied", "basically")


def _marks(name: str, who: str, zh: str, en: str, value: str) -> Indicator:
    asked = (F.who == who) & F.given_on.in_period
    return Indicator(name, zh, en, "opinions", share(_GOOD, asked), "share", "%",
                     f"{zh}＝满意和基本满意÷评议数；代表和群众分开算", (zh, "民生实事满意率"),
                     cases=(Case(_MARKS, "2024", _DAY, value),))  # fmt: skip


INDICATORS = (
    Indicator("collected", "征集项目", "proposals collected", "wishes", count(F.collected_on.in_period), "increment", "个",
              "候选项目台账的计数", ("征集民生实事",), cases=(Case(_WISHES, "2024", _DAY, "3"),)),
    Indicator("items", "民生实事件数", "livelihood items", "livelihood_items", count(reached("decided").in_period),
              "increment", "件", "当年列入的项目", ("民生实事",), cases=(Case(_ITEMS, "2024", _DAY, "2"),)),
    Indicator("accepted", "验收件数", "items accepted", "livelihood_items", count(reached("accepted").in_period),
              "increment", "件", "以验收为完成，不以报完成为完成", ("办结民生实事", "完成民生实事"),
              cases=(Case(_ITEMS, "2024", _DAY, "1"),)),
    Indicator("paid", "预算支付率", "share of the budget paid", "livelihood_items",
              ratio(total(F.spent, reached("decided") <= END), total(F.budget, reached("decided") <= END)), "share", "%",
              "预算支付率＝已支付÷预算", cases=(Case(_ITEMS, "2024", _DAY, "50"),)),
    _marks("deputies", "deputy", "代表满意率", "deputies satisfied", "50"),
    _marks("citizens", "citizen", "群众满意率", "citizens satisfied", "66.6666666667"),
)  # fmt: skip
