"""What is recounted: answered, and beside it solved; satisfied, of those who said so."""

from datetime import date

from duban.registers.amount import count, share
from duban.registers.expression import F, reached
from duban.registers.indicator import Case, Indicator

ASKED = F.received_on.in_period
ANSWERED = reached("answered").given
_ONE = {
    "kind": "motion",
    "subject": "修路",
    "received_on": "2024-01-20",
    "stage": "judged",
    "at_answered": "2024-04-01",
}
_CASE = (
    {**_ONE, "number": "1", "result": "A", "satisfaction": "satisfied"},
    {**_ONE, "number": "2", "result": "B", "satisfaction": "not"},
    {**_ONE, "number": "3", "stage": "assigned", "at_answered": ""},
)
_DAY = date(2024, 12, 31)

INDICATORS = (
    Indicator(
        "received", "收到建议提案", "motions and proposals received", "motions", count(ASKED),
        "increment", "件", "应办件数：本期收到的全部建议提案", words=("建议", "提案"),
        cases=(Case(_CASE, "2024", _DAY, "3"),),
    ),
    Indicator(
        "answered", "办复率", "answer rate", "motions", share(ANSWERED, ASKED),
        "share", "%", "办复率＝已答复件数÷应办件数", words=("办复率", "人大代表建议、政协提案办复率"),
        cases=(Case(_CASE, "2024", _DAY, "66.6666666667"),),
    ),
    Indicator(
        "solved", "解决率", "solved rate", "motions", share((F.result == "A") & ANSWERED, ASKED),
        "share", "%", "解决率＝A类件数÷应办件数；办复不等于解决", words=("解决率", "A类率"),
        cases=(Case(_CASE, "2024", _DAY, "33.3333333333"),),
    ),
    Indicator(
        "satisfied", "满意率", "satisfaction rate", "motions",
        share(F.satisfaction.among("satisfied", "basically"), ASKED & F.satisfaction.given),
        "share", "%", "满意率＝满意和基本满意÷已反馈件数", words=("满意率", "建议提案满意率"),
        cases=(Case(_CASE, "2024", _DAY, "50"),),
    ),
)  # fmt: skip
