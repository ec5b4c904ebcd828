"""Two registers: firms with the figures that conditions look at, and each firm's way to a recognition."""

from dataclasses import replace
from datetime import date

from duban.packs.ladder.levels import LEVELS, THRESHOLDS
from duban.registers.expression import F
from duban.registers.field import Field, choice, day, integer, money, needed, number, reference, text, yes
from duban.registers.register import Check, Register, Stage, Values

SECTORS = (
    ("industry", "工业", "industry"), ("wholesale", "批发", "wholesale"), ("retail", "零售", "retail"),
    ("catering", "住宿餐饮", "hotels and catering", "餐饮", "住宿"), ("construction", "建筑业", "construction", "建筑"),
    ("estate", "房地产开发", "real estate", "房地产"), ("transport", "交通运输仓储", "transport and storage", "交通运输"),
    ("software", "信息软件", "information and software", "软件"), ("leasing", "租赁商务", "leasing and business", "科研技术"),
    ("education", "教育", "education"), ("property", "物业和房产中介", "property services", "物业"),
    ("resident", "居民服务", "services to residents"), ("culture", "文体娱乐", "culture and sports"),
)  # fmt: skip


def _own(*fields: Field) -> tuple[Field, ...]:
    """Figures of a firm that are nobody else's to see."""
    return tuple(replace(field, seen="own") for field in fields)


FIRMS = Register(
    "firms", "培育企业库", "Firms",
    (
        *needed(text("code", "统一社会信用代码", "Credit code", also=("信用代码",)),
                text("name", "企业名称", "Firm", also=("名称",))),
        text("district", "旗县区", "District", also=("属地",)),
        choice("sector", "行业门类", "Sector", SECTORS, also=("行业",)),
        yes("individual", "个体工商户", "Individual business"),
        day("founded", "注册日期", "Registered on", also=("成立日期",)),
        yes("in_statistics", "已纳统", "In the statistics", also=("是否规上",)),
        yes("share_company", "已股改", "Share company"),
        yes("qualified", "有资质或开发活动", "Qualified or developing"),
        *_own(
            money("revenue", "年营业收入", "Revenue", also=("主营业务收入", "营业收入")),
            money("revenue_3y", "近三年销售收入", "Sales of three years"),
            money("cost", "年成本费用", "Costs"),
            money("assets", "资产总额", "Assets"),
            integer("staff", "职工总数", "Staff", "人"),
            integer("rd_staff", "研发人员", "Research staff", "人"),
            integer("tech_staff", "科技人员", "Technical staff", "人"),
            money("rd", "年研发费用", "R&D", also=("研发费用",)),
            money("rd_3y", "近三年研发费用", "R&D of three years"),
            number("rd_china", "境内研发占比", "R&D done in China", "%", high=100),
            number("tech_income", "高新产品收入占比", "High-tech income", "%", high=100),
            integer("ip_first", "Ⅰ类知识产权", "Rights of class I", "项", also=("发明专利",)),
            integer("ip_second", "Ⅱ类知识产权", "Rights of class II", "项"),
            money("equity", "两年内新增股权融资", "New equity of two years"),
            integer("niche_years", "从事细分市场年数", "Years in its niche", "年"),
            number("niche_share", "细分市场全国占有率", "National share of its niche", "%", high=100),
            number("main_share", "主营收入占比", "Share of main revenue", "%", high=100),
            number("growth_2y", "近两年主营收入平均增速", "Growth of two years", "%", low=-100),
            number("debt", "资产负债率", "Debt of assets", "%"),
            number("srdi_score", "专精特新评价得分", "Score for specialised SMEs", "分", high=100),
            yes("accident", "一年内有重大事故", "Grave accident within a year"),
            yes("record", "有严重失信或违法", "Serious record"),
        ),
    ),
    key=("code",), title="name", groups=("district", "sector"),
    checks=(Check("staff", F.rd_staff <= F.staff, "研发人员多于职工总数，请核对", "more research staff than staff: check both"),),
    about_zh="每家企业一条；经营数字只有督查室和有权的人看得到，用来对照各级条件。",
    about_en="One record a firm; its figures are not public and are held against the conditions of each level.",
)  # fmt: skip


def due_batch(values: Values, since: date) -> date | None:
    """The next day on which papers for this level are handed in, where its batches are known."""
    days = THRESHOLDS.value("above_scale_batches", since) if values.get("level") == "above_scale" else ()
    ahead = [date(year, *map(int, told.split("-"))) for year in (since.year, since.year + 1) for told in days]
    return next((one for one in sorted(ahead) if one >= since), None)


RECOGNITIONS = Register(
    "recognitions", "梯度培育", "The way up",
    (
        *needed(reference("firm", "企业", "Firm", "firms", also=("统一社会信用代码",)),
                choice("level", "层级", "Level", tuple((one.name, one.zh, one.en) for one in LEVELS), also=("类型",)),
                text("year", "年度", "Year", help_zh="如 2024", help_en="such as 2024")),
        text("district", "旗县区", "District", also=("属地",)),
        text("paper", "认定文号", "Paper of recognition", also=("证书编号", "公告文号")),
    ),
    key=("firm", "level", "year"), title="firm", groups=("level", "district", "year"),
    stages=(
        Stage("candidate", "入库培育", "candidate"),
        Stage("dropped", "退出", "dropped", after=("candidate", "filed")),
        Stage("filed", "申报", "filed", after=("candidate", "dropped"), due=due_batch),
        Stage("recognised", "认定", "recognised", ("paper",), ("认定公告或纳统批复", "notice of recognition"),
              after=("filed",), keeper="office"),
    ),
    about_zh="谁在往上走：入库、申报、认定都有日期；小升规的认定就是纳统。",
    about_en="Who is on the way up: candidate, filed, recognised, each with its day.",
)  # fmt: skip
