"""Random inspection (双随机、一公开): objects and inspectors drawn by lot, anyone can repeat the draw, results in the open."""

from duban.packs.inspection.indicators import INDICATORS
from duban.packs.inspection.page import page
from duban.packs.inspection.register import INSPECTIONS, INSPECTORS, OBJECTS, PLANS, RECUSALS
from duban.packs.inspection.rules import THRESHOLDS, draw, freeze
from duban.registers.field import day, needed, reference, text
from duban.registers.pack import Act, Pack

_PLAN = reference("plan", "抽查任务", "Task", "plans")
_SOURCE = text("source", "随机数取自", "The number comes from", help_zh="谁都能查到的数，如 3月5日福彩3D开奖号码",
               help_en="what all can look up, such as the lottery numbers of 5 March")  # fmt: skip
_ON = day("source_on", "公布日期", "Published on", help_zh="须在今天以后", help_en="after today")

PACK = Pack(
    "inspection",
    "双随机、一公开",
    "Random inspection",
    about_zh="两个名录库、一份清单：分级抽取对象，按回避配对人员，联合检查只上门一次，结果按期公示，抽取谁都能复算。",
    about_en="Two libraries, one list: objects drawn by class, inspectors paired with recusal, joint visits, results published.",
    registers=(OBJECTS, INSPECTORS, RECUSALS, PLANS, INSPECTIONS),
    indicators=INDICATORS,
    thresholds=THRESHOLDS,
    acts=(
        Act("freeze", "封存名单", "Freeze the lists", needed(_PLAN, _SOURCE, _ON), freeze,
            help_zh="写下名单的封签，并说定以后用哪个公开的数；封存以后才去取随机数。",
            help_en="Writes the hash of the lists and says which public number will decide; fetch the number only after."),
        Act("draw", "抽取", "Draw", needed(_PLAN, text("nonce", "公布的随机数", "Published number",
            help_zh="封存之后才公布、谁都能查到的数，如次日开奖号码、收盘指数", help_en="published after the freezing, for all to see: tomorrow's lottery numbers, a closing index")),
            draw, help_zh="按封存的名单和随机数抽取对象、配对人员。", help_en="Draws objects and pairs from the frozen lists and the number."),
    ),
    page=page,
    leaves_zh=("不替代执法文书", "不自动取外部随机数，由人填写并公开", "名单在封存后变动，须重新封存"),
    leaves_en=("does not write enforcement papers", "does not fetch the number: a person enters and publishes it",
               "lists that change after freezing must be frozen again"),
)  # fmt: skip
