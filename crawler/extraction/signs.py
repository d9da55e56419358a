"""The words, headers and shapes of addresses by which kinds of pages are known."""

from __future__ import annotations

import re

GUARD_HEADERS = ("wzws-ray", "x-wzws-requested-method", "cf-mitigated")
# GUARD, MISSING, JUMP and VIDEO are asked of lower-case text: a pattern that ignores case is tried at every character.
GUARD = re.compile(
    r"__jsl_clearance|__jsluid|security_session_verify|security_session_mid_verify|wzwsquestion|wzwsfactor|/wzwsrel|_guard/auto|cf-chl|challenge-platform|aliyun_waf|acw_sc__v2|"
    r"tencentcaptcha|正在进行安全(?:验证|检测)|人机验证|安全验证|请完成.{0,6}验证|滑动验证|拖动滑块|滑块.{0,4}验证|yunsuoautojump|yunsuo_session_verify|访问(?:过于)?频繁|"
    r"checking your browser|just a moment|"
    r"网站防火墙|请求被拦截|您的(?:请求|访问|ip).{0,12}(?:拦截|阻断|封禁)|"
    r"请开启javascript并刷新"
)
MISSING = re.compile(
    r"页面没有找到|页面不存在|(?:新闻|文章|稿件|内容|信息|帖子|网页)(?:不存在|已(?:经)?(?:被)?删除|已下线)|该日期没有报纸|您(?:访问|查看|浏览|请求)的(?:页面|网页|内容|文章|文件)(?:不存在|已|没有|无法找到)|找不到(?:页面|网页|该页)|"
    r"404\s*(?:not found|错误|页面)|^\s*404\s*$|page not found|访问的页面(?:不存在|已删除)|"
    r"抱歉.{0,12}(?:不存在|已删除|找不到)|無法找到|頁面不存在|找不到(?:網頁|頁面)"
)
LOGIN = re.compile(
    r"(?:阅读|查看)全文.{0,6}请先.{0,4}登录|请先登录|登录后(?:查看|阅读)|关注公众号查看全文|请登录后|"
    r"登入後.{0,4}(?:閱讀|查看|觀看)|[訂订][閱阅][後后].{0,4}(?:閱讀|阅读|查看)|[为為]付[费費](?:内容|內容|文章|阅读|閱讀)"
)
REFRESH = re.compile(r"url\s*=", re.IGNORECASE)
JUMP = re.compile(r"location(?:\.href)?\s*=|location\.replace\(|http-equiv=[\"']?refresh")
FEED = re.compile(r"<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE)
SITEMAP = re.compile(r"<(?:urlset|sitemapindex)\b", re.IGNORECASE)
VIDEO = re.compile(
    r"<video\b|<embed\b[^>]+\.(?:swf|flv|mp4)|class=[\"'][^\"']*(?:video-player|prism-player|dplayer|videobox|video_box)|\.m3u8|videoobject"
)
EDITION_URL = re.compile(
    r"/node_\d+(?:_\d+)?\.html?$|/(?:layout|col)/\d{6}/\d\d/(?:node_|l|col)\d+\.html|/(?:v|V)[A-Z]?\d+\.shtml$|nbs\.D\d+|Page\d\d[A-Z]*\.htm|Qpaper\.html|/szb[zs][A-Z]?\d+\.Html$|/page_\d+\.htm",
    re.IGNORECASE,
)
ARTICLE_URL = re.compile(
    r"/t\d{8}_\w+\.s?html?|/content_\w+\.s?html?|/system/\d{4}/?\d\d/?\d\d/\d+|/art/\d{4}/\d|/c\d+-\d+\.html|/\d{4}-?/?\d\d-?/?\d\d/\w*\d{4,}\w*\.s?html?|/article[-_/]\d+|[?&](?:aid|id|newsid|articleid)=\d+|"
    r"/post_\d+\.html|/info/\d+/\d+\.htm|/\d{4}/\d{4}/\d+\.s?html?|nw\.D|newgx\w+|thread-\d+|doc-\w{8,}|/a/\d{6,}|/content/\d+/\d+/\d+|Articel|show-\d+|/c\.html$",
    re.IGNORECASE,
)
LIST_URL = re.compile(
    r"/(?:index|default|list)(?:_\d+)?\.(?:s?html?|jhtml|aspx?|jsp|php)$|/$|list[-_]\d+|/col/col\d+/|Category_\d+|/node_\d+\.htm|/channel/",
    re.IGNORECASE,
)
