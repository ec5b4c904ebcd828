"""What is recounted of major projects: how many, started, finished, with how much money, and what is late or blocked."""

from datetime import date
from decimal import Decimal

from duban.registers.amount import Amount, count, distinct, ratio, share, total
from duban.registers.expression import DAY, END, START, Expression, F, reached
from duban.registers.indicator import Case, Indicator

LISTED = (F.listed == START.year) & ~F.phase_of.given
NEW, CONTINUING = F.kind == "new", F.kind == "continuing"
INDUSTRY = F.sector == "industry"
STARTED = reached("started") <= END
RESUMED = (F.resumed_on.year == START.year) & (F.resumed_on <= END)
_WAITS = ~reached("started").given | (reached("started") > END)
_AWAY = ~F.resumed_on.given | (F.resumed_on.year != START.year) | (F.resumed_on > END)
LATE = LISTED & (F.gate_on < END) & ((NEW & _WAITS) | (CONTINUING & _AWAY))
OPEN = F.stage == "blocked"
ENDED = F.ends_on.in_period
_YI = Decimal("0.0001")  # 万元 in 亿元

_P = {"listed": "2024", "gate_on": "2024-04-30", "kind": "new", "sector": "industry"}
_PROJECTS = (
    {**_P, "code": "1", "stage": "producing", "at_started": "2024-03-10", "at_completed": "2024-09-20",
     "at_producing": "2024-10-08"},
    {**_P, "code": "2", "sector": "livelihood", "stage": "signed"},
    {**_P, "code": "3", "kind": "continuing", "gate_on": "2024-03-31", "stage": "completed", "at_started": "2023-05-01",
     "at_completed": "2024-06-30", "resumed_on": "2024-03-20"},
    {**_P, "code": "4", "kind": "continuing", "gate_on": "2024-03-31", "sector": "infrastructure", "stage": "started",
     "at_started": "2023-05-01", "resumed_on": "2023-03-20"},
    {**_P, "code": "5", "stage": "counted", "at_started": "2024-05-02", "at_completed": "2024-07-01",
     "at_producing": "2024-07-20", "at_counted": "2024-10-01"},
    {**_P, "code": "6", "phase_of": "1", "stage": "completed", "at_started": "2024-05-01", "at_completed": "2024-10-01"},
    {**_P, "code": "7", "listed": "2023", "gate_on": "", "stage": "signed"},
)  # fmt: skip
_MONTHS = (
    {"project": "1", "ends_on": "2024-01-31", "planned": "10000", "actual": "8000", "reported": "7000"},
    {"project": "1", "ends_on": "2024-02-29", "planned": "20000", "actual": "25000", "reported": "20000"},
    {"project": "2", "ends_on": "2024-02-29", "planned": "3000"},
    {"project": "1", "ends_on": "2024-12-31", "planned": "50000"},
)
_BLOCKERS = (
    {"project": "1", "element": "land", "stage": "blocked", "due": "2024-09-01"},
    {"project": "1", "element": "energy", "stage": "blocked", "due": "2024-11-30"},
    {"project": "2", "element": "permits", "stage": "cleared", "due": "2024-09-01"},
)
_DAY = date(2024, 10, 20)
_STAGE = "项目阶段以证据为准，一个项目只计一次；后续分期不单独计数"


def _projects(
    name: str, zh: str, en: str, where: Expression, value: str, words: tuple[str, ...] = (), source: str = _STAGE,
    *, less: bool = False,
) -> Indicator:  # fmt: skip
    return Indicator(name, zh, en, "projects", count(where), "increment", "个", source, words, less,
                     cases=(Case(_PROJECTS, "2024", _DAY, value),))  # fmt: skip


def _share(
    name: str, zh: str, en: str, of: Expression, among: Expression, value: str, source: str, *words: str
) -> Indicator:
    return Indicator(name, zh, en, "projects", share(of, among), "share", "%", source, words,
                     cases=(Case(_PROJECTS, "2024", _DAY, value),))  # fmt: skip


def _money(
    name: str, zh: str, en: str, of: Amount, measure: str, unit: str, value: str, source: str, *words: str
) -> Indicator:
    return Indicator(name, zh, en, "project_investment", of, measure, unit, source, words,
                     cases=(Case(_MONTHS, "2024", _DAY, value),))  # fmt: skip


def _blocked(name: str, zh: str, en: str, of: Amount, unit: str, value: str) -> Indicator:
    source = "提出未解决即为受阻；解决须有凭证，并由办理单位以外的人确认"
    return Indicator(name, zh, en, "project_elements", of, "level", unit, source, less_is_better=True,
                     cases=(Case(_BLOCKERS, "2024", _DAY, value),))  # fmt: skip


_LIST = "列入年度清单的项目，一个项目只计一次"
_GATE = "新建项目四月底前开工、续建项目三月底前复工（期限见门槛数）；到期未开工、未复工的为逾期"
INDICATORS = (
    _projects("listed", "重大项目数", "major projects", LISTED, "5", ("重大项目", "实施重大项目", "亿元以上重大项目"), _LIST),
    _projects("listed_industry", "产业类重大项目数", "industrial major projects", LISTED & INDUSTRY, "3",
              ("产业类项目", "产业类"), _LIST),
    _projects("listed_infrastructure", "基础设施类重大项目数", "infrastructure major projects",
              LISTED & (F.sector == "infrastructure"), "1", ("基础设施类项目", "基础设施类"), _LIST),
    _projects("listed_livelihood", "民生类重大项目数", "livelihood major projects",
              LISTED & (F.sector == "livelihood"), "1", ("民生类项目", "民生类"), _LIST),
    _projects("large", "10亿元以上项目数", "projects of 1 billion yuan or more", LISTED & (F.investment >= 100_000), "0",
              ("10亿元以上项目",), _LIST),
    _projects("started", "新开工项目数", "projects started", LISTED & reached("started").in_period, "2",
              ("新开工项目", "开工项目")),
    _projects("completed", "竣工项目数", "projects completed", LISTED & reached("completed").in_period, "3",
              ("竣工项目", "项目竣工")),
    _projects("completed_industry", "产业类竣工项目数", "industrial projects completed",
              LISTED & INDUSTRY & reached("completed").in_period, "3", ("产业类竣工项目", "含产业类项目")),
    _projects("producing", "投产项目数", "projects gone into production", LISTED & reached("producing").in_period, "2",
              ("投产项目",)),
    _projects("counted", "纳统项目数", "projects whose firm entered the statistics",
              LISTED & reached("counted").in_period, "1", ("纳统项目", "入统项目")),
    _projects("late", "逾期未开工未复工项目数", "projects late to start or resume", LATE, "2", source=_GATE, less=True),
    _projects("started_late", "逾期后才开工项目数", "projects started past their gate",
              LISTED & NEW & (reached("started") > F.gate_on), "1", source=_GATE, less=True),
    _share("new_share", "新建项目占比", "share of new projects", NEW, LISTED, "60",
           "新建项目占比＝年度清单中新建项目数÷年度清单项目数", "新建项目占比"),
    _share("industrial_share", "产业类项目占比", "share of industrial projects", INDUSTRY, LISTED, "60",
           "产业类项目占比＝年度清单中产业类项目数÷年度清单项目数", "产业类项目占比", "产业项目占比"),
    _share("start_rate", "新建项目开工率", "start rate of new projects", STARTED, LISTED & NEW, "66.6666666667",
           "开工率＝已开工的新建项目数÷年度清单中新建项目数", "新建项目开工率", "开工率"),
    _share("resume_rate", "续建项目复工率", "resumption rate of continuing projects", RESUMED, LISTED & CONTINUING, "50",
           "复工率＝本年已复工的续建项目数÷年度清单中续建项目数", "续建项目复工率", "复工率"),
    _money("invested", "重大项目完成投资", "investment done", total(F.actual, ENDED) * _YI, "increment", "亿元", "3.3",
           "完成投资＝已结束各月完成投资之和", "年度投资", "完成投资", "重大项目完成投资"),
    _money("plan_rate", "计划投资完成率", "done of planned", ratio(total(F.actual, ENDED), total(F.planned, ENDED)),
           "share", "%", "100", "完成率＝已结束各月完成投资÷同期计划投资；没有报送的月份照计计划", "投资完成率"),
    _money("reported_rate", "纳统率", "reported of done", ratio(total(F.reported, ENDED), total(F.actual, ENDED)),
           "share", "%", "81.8181818182", "纳统率＝纳统投资÷完成投资；先入库、后有数", "投资纳统率"),
    _money("unreported", "未报月数", "months not reported", count(ENDED & ~F.actual.given), "level", "个", "1",
           "已结束而没有填完成投资的项目月数；没有报不等于零"),
    _blocked("blocked", "受阻项目数", "projects blocked", distinct(F.project, OPEN), "个", "1"),
    _blocked("overdue_blockers", "超期未解决堵点数", "blockers past their date", count(OPEN & (F.due < DAY)), "个", "1"),
)  # fmt: skip
