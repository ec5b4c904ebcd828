"""Livelihood items (民生实事): people propose, deputies choose, the government does, both mark it."""

from duban.packs.livelihood.indicators import INDICATORS
from duban.packs.livelihood.page import page
from duban.packs.livelihood.register import ITEMS, OPINIONS, WISHES
from duban.packs.livelihood.rules import THRESHOLDS, tally
from duban.registers.field import integer, needed, text
from duban.registers.pack import Act, Pack

PACK = Pack(
    "livelihood",
    "民生实事",
    "Livelihood items",
    about_zh="群众提、代表定、政府办、公众评：征集、差额票决、实施、验收，代表和群众分别打分。",
    about_en="People propose, deputies choose from more than can win, the government does it, both mark it apart.",
    registers=(WISHES, ITEMS, OPINIONS),
    indicators=INDICATORS,
    thresholds=THRESHOLDS,
    acts=(
        Act(
            "tally",
            "计票",
            "Settle the ballot",
            needed(
                text("year", "年度", "For the year"),
                integer("places", "名额", "Places", "个"),
                integer("present", "到会代表", "Deputies present", "人"),
            ),
            tally,
            help_zh="过半数且票多者当选，自动列入民生实事；名额边上票数相同的要再投。",
            help_en="More than half and the most votes win and become items; a tie at the border needs another ballot.",
        ),
    ),
    page=page,
    leaves_zh=("不做网上投票，只记票数", "群众评价由督查室收集后录入", "不判断项目该不该做"),
    leaves_en=("holds no ballot online, only keeps the votes", "citizens' marks are entered by the office", "does not judge what should be done"),
)  # fmt: skip
