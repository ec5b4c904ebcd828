"""The columns of the filing sheet (填报表), declared once for what writes and what reads it."""

from duban.files.columns import Column

FILING_COLUMNS = (
    Column("id", "事项编号", 12, also=("编号", "事项号")),
    Column("head", "工作事项", 26),
    Column("indicator", "指标", 16, also=("指标名称",)),
    Column("target", "目标值", 16, also=("年度目标",)),
    Column("period", "所属期", 15, also=("报告期", "期间")),
    Column("due", "应报日期", 11),
    Column("last", "上期数", 10),
    Column("goal", "计划应到", 10),
    Column("value", "数值", 11, filled=True, also=("本期数", "完成值", "累计完成")),
    Column("numerator", "分子", 9, filled=True, above="占比"),
    Column("denominator", "分母", 9, filled=True, above="占比"),
    Column("unit", "计量单位", 8),
    Column("progress", "进展情况", 26, filled=True, also=("工作进展",)),
    Column("problems", "存在问题", 20, filled=True),
    Column("next_step", "下一步措施", 20, filled=True, also=("下一步工作",)),
    Column("reference", "佐证编号", 16, filled=True, also=("佐证", "佐证材料")),
)
FIGURES = ("value", "numerator", "denominator")
NOTES = ("progress", "problems", "next_step", "reference")
FILING_NAMES = {column.field: column.name for column in FILING_COLUMNS}
KNOWN = sum(not column.filled for column in FILING_COLUMNS)  # cells of a row that are filled in already
HINT = "填写说明"
HINTS = {
    "id": HINT,
    "period": "浅色列已填好，不用改",
    "value": "只填数字；是 0 就填 0，没有数就空着",
    "numerator": "占比填分子",
    "denominator": "和分母，自动计算",
    "progress": "数值已说明的不用写",
    "reference": "文号、入库号、验收单号",
}
