"""Motions and proposals (建议提案): received, assigned, answered in time, judged by those who made them.

Answered is not solved: the share in class A stands beside the answer rate everywhere.
"""

from duban.packs.motions.indicators import INDICATORS
from duban.packs.motions.page import page
from duban.packs.motions.register import MOTIONS
from duban.packs.motions.rules import THRESHOLDS
from duban.registers.pack import Pack

PACK = Pack(
    "motions",
    "建议提案办理",
    "Motions and proposals",
    about_zh="代表建议和政协提案从收到、交办、答复到反馈；办复率旁边总有解决率。",
    about_en="Motions and proposals from receipt to judgement; the solved rate stands beside the answer rate.",
    registers=(MOTIONS,),
    indicators=INDICATORS,
    thresholds=THRESHOLDS,
    page=page,
    leaves_zh=("不存建议和答复的全文", "不判断答复的质量，只记代表和委员的反馈"),
    leaves_en=("does not keep the full texts", "does not judge a reply, only records what its maker said"),
)
