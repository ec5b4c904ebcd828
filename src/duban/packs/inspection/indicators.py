"""What is recounted of random inspection: done, found something, published in time, how often a firm is visited."""

from datetime import date

from duban.registers.amount import count, distinct, share
from duban.registers.expression import DAY, F, reached
from duban.registers.indicator import Case, Indicator

_DONE = F.done_on.in_period
_FOUND = F.result.among("mended", "ordered", "case", "gone")
_ROW = {
    "plan": "1",
    "stage": "published",
    "done_on": "2024-03-04",
    "result": "fine",
    "at_published": "2024-03-29",
}
_ROWS = (
    {**_ROW, "object": "a", "visit": "1~a"},
    {**_ROW, "object": "b", "visit": "1~b", "result": "ordered", "at_published": "2024-05-20"},
    {**_ROW, "object": "c", "visit": "1~c", "stage": "inspected", "at_published": ""},
    {"plan": "2", "object": "a", "visit": "1~a", "stage": "drawn"},
)
_DAY = date(2024, 6, 30)


def _case(value: str) -> tuple[Case, ...]:
    return (Case(_ROWS, "2024-C06", _DAY, value),)


INDICATORS = (
    Indicator("inspected", "完成检查", "inspections done", "inspections", count(_DONE), "increment", "次",
              "检查结果台账的计数", ("双随机抽查", "抽查检查"), cases=_case("3")),
    Indicator("visits", "上门次数", "visits", "inspections", distinct(F.visit, _DONE), "increment", "次",
              "国发〔2019〕5号：联合检查，一次上门", less_is_better=True, cases=_case("3")),
    Indicator("found", "问题发现率", "share with findings", "inspections", share(_FOUND, _DONE), "share", "%",
              "问题发现率＝发现问题的检查÷完成的检查", ("问题发现率",), cases=_case("33.3333333333")),
    Indicator("published", "公示率", "share published", "inspections", share(reached("published").given, _DONE),
              "share", "%", "国办发〔2015〕58号：一公开", ("抽查结果公示率",), cases=_case("66.6666666667")),
    Indicator("waiting", "查后未公示", "done and not published", "inspections",
              count((F.done_on <= DAY) & ~reached("published").given), "level", "次",
              "检查完成而结果未公示", less_is_better=True, cases=_case("1")),
)  # fmt: skip
