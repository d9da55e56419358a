"""What a single line is for: label line, share bar, disclaimer, caption, or text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from crawler.extraction.chain import editor_chain
from crawler.extraction.dates import Moment, find_moments, may_hold_date
from crawler.extraction.fold import clear, fold
from crawler.extraction.labels import Labelled, find_labels, one_value
from crawler.extraction.line import Line
from crawler.extraction.names import names_in
from crawler.extraction.people import byline
from crawler.extraction.vocabulary import TOOLS
from crawler.items import Editor

_TOOL_WORDS = re.compile("|".join(sorted(map(re.escape, TOOLS), key=len, reverse=True)))
_SIGNS = re.compile(r"[\W\d_]+")
_WORD = re.compile(r"\w")
_SENTENCE = re.compile(r"[。！？?!；]|[，,].{6,}[，,]")
# Every alternative begins with a literal, so that the search passes over a line at the speed of a character set.
_SCAN = re.compile(
    r"扫一扫|扫码|扫描.{0,6}二维码|长按.{0,8}(?:二维码|识别)|二维码.{0,6}(?:关注|下载|阅读)|关注.{0,10}(?:公众号|官方微信)|点击右上角|打开微信|"
    r"回复[【“\"「].{1,16}[】”\"」].{0,6}(?:查看|获取|了解|查询|进入)|点击.{0,3}菜单栏|点.{0,2}在看|戳.{0,2}在看|关注.{0,4}不迷路"
)
# 安装云岭客户端第一时间接收新闻推送→【下载地址】 · 点击下载云岭新闻APP: a line that leads to the site's app, and no sentence.
_APP = re.compile(r"[\W_]*(?:点击|立即|马上)?(?:下载|安装)[^。！？；]{0,20}?(?:客户端|APP)[^。！？；]*$", re.IGNORECASE)
_POINTER = re.compile("[→↓>»]|[【\\[(](?:点击|立即)?下载")
_LEGAL_START = re.compile(
    r"[\W_]*(?:免责声明|版权声明|特别声明|郑重声明|严正声明|版权说明|声明:|凡本[网站报]|本[网站]站?(?:转载|刊登|所载|注明|发布)|"
    r"未经.{0,14}(?:授权|许可|同意)|版权所有|转载请注明|转载[声须]|如因作品内容|Copyright|以上内容(?:来自|为|仅)|"
    r"本文(?:仅代表|为.{0,8}原创|系.{0,10}原创|由.{0,12}授权|不代表)|(?:更多|欲知).{0,16}(?:请关注|关注|下载|登录)|"
    r"※.{0,12}提醒|(?:违法|不良).{0,6}信息举报|举报(?:电话|邮箱)|网站(?:地图|声明)|互联网新闻信息服务)|.{0,4}ICP[备证]|"
    r".{0,10}(?:版权与?及?免责声明|免责声明|版权声明):?$",
    re.IGNORECASE,
)
# As in _SCAN.
_LEGAL_ANY = re.compile(
    r"不代表[^。]{0,24}(?:观点|立场)|仅代表[^。]{0,24}(?:观点|立场)|版权归[^。]{0,20}所有|版权属[^。]{0,20}所有|请在30日内|"
    r"违者必究|违者将|不得转载|谢绝转载|请勿转载"
)
_CRUMB_HINT = re.compile("[>»→›]|--")
_CRUMB_SIGN = re.compile(r"\s*(?:>+|»|→|›|-{2,})\s*")
_CAPTION = re.compile(
    r"^(?:▲|△|↑|▼|图[:：为]|资料图|配图|图片|上图|左图|右图|下图|图\d)|(?:摄|供图|资料图|视频截图|图源[^。]{0,12}|图据[^。]{0,12}|制图|资料照片|图片来源[^。]{0,16})[）)\]】。]?$"
)
# One of these stands in every caption that says so.
_CAPTION_SIGN = re.compile("[▲△↑▼图摄照]")
_ADDRESS = re.compile(r"https?://[^\s\x1f]+|(?:[A-Za-z0-9-]+\.)+(?:com|cn|net|org|gov|tw|hk)\b[/\w.-]*", re.IGNORECASE)
_COUNTER = re.compile(r"^[\W\d]*(?:点击|阅读|浏览|访问|评论|播放|人气|跟贴|围观|点赞)[量数次率]*[\W\d]*[次人条]?[\W\d]*$")
# Words of a pager that stand in no path: 第一页 << 上一页 | 下一页 >> 尾页.
_PAGES = re.compile("上一页|下一页|尾页|末页|第一页")
_PAGER = re.compile(r"第一页|上一页|下一页|首页|尾页|末页|共\d+页|第\d+页|余下全文|阅读全文|展开全文|在本页阅读全文|全文阅读")
# □本报评论员 · ■ 段红
_SQUARED = re.compile(r"^[□■◎]\s?[^。，！？]{2,16}$")
_BYLINE_HINT = re.compile("[记通编审校文图摄撰责监统□■◎/(]")
_CLAUSE = re.compile("[。，！；,]")
_ABOVE = re.compile("总编|编委|编审|主编|编校")
_END = re.compile(r"^[-—\s]*[(（\[【]?(?:完|全文完|本文完|END|未完待续|完毕|THE END)[)）\]】.。]?[-—\s]*$", re.IGNORECASE)

LABEL_LINE = 140
"""Characters a line made of labels may have; a keyword line with a dozen words has about 100."""


def labels_of(line: Line) -> list[Labelled]:
    """All labels of a line, found once."""
    if line.labels is None:
        # Without a colon, a bar or a slash there is no label.
        text = line.folded if len(line.text) <= 300 else ""
        line.labels = find_labels(line.edged) if ":" in text or "|" in text or "/" in text else []
    return line.labels


def moments_of(line: Line) -> list[Moment]:
    """The full dates of a line, found once."""
    if line.moments is None:
        line.moments = list(find_moments(line.edged))
    return line.moments


def label_line(line: Line) -> list[Labelled]:
    """The labels of a line that is made of labels alone; empty for text that merely holds one."""
    text = line.edged
    if len(text) > LABEL_LINE:
        return []
    labels = labels_of(line)
    if not labels or any(map(_is_speech, labels)):
        return []
    before = fold(clear(text))[: labels[0].start]
    # A date, an address and tools may stand before the first label, a keyword line before 责任编辑.
    rest = residue(before, find_moments(before))
    return labels if len(rest) <= (18 if labels[0].field in ("editor", "keywords") else 6) and "。" not in before else []


def residue(text: str, moments: Iterable[Moment]) -> str:
    """What is left of a header line without its dates (`moments`), addresses, tools and signs."""
    text = fold(text)
    for moment in reversed(list(moments)):
        text = f"{text[: moment.start]} {text[moment.end :]}"
    return _SIGNS.sub("", _TOOL_WORDS.sub(" ", _ADDRESS.sub(" ", text)))


def _is_speech(label: Labelled) -> bool:
    """`记者：您怎么看？` is a question in an interview, not a byline."""
    value = label.value.strip(" \x1f")
    if label.field in ("keywords", "section", "none", "original_title", "sponsor"):
        return label.field == "none" and len(value) > 60
    if _SENTENCE.search(value):
        return True
    if label.field in ("reporter", "correspondent", "photographer"):
        return len(value) > 12 and not names_in(value)
    return len(value) > 60


def is_tool(line: Line) -> bool:
    """Share bars, font sizes, counters, pagers, QR lines."""
    text = line.folded
    if len(text) > 90:
        return False
    if _COUNTER.match(text) or _is_pager(text) or _END.match(text):
        return True
    if _SCAN.search(text) or (_APP.match(text) and (line.linked or _POINTER.search(text))):
        return True
    if _is_menu(text):
        return True
    tools = _TOOL_WORDS.findall(text)
    if not tools:
        return not _WORD.search(text)
    rest = _SIGNS.sub("", _TOOL_WORDS.sub("", text))
    if not rest:
        return True
    # 【我来说两句】【推荐】【字体：大 中 小】: a bar of bracketed tools with a word between them.
    return len(tools) >= 3 and len(rest) <= 2 * len(tools) and not re.search(r"[。！？，]", text)


def _is_menu(text: str) -> bool:
    """`关于我们 | 联系我们 | 网站地图`: short words between bars."""
    if text.count("|") < 2:
        return False
    parts = [part.strip() for part in text.split("|")]
    return all(1 <= len(part) <= 8 for part in parts) and not any(sign in text for sign in ":/")


def _is_pager(text: str) -> bool:
    return bool(_PAGER.search(text) or text[-1:].isdigit()) and not _SIGNS.sub("", _PAGER.sub("", text))


def is_legal(line: Line) -> bool:
    """Disclaimers, copyright, licence numbers. Asked of a line several times."""
    if line.legal is None:
        line.legal = len(line.text) <= 400 and bool(_LEGAL_START.match(line.folded) or _LEGAL_ANY.search(line.folded))
    return line.legal


def is_breadcrumb(line: Line) -> bool:
    """`首页 > 新闻 > 正文`, with or without its label."""
    text = line.folded
    labels = labels_of(line)
    if labels and any(label.field == "section" and label.start < 8 for label in labels):
        return len(text) < 120
    if len(text) >= 120 or not (line.linked or "正文" in text or "首页" in text):
        return False
    if not _CRUMB_HINT.search(text) or _PAGES.search(text):
        return False
    *path, last = _CRUMB_SIGN.split(text)
    return bool(path) and len(last) <= 60 and all(len(part) <= 18 for part in path)


def is_caption(line: Line) -> bool:
    """A caption says so by how it begins or ends: `▲…`, `资料图`, `…新华社记者X 摄`."""
    text = line.folded
    return len(text) <= 120 and bool(_CAPTION_SIGN.search(text) and _CAPTION.search(text)) and not text.endswith("。摄")


def is_dateline(line: Line) -> bool:
    """A date, perhaps an outlet and tools, and nothing that reads as a sentence."""
    text = line.edged
    if len(text) > 90 or not may_hold_date(line.folded) or _CLAUSE.search(text) or not moments_of(line):
        return False
    return len(residue(text, moments_of(line))) <= 16


def is_byline(line: Line) -> bool:
    """A line of its own that names who wrote it: `□ 本报记者 葛灵丹`."""
    if len(line.text) > LABEL_LINE or not _BYLINE_HINT.search(line.folded):
        return False
    if editor_chain(line.edged) or _SQUARED.match(line.folded):
        return True
    return len(line.text) <= 60 and bool(byline(line.edged)) and not re.search(r"[。！？]", line.text.rstrip("。"))


def single_source(label: Labelled) -> str | None:
    """The outlet a source label names."""
    return one_value(label.value)


def editor_names(editors: list[Editor]) -> list[str]:
    """Those of the checking chain who edited: 责任编辑, 责编, 编辑; not 校对, 审核, 总编辑 or 编委."""
    names = (editor.name for editor in editors if "编" in editor.role and not _ABOVE.search(editor.role))
    return list(dict.fromkeys(names))
