"""Bylines and checking chains in every form of the label vocabulary; names are invented."""

import pytest

from crawler.extraction.chain import editor_chain
from crawler.extraction.names import names_in
from crawler.extraction.people import byline, may_credit, photo_credit, split_sign_off
from crawler.extraction.vocabulary import LABELS

REPORTERS = {
    "本报讯（记者 樊亮 通讯员 张明超）13日，全市各地喜迎丰收。": ["樊亮"],
    "(記者趙珍珍)": ["趙珍珍"],
    "我们将继续努力。（北青报记者 宋霞）": ["宋霞"],
    "（总台记者 张倩）": ["张倩"],
    "□ 本报记者 葛灵丹": ["葛灵丹"],
    "□葛灵丹": ["葛灵丹"],
    "■本报记者 葛灵丹 文/图": ["葛灵丹"],
    "光明日报记者 王建宏 张文攀": ["王建宏", "张文攀"],
    "某某日报全媒体记者 王建宏 通讯员 李丽": ["王建宏"],
    "澎湃新闻记者 段彦 廖艳": ["段彦", "廖艳"],
    "长江网10月4日讯（记者陈智 整合）今天上午，": ["陈智"],
    "央广网北京9月7日消息（记者张三丰、李四光）据中国之声报道，": ["张三丰", "李四光"],
    "采写：南都见习记者 林子沛": ["林子沛"],
    "采写：本报记者 林子沛 摄影：本报记者 何安": ["林子沛"],
    "文/本报记者 林子沛": ["林子沛"],
    "文/图 本报记者 林子沛": ["林子沛"],
    "文丨林子沛": ["林子沛"],
    "文｜林子沛 编辑｜何安": ["林子沛"],
    "记者|林子沛": ["林子沛"],
    "记者丨林子沛 摄影丨何安": ["林子沛"],
    "作者/林子沛": ["林子沛"],
    "撰文/林子沛": ["林子沛"],
    "【文/观察者网专栏作者 王文】": ["王文"],
    "顶端新闻·河南商报记者马俊峰/文 受访者供图": ["马俊峰"],
    "本报记者 罗科 苏盈 发自北京": ["罗科", "苏盈"],
    "让改革的所有过程都透明起来。（姚峰 上海报道）": ["姚峰"],
    "更好地满足人民日益增长的美好生活需要。(文/图 刘玺东 易赛楠)": ["刘玺东", "易赛楠"],
    "（袁源）": ["袁源"],
    "新华网黑龙江频道 记者 伊琳 李清芬": ["伊琳", "李清芬"],
    "本报记者张　明": ["张明"],
    "新京报讯 记者林子沛报道，昨日，": ["林子沛"],
    "记者李大明／台北報導": ["李大明"],
    "〔記者李大明／台北報導〕台北市政府今天宣布，": ["李大明"],
    "［記者李大明／綜合報導］颱風來襲，": ["李大明"],
    "【記者李大明、王小華／台中報導】": ["李大明", "王小華"],
    "聯合報 記者李大明／台北即時報導": ["李大明"],
    "（中央社記者李大明台北1日電）行政院今天表示，": ["李大明"],
    "文／李大明": ["李大明"],
    "撰文：李大明": ["李大明"],
    "本报记者 买买提·吐尔逊": ["买买提·吐尔逊"],
}

NONE = [
    "记者从会上获悉，今年的重点工作已经完成。",
    "记者：您怎么看这件事？",
    "据记者了解，该项目已于去年完工。",
    "（记者会现场）",
    "新华社记者林子沛 摄",
    "（完）",
    "（资料图片）",
    "作者简介：林子沛，教授。",
    "（图片来源：新华社）",
    "有记者在现场看到，桥已经修好。",
]


@pytest.mark.parametrize("text", REPORTERS)
def test_reporters(text: str) -> None:
    assert byline(text).reporters == REPORTERS[text]


@pytest.mark.parametrize("text", NONE)
def test_running_text_names_nobody(text: str) -> None:
    assert byline(text).reporters == []


def test_correspondents_and_photographers() -> None:
    credits = byline("本报讯（记者 樊亮 通讯员 张明超 王海燕）13日，")
    assert (credits.reporters, credits.correspondents) == (["樊亮"], ["张明超", "王海燕"])
    assert byline("新华社记者林子沛 摄").photographers == ["林子沛"]


@pytest.mark.parametrize(
    ("caption", "names"),
    [
        ("图为茶园一角。丁一帆 摄", ["丁一帆"]),
        ("▲广州日报全媒体图片记者黎旭阳、李妍摄", ["黎旭阳", "李妍"]),
        ("通讯员刘娟 摄", ["刘娟"]),
        ("（新华社记者 何安 摄）", ["何安"]),
        ("记者李大明／攝", ["李大明"]),
        ("活动现场。林子沛供图", ["林子沛"]),
        ("资料图", []),
        ("视频截图", []),
        ("孩子们在镜头前合影留念，何安拍摄了这一幕。", []),
    ],
)
def test_photo_credit(caption: str, names: list[str]) -> None:
    assert photo_credit(caption) == names


@pytest.mark.parametrize(
    ("line", "chain"),
    [
        ("编辑 刘晓阳 校对 李铭", [("编辑", "刘晓阳"), ("校对", "李铭")]),
        ("责编|陈梦莹 编辑|禤志杰 校对|黄慧敏", [("责编", "陈梦莹"), ("编辑", "禤志杰"), ("校对", "黄慧敏")]),
        ("一审 王五 二审 赵六 三审 钱七", [("一审", "王五"), ("二审", "赵六"), ("三审", "钱七")]),
        ("编辑/苏芳 审核/何安", [("编辑", "苏芳"), ("审核", "何安")]),
        ("编辑部的故事 讲到了这里", []),
        ("审核 通过 之后 再来", []),
    ],
)
def test_editor_chain(line: str, chain: list[tuple[str, str]]) -> None:
    assert editor_chain(line) == chain


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("史建磊_NBJ11331", ["史建磊"]),
        ("韩保林 PK155]", ["韩保林"]),
        (" HN666）", []),
        ("汤诗瑶、丁涛)", ["汤诗瑶", "丁涛"]),
        ("温文、李琳", ["温文", "李琳"]),
        ("张　明", ["张明"]),
        ("本报记者 王建宏", ["王建宏"]),
        ("佚名", []),
        ("系统管理员）", []),
        ("未知", []),
        ("医技药剂党支部", ["医技药剂党支部"]),
        ("王爱民 2018-09-07", ["王爱民"]),
        ("", []),
    ],
)
def test_label_values(value: str, names: list[str]) -> None:
    assert names_in(value) == names


def test_sign_off_is_split_from_the_last_paragraph() -> None:
    text = "全市上下将以更加饱满的热情投入到各项工作中去。（记者 林子沛）"
    assert split_sign_off(text) == ("全市上下将以更加饱满的热情投入到各项工作中去。", "（记者 林子沛）")
    assert split_sign_off("图为现场。（新华社记者 何安 摄）")[1] == ""


@pytest.mark.parametrize("role", [*LABELS["editor"], "記者", "通讯员", "攝影"])
def test_no_role_is_passed_over(role: str) -> None:
    """The sign that a line is asked for first stands in every role, Traditional ones included."""
    assert may_credit(f"{role} 张建国")


def test_a_line_without_a_sign_credits_nobody() -> None:
    line = "唐山新闻网 2026年5月12日"
    assert not may_credit(line) and not byline(line) and not editor_chain(line)
