"""The tables of the site's data, declared once: CSV heads, the schema of the data package and of SQLite come from here."""

from dataclasses import dataclass

# SQLite's type for each type of the Table Schema (https://specs.frictionlessdata.io/table-schema/).
AFFINITY = {"string": "TEXT", "number": "NUMERIC", "integer": "INTEGER", "date": "TEXT", "datetime": "TEXT", "boolean": "INTEGER"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A column: name, type of the Table Schema, what it means in Chinese and English."""

    name: str
    type: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its key and what it points at: (column, table, its column)."""

    name: str
    zh: str
    en: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    points: tuple[tuple[str, str, str], ...] = ()


def _columns(text: str) -> tuple[Column, ...]:
    found = []
    for line in text.strip().splitlines():
        name, type_, zh, en = (part.strip() for part in line.split("|"))
        found.append(Column(name, type_, zh, en))
    return tuple(found)


_OF_COMMITMENT = (("commitment", "commitments", "id"),)
_OF_ITEM = (("item", "items", "key"),)

TABLES = (
    Table("commitments", "承诺", "Commitments", _columns("""
        id | string | 编号 | number
        kind | string | 类型 | kind
        category | string | 类别 | list of work
        action_no | integer | 行动序号 | number of the action
        action | string | 行动 | action
        work | string | 工作 | work
        head | string | 事项 | what is promised, in short
        text | string | 报告原文 | the report's own words
        start | integer | 起始字符 | first character in the text
        end | integer | 结束字符 | after the last character in the text
        due | string | 时限 | when it is due
        state | string | 状态 | state of its worst item
        light | string | 亮灯 | light of its worst item
        verdict | string | 交账结论 | verdict of the settlement
        page | string | 页面 | its page in this site
    """), ("id",)),
    Table("claims", "数字", "Numbers", _columns("""
        id | string | 编号 | number
        commitment | string | 承诺 | commitment
        indicator | string | 指标 | indicator
        measure | string | 计量 | measure
        comparator | string | 比较 | comparator
        value | number | 数值 | value
        high | number | 上限 | upper end of a range
        unit | string | 单位 | unit of measurement
        due | string | 时限 | when it is due
        start | integer | 起始字符 | first character in the text
        end | integer | 结束字符 | after the last character in the text
    """), ("id", "commitment"), _OF_COMMITMENT),
    Table("items", "工作事项", "Work items", _columns("""
        key | string | 编号 | key
        commitment | string | 承诺 | commitment
        n | integer | 序号 | number under the commitment
        head | string | 事项 | what is to be done
        lead | string | 牵头单位 | leading unit
        partners | string | 责任单位 | other units
        checker | string | 验收单位 | who checks it
        due | string | 完成时限 | when it is due
        state | string | 状态 | state
        light | string | 亮灯 | light
        reason_zh | string | 理由（中文） | reason in Chinese
        reason_en | string | 理由（英文） | reason in English
        rule | string | 亮灯规则 | the profile whose rule decided
        measure | string | 计量 | measure
        target | number | 目标值 | target that counts now
        target_high | number | 目标上限 | upper end of a range
        comparator | string | 比较 | comparator
        unit | string | 计量单位 | unit of measurement
        original | number | 原定目标 | the target that it began with
        latest_period | string | 最新所属期 | period of the latest figure
        latest | number | 最新数值 | latest figure
    """), ("key",), _OF_COMMITMENT),
    Table("figures", "各期数值", "Figures", _columns("""
        item | string | 事项 | item
        period | string | 所属期 | period
        value | number | 数值 | value
        unit | string | 计量单位 | unit of measurement
        origin | string | 来源类别 | origin: statistics, register or unit
        source | string | 来源 | source
        published | date | 发布日期 | day of publication
        entry | integer | 记账序号 | number of the entry
    """), ("item", "period"), _OF_ITEM),
    Table("adjustments", "目标调整", "Changes of targets", _columns("""
        item | string | 事项 | item
        day | date | 日期 | day
        value | number | 新目标 | new target
        unit | string | 计量单位 | unit of measurement
        authority | string | 依据 | on whose authority
        reason | string | 理由 | reason
        entry | integer | 记账序号 | number of the entry
    """), ("entry",), _OF_ITEM),
    Table("verdicts", "交账结论", "Verdicts", _columns("""
        commitment | string | 承诺 | commitment
        verdict | string | 结论 | verdict that stands
        by_rule | string | 按规则的结论 | verdict by the rules
        by_person | boolean | 经人工改判 | overruled by a person
        reason_zh | string | 理由（中文） | the rule's reason in Chinese
        reason_en | string | 理由（英文） | the rule's reason in English
        entry | integer | 记账序号 | number of the entry
    """), ("commitment",), _OF_COMMITMENT),
    Table("units", "单位", "Units", _columns("""
        code | string | 编码 | code
        name | string | 名称 | name
        kind | string | 类别 | kind
        parent | string | 上级单位 | unit above
        closed | boolean | 已撤销 | no more
    """), ("code",)),
    Table("entries", "公开的记账", "Open entries", _columns("""
        seq | integer | 序号 | number
        commitment | string | 承诺 | commitment
        day | date | 生效日期 | day that it counts for
        written | datetime | 写入时间 | instant of writing
        kind | string | 种类 | kind
        account | string | 科目 | account
        unit | string | 单位 | unit that wrote it
        proof | string | 证明文件 | file with its proof
    """), ("seq", "commitment"), _OF_COMMITMENT),
    Table("roots", "每日账根", "Roots by day", _columns("""
        day | date | 日期 | day
        size | integer | 条数 | entries as the day ended
        root | string | 根 | root
    """), ("day",)),
)  # fmt: skip
