"""Label lines in every form of the vocabulary: full- and half-width, glued, spaced, over nodes, Traditional, polluted."""

import pytest

from crawler.extraction.fields import Found, section_path, united
from crawler.extraction.header import read_line
from crawler.extraction.labels import find_labels, one_value
from crawler.extraction.line import Line, make_line
from crawler.extraction.roles import is_breadcrumb, is_dateline, is_legal, is_tool, label_line


def line(text: str, *, linked: int = 0) -> Line:
    """A line as the walk gives it; `\\x1f` where inline elements meet."""
    found = make_line(text.replace("\x1f", "") if "\x1f" in text else text, None, 0)
    found._edged, found.linked = text, linked
    return found


def read(text: str) -> Found:
    found = Found()
    read_line(found, line(text), "head")
    return found


SOURCES = {
    "来源：人民网": "人民网",
    "来源:人民网 ": "人民网",
    "来源 ：人民网": "人民网",
    "来　源：人民网": "人民网",
    "来 源: 人民网": "人民网",
    "来源：：人民网": "人民网",
    "文章来源：某某日报": "某某日报",
    "本文来源：某某财经": "某某财经",
    "稿源：新华社": "新华社",
    "稿件来源：新华社": "新华社",
    "新闻来源：县融媒体中心": "县融媒体中心",
    "信息来源：市政府办公室": "市政府办公室",
    "出处：北方网": "北方网",
    "来自：某某在线": "某某在线",
    "来源：\x1f人民网\x1f 2018-09-07 10:20": "人民网",
    "来源：《人民日报》": "人民日报",
    "2005-01-06 08:13更新 来源：北京青年报": "北京青年报",
    "2020年01月02日09:30  来源：\x1f人民网－人民日报\x1f": "人民网－人民日报",
    "来源：中国新闻网 参与互动": "中国新闻网",
    "来源：巴彦淖尔日报 编辑：苏亮": "巴彦淖尔日报",
    "来源：某某网作者：王平": "某某网",
    "来源：某某网　责任编辑：王平": "某某网",
    "来源：某某日报 点击数：123": "某某日报",
    "来源：某某日报 字号：大 中 小": "某某日报",
    "来源：[ 某某日报 ]": "某某日报",
    "来源：某某日报客户端": "某某日报客户端",
    "来源：新华社、人民日报": "新华社、人民日报",
    "时间：2020-01-02  来源：某某发布  浏览次数：": "某某发布",
    "來源：中央社": "中央社",
    "來源：臨沅發佈 時間：2026-05-01 15:45": "臨沅發佈",
    "來(lái)源：臨(lín)沅發(fā)佈(bù) 時間：2026-05-01": "臨沅發佈",
    "发布机构：某某县人民政府办公室": "某某县人民政府办公室",
    "来源：BBC 中文网": "BBC 中文网",
    "http://house.example.com 2005年03月31日03:18 北京某某信报": "北京某某信报",
    "2019-09-26 10:56:28\x1f证券时报网": "证券时报网",
    "某某网 2019-11-25 10:37:31": "某某网",
    "2019年09月07日 04:04 \x1f北京日报": "北京日报",
}
NO_SOURCE = [
    "数据来源：国家统计局",
    "图片来源：新华社",
    "资料来源：公司公告",
    "视频来源：某某",
    "来源：转载文章",
    "来源：未知",
    "来源：",
    "经费来源：财政拨款",
    "来源：网络整理",
    "2019-09-26 10:56:28",
    "本文素材来源：网络",
]


@pytest.mark.parametrize("text", SOURCES)
def test_source(text: str) -> None:
    assert [value for _, value in read(text).source][:1] == [SOURCES[text]]


@pytest.mark.parametrize("text", NO_SOURCE)
def test_look_alikes_are_no_source(text: str) -> None:
    assert read(text).source == []


EDITORS = {
    "责任编辑：王平": [("责任编辑", "王平")],
    "责任编辑:王平 ": [("责任编辑", "王平")],
    "责 任 编 辑：王 平": [("责任编辑", "王平")],
    "【编辑：姚昊】": [("编辑", "姚昊")],
    "[责任编辑：韩林 PK155]": [("责任编辑", "韩林")],
    "（责任编辑：系统管理员）": [],
    "（责任编辑： HN666）": [],
    "（ 责任编辑：刘林 ）": [("责任编辑", "刘林")],
    "(责编：汤瑶、丁涛)": [("责编", "汤瑶"), ("责编", "丁涛")],
    "(编辑：燕于)": [("编辑", "燕于")],
    "（松花江网编辑 孙桂芳）": [("编辑", "孙桂芳")],
    "编辑 刘晓阳 校对 李铭": [("编辑", "刘晓阳"), ("校对", "李铭")],
    "责编|陈梦 编辑|禤志 校对|黄慧": [("责编", "陈梦"), ("编辑", "禤志"), ("校对", "黄慧")],
    "责任编辑：史建_NBJ11331": [("责任编辑", "史建")],
    "编　辑：王平": [("编辑", "王平")],
    "初审：王平 复审：李方 终审：赵元": [("初审", "王平"), ("复审", "李方"), ("终审", "赵元")],
    "一审：王平 二审：李方 三审：赵元": [("一审", "王平"), ("二审", "李方"), ("三审", "赵元")],
    "校对：黄慧 审核：李方 签发：赵元": [("校对", "黄慧"), ("审核", "李方"), ("签发", "赵元")],
    "值班编辑：王平　监制：李方": [("值班编辑", "王平"), ("监制", "李方")],
    "责任编辑：": [],
    "責任編輯：王平": [("责任编辑", "王平")],
    "責(zé)任編輯(jí):王平": [("责任编辑", "王平")],
    "核稿編輯：王平": [("核稿编辑", "王平")],
    "关键词：王浩,考察责任编辑:张明": [("责任编辑", "张明")],
    "编辑部电话：0000-0000000": [],
}


@pytest.mark.parametrize("text", EDITORS)
def test_editors(text: str) -> None:
    editors, _ = united(read(text).editors)
    assert [(editor.role, editor.name) for editor in editors] == EDITORS[text]


CRUMBS = {
    "当前位置： 首页 > 新闻 > 时政 > 正文": ["新闻", "时政"],
    "当前位置: 书记·市长 > 书记": ["书记·市长", "书记"],
    "您现在的位置：\x1f首页\x1f>>\x1f县区\x1f>> 正文": ["县区"],
    "您的位置：首页 → 要闻 → 内容": ["要闻"],
    "当前位置：首页>>CN>>国内": ["CN", "国内"],
    "首页 » 新闻 » 国内": ["新闻", "国内"],
    "首页 > 新闻 > 正文": ["新闻"],
    "您所在的位置:：首页 > 要闻": ["要闻"],
    "您現(xiàn)在的位置：首頁(yè)>新聞(wén)> 正文": ["新聞"],
    "當前位置：首頁 > 地方新聞 > 內文": ["地方新聞"],
    "所在位置：首页/要闻动态/今日关注": ["要闻动态", "今日关注"],
}


@pytest.mark.parametrize("text", CRUMBS)
def test_breadcrumb(text: str) -> None:
    found = line(text, linked=4)
    assert is_breadcrumb(found)
    assert section_path(found) == CRUMBS[text]


@pytest.mark.parametrize(
    "text",
    [
        "分享到：微信 新浪微博 QQ空间",
        "【字体：大 中 小】",
        "【我来说两句】【推荐】【字体：大 中 小】【打印】【关闭】",
        "扫一扫在手机打开当前页",
        "打印 关闭 收藏",
        "用微信扫描二维码 分享至好友和朋友圈",
        "点击：123",
        "阅读(1660)",
        "浏览次数：",
        "上一页 1 2 3 下一页",
        "（完）",
        "- THE END -",
        "长按二维码 关注我们",
        "[打印本页] [关闭窗口]",
        "【打印】【关闭】【返回顶部】",
        "分享到：",
        "点赞 收藏 转发",
    ],
)
def test_tools(text: str) -> None:
    assert is_tool(line(text)) or label_line(line(text))


@pytest.mark.parametrize(
    "text",
    [
        "凡本网注明“来源：某某网”的所有作品，版权均属于某某网，未经授权不得转载。",
        "版权所有，未经许可不得转载",
        "免责声明：本文仅代表作者个人观点，与本网无关。",
        "某ICP备00000000号-1",
        "如因作品内容、版权和其它问题需要同本网联系的，请在30日内进行。",
        "声明：转载此文是出于传递更多信息之目的。",
        "转载请注明出处",
        "违法和不良信息举报电话：0000-0000000",
        "某某网版权与免责声明：",
    ],
)
def test_legal_lines(text: str) -> None:
    assert is_legal(line(text))


@pytest.mark.parametrize(
    "text",
    [
        "记者：您怎么看这次会议的意义？",
        "大家分享到的喜悦写在脸上，中小企业主更是如此。",
        "图书馆新增了打印、扫描和复印服务，市民可以免费使用。",
        "他在评论中说，时间：就是金钱，效率：就是生命。",
        "会议时间：每周一上午九点。欢迎市民旁听，会后还将安排交流环节。",
        "5月7日，市委书记带领我市党政代表团赴天津市学习考察。",
        "本次活动由市委宣传部主办，市文联承办。",
        "来源于生活的艺术最动人，这是他常说的一句话。",
    ],
)
def test_text_stays_text(text: str) -> None:
    found = line(text)
    assert not (is_tool(found) or is_legal(found) or label_line(found) or is_dateline(found) or is_breadcrumb(found))


def test_values_end_at_the_next_label() -> None:
    labels = {
        label.label: one_value(label.value) for label in find_labels("作者：王平 来源：某某网 发布时间：2020-01-02 点击数：8")
    }
    assert labels == {"作者": "王平", "来源": "某某网", "发布时间": None, "点击数": "8"}


def test_keywords_and_original_title_and_sponsor_line() -> None:
    assert read("关键词：王浩,滨海新区,考察").keywords[0][1] == ["王浩", "滨海新区", "考察"]
    assert read("标签： 乡村振兴 茶叶；竹编").keywords[0][1] == ["乡村振兴", "茶叶", "竹编"]
    assert read("（原标题：某市发布新规 明日起施行）").original_title == [("label:原标题", "某市发布新规 明日起施行")]
