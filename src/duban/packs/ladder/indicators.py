"""What is recounted: recognitions of each level in the period, and how many are on the way."""

from datetime import date

from duban.packs.ladder.levels import LEVELS
from duban.registers.amount import count
from duban.registers.expression import F, reached
from duban.registers.indicator import Case, Indicator

_ROW = {"firm": "a", "year": "2024", "stage": "recognised", "at_recognised": "2024-06-05"}
_DAY = date(2024, 12, 31)
_WORDS = {
    "company": ("个转企",), "above_scale": ("新增规上企业", "规上企业", "小升规", "规上工业企业", "规模以上工业企业", "纳统企业"),
    "shares": ("规改股",), "listed": ("上市企业", "股上市"), "tech_sme": ("科技型中小企业",),
    "high_tech": ("高新技术企业", "国家高新技术企业"), "srdi": ("专精特新中小企业", "专精特新企业"),
    "giant": ("专精特新“小巨人”企业", "小巨人企业"),
}  # fmt: skip


def _new(name: str, zh: str, en: str) -> Indicator:
    rows = ({**_ROW, "level": name}, {**_ROW, "level": name, "firm": "b", "at_recognised": "2023-06-05"},
            {**_ROW, "level": name, "firm": "c", "stage": "filed", "at_recognised": ""})  # fmt: skip
    return Indicator(
        f"new_{name}", f"新认定{zh}", f"newly recognised: {en}", "recognitions",
        count((F.level == name) & reached("recognised").in_period), "increment", "户",
        "认定公告或纳统批复的日期在本期内，一户一层级计一次", _WORDS[name], cases=(Case(rows, "2024", _DAY, "1"),),
    )  # fmt: skip


_ON_THE_WAY = F.stage.among("candidate", "filed")

INDICATORS = (
    *(_new(level.name, level.zh, level.en) for level in LEVELS),
    Indicator("on_the_way", "在培育企业", "firms on the way", "recognitions", count(_ON_THE_WAY), "level", "户",
              "入库和申报阶段的记录数：纳统按批，平时看的是储备", ("准规上企业", "培育库企业"),
              cases=(Case(({**_ROW, "level": "giant", "stage": "filed", "at_recognised": ""}, {**_ROW, "level": "giant"}),
                          "2024", _DAY, "1"),)),
)  # fmt: skip
