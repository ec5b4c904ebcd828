"""The sheet, the reviewers, figures and marks, objections and results of a quarter's review."""

from dataclasses import replace
from decimal import Decimal

from duban.packs.review.rules import belongs, due_decision, objected
from duban.registers.expression import Column, F
from duban.registers.field import Field, choice, day, integer, number, reference, text, unit
from duban.registers.register import Check, Register, Stage

SOURCES = (("figures", "数据", "figures"), ("marks", "评委打分", "reviewers' marks", "打分"))
BETTER = (("more", "越多越好", "more", "高优"), ("less", "越少越好", "less", "低优"))
RULINGS = (("upheld", "成立", "upheld", "采纳"), ("rejected", "不成立", "rejected", "不采纳"))


def _office(*fields: Field) -> tuple[Field, ...]:
    return tuple(replace(field, status="required", keeper="office") for field in fields)


_QUARTER = _office(
    integer("year", "年度", "Year", low=Decimal(2000), high=Decimal(2100)),
    integer("quarter", "季度", "Quarter", low=Decimal(1), high=Decimal(4)),
)
_ITEM = _office(text("item", "测评项目", "Item", also=("指标", "项目")))
_DISTRICT = _office(unit("district", "旗县区", "District", also=("区县",)))
_LINE = reference("line", "评分表条目", "Line of the sheet", "review_sheet", status="derived")

SHEET = Register(
    "review_sheet",
    "评分表",
    "Scoring sheet",
    (
        *_QUARTER,
        *_ITEM,
        *_office(
            choice("source", "得分依据", "Scored by", SOURCES),
            choice("better", "方向", "Better", BETTER),
            number("weight", "分值", "Weight", "分", high=Decimal(100), also=("权重",)),
            number("zero", "零分线", "Scores nothing at", low=None, also=("0分线",)),
            number("full", "满分线", "Scores all at", low=None),
        ),
        replace(number("cap", "封顶", "Cap", "%", low=Decimal(100), help_zh="超过满分线最多得分值的百分之几；不填就是 100",
                       help_en="per cent of the weight that may be scored beyond the full line; 100 if empty"), keeper="office"),
        replace(text("item_en", "英文名称", "English name"), keeper="office"),
    ),
    key=("year", "quarter", "item"),
    title="item",
    groups=("source",),
    checks=(
        Check("more_upward", (F.better != "more") | (F.full > F.zero),
              "越多越好的，满分线要高于零分线", "where more is better the full line lies above the zero line"),
        Check("less_downward", (F.better != "less") | (F.full < F.zero),
              "越少越好的，满分线要低于零分线", "where less is better the full line lies below the zero line"),
        Check("marks_in_hundred", (F.source != "marks") | ((F.zero == 0) & (F.full == 100)),
              "评委打分的零分线是 0、满分线是 100", "marks run from 0 to 100"),
    ),
    about_zh="每季度看哪几项、各多少分、零分线和满分线在哪里；同一季度的分值合计 100。",
    about_en="What a quarter looks at, its weights and lines; the weights of a quarter add up to 100.",
)  # fmt: skip

REVIEWERS = Register(
    "review_reviewers",
    "评委",
    "Reviewers",
    (
        *_QUARTER,
        *_office(text("reviewer", "评委", "Reviewer", also=("姓名",))),
        replace(unit("home", "所属旗县区", "Own district", also=("所在旗县区",)), keeper="office",
                help_zh="评委不评自己的旗县区；不属于任何旗县区的留空", help_en="not to be marked by them; empty for none"),
    ),
    key=("year", "quarter", "reviewer"),
    title="reviewer",
    groups=("home",),
    seen="inner",
    about_zh="每季度的评委和他们所属的旗县区，据此回避。",
    about_en="A quarter's reviewers and their own districts, from which recusal follows.",
)  # fmt: skip

FIGURES = Register(
    "review_figures",
    "测评数据",
    "Figures of the review",
    (
        *_QUARTER,
        *_DISTRICT,
        *_ITEM,
        replace(number("value", "数值", "Value", low=None, also=("数据", "完成值")), keeper="office"),
        replace(text("origin", "数据来源", "Source", also=("来源",)), keeper="office"),
        number("marked", "评委均分", "Mean of marks", status="derived"),
        _LINE,
    ),
    key=("year", "quarter", "district", "item"),
    title="item",
    unit="district",
    groups=("district", "item"),
    complete=belongs(line="item"),
    checks=(
        Check("one_or_other", F.value.given | F.marked.given, "没有数值", "there is no value"),
        Check("not_by_hand", (Column("line.source") == "figures") | ~F.value.given,
              "这一项由评委打分，不能直接填数", "reviewers mark this item: no figure is entered for it"),
    ),
    about_zh="每季度每个旗县区每一项一个数；没有数的留空，缺项的旗县区不排名。",
    about_en="A figure per quarter, district and item; a district with one missing is not ranked.",
)  # fmt: skip

MARKS = Register(
    "review_marks",
    "评委打分",
    "Reviewers' marks",
    (
        *_QUARTER,
        *_DISTRICT,
        *_office(
            text("reviewer", "评委", "Reviewer", also=("姓名",)),
            number("mark", "分数", "Mark", "分", high=Decimal(100), also=("得分", "打分")),
        ),
        reference("seat", "评委名单", "Seat", "review_reviewers", status="derived"),
    ),
    key=("year", "quarter", "district", "reviewer"),
    title="reviewer",
    groups=("district",),
    seen="inner",
    complete=belongs(seat="reviewer"),
    checks=(
        Check("recusal", Column("seat.home") != F.district,
              "评委不评自己所属的旗县区，请删去这份打分", "a reviewer does not mark their own district: take this mark out"),
    ),
    about_zh="一个评委给一个旗县区一份分，0 到 100；不评自己的旗县区，不在名单上的不能打分。",
    about_en="One mark per reviewer and district, 0 to 100; none for their own, none by who is not on the list.",
)  # fmt: skip

OBJECTIONS = Register(
    "review_objections",
    "测评异议",
    "Objections",
    (
        *(replace(field, keeper="own") for field in (*_QUARTER, *_DISTRICT, *_ITEM)),
        day("raised_on", "提出日期", "Raised on", status="required"),
        text("reason", "异议", "Objection", status="required", also=("理由",)),
        replace(choice("ruling", "处理结论", "Ruling", RULINGS), keeper="office"),
        replace(text("answer", "答复", "Answer"), keeper="office"),
        day("due_on", "答复期限", "To be decided by", status="derived"),
        _LINE,
        reference("result", "公示结果", "Announced result", "review_results", status="derived"),
    ),
    key=("year", "quarter", "district", "item", "raised_on"),
    title="reason",
    unit="district",
    began="raised_on",
    groups=("district", "item", "ruling"),
    complete=objected,
    stages=(
        Stage("raised", "提出", "raised", due=due_decision),
        Stage("decided", "答复", "decided", ("ruling", "answer"), ("复核记录", "record of the review"),
              keeper="office", by_other=True),
    ),
    about_zh="公示以后旗县区对某一项得分的异议，几天内由没有经手的人答复；成立的改数重算。",
    about_en="A district's objection to an item once announced, decided in some days by another; upheld ones are recounted.",
)  # fmt: skip

RESULTS = Register(
    "review_results",
    "测评结果",
    "Results",
    (
        *(replace(field, status="derived") for field in (*_QUARTER, *_DISTRICT)),
        number("score", "总分", "Score", "分", status="derived"),
        integer("rank", "名次", "Rank", status="derived"),
        day("ends_on", "季末", "Quarter's end", status="derived"),
        day("until", "异议截止", "Objections until", status="derived"),
        number("announced", "公示总分", "Score announced", "分", status="derived"),
        integer("announced_rank", "公示名次", "Rank announced", status="derived"),
        text("why", "与公示不同的理由", "Why it differs", status="derived"),
    ),
    key=("year", "quarter", "district"),
    title="district",
    unit="district",
    groups=("district",),
    stages=(Stage("announced", "公示", "announced"), Stage("published", "公布", "published")),
    about_zh="由“公示”“公布”两个功能写下的总分和名次，不能手工填改；公布与公示不同的，两个都留着，并写明理由。",
    about_en="Scores and ranks as the acts announce and publish them, not written by hand; where the two differ both stay, with why.",
)

REGISTERS = (SHEET, REVIEWERS, FIGURES, MARKS, RESULTS, OBJECTIONS)
