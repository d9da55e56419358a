"""Regions: each rule gives its place, and what is ambiguous, visited or no place at all gives none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.text.places import gazetteer, mentions
from pipelines.text.region import GENERIC, locate

FILLER = "昨天上午，天气晴好，干部群众忙着春耕。"


@given(
    st.lists(st.sampled_from(["唐山", "唐山市", "石家庄", "河北省", "河", "北", "新疆", "维吾尔", "自治区", "在"]), max_size=12),
    st.integers(0, 30),
)
def test_mentions_are_the_longest_names_from_left_to_right(pieces: list[str], before: int) -> None:
    text, expected, at = "".join(pieces), [], 0
    while at < len(text):
        name = next((text[at:end] for end in range(len(text), at, -1) if text[at:end] in gazetteer().by_name), "")
        expected += [(at, name)] if name else []
        at += len(name) or 1
    assert list(mentions(text)) == expected
    assert list(mentions(text, before)) == [found for found in expected if found[0] < before]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("130200", "唐山市"),
        ("130682", "定州市"),
        ("220723", "乾安县"),
        ("110000", "北京市"),
        ("120116", "滨海新区"),
        ("659001", "石河子市"),
    ],
)
def test_codes(code: str, name: str) -> None:
    assert gazetteer().by_code[code].name == name


def test_former_names_mean_the_place_of_today() -> None:
    assert gazetteer().by_name["蓟县"][0].code == "120119"


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("唐山劳动日报", "130200"),
        ("定州市融媒体中心", "130682"),
        ("河北日报", "130000"),
        ("朝阳日报", "211300"),
        ("吉林日报", "220000"),
        ("长治日报", "140400"),
        ("内蒙古日报", "150000"),
        *((name, None) for name in ("人民日报", "新华社", "新华网", "东方网", "东方早报", "解放日报", "平安时报", "大众日报")),
        *((name, None) for name in ("通州日报", "海西晨报", "新安晚报", "江南时报", "和平周刊", "中国新闻网", "本站", "")),
    ],
)
def test_outlets(source: str, code: str | None) -> None:
    found = locate(source=source, body=FILLER)
    assert (found.code, found.rule) == (code, "source") if code else found is None, found


def test_an_outlet_narrows_the_site() -> None:
    found = locate(site="350000", source="晋江经济报")
    assert found == ("350582", "晋江市", "source")
    assert locate(site="350000", source="唐山劳动日报") == ("350000", "福建省", "site")
    assert locate(site="130682", source="河北日报") == ("130682", "定州市", "site")


def test_section() -> None:
    assert locate(section=["首页", "各地", "保定新闻"]) == ("130600", "保定市", "section")
    assert locate(section=["新闻", "平安建设"]) is None
    assert locate(site="130600", section=["定州"]) == ("130682", "定州市", "section")


def test_self_reference_outranks_frequency() -> None:
    text = "我市代表团赴天津市学习考察。天津市介绍了天津市的做法。天津市、天津市。定州市作为省直管市，要奋力谱写美丽定州新篇章。"
    assert locate(body=text) == ("130682", "定州市", "self")


def test_self_reference_is_of_its_kind() -> None:
    assert locate(body="我县召开会议。唐山市将予支持，玉田县将抓好落实。") == ("130229", "玉田县", "self")
    assert locate(body="我省召开会议。唐山市将予支持。") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("玉田县下了雨。玉田县的麦子返青，玉田县农民很高兴。", "130229"),
        ("衡水市今天降温，衡水各地注意防寒，衡水供热公司说，衡水城区管网正常。", "131100"),
        # Homonyms: only with the province or the prefecture.
        ("和平区今天降温，和平区居民注意，和平区供热正常。", None),
        ("沈阳今天降温，和平区居民注意，和平区供热正常，和平区街道清雪。", "210102"),
    ],
)
def test_frequency(text: str, code: str | None) -> None:
    found = locate(body=text)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    "text",
    [
        "新田坝村今年修了路。新田坝的老人说，新田坝小学也修好了，新田坝变了样。",
        "双河口村的双河口桥，是双河口人走了一百年的路，双河口如今通了车。",
        "白水乡、白水村、白水小学都在白水河边，白水人靠水吃水。",
        "村民李振华龙年出生，振华龙舟队、振华龙灯会的成员都来了。",
        "当地日照时数长，日照充足，全年日照两千小时，日照条件好。",
        "保定市场繁荣，市场监管局检查市场，市场主体增加。",
        "长治久安是目标，要坚持长治久安，实现长治久安。",
        "孙中山先生穿中山装，中山路上有中山公园。",
        "他赴天津市学习，又到天津市考察，再访问天津市，去天津市参观。",
        "吴忠是个老实人，吴忠的父亲也是，吴忠的弟弟在外打工。",
        "老师傅王长安、李新华和张和平都是老同事，长安、新华、和平三人常在一起。",
        "白银价格上涨，白银期货走高，白银首饰热销。",
        "大同世界、天下大同、大同小异。",
        "解放路小学、建设路小学、前进街小学、光明小学、向阳小学参加了比赛。",
        "东方红，太阳升，东方出了个能人，东方既白。",
        "她在高新区域内开了店，区域发展很快，新城区、老城区都有分店。",
        "记者从县政府获悉，全县春耕进展顺利，我县农技人员下乡指导。",
        "东区办事处和西区办事处联合行动，东区、西区居民参加，东区先行。",
        "电话诈骗如何得逞？警方揭秘，提醒市民不要轻信，不要转账。\n" + "专家说，" * 25 + "东莞市、东莞市、东莞市都有案例。",
        FILLER,
    ],
)
def test_no_place_is_better_than_a_wrong_one(text: str) -> None:
    assert locate(body=text) is None


def test_every_full_name_in_an_outlet_finds_a_place_of_that_name() -> None:
    """Only homonyms may stay without a place."""
    by_name, full = gazetteer().by_name, gazetteer().full
    for place in gazetteer().by_code.values():
        found = locate(source=f"{place.name}融媒体中心")
        if found is None:
            assert len(by_name[place.name]) > 1 or place.name in GENERIC, place
        else:
            assert found.name == place.name or place.name in full, (place, found)
