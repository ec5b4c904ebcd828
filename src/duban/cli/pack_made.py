"""The files of a new pack: a register of parks with one indicator, to be written over."""

_NAMES = "{name}"  # what stands for the pack's name in the files below

_FILES = {
    "pyproject.toml": """[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "duban-{name}"
version = "0.1.0"
description = "A pack for duban"
requires-python = ">=3.11"
dependencies = ["duban"]

[project.entry-points."duban.packs"]
{name} = "duban_{name}:PACK"

[tool.hatch.build.targets.wheel]
packages = ["src/duban_{name}"]
""",
    "src/duban_{name}/__init__.py": '''"""口袋公园：从选址、开工到建成开放。"""

from duban_{name}.indicators import INDICATORS
from duban_{name}.register import {NAME}
from duban.registers.pack import Pack

PACK = Pack(
    "{name}", "口袋公园", "Pocket parks",
    about_zh="口袋公园从选址、开工到开放；建成以开放为准。",
    about_en="Pocket parks from the choice of a place to opening; a park counts once it is open.",
    registers=({NAME},),
    indicators=INDICATORS,
    leaves_zh=("不存图纸",),
    leaves_en=("does not keep plans",),
)
''',
    "src/duban_{name}/register.py": '''"""台账：栏目、阶段和核对，说一次，表单、Excel、检查和文档都由它来。"""

from duban.registers.expression import F
from duban.registers.field import choice, day, money, needed, number, text, unit
from duban.registers.register import Check, Register, Stage

KINDS = (("new", "新建", "new"), ("rebuilt", "改造", "rebuilt"))

{NAME} = Register(
    "{name}", "口袋公园", "Pocket parks",
    (
        *needed(
            text("code", "编号", "Code"),
            text("subject", "名称", "Name", also=("公园名称",)),
            choice("kind", "性质", "Kind", KINDS),
            day("chosen_on", "选址日期", "Chosen on"),
        ),
        unit("unit", "责任单位", "Lead unit", also=("牵头单位",)),
        number("area", "面积", "Area", "平方米"),
        money("cost", "投资", "Cost", help_zh="批复概算", help_en="as approved"),
        money("paid", "已支付", "Paid"),
    ),
    key=("code",), title="subject", unit="unit", began="chosen_on", groups=("unit", "kind"),
    stages=(
        Stage("chosen", "选址", "chosen"),
        Stage("started", "开工", "started", requires=("unit",)),
        Stage("opened", "开放", "opened", proof=("验收单", "acceptance sheet"), by_other=True),
    ),
    checks=(
        Check("paid_within", F.paid <= F.cost, "已支付大于投资，请核对金额", "more is paid than it costs: check both"),
    ),
)
''',
    "src/duban_{name}/indicators.py": '''"""指标：数据写成，自己说得清；每个带依据和算例。"""

from datetime import date

from duban.registers.amount import count
from duban.registers.expression import reached
from duban.registers.indicator import Case, Indicator

_ONE = {"code": "1", "subject": "甲园", "kind": "new", "stage": "opened", "at_opened": "2024-05-01"}
_ROWS = (_ONE, {**_ONE, "code": "2", "at_opened": "2025-01-02"}, {**_ONE, "code": "3", "stage": "started", "at_opened": ""})

INDICATORS = (
    Indicator(
        "opened", "建成开放口袋公园", "pocket parks opened", "{name}", count(reached("opened").in_period),
        "increment", "个", "以开放日期计；本市自定", words=("口袋公园",),
        cases=(Case(_ROWS, "2024", date(2024, 12, 31), "1"),),
    ),
)
''',
    "src/duban_{name}/README.md": """# 口袋公园 · Pocket parks

- **Register** `{name}`, key: its code. Stages: chosen → started → opened.
- **Indicator** `{name}.opened`: parks opened in the period.
- **Not done**: plans and drawings.
""",
    "src/duban_{name}/{name}.csv": """编号,公园名称,性质,选址日期,牵头单位,面积（平方米）,投资（万元）,已支付,开工日期,开放日期
1,示例园甲,新建,2024-01-10,市园林局,1200,80,80,2024-03-01,2024-06-20
2,示例园乙,改造,2024-01-12,市园林局,900,0.006亿元,20,2024-03-15,
""",
    "tests/test_{name}.py": '''"""系统应守的规矩，全在 duban pack check 里。"""

from pathlib import Path

import duban_{name}
from duban.cli.pack_checked import faults_of


def test_pack_keeps_what_every_pack_must():
    assert faults_of(duban_{name}.PACK, Path(duban_{name}.__file__).parent) == []
''',
}


def files_of(name: str) -> dict[str, str]:
    """The texts of a new pack's files by path."""
    return {
        path.replace(_NAMES, name): text.replace(_NAMES, name).replace("{NAME}", name.upper())
        for path, text in _FILES.items()
    }
