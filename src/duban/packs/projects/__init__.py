"""Major projects (重大项目): one project once, from idea to output, with its money by month and what stands in its way."""

from duban.packs.projects.indicators import INDICATORS
from duban.packs.projects.oc4ids import package
from duban.packs.projects.page import beside, page
from duban.packs.projects.register import ELEMENTS, INVESTMENT, PROJECTS
from duban.packs.projects.rules import THRESHOLDS
from duban.packs.projects.twins import suggests
from duban.registers.pack import Export, Pack

PACK = Pack(
    "projects",
    "重大项目",
    "Major projects",
    about_zh="重大项目从谋划到纳统，一步一证、一步不跳、一个项目只计一次；按月看计划、完成和纳统投资，按要素看谁卡在哪里。",
    about_en="Major projects from idea to statistics, every step proved; money by month, and what blocks whom since when.",
    registers=(PROJECTS, INVESTMENT, ELEMENTS),
    indicators=INDICATORS,
    thresholds=THRESHOLDS,
    exports=(Export("oc4ids", "OC4IDS 开放数据（0.9）", "OC4IDS open data (0.9)", package),),
    suggests=suggests,
    page=page,
    beside=beside,
    leaves_zh=(
        "不存合同、批文全文，只记编号或附件",
        "不算固定资产投资增速：增速以统计部门公布为准，不能用两个总量相除",
        "达产在纳统之前登记；先纳统后达产的企业，待达产时一并登记",
    ),
    leaves_en=(
        "does not keep contracts and approvals, only their numbers or files",
        "does not work out the growth of fixed-asset investment: that is published by the statistics office",
        "full capacity comes before entry into statistics; a firm counted earlier is entered when it reaches capacity",
    ),
)
