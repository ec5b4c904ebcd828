"""The enterprise ladder (梯度培育): which conditions each firm meets, what it misses, who is on the way, when batches close."""

from duban.packs.ladder.indicators import INDICATORS
from duban.packs.ladder.levels import THRESHOLDS
from duban.packs.ladder.page import beside, page
from duban.packs.ladder.register import FIRMS, RECOGNITIONS
from duban.packs.ladder.rules import shortlist
from duban.registers.pack import Act, Pack

PACK = Pack(
    "ladder",
    "企业梯度培育",
    "Enterprise ladder",
    about_zh="个转企、小升规、规改股、股上市和科技型、高新、专精特新、小巨人：每户够哪几级、差什么，按批申报和纳统。",
    about_en="From individual business to listed company, from technology SME to little giant: met, missing, on the way.",
    registers=(FIRMS, RECOGNITIONS),
    indicators=INDICATORS,
    thresholds=THRESHOLDS,
    acts=(
        Act(
            "shortlist",
            "把够条件的列入培育",
            "Shortlist who is ready",
            (),
            shortlist,
            help_zh="逐户对照各级条件，够的列入今年培育库。",
            help_en="Holds every firm against every level and makes candidates of those who are ready.",
        ),
    ),
    page=page,
    beside=beside,
    leaves_zh=(
        "专家打分的指标（如高新技术企业创新能力评价）不算",
        "规改股、股上市的法定条件不判断，只记进度",
        "不替代主管部门的认定",
    ),
    leaves_en=(
        "what experts score is not reckoned",
        "legal conditions of share reform and listing are not judged, only the way is kept",
        "does not replace the authorities' recognition",
    ),
)
