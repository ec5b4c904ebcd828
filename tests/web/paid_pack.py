"""A pack with a register that another system feeds, for tests: payments with fields of every closeness, all made up."""

from duban.registers.amount import count, mean, total
from duban.registers.expression import F
from duban.registers.field import choice, day, integer, money, needed, point, text, unit, yes
from duban.registers.indicator import Indicator
from duban.registers.pack import Pack
from duban.registers.page import Number, Numbers
from duban.registers.register import Register, Stage

KINDS = (("wage", "工资", "wages"), ("work", "工程款", "works"))
PAID = Register(
    "paid", "拨付", "Payments",
    (*needed(text("number", "编号", "Number"), day("on", "日期", "Date")), text("title", "事由", "Subject"),
     unit("unit", "单位", "Unit"), choice("kind", "类别", "Kind", KINDS), money("amount", "金额", "Amount"),
     integer("times", "次数", "Times"), yes("done", "已付", "Paid"), point("at", "位置", "Place"),
     text("payee", "收款人", "Payee", seen="own"), text("account", "账号", "Account", seen="inner")),
    key=("number",), kind="fed", title="title", unit="unit", place="at", groups=("unit", "kind"), fresh=10,
    stages=(Stage("asked", "申请", "asked"), Stage("paid", "拨付", "paid")),
)  # fmt: skip
WAGES = Register(
    "wages", "工资明细", "Wages", (*needed(text("number", "编号", "Number")), unit("unit", "单位", "Unit"), money("amount", "金额", "Amount")),
    key=("number",), kind="fed", unit="unit", seen="own",
)  # fmt: skip
_ABOUT = ("拨付了多少，付给谁。", "What was paid, and to whom.")
INDICATORS = (
    Indicator("count", "拨付笔数", "payments", "paid", count(F.done), "increment", "笔", "自编"),
    Indicator("amount", "拨付金额", "paid", "paid", total(F.amount, F.done), "increment", "万元", "自编"),
    Indicator("named", "有收款人的笔数", "with a payee", "paid", count(F.payee.given), "level", "笔", "自编"),
    Indicator("wages", "平均工资", "mean wages", "wages", mean(F.amount), "level", "万元", "自编"),
)  # fmt: skip


def page(desk):
    """The number of payments."""
    yield Numbers((Number("笔数", desk.engines("paid").found([count()], {}, ())[()][0]),))


PACK = Pack(
    "treasury", "国库", "Treasury", *_ABOUT, registers=(PAID, WAGES), indicators=INDICATORS, page=page
)
