"""Marks of state secrets are found; plain talk of secrecy is none."""

import pytest

from duban.core.secrecy import secret_mark

MARKED = [
    "机密★20年", "绝密★启用前", "秘密 ★ 10年 市政府办公室", "机　密★长期", "★秘密", "绝密☆", "絕密★30年",
    "附件见（机密）一号", "【秘密】关于某事的报告", "[绝密]", "〔机密〕", "密级：秘密", "密级:机密", "密 级 为 绝 密",
    "本件保密期限：10年", "第一行\n机密\n第三行", "机密级", "秘密·五年", "机密*20年", "机\u200b密\u200b★", "秘密10年",
]  # fmt: skip
PLAIN = [
    "市保密局", "开展国家秘密保护宣传", "保守商业秘密", "机密计算和隐私计算产业", "涉密人员培训 200 人次",
    "工作秘密管理办法", "秘密花园改造", "完善保密制度，强化定密管理", "密集出台政策", "秘密级计算机的管理规定",
    "揭开秘密，机密文件柜采购", "密级较高的耕地", "", "★★★级旅游厕所",
]  # fmt: skip


@pytest.mark.parametrize("text", MARKED)
def test_a_mark_is_found_and_where_it_stands(text):
    mark = secret_mark(text)
    assert mark is not None
    assert 1 <= mark.at <= len(text)


@pytest.mark.parametrize("text", PLAIN)
def test_plain_talk_of_secrecy_passes(text):
    assert secret_mark(text) is None


def test_the_place_is_counted_in_characters():
    assert secret_mark("请看附件（机密）").at == 5
