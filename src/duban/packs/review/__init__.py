"""Quarterly review of major projects (季度观摩测评): a sheet as data, marks with recusal, a ranking that says what moved it."""

from duban.packs.review.acts import ACTS
from duban.packs.review.indicators import INDICATORS
from duban.packs.review.page import page
from duban.packs.review.register import REGISTERS
from duban.packs.review.rules import THRESHOLDS
from duban.registers.pack import Pack

PACK = Pack(
    "review",
    "季度观摩测评",
    "Quarterly review",
    about_zh="评分表就是数据：每季度看什么、各占几分、怎样算满分都写在表里；评委不评自己的旗县区，排名说得出为什么变。",
    about_en="The scoring sheet is data; nobody marks their own district; a ranking says what moved it.",
    registers=REGISTERS,
    indicators=INDICATORS,
    thresholds=THRESHOLDS,
    acts=ACTS,
    page=page,
    leaves_zh=(
        "不给人打分，只评旗县区；评委的姓名和分数不公开",
        "不替城市定权重：例子里的评分表是示例",
        "不自动取别的系统的数：测评数据由办公室录入并注明来源",
    ),
    leaves_en=(
        "scores districts and no persons; reviewers' names and marks are not public",
        "sets no weights for a city: the example's sheet is an example",
        "takes no figures from other systems by itself: the office enters them with their source",
    ),
)
