"""What is recounted of the reviews: how many were held and of whom, the mean total, objections decided in time."""

from datetime import date

from duban.registers.amount import Amount, count, distinct, mean, share
from duban.registers.expression import DAY, F, reached
from duban.registers.indicator import Case, Indicator

PUBLISHED = F.ends_on.in_period & reached("published").given
RAISED = F.raised_on.in_period
_DUE = RAISED & (reached("decided").given | (F.due_on < DAY))

_R = {"year": "2024", "ends_on": "2024-03-31", "stage": "published", "at_published": "2024-04-20"}
_RESULTS = (
    {**_R, "district": "甲区", "quarter": "1", "score": "90"},
    {**_R, "district": "乙县", "quarter": "1", "score": "81"},
    {**_R, "district": "甲区", "quarter": "2", "score": "84", "ends_on": "2024-06-30"},
    {
        **_R,
        "district": "甲区",
        "quarter": "3",
        "score": "99",
        "ends_on": "2024-09-30",
        "stage": "announced",
        "at_published": "",
    },
)
_O = {"year": "2024", "quarter": "1", "district": "甲区", "raised_on": "2024-04-10", "due_on": "2024-04-15"}
_OBJECTIONS = (
    {**_O, "item": "a", "stage": "decided", "at_decided": "2024-04-15"},
    {**_O, "item": "b", "stage": "decided", "at_decided": "2024-04-16"},
    {**_O, "item": "c", "stage": "raised"},
    {**_O, "item": "d", "stage": "raised", "raised_on": "2024-10-19", "due_on": "2024-10-24"},
)
_DAY = date(2024, 10, 20)


def _result(
    name: str, zh: str, en: str, of: Amount, measure: str, unit: str, value: str, source: str, *words: str
) -> Indicator:
    return Indicator(name, zh, en, "review_results", of, measure, unit, source, words,
                     cases=(Case(_RESULTS, "2024", _DAY, value),))  # fmt: skip


def _objection(
    name: str, zh: str, en: str, of: Amount, measure: str, unit: str, value: str, source: str
) -> Indicator:
    return Indicator(name, zh, en, "review_objections", of, measure, unit, source,
                     cases=(Case(_OBJECTIONS, "2024", _DAY, value),))  # fmt: skip


INDICATORS = (
    _result("held", "重大项目观摩测评次数", "quarterly reviews published", distinct(F.ends_on, PUBLISHED), "increment", "次",
            "2", "以季度为单元开展：公布了结果的季度数", "观摩测评", "重大项目观摩测评"),
    _result("ranked", "参评旗县区数", "districts ranked", distinct(F.district, PUBLISHED), "level", "个", "2",
            "本期公布的结果里有名次的旗县区数"),
    _result("mean_score", "测评平均分", "mean total", mean(F.score, PUBLISHED), "level", "分", "85",
            "本期公布的各旗县区总分的平均"),
    _objection("objections", "测评异议数", "objections raised", count(RAISED), "increment", "件", "4", "本期提出的异议"),
    _objection("decided_in_time", "异议按期答复率", "objections decided in time",
               share(reached("decided") <= F.due_on, _DUE), "share", "%", "33.3333333333",
               "按期答复率＝按期答复件数÷已答复和已到期件数"),
)  # fmt: skip
