"""What is recounted of the lists: found, closed, still open, overdue, closed in time, found again."""

from datetime import date
from decimal import Decimal

from duban.registers.amount import count, share, total
from duban.registers.expression import END, F, reached
from duban.registers.indicator import Case, Indicator

_OWN = ~F.same_as.given  # what is joined with another counts there
_FOUND = _OWN & (F.found_on <= END)
_CLOSED = _OWN & (reached("closed") <= END)
_OPEN = _FOUND & ~(reached("closed").given & _CLOSED)
_LATE = _OPEN & (F.due < END)
_AGAIN = _OWN & reached("closed").given & (F.found_on > reached("closed"))

_ROW = {
    "list": "pipes",
    "what": "雨污混接",
    "found_on": "2024-02-01",
    "due": "2024-05-31",
    "stage": "planned",
}
_DONE = {"stage": "closed", "at_closed": "2024-05-20"}
_ROWS = (
    {**_ROW, **_DONE, "code": "1", "amount": "10"},
    {**_ROW, **_DONE, "code": "2", "at_closed": "2024-06-20"},
    {**_ROW, "code": "3"},
    {**_ROW, **_DONE, "code": "4", "found_on": "2024-05-25"},
    {**_ROW, **_DONE, "code": "5", "amount": "10", "stage": "joined", "same_as": "pipes~1"},
)
_DAY = date(2024, 6, 30)
_OURS = "清单台账自身的计数：一个编号算一处，并案的不再单独算"


def _case(value: str) -> tuple[Case, ...]:
    return (Case(_ROWS, "2024-C06", _DAY, value),)


INDICATORS = (
    Indicator("found", "累计发现问题", "problems found", "problems", count(_FOUND), "level", "处", _OURS,
              ("问题", "混接点", "隐患"), cases=_case("4")),
    Indicator("closed", "完成销号", "problems closed", "problems", count(_OWN & reached("closed").in_period), "increment", "处",
              _OURS, ("完成整改", "整治", "改造混接点", "销号"), cases=_case("3")),
    Indicator("open", "未销号", "still open", "problems", count(_OPEN), "level", "处", _OURS, less_is_better=True,
              cases=_case("1")),
    Indicator("overdue", "超期未销号", "overdue", "problems", count(_LATE), "level", "处",
              "超期＝整改期限已过而未销号", less_is_better=True, cases=_case("1")),
    Indicator("cleared", "销号率", "share closed", "problems", share(_CLOSED, _FOUND), "share", "%",
              "销号率＝累计销号÷累计发现", ("整改率", "销号率"), cases=_case("75")),
    Indicator("in_time", "按期销号率", "share closed in time", "problems",
              share(reached("closed") <= F.due, _OWN & reached("closed").in_period & F.due.given), "share", "%",
              "按期销号率＝期限内销号÷本期销号", ("按期整改率", "按时销号"), cases=_case("66.6666666667")),
    Indicator("again", "销号后再发现", "found again after closing", "problems", count(_AGAIN), "level", "处",
              "销号之后又报发现：应重开", less_is_better=True, cases=_case("1")),
    Indicator("settled", "已清偿金额", "amount settled", "problems", total(F.amount, _OWN & reached("closed").in_period) * Decimal("0.0001"),
              "increment", "亿元", "欠款类清单：本期销号各条的金额合计", ("清偿欠款", "拖欠账款", "清偿拖欠企业账款"), cases=_case("0.001")),
)  # fmt: skip
