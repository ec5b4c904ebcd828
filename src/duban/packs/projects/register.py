"""Projects, their money by month, and what stands in their way: fields, stages, checks."""

from decimal import Decimal

from duban.packs.projects.rules import due_cleared, due_entry, due_finish, due_start, gate, last_day
from duban.registers.expression import Column, F
from duban.registers.field import choice, day, integer, money, needed, point, reference, text, unit, yes
from duban.registers.register import Check, Register, Stage

KINDS = (("new", "新建", "new", "新开工"), ("continuing", "续建", "continuing", "结转"))
SECTORS = (
    ("industry", "产业类", "industrial", "产业"),
    ("infrastructure", "基础设施类", "infrastructure", "基础设施"),
    ("livelihood", "民生类", "livelihood", "民生", "社会民生类"),
)
NATURES = (  # of the works, as investment statistics have them; the values are OC4IDS project types
    ("construction", "新建", "new works"),
    ("expansion", "扩建", "expansion", "改扩建"),
    ("rehabilitation", "改建和技术改造", "rehabilitation", "改建", "技术改造", "技改"),
    ("replacement", "迁建", "relocation", "恢复"),
)
BRANCHES = (  # the values are OC4IDS sectors
    ("economy", "制造业及其他产业", "industry and trade", "制造业", "工业", "农业", "服务业"),
    ("energy", "能源", "energy", "电力"),
    ("transport", "交通", "transport", "交通运输"),
    ("communications", "信息通信", "communications", "信息"),
    ("waterAndWaste", "水利和环保", "water and waste", "水利", "环保"),
    ("education", "教育", "education"),
    ("health", "卫生", "health", "卫生健康"),
    ("socialHousing", "保障住房", "social housing", "住房"),
    ("cultureSportsAndRecreation", "文体旅游", "culture, sports and tourism", "文旅"),
)  # fmt: skip
ELEMENT_CODES = (
    ("land", "用地", "land", "土地"),
    ("energy", "用能", "energy", "用电", "能耗", "电力"),
    ("water", "用水", "water", "水资源"),
    ("labour", "用工", "labour", "人工"),
    ("finance", "资金", "finance", "融资"),
    ("permits", "手续", "permits", "审批", "前期手续"),
)
ONE_DISTRICT = (
    "旗县区与项目清单上的不一致，请核对项目编号和旗县区",
    "the district is not the one that the project's record has: check the project's number and the district",
)
_DISTRICT = unit("district", "旗县区", "District", also=("区县", "属地", "所在地区"))
_PROJECT = reference("project", "项目编号", "Project", "projects", also=("项目代码", "编号"))
_SAME = Check("district", F.district == Column("project.district"), *ONE_DISTRICT)

PROJECTS = Register(
    "projects",
    "重大项目",
    "Major projects",
    (
        *needed(
            text("code", "项目编号", "Project number", also=("项目代码", "编号"),
                 help_zh="一个项目从谋划到纳统只用一个编号", help_en="one number for a project's whole life"),
            text("name", "项目名称", "Name", also=("名称",)),
            _DISTRICT,
            integer("listed", "列入年度", "Listed for", keeper="office", low=Decimal(2000), high=Decimal(2100), also=("年度",)),
            choice("kind", "年度类型", "New or continuing", KINDS, keeper="office", also=("新续建", "项目类型")),
            choice("sector", "项目类别", "Sector", SECTORS, also=("类别",)),
        ),
        text("enterprise", "项目单位", "Developer", also=("建设单位", "投资主体", "企业名称")),
        unit("unit", "责任单位", "Unit answering for it", also=("牵头单位", "包联单位")),
        choice("nature", "建设性质", "Nature of works", NATURES),
        choice("branch", "所属行业", "Branch", BRANCHES, also=("行业",)),
        text("site", "建设地点", "Site", also=("地点", "园区")),
        point("place", "坐标", "Coordinates", also=("经纬度",)),
        text("content", "建设内容", "Scope", also=("建设内容及规模", "主要建设内容")),
        money("investment", "计划总投资", "Total investment", also=("总投资",)),
        money("year_plan", "年度计划投资", "Planned this year", also=("本年计划投资", "当年计划投资")),
        day("start_planned", "计划开工日期", "Start planned", also=("计划开工时间",)),
        day("finish_planned", "计划竣工日期", "Finish planned", also=("计划竣工时间",)),
        day("resumed_on", "本年复工日期", "At work again on", also=("复工时间", "复工日期")),
        text("platform_code", "审批平台代码", "Approval platform code", also=("投资项目统一代码", "在线平台代码")),
        text("base_code", "统计入库编号", "Statistics base number", also=("入库编号",)),
        text("company_code", "统一社会信用代码", "Company credit code", also=("信用代码",)),
        reference("phase_of", "属于哪个项目的后续分期", "Later phase of", "projects", keeper="office",
                  help_zh="填了的不再单独计数", help_en="a later phase is not counted by itself"),
        yes("separate", "已核实为独立项目", "Found to be a project of its own", keeper="office"),
        text("contact", "联系人", "Contact", seen="inner", also=("联系人及电话",)),
        day("gate_on", "开工（复工）期限", "Start or resume by", status="derived"),
    ),
    key=("code",),
    title="name",
    unit="unit",
    place="place",
    groups=("district", "sector", "kind", "branch", "unit"),
    complete=gate,
    stages=(
        Stage("planned", "谋划", "planned"),
        Stage("signed", "签约", "signed", ("enterprise", "investment"), due=due_start,
              proof=("投资协议或立项（审批、核准、备案）文件", "investment agreement or approval")),
        Stage("started", "开工", "started", ("platform_code", "place"), due=due_entry,
              proof=("施工许可证、开工令或注明时间地点的现场照片", "building permit, order to start or dated site photo")),
        Stage("entered", "入库", "in the statistics' base", ("base_code",), by_other=True, due=due_finish,
              proof=("统计入库审核通过记录", "record of the statistics office's approval")),
        Stage("completed", "竣工", "completed", by_other=True,
              proof=("竣工验收文件", "completion acceptance")),
        Stage("producing", "投产", "in production",
              proof=("首批产品发票或用电记录", "first invoices or electricity bills")),
        Stage("capacity", "达产", "at full capacity",
              proof=("按投资协议核验达产的材料（开票销售、税收）", "sales and tax against the agreement")),
        Stage("counted", "纳统", "in statistics", ("company_code",), by_other=True,
              proof=("统计名录库审核通过记录", "record of entry into the statistical directory")),
    ),
    checks=(
        Check("finish_after_start", F.finish_planned >= F.start_planned,
              "计划竣工早于计划开工，请改其一", "it is to finish before it starts: change one of the days"),
        Check("year_within_total", F.year_plan <= F.investment,
              "年度计划投资大于计划总投资，请核对数额和单位", "this year's plan exceeds the total: check figures and units"),
    ),
    about_zh="一个项目一条记录，从谋划到纳统；逐年更新列入年度和年度类型，各阶段日期不变。",
    about_en="One record a project, from idea to statistics; the year's list changes, the days of its stages do not.",
)  # fmt: skip

INVESTMENT = Register(
    "project_investment",
    "项目月度投资",
    "Projects' investment by month",
    (
        *needed(
            _PROJECT,
            integer("year", "年度", "Year", low=Decimal(2000), high=Decimal(2100), also=("年",)),
            integer("month", "月份", "Month", low=Decimal(1), high=Decimal(12), also=("月",)),
            _DISTRICT,
        ),
        money("planned", "计划投资", "Planned", also=("本月计划", "当月计划投资")),
        money("actual", "完成投资", "Done", also=("本月完成", "当月完成投资", "实际完成投资")),
        money("reported", "纳统投资", "Reported to statistics", also=("入统投资", "统计上报投资")),
        day("ends_on", "月末", "Month's end", status="derived"),
    ),
    key=("project", "year", "month"),
    title="project",
    unit="district",
    groups=("district", "project"),
    complete=last_day,
    checks=(_SAME,),
    about_zh="每个项目每月一行：计划、完成、纳统三个数，都是当月数，月末起计入。",
    about_en="A row per project and month: planned, done, reported; each the month's own, counted from its last day.",
)

ELEMENTS = Register(
    "project_elements",
    "要素保障",
    "What blocks projects",
    (
        *needed(
            _PROJECT,
            choice("element", "要素", "Element", ELEMENT_CODES, also=("要素类别", "问题类别")),
            text("blocker", "堵点", "What blocks it", also=("问题", "存在问题")),
            _DISTRICT,
            unit("owner", "责任单位", "Unit to clear it", also=("解决单位", "牵头单位")),
            day("since", "提出日期", "Since", also=("提出时间",)),
            day("due", "解决期限", "Due", also=("时限", "完成时限")),
        ),
        text("measure", "解决办法", "Measure", also=("措施", "下一步措施")),
    ),
    key=("project", "element", "since"),
    title="blocker",
    unit="owner",
    began="since",
    groups=("element", "owner", "district"),
    stages=(
        Stage("blocked", "待解决", "blocked", after=("cleared",), due=due_cleared),
        Stage("cleared", "已解决", "cleared", ("measure",), by_other=True,
              proof=("批复、合同或到位凭证", "decision, contract or voucher")),
    ),
    checks=(
        _SAME,
        Check("due_after_since", F.due >= F.since, "解决期限早于提出日期，请改其一", "it is due before it was raised: change one"),
    ),
    about_zh="用地、用能、用水、用工、资金、手续卡在哪里，谁来解决，什么时候提出、什么时候解决。",
    about_en="Where land, energy, water, labour, finance and permits stand in the way, who clears it, since and until when.",
)  # fmt: skip
