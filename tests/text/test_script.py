"""Script: what is Traditional comes back right; what is Simplified is not touched."""

import pytest
from opencc import OpenCC

from pipelines.text.places import gazetteer
from pipelines.text.script import script_of, to_simplified
from tests.text.corpus import simplified


def converted(text: str) -> str:
    return to_simplified(text, script_of(text)).text


@pytest.mark.parametrize(
    "text",
    [
        "乾安县举办乾隆时期文物展，后来者居上，皇后住在后宫。",
        "头发发展，里外公里，干净的干部，才干与干涉。",
        "台湾、台州、烟台，著名作家的著作，执著的人。",
        "於陵在今山东，徵羽是古乐音，瞭望台下有个小后门。",
        "藉此机会，狼藉一片；覆盖、反复、答覆。",
        "濬县是旧写法，如今写作浚县；澄江、乾县、中卫、叙永。",
    ],
)
def test_simplified_is_left(text: str) -> None:
    assert script_of(text) == "hans"
    assert to_simplified(text, "hans").edits == []


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("會議規范了云南等地的發展，后來并未實施", "会议规范了云南等地的发展，后来并未实施"),
        ("乾安縣的餅乾安全，乾縣乾隆年間建", "乾安县的饼干安全，乾县乾隆年间建"),
        ("皇后與太后在裡面吃麵條，理髮後出發", "皇后与太后在里面吃面条，理发后出发"),
        ("他看著孩子們，手裡拿著風箏", "他看着孩子们，手里拿着风筝"),
        ("臺灣台東的颱風，幹部才幹，不相干", "台湾台东的台风，干部才干，不相干"),
        ("港鐵説，荃灣綫的衞生情況良好", "港铁说，荃湾线的卫生情况良好"),
        ("濬縣、澂江市、乾縣、敍永縣", "浚县、澄江市、乾县、叙永县"),
        ("複雜、恢復、答覆、覆蓋", "复杂、恢复、答复、覆盖"),
    ],
)
def test_traditional_comes_back(text: str, want: str) -> None:
    assert converted(text) == want


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("港鐵説，荃灣綫的衞生情況良好", "hant-hk"),
        ("老街裡的店家看著遊客來來往往", "hant-tw"),
        ("會議強調，這項工作關係發展", "hant"),
        ("会议强调，这项工作关系发展", "hans"),
        ("人口十五", "hans"),
        ("2018-09-07 hello", None),
        ("本地新闻報道了这個会議，欢迎閱讀", "mixed"),
    ],
)
def test_script_of(text: str, script: str | None) -> None:
    assert script_of(text) == script


def test_quotations_in_the_other_script() -> None:
    here = "据介绍，这块碑立于村口多年，碑文写道：“歲次乙丑，鄉民捐資修橋，勒石為記。”如今字迹仍然清晰，人们说起来都很自豪。"
    assert "“岁次乙丑，乡民捐资修桥，勒石为记。”" in converted(here)
    there = "他們說，牆上那行簡體字寫著「乾隆后裔开发这里」，沒有人知道是誰寫的，鄉親們議論紛紛，還請來了專家鑒定。"
    assert "「乾隆后裔开发这里」" in converted(there)


def test_names_in_the_other_script() -> None:
    text = "昨晚的晚会上，歌手張學友、劉德華先后登台，观众们说今年最热闹，“龍”字灯笼挂满了街道两旁。"
    assert converted(text) == text.replace("張學友", "张学友").replace("劉德華", "刘德华")


def test_every_place_name_survives() -> None:
    """All names of GB/T 2260, set in each Traditional, come back; the guard list holds those that would not."""
    wrong = []
    for profile in ("s2t", "s2tw", "s2hk"):
        there = OpenCC(profile)
        for name in gazetteer().by_name:
            traditional = there.convert(name)
            full = name[-1] in "县市区旗州盟省"
            if full and to_simplified(traditional, "hant").text != name:
                wrong.append((name, traditional))
    assert not wrong


@pytest.mark.parametrize("profile", ["s2t", "s2tw", "s2hk"])
def test_corpus_goes_there_and_back(profile: str) -> None:
    there = OpenCC(profile)
    wrong = length = 0
    for _, text in simplified():
        back = converted(there.convert(text))
        wrong += sum(a != b for a, b in zip(text, back, strict=True))
        length += len(text)
    assert wrong <= length / 1000, f"{wrong} of {length} characters"
