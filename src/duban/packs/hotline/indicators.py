"""The three rates and what keeps them honest: how many were called back, how many were left out.

Excluding cases is the main way to make a rate look better, so its share stands beside every rate. Rates:
R1 = first contact in time ÷ assigned less excluded; R2 = solved ÷ valid call-backs; R3 = satisfied (and basically
satisfied by weight) ÷ valid call-backs; total = weights × rates.
"""

from datetime import date
from decimal import Decimal

from duban.packs.hotline.rules import THRESHOLDS
from duban.registers.amount import Amount, Quotient, Setting, count, share, weighted
from duban.registers.expression import DAY, F
from duban.registers.indicator import Case, Indicator

_IN = F.received_on.in_period & ~F.same_as.given
_COUNTED = _IN & F.unit.given & ~F.excluded.given
_VALID = _COUNTED & (F.reached == True)  # noqa: E712 - an expression, not a comparison
_BASIC = Setting("basic_weight", "基本满意的折算", "weight of basically satisfied")
_OPEN = F.stage.among("received", "assigned", "returned", "redo")

RESPONSE = share(F.contacted_on <= F.contact_due, _COUNTED)
RESOLUTION = share(F.solved == True, _VALID)  # noqa: E712
SATISFACTION = Quotient(
    weighted((Decimal(1), count(_VALID & (F.satisfaction == "satisfied"))),
             (_BASIC, count(_VALID & (F.satisfaction == "basically")))),
    count(_VALID),
    100,
)  # fmt: skip


def _weight(key: str, zh: str, en: str) -> Setting:
    return Setting("weights", zh, en, key)


TOTAL = weighted(
    (_weight("response", "响应率权重", "weight of response"), RESPONSE),
    (_weight("resolution", "解决率权重", "weight of resolution"), RESOLUTION),
    (_weight("satisfaction", "满意率权重", "weight of satisfaction"), SATISFACTION),
)

_ROW = {"received_on": "2024-03-04", "channel": "phone", "kind": "help", "unit": "市水务局", "contacted_on": "2024-03-05",
        "contact_due": "2024-03-05", "stage": "judged", "called_on": "2024-03-12", "reached": "yes", "solved": "yes",
        "satisfaction": "satisfied"}  # fmt: skip
_ROWS = (
    {**_ROW, "number": "1"},
    {**_ROW, "number": "2", "contacted_on": "2024-03-07", "satisfaction": "basically"},
    {**_ROW, "number": "3", "solved": "no", "satisfaction": "not"},
    {**_ROW, "number": "4", "reached": "no", "solved": "", "satisfaction": ""},
    {**_ROW, "number": "5", "excluded": "policy"},
    {**_ROW, "number": "6", "same_as": "1"},
)
_DAY = date(2024, 3, 31)


def _case(value: str) -> tuple[Case, ...]:
    return (Case(_ROWS, "2024-M03", _DAY, value),)


def _of(name: str, zh: str, en: str, register: str, figure: Amount, measure: str, unit: str, source: str,
        words: tuple[str, ...], value: str) -> Indicator:  # fmt: skip
    """A figure that both registers have; in the archive it is called archive_… and 历史工单…, and means the same."""
    if register == "archive":
        name, zh, en = f"archive_{name}", f"历史工单{zh}", f"{en} in the archive"
    return Indicator(name, zh, en, register, figure, measure, unit, source, words, cases=_case(value),
                     thresholds=THRESHOLDS)  # fmt: skip


def _rate(register: str, name: str, zh: str, en: str, figure: Quotient, source: str, value: str) -> Indicator:
    return _of(name, zh, en, register, figure, "share", "%", source, (zh,), value)


def _shared(register: str) -> tuple[Indicator, ...]:
    """The number of cases, the three rates and what stands beside them."""
    return (
        _of("cases", "受理件数", "cases received", register, count(_IN), "increment", "件", "并入的工单不重复计",
            ("12345受理", "受理诉求"), "5"),
        _rate(register, "response", "响应率", "response rate", RESPONSE, "响应率＝期限内首次联系÷（派单－剔除）", "75"),
        _rate(register, "resolution", "解决率", "resolution rate", RESOLUTION, "解决率＝来电人说已解决÷有效回访",
              "66.6666666667"),
        _rate(register, "satisfaction", "满意率", "satisfaction rate", SATISFACTION,
              "满意率＝（满意＋折算×基本满意）÷有效回访", "66.6666666667"),
        _of("total", "三率综合得分", "score of the three rates", register, TOTAL, "level", "分", "综合＝权重×三率；权重见门槛",
            ("三率", "接诉即办综合得分"), "69.16666666669"),
        _rate(register, "called", "有效回访率", "share with a valid call-back",
              share(F.reached == True, _COUNTED),  # noqa: E712
              "有效回访率＝接通的回访÷（派单－剔除）", "75"),
        _rate(register, "excluded", "剔除率", "share left out", share(F.excluded.given, _IN & F.unit.given),
              "剔除率＝剔除÷派单；剔除越多，三率越好看", "20"),
    )  # fmt: skip


INDICATORS = (
    *_shared("cases"),
    Indicator("open", "在办件数", "cases open", "cases", count((F.received_on <= DAY) & ~F.same_as.given & _OPEN), "level",
              "件", "未办结的工单", less_is_better=True, cases=_case("0")),
    Indicator("redone", "重办件数", "cases redone", "cases", count(_IN & (F.redone > 0)), "increment", "件",
              "被退回重办过的工单", less_is_better=True, cases=_case("0")),
    *_shared("archive"),
)  # fmt: skip
