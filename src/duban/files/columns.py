"""The columns of the decomposition table (任务分解表), declared once for all that write and read it.

The set is the union of what municipal notices and their annexed tables name: task, deputy mayor, lead and
responsible units, person in charge, quarterly nodes, deadline, source of data, evidence, who accepts.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `field` names it in code and JSON, `name` heads it, `width` is in characters of a sheet.

    `filled` columns are the office's to write; the others are facts of the report and never taken from a file.
    `also` are heads that offices use for the same column.
    """

    field: str
    name: str
    width: int
    filled: bool = False
    also: tuple[str, ...] = ()
    above: str = ""  # the head that spans several columns


LISTS = {
    "indicator": "经济指标",
    "quantified": "量化任务",
    "livelihood": "民生实事",
    "qualitative": "定性任务",
}
COLUMNS = (
    Column("id", "编号", 11, also=("承诺编号", "任务编号")),
    Column("n", "事项序号", 5, also=("事项号",)),
    Column("text", "报告原文", 36, also=("报告内容", "原文")),
    Column("place", "原文位置", 14, also=("位置", "章节")),
    Column("kind", "事项类型", 7, also=("类型",)),
    Column("category", "类别", 8, also=("事项类别", "台账类别")),
    Column("indicator", "指标", 18, also=("指标名称",)),
    Column("measure", "口径", 7, also=("计量",)),
    Column("base", "上年基数", 10, also=("基数",)),
    Column("target", "目标值", 11, also=("年度目标", "目标")),
    Column("head", "工作事项", 24, True, ("事项", "工作任务", "主要任务", "任务内容", "重点任务")),
    Column("goal", "事项目标", 10),  # of the item, as it counts now
    Column("first", "原定目标", 10),  # the one that it began with, for ever beside it
    Column("adjusted", "目标调整", 14),
    Column("leader", "分管市领导", 10, True, ("分管领导", "牵头领导", "责任领导")),
    Column("lead", "牵头单位", 13, True, ("牵头部门", "主责单位")),
    Column("partners", "责任单位", 18, True, ("配合单位", "协办单位", "责任部门", "配合部门", "参与单位")),
    Column("person", "责任人/联络员", 11, True, ("责任人", "联络员", "联系人")),
    Column("q1", "一季度", 10, True, ("第一季度", "1季度", "Q1"), "季度节点"),
    Column("q2", "二季度", 10, True, ("第二季度", "2季度", "Q2"), "季度节点"),
    Column("q3", "三季度", 10, True, ("第三季度", "3季度", "Q3"), "季度节点"),
    Column("q4", "四季度", 10, True, ("第四季度", "4季度", "Q4"), "季度节点"),
    Column("due", "完成时限", 11, True, ("时限", "完成时间", "办结时限")),
    Column("source", "数据来源", 10, True, ("来源",)),
    Column("cadence", "报送频次", 8, True, ("频次", "报送周期")),
    Column("evidence", "佐证要求", 10, True, ("佐证材料", "佐证")),
    Column("checker", "验收人", 9, True, ("验收单位", "核验单位")),
    Column("latest", "最新数值", 16),
    Column("status", "进度状态", 7),
    Column("light", "亮灯", 6),
    Column("why", "亮灯原因", 30),
    Column("note", "备注", 12, True, ("说明",)),
    Column("stamp", "制表依据", 8),  # the ledger's entry that the row was made from: `Stamp`
)
# Heads of further columns of units that a table may have beside 责任单位; offices then read "配合" as help only.
HELPERS = ("配合单位", "协办单位", "配合部门", "参与单位")
QUARTERS = ("q1", "q2", "q3", "q4")
FILLED = tuple(c.field for c in COLUMNS if c.filled)
GOALS = ("goal", "first", "adjusted")  # the ledger's: changed by an adjustment, never by a table
STATES = ("latest", "status", "light", "why")  # of the day the table was made for: not read back
_OURS = ("id", "n", "stamp", *GOALS, *STATES)
FACTS = tuple(c.field for c in COLUMNS if not c.filled and c.field not in _OURS)
NAMES = {c.field: c.name for c in COLUMNS}

KINDS = {
    "quantity": "定量",
    "milestone": "节点",
    "project": "项目",
    "designation": "争创",
    "mechanism": "机制",
    "work": "工作",
}
MEASURES = {
    "level": "总量",
    "increment": "增量",
    "growth": "增速",
    "change": "变动",
    "share": "占比",
    "rank": "位次",
    "duration": "时长",
}
SIGNS = {"ge": "≥", "le": "≤", "approx": "约"}
