"""What a page is, before anything is read from it: junk must never become an article."""

from __future__ import annotations

import re

from crawler.extraction.document import Document
from crawler.extraction.headline import page_headline
from crawler.extraction.line import Line
from crawler.extraction.lines import page_lines
from crawler.extraction.locate import is_tail_mark, page_weights
from crawler.extraction.meta import read_meta
from crawler.items import Kind, Lease
from crawler.sites.profile import Site

LOGIN_HAN = 250
"""Han characters of running text that a teaser above a login notice has at most."""
MUCH_HAN = 400
"""Han characters of a page that says no more than that it is missing; a page with more says something else."""
ARTICLE_HAN = 60
"""Han characters of running text outside links that make an article beside a headline; shorter ones are briefs."""
_DATA_KINDS = frozenset((Kind.SITEMAP, Kind.FEED, Kind.API))
"""Lists that are no HTML: gzipped sitemaps, robots.txt, JSONP, Hanweb's datastore. Their lease knows them better than we."""
_GUARD_HEADERS = ("wzws-ray", "x-wzws-requested-method", "cf-mitigated")
_GUARD = re.compile(
    r"__jsl_clearance|__jsluid|security_session_verify|security_session_mid_verify|wzwsquestion|wzwsfactor|/WZWSREL|_guard/auto|cf-chl|challenge-platform|aliyun_waf|acw_sc__v2|"
    r"TencentCaptcha|正在进行安全(?:验证|检测)|人机验证|安全验证|请完成.{0,6}验证|滑动验证|访问(?:过于)?频繁|"
    r"Checking your browser|Just a moment|"
    r"网站防火墙|请求被拦截|您的(?:请求|访问).{0,12}(?:拦截|阻断)|"
    r"请开启JavaScript并刷新",
    re.IGNORECASE,
)
_MISSING = re.compile(
    r"页面没有找到|页面不存在|(?:新闻|文章|稿件|内容|信息|帖子|网页)(?:不存在|已(?:经)?(?:被)?删除|已下线)|该日期没有报纸|您(?:访问|查看|浏览|请求)的(?:页面|网页|内容|文章|文件)(?:不存在|已|没有|无法找到)|找不到(?:页面|网页|该页)|"
    r"404\s*(?:Not Found|错误|页面)|^\s*404\s*$|Page Not Found|访问的页面(?:不存在|已删除)|"
    r"抱歉.{0,12}(?:不存在|已删除|找不到)|無法找到|頁面不存在|找不到(?:網頁|頁面)",
    re.IGNORECASE,
)
_LOGIN = re.compile(r"(?:阅读|查看)全文.{0,6}请先.{0,4}登录|请先登录|登录后(?:查看|阅读)|关注公众号查看全文|會員登入後|请登录后")
_REFRESH = re.compile(r"url\s*=", re.IGNORECASE)
_JUMP = re.compile(
    r"(?:window\.|document\.|top\.|self\.)?location(?:\.href)?\s*=|location\.replace\(|http-equiv=[\"']?refresh", re.IGNORECASE
)
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE)
_SITEMAP = re.compile(r"<(?:urlset|sitemapindex)\b", re.IGNORECASE)
_VIDEO = re.compile(
    r"<video\b|<embed\b[^>]+\.(?:swf|flv|mp4)|class=[\"'][^\"']*(?:video-player|prism-player|dplayer|videobox|video_box)|\.m3u8|VideoObject",
    re.IGNORECASE,
)
_EDITION_URL = re.compile(
    r"/node_\d+(?:_\d+)?\.html?$|/(?:layout|col)/\d{6}/\d\d/(?:node_|l|col)\d+\.html|/(?:v|V)[A-Z]?\d+\.shtml$|nbs\.D\d+|Page\d\d[A-Z]*\.htm|Qpaper\.html|/szb[zs][A-Z]?\d+\.Html$|/page_\d+\.htm",
    re.IGNORECASE,
)
_ARTICLE_URL = re.compile(
    r"/t\d{8}_\w+\.s?html?|/content_\w+\.s?html?|/system/\d{4}/?\d\d/?\d\d/\d+|/art/\d{4}/\d|/c\d+-\d+\.html|/\d{4}-?/?\d\d-?/?\d\d/\w*\d{4,}\w*\.s?html?|/article[-_/]\d+|[?&](?:aid|id|newsid|articleid)=\d+|"
    r"/post_\d+\.html|/info/\d+/\d+\.htm|/\d{4}/\d{4}/\d+\.s?html?|nw\.D|newgx\w+|thread-\d+|doc-\w{8,}|/a/\d{6,}|/content/\d+/\d+/\d+|Articel|show-\d+|/c\.html$",
    re.IGNORECASE,
)
_LIST_URL = re.compile(
    r"/(?:index|default|list)(?:_\d+)?\.(?:s?html?|jhtml|aspx?|jsp|php)$|/$|list[-_]\d+|/col/col\d+/|Category_\d+|/node_\d+\.htm|/channel/",
    re.IGNORECASE,
)


def page_kind(document: Document, *, site: Site | None, lease: Lease | None) -> tuple[Kind, str | None]:
    """The page's kind, and for junk what gave it away."""
    raw, text = document.raw, document.text
    if guard := _guard(document):
        return Kind.CHALLENGE, guard
    if data := _data_kind(document, lease):
        return data
    if document.is_text:
        return (Kind.ARTICLE, None) if text.strip() else (Kind.EMPTY, "no text")
    if document.tree is None:
        return Kind.EMPTY, "no markup" if text.strip() else "no text"
    lines = page_lines(document)
    meta = read_meta(document)
    han = _han_up_to(lines, MUCH_HAN)
    if raw.status in (404, 410):
        return Kind.SOFT_404, f"status {raw.status}"
    if stub := _stub(document, han):
        return Kind.STUB, stub
    if missing := _missing(meta.title or "", lines, han):
        return Kind.SOFT_404, missing
    if not any(line.text or line.images for line in lines):
        # A frameset has no text of its own, and leads on all the same.
        return (Kind.EMPTY, "no text") if next(document.tree.iter("frame"), None) is None else (Kind.LIST, None)
    return _readable(document, lines, han, site, lease)


def _han_up_to(lines: list[Line], enough: int) -> int:
    """Han characters of a page, counted until there are more than enough."""
    han = 0
    for line in lines:
        han += line.han
        if han > enough:
            break
    return han


def _guard(document: Document) -> str | None:
    raw = document.raw
    if raw.status in (412, 521):
        return f"status {raw.status}"
    for name in _GUARD_HEADERS:
        if name in raw.headers and (raw.status != 200 or len(raw.body) < 20_000):
            return f"header {name}"
    if len(document.text) < 40_000:
        prose = sum(line.han for line in page_lines(document) if line.prose)
        if prose < 150 and (match := _GUARD.search(document.text)):
            return f"text {match[0]}"
    return f"status {raw.status}" if raw.status in (403, 429, 503) and len(document.text) < 40_000 else None


def _data_kind(document: Document, lease: Lease | None) -> tuple[Kind, str | None] | None:
    head = document.text[:4000]
    if document.tree is not None or (document.raw.status != 200 and not head.strip()):
        return None
    if lease is not None and lease.kind in _DATA_KINDS and document.raw.status == 200:
        return lease.kind, None
    if _FEED.search(head):
        return Kind.FEED, None
    if _SITEMAP.search(head):
        return Kind.SITEMAP, None
    if (
        document.text.lstrip("\ufeff \r\n\t")[:1] in ("[", "{", "<")
        and "json" not in document.raw.headers.get("content-type", "")
    ) or head.lstrip()[:1] in ("[", "{"):
        return Kind.API, None
    return None


def _stub(document: Document, han: int) -> str | None:
    """A tiny page whose worth is where it sends the reader; full pages hold `location=` handlers, too."""
    if len(document.text) > 10_000 or han > 60:
        return None
    if read_meta(document).refresh and _REFRESH.search(read_meta(document).refresh or ""):
        return "meta refresh"
    if _JUMP.search(document.text) and "<a" not in document.text.lower():
        return "script"
    return None


def _missing(title: str, lines: list[Line], han: int) -> str | None:
    if match := _MISSING.search(title):
        return f"title {match[0]}"
    if han > MUCH_HAN:
        return None
    for line in lines:
        if len(line.text) <= 60 and (match := _MISSING.search(line.text)):
            return f"text {match[0]}"
    return None


def _readable(document: Document, lines: list[Line], han: int, site: Site | None, lease: Lease | None) -> tuple[Kind, str | None]:
    url = document.url
    headline = page_headline(document).position
    prose = sum(page_weights(document, headline))
    linked = sum(line.linked for line in lines) / (sum(len(line.text) for line in lines) or 1)
    expected = lease.kind if lease is not None else Kind.UNKNOWN
    article = expected is Kind.ARTICLE or _article_address(url, site)
    if expected is Kind.EDITION or (expected is Kind.UNKNOWN and _EDITION_URL.search(url) and prose < 600):
        return Kind.EDITION, None
    if expected is Kind.LIST and not (_article_address(url, site) and prose > 300):
        return Kind.LIST, None
    text = _region(lines, headline)
    if prose < LOGIN_HAN and any(_LOGIN.search(line.text) for line in text if len(line.text) <= 80):
        return Kind.LOGIN, "asks to sign in"
    if prose < ARTICLE_HAN:
        return _without_prose(document, text, han, linked, article)
    if not article and ((_LIST_URL.search(url) and linked > 0.6 and prose < 600) or (linked > 0.8 and prose < 400)):
        return Kind.LIST, None
    return Kind.ARTICLE, None


def _region(lines: list[Line], headline: int | None) -> list[Line]:
    """What stands between the headline and the first tail mark."""
    region: list[Line] = []
    for line in lines[(headline or 0) + 1 :]:
        if is_tail_mark(line) and region:
            break
        region.append(line)
    return region


def _article_address(url: str, site: Site | None) -> bool:
    if site is not None and site.article_url:
        return any(re.search(pattern, url) for pattern in site.article_url)
    return bool(_ARTICLE_URL.search(url))


def _without_prose(document: Document, text: list[Line], han: int, linked: float, article: bool) -> tuple[Kind, str | None]:
    images = sum(len(line.images) for line in text if not line.linked and line.node is not None)
    if article and _VIDEO.search(document.text):
        return Kind.VIDEO, None
    if article and images >= 3:
        return Kind.GALLERY, None
    if article and linked < 0.95:
        return Kind.ARTICLE, None
    if han and linked > 0.4:
        return Kind.LIST, None
    if not han and not images:
        return Kind.EMPTY, "no text"
    return Kind.UNKNOWN, "neither text nor links"
