"""An indicator in words: what is counted, of which records, in Chinese and English, made from the very definition."""

from datetime import date
from decimal import Decimal

from duban.registers.amount import Amount, Base, Fixed, Quotient, Setting, Sum, Weight
from duban.registers.expression import (
    Among,
    Arithmetic,
    Both,
    Column,
    Compare,
    Constant,
    Days,
    Either,
    Expression,
    Given,
    Has,
    Not,
    Parameter,
    Year,
)
from duban.registers.indicator import Indicator
from duban.registers.register import Register

_PARAMETERS = {"start": ("期初", "the period's first day"), "end": ("期末", "the period's last day"),
               "day": ("当日", "the day of asking")}  # fmt: skip
_SIGNS = {"==": ("为", "is"), "!=": ("不为", "is not"), "<": ("小于", "<"), "<=": ("不大于", "≤"), ">": ("大于", ">"),
          ">=": ("不小于", "≥"), "+": ("加", "+"), "-": ("减", "−"), "*": ("乘", "×")}  # fmt: skip
_DATES = {"<": ("早于", "before"), "<=": ("不晚于", "on or before"), ">": ("晚于", "after"),
          ">=": ("不早于", "on or after")}  # fmt: skip


class Words:
    """Says expressions and amounts of one register in one language."""

    def __init__(self, register: Register, language: str) -> None:
        self.register, self.language = register, language

    def pick(self, zh: str, en: str) -> str:
        """One of two wordings."""
        return en if self.language == "en" else zh

    def amount(self, of: Amount) -> str:
        """What a figure is."""
        if isinstance(of, Base):
            return self._base(of)
        if isinstance(of, Fixed):
            return f"{of.value:f}"
        if isinstance(of, Quotient):
            top, bottom = self.amount(of.top), self.amount(of.bottom)
            times = f" × {of.times}" if of.times != 1 else ""
            return (
                f"〔{top}〕÷〔{bottom}〕{times}" if self.language != "en" else f"[{top}] ÷ [{bottom}]{times}"
            )
        assert isinstance(of, Sum)
        terms = [self._term(weight, term) for weight, term in of.terms]
        return " + ".join(terms).replace("+ -1 × ", "− ").replace("+ -", "− ")

    def _term(self, weight: Weight, term: Amount) -> str:
        if isinstance(weight, Setting):
            return f"{self.pick(weight.zh, weight.en)} × {self.amount(term)}"
        return self.amount(term) if weight == 1 else f"{weight:f} × {self.amount(term)}"

    def _base(self, of: Base) -> str:
        what = self.value(of.of) if of.of is not None else ""
        name = self.register.label(self.language)
        where = self.pick("", "") if of.where is None else self.value(of.where)
        limited = self.pick(f"（{where}）", f" where {where}") if where else ""
        by = self.value(of.by) if of.by is not None else ""
        zh = {"count": f"“{name}”记录数", "distinct": f"“{name}”中不同的{what}数", "total": f"“{name}”中{what}合计",
              "latest": f"“{name}”中{by}最近一条的{what}"}[of.how]  # fmt: skip
        en = {"count": f"records of “{name}”", "distinct": f"different {what} in “{name}”",
              "total": f"total {what} of “{name}”", "latest": f"{what} of the record of “{name}” with the latest {by}"}  # fmt: skip
        return self.pick(zh, en[of.how]) + limited

    def value(self, of: Expression) -> str:
        """What an expression says."""
        if isinstance(of, Column):
            return self._column(of.name)
        if isinstance(of, Constant):
            return self._constant(of)
        if isinstance(of, Parameter):
            return self.pick(*_PARAMETERS[of.name])
        if isinstance(of, Both):
            return (
                self._period(of)
                or f"{self._inner(of.left)}{self.pick('，且', ' and ')}{self._inner(of.right)}"
            )
        if isinstance(of, Either):
            return f"{self._inner(of.left)}{self.pick('，或', ' or ')}{self._inner(of.right)}"
        if isinstance(of, Not):
            if isinstance(of.of, Given):
                return self.pick(f"未填{self.value(of.of.of)}", f"{self.value(of.of.of)} is missing")
            return self.pick(f"并非（{self.value(of.of)}）", f"not ({self.value(of.of)})")
        if isinstance(of, Given):
            return self._given(of)
        return self._more(of)

    def _more(self, of: Expression) -> str:
        if isinstance(of, Among):
            listed = self.pick("、", ", ").join(self._shown(of.of, value) for value in of.values)
            return self.pick(f"{self.value(of.of)}属于{listed}", f"{self.value(of.of)} is one of {listed}")
        if isinstance(of, Has):
            return self.pick(f"{self.value(of.of)}含“{of.words}”", f"{self.value(of.of)} has “{of.words}”")
        if isinstance(of, Days):
            earlier, later = self.value(of.earlier), self.value(of.later)
            return self.pick(f"从{earlier}到{later}的天数", f"days from {earlier} to {later}")
        if isinstance(of, Year):
            return self.pick(f"{self.value(of.of)}的年份", f"year of {self.value(of.of)}")
        assert isinstance(of, Compare | Arithmetic)
        signs = _DATES if of.sign in _DATES and self._dated(of.left) else _SIGNS
        right = (
            self._shown(of.left, of.right.value) if isinstance(of.right, Constant) else self.value(of.right)
        )
        space = self.pick("", " ")
        return f"{self.value(of.left)}{space}{self.pick(*signs[of.sign])}{space}{right}"

    def _inner(self, of: Expression) -> str:
        told = self.value(of)
        return self.pick(f"（{told}）", f"({told})") if isinstance(of, Either) else told

    def _period(self, of: Both) -> str:
        """x >= start & x <= end, as "x in the period"."""
        low, high = of.left, of.right
        if not (isinstance(low, Compare) and isinstance(high, Compare) and low.left is high.left):
            return ""
        ends = [side.right.name if isinstance(side.right, Parameter) else "" for side in (low, high)]
        if (low.sign, high.sign, *ends) != (">=", "<=", "start", "end"):
            return ""
        return self.pick(f"{self.value(low.left)}在本期内", f"{self.value(low.left)} in the period")

    def _given(self, of: Given) -> str:
        if isinstance(of.of, Column) and of.of.name.startswith("at_"):
            stage = self.register.staged[of.of.name[3:]].label(self.language)
            return self.pick(f"已到“{stage}”", f"“{stage}” reached")
        return self.pick(f"已填{self.value(of.of)}", f"{self.value(of.of)} is given")

    def _column(self, name: str) -> str:
        if name.startswith("at_"):
            stage = self.register.staged[name[3:]].label(self.language)
            return self.pick(f"“{stage}”日期", f"date of “{stage}”")
        if name in ("stage", "id"):
            return self.pick("阶段" if name == "stage" else "编号", name)
        field = self.register.named[name]
        return field.en if self.language == "en" else field.zh

    def _shown(self, of: Expression, value: object) -> str:
        name = of.name if isinstance(of, Column) else ""
        if name == "stage" and value in self.register.staged:
            return f"“{self.register.staged[str(value)].label(self.language)}”"
        field = self.register.named.get(name)
        return field.shown(value, self.language) if field else self._constant(Constant(value))  # type: ignore[arg-type]

    def _constant(self, of: Constant) -> str:
        value = of.value
        if isinstance(value, bool):
            return self.pick("是" if value else "否", "yes" if value else "no")
        return (
            f"{value:f}"
            if isinstance(value, Decimal)
            else value.isoformat()
            if isinstance(value, date)
            else str(value)
        )

    def _dated(self, of: Expression) -> bool:
        return isinstance(of, Column) and self.register.columns.get(of.name) == "date"


def explained(indicator: Indicator, register: Register, language: str) -> str:
    """The indicator's definition in a sentence."""
    return Words(register, language).amount(indicator.figure)
