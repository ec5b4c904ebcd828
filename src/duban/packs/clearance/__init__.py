"""Clearance lists (销号清单): half-finished projects, inspection findings, mixed drains, hazards, arrears: one way for all.

The same problem found twice is one record; whoever did the work does not close it; what was closed and is found
again is reopened.
"""

from duban.packs.clearance.indicators import INDICATORS
from duban.packs.clearance.page import page
from duban.packs.clearance.register import LISTS, PROBLEMS
from duban.packs.clearance.rules import THRESHOLDS, suggests
from duban.registers.pack import Pack

PACK = Pack(
    "clearance",
    "销号清单",
    "Clearance lists",
    about_zh="半拉子工程、督察问题、混接点、隐患、欠款：一张清单一种问题，成因、责任、措施、期限、凭证，销号和重开。",
    about_en="Half-finished projects, findings, drains, hazards, arrears: cause, owner, measure, date, proof, closing.",
    registers=(LISTS, PROBLEMS),
    indicators=INDICATORS,
    thresholds=THRESHOLDS,
    suggests=suggests,
    page=page,
    leaves_zh=(
        "单条问题不走负责人签字、公示和回头看，那是事项销号的步骤",
        "不识别照片",
        "不同编号的同一问题只提示，由人并案",
        "不代替法定的行政处罚程序",
    ),
    leaves_en=(
        "no signatures of heads, public notices or later looks at single problems: items have these",
        "does not read photographs",
        "one problem under two numbers is only suggested; a person joins it",
        "does not replace statutory penalty proceedings",
    ),
)
