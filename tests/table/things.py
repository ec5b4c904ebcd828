"""A register with a column of every kind, and random records and expressions over it."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from duban.registers.amount import count, distinct, latest, total
from duban.registers.expression import DAY, END, START, Constant, F, lifted
from duban.registers.field import choice, day, integer, number, text, yes
from duban.registers.register import Register, Stage
from duban.registers.veil import Veil

KINDS = (("a", "甲类", "class A"), ("b", "乙类", "class B"))
THINGS = Register(
    "things", "事物", "Things",
    (text("number", "编号", "Number"), text("place", "地点", "Place"), choice("kind", "类别", "Kind", KINDS),
     number("amount", "金额", "Amount", "万元", low=None), number("huge", "总额", "Whole", "亿元", low=None),
     integer("times", "次数", "Times", low=None), day("on", "日期", "Date"), day("until", "期限", "Until"),
     yes("hard", "难", "Hard")),
    key=("number",), groups=("place", "kind"), stages=(Stage("begun", "开始", "begun"), Stage("done", "完成", "done")),
)  # fmt: skip
DAYS = {"start": date(2024, 3, 1), "end": date(2024, 3, 31), "day": date(2024, 4, 15)}

_dates = [date(2024, 2, 29), date(2024, 3, 1), date(2024, 3, 15), date(2024, 3, 31), date(2024, 4, 1), date(1999, 12, 31)]  # fmt: skip
_amounts = [Decimal(t) for t in ("0", "-1", "1", "0.000001", "12345678901.5", "2.5", "99.99")]
_texts = ["", "甲", "乙", "a", "A", "z~", "ab", "𠮷"]
_texts_there = [t for t in _texts if t]


def _or_missing(values):
    return st.none() | st.sampled_from(values)


_row = st.fixed_dictionaries({
    "place": _or_missing(_texts_there), "kind": _or_missing(["a", "b"]), "amount": _or_missing(_amounts),
    "huge": _or_missing([*_amounts, Decimal("0.0000000001")]), "times": _or_missing([0, 1, -3, 10**17]),
    "on": _or_missing(_dates), "until": _or_missing(_dates), "hard": _or_missing([True, False]),
    "stage": st.sampled_from(["begun", "done"]), "at_begun": _or_missing(_dates), "at_done": _or_missing(_dates),
})  # fmt: skip
rows = st.lists(_row, max_size=14).map(
    lambda told: [{**row, "id": f"{n:02d}", "number": f"{n:02d}"} for n, row in enumerate(told)]
)

numbers = st.deferred(
    lambda: (
        st.sampled_from([F.amount, F.huge, F.times, F.on.year, F.until.days_from(F.on), Constant(None)])
        | st.sampled_from([0, 1, -2, Decimal("0.5"), Decimal("100.25")]).map(lifted)
        | st.tuples(numbers, numbers).map(lambda two: two[0] + two[1])
        | st.tuples(numbers, numbers).map(lambda two: two[0] - two[1])
        | st.tuples(
            st.sampled_from([F.amount, F.times, lifted(3)]), st.sampled_from([F.amount, F.times])
        ).map(lambda two: two[0] * two[1])
    )
)
dates = st.sampled_from([F.on, F.until, F.at_begun, F.at_done, START, END, DAY, lifted(date(2024, 3, 1))])
texts = st.sampled_from([F.place, F.kind, F.stage, lifted("甲"), lifted("a"), Constant(None)])


def _compared(values):
    def sign(told):
        left, right, name = told
        return {"==": left == right, "!=": left != right, "<": left < right, "<=": left <= right,
                ">": left > right, ">=": left >= right}[name]  # fmt: skip

    return st.tuples(values, values, st.sampled_from(["==", "!=", "<", "<=", ">", ">="])).map(sign)


conditions = st.deferred(
    lambda: (
        _compared(numbers)
        | _compared(dates)
        | _compared(texts)
        | (numbers | dates | texts).map(lambda one: one.given)
        | st.tuples(texts, st.lists(st.sampled_from(_texts), max_size=3)).map(lambda t: t[0].among(*t[1]))
        | st.tuples(texts, st.sampled_from([*_texts, "Z", "%", "b"])).map(lambda t: t[0].has(t[1]))
        | st.sampled_from([F.hard == True, F.hard != F.hard, F.hard, F.on.in_period])  # noqa: E712
        | st.tuples(conditions, conditions).map(lambda two: two[0] & two[1])
        | st.tuples(conditions, conditions).map(lambda two: two[0] | two[1])
        | conditions.map(lambda one: ~one)
    )
)
figures = (
    (st.none() | conditions).map(count)
    | st.tuples(numbers | dates | texts | conditions, st.none() | conditions).map(lambda t: distinct(*t))
    | st.tuples(numbers, st.none() | conditions).map(lambda t: total(*t))
    | st.tuples(numbers, dates | numbers, st.none() | conditions).map(lambda t: latest(*t))
)
fields = st.frozensets(st.sampled_from(list(THINGS.named)))
veils = st.builds(Veil, fields, st.dictionaries(st.sampled_from(["", "甲", "乙", "zz"]), fields, max_size=3))
orders = st.lists(
    st.tuples(st.sampled_from([n for n in THINGS.columns if n != "id"]), st.booleans()), max_size=2
)
groupings = st.sampled_from([(), ("place",), ("kind", "hard"), ("on",), ("amount",), ("stage", "kind"), ("times",), ("on.month",), ("place", "until.month")])  # fmt: skip
