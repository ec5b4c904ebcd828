"""Commitments: what is a line of the decomposition table, what it is called, and when it is due."""

import pytest

from duban.read import read_text

BEFORE = """云川市人民政府工作报告
——2026年1月12日在云川市第五届人民代表大会第六次会议上
一、2025年工作回顾
过去一年，全市经济社会发展取得新成绩，政府工作有新进展，各项任务全面完成，城乡建设稳步推进，产业升级步伐加快，改革开放不断深化，
生态环境持续向好，民生福祉不断增进，社会大局保持稳定。全市上下同心协力，办成了一批打基础、利长远的大事，也为全面完成规划目标创造了条件。
二、2026年工作安排
今年是规划收官的一年。今年发展的预期目标是：全市生产总值增长5.5%左右，居民收入和经济增长同步。
（一）做强产业。坚持先进制造业立市，推动产业结构持续优化，增强发展后劲。
"""
AFTER = """
打牢产业根基。修订产业用地管理办法，开行云川至临江的货运班列，建成第二污水处理厂，推出技改贷款贴息政策，整治云溪沿线环境，开通两条公交专线，
组织青年工匠技能大赛，培育第三方检测机构，收储老城片区地块，更新云川大道照明设施。
（二）改善民生。
办好群众身边的事。新建口袋公园8座，持续提升城市品位，建立河道保洁机制，改造菜市场3个，设立市民议事会。
三、加强政府自身建设
坚持依法行政。
"""


def read(paragraph):
    """The commitments of the action's first words and of `paragraph`, its first work."""
    found = read_text(BEFORE + paragraph + AFTER).commitments
    return [c for c in found if c.id.startswith(("A1.0", "A1.1"))]


LINES = [
    # a topic before several promises is their heading; the number takes its subject from it
    (
        "做强光伏产业，推动晶川二期切片项目6月底前投产，建立配套企业名录制度，年内产值达到90亿元。",
        [
            ("project", "晶川二期切片项目投产", "2026-06-30"),
            ("mechanism", "建立配套企业名录制度", None),
            ("quantity", "光伏产业产值", "2026-12-31"),
        ],
    ),
    # a head that would say nothing alone
    ("打通供需堵点。年内产值超过350亿元。", [("quantity", "产值超过350亿元", "2026-12-31")]),
    ("壮大光伏产业。强化要素保障，产值超过350亿元。", [("quantity", "光伏产业产值", "2026-12-31")]),
    ("举办“你好！云川”音乐季。", [("work", "举办“你好！云川”音乐季", None)]),
    # a topic before one promise belongs to it
    ("擦亮“云川味道”品牌，办好第三届美食节。", [("work", "办好第三届美食节", None)]),
    # what comes of a promise is no promise of its own
    ("开展低压管网改造行动，进一步提升供水安全水平。", [("work", "开展低压管网改造行动", None)]),
    ("引进冷链企业，带动农户增收，不断拓宽销售渠道。", [("work", "引进冷链企业", None)]),
    ("完善网格服务机制，构建“邻里云川”治理格局。", [("mechanism", "完善网格服务机制", None)]),
    (
        "编制《云川市城市更新规划（2026—2030年）》，明确各片区功能定位。",
        [("mechanism", "编制《云川市城市更新规划（2026—2030年）》", None)],
    ),
    # a way before what is done with it
    ("坚持文旅融合，围绕古城水系打造夜游线路。", [("project", "打造夜游线路", None)]),
    # slogans
    ("消费旺则商气足，我们要千方百计把人留住，让城市更有烟火气！", []),
    ("深入贯彻绿色发展理念和上级决策部署。", []),
    # titles to win, with and without a count
    (
        "争创国家食品安全示范城市，申报省级海绵城市建设示范。",
        [("designation", "争创国家食品安全示范城市", None), ("designation", "申报省级海绵城市建设示范", None)],
    ),
    ("争创省级示范高中2所、特色高中1所。", [("designation", "争创省级示范高中、特色高中", "2026-12-31")]),
    # building sites, programmes that are called so, other people's doing
    (
        "确保青石大桥10月底前通车，云川北站主体完工。",
        [("project", "青石大桥通车", "2026-10-31"), ("project", "云川北站主体完工", None)],
    ),
    ("实施水环境改善工程，鼓励链主企业建设绿色工厂。", [
        ("work", "实施水环境改善工程", None), ("work", "链主企业建设绿色工厂", None),
    ]),
    ("建设全国最大的智能仪表产业基地。", [("work", "建设全国最大的智能仪表产业基地", None)]),
    ("探索“田长+检察长”协作机制，加强与周边五市公交互通。", [
        ("mechanism", "探索“田长+检察长”协作机制", None), ("work", "加强与周边五市公交互通", None),
    ]),
    # a dated step
    ("确保续建工程3月底前全部复工，力争更多技改事项列入省级计划。", [
        ("milestone", "续建工程全部复工", "2026-03-31"), ("work", "更多技改事项列入省级计划", None),
    ]),
    # one clause, several numbers: one line
    ("培育名师15人、名校长6人。", [("quantity", "培育名师、名校长", "2026-12-31")]),
    ("绿色建筑、装配式建筑占比分别达到60%和35%。", [("quantity", "绿色、装配式建筑占比", "2026-12-31")]),
    # numbers that only say more of the number before them
    ("实施重点项目60个，其中产业类40个，涉及6个园区。", [("quantity", "实施重点项目", "2026-12-31")]),
    ("污水处理率达到95%，比上年提高2个百分点。", [("quantity", "污水处理率", "2026-12-31")]),
    # a date that opens the sentence holds for its later clauses
    ("到2030年，碳排放核算覆盖全部园区企业，建成绿电认证中心。", [
        ("work", "碳排放核算覆盖全部园区企业", "2030-12-31"), ("project", "建成绿电认证中心", "2030-12-31"),
    ]),
    ("雨季前老城雨污管网应连尽连，再生水厂投入运营。", [
        ("work", "老城雨污管网应连尽连", "雨季前"), ("project", "再生水厂投入运营", None),
    ]),
    # quotations, lists with 和 behind a carrying verb, a way that ends in a verb
    ("促进和规范公益慈善活动，开展“你好，新市民”关爱行动。", [
        ("work", "促进和规范公益慈善活动", None), ("work", "开展“你好，新市民”关爱行动", None),
    ]),
    ("以更优的要素保障项目建设。", [("work", "以更优的要素保障项目建设", None)]),
    # words that begin like an adverb but are not one
    ("高质量共建跨省物流走廊，推动可持续交通示范。", [
        ("work", "共建跨省物流走廊", None), ("work", "推动可持续交通示范", None),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("paragraph", "lines"), LINES, ids=[line[0][:12] for line in LINES])
def test_the_lines_of_a_sentence(paragraph, lines):
    assert [(c.kind, c.head, c.due) for c in read(paragraph)] == lines


def test_the_numbers_of_a_list_and_its_parts_stay_in_one_line():
    (one,) = read("1.实施重点项目60个，其中产业类40个。")
    assert (one.text, len(one.claims)) == ("实施重点项目60个，其中产业类40个", 2)


def test_a_line_keeps_its_effect_and_its_topic_in_its_words():
    (one,) = read("擦亮“云川味道”品牌，办好第三届美食节，带动餐饮业提升。")
    assert one.text == "擦亮“云川味道”品牌，办好第三届美食节，带动餐饮业提升"


def test_the_aims_of_the_year_are_numbers_and_what_keeps_step_with_them():
    aims = [c for c in read_text(BEFORE + AFTER).commitments if c.action_no == 0]
    assert [(c.head, c.due) for c in aims] == [
        ("生产总值", "2026-12-31"),
        ("居民收入和经济增长同步", "2026-12-31"),
    ]


def test_the_first_words_of_an_action_are_no_line_where_its_works_follow():
    assert [c.head for c in read("做优服务。改进窗口服务流程。开通专线3条。")] == [
        "改进窗口服务流程",
        "开通专线",
    ]
