"""Addresses that lead nowhere or never end: each refusal has a name, and every one is counted."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from urllib.parse import parse_qsl, urlsplit

from crawler.discovery.pagers import PAGE_PARAMETER

LONGEST = 600
"""Characters. News addresses stay below 250; longer ones carry state."""

MOST_SEGMENTS, MOST_PARAMETERS, MOST_REPEATS = 14, 6, 2

_ACTION = re.compile(
    r"/(?:login|logout|register|signin|signup|passport|search|so|print|comments?|share|cart|admin|wp-admin|cgi-bin|user|member|vote|survey"
    r"|dynclicks|click|stat|count\.php|feedback|guestbook)(?:[/.?]|$)|[?&](?:action|mod|m)=(?:login|register|logging|print|search|spacecp|post)\b",
    re.I,
)
_CALENDAR = re.compile(r"/(?:calendar|archives?/day)/|[?&](?:date|day|year|month|ymd|rili)=", re.I)
_SERVICE = re.compile(
    r"^(?:关于我们|关于本站|联系我们|联系方式|联系本站|网站地图|站点地图|版权声明|法律声明|网站声明|免责声明|隐私政策|隐私声明|用户协议|服务条款"
    r"|广告服务|广告刊例|广告合作|招聘信息|诚聘英才|人才招聘|网站简介|报社简介|本网简介|集团简介|投稿邮箱|我要投稿|友情链接|设为首页|加入收藏"
    r"|收藏本站|登录|注册|手机版|客户端|帮助中心|意见反馈|无障碍浏览|长者模式|English|RSS订阅|违法和不良信息举报.*|不良信息举报.*|.{0,6}备案号?.*"
    r"|跟帖评论自律管理承诺书|互联网新闻信息服务许可证.*|.{0,8}ICP[备证].*)$",
    re.I,
)


@lru_cache(maxsize=4096)
def trap(url: str) -> str | None:
    """Why an address is not followed: `long`, `depth`, `repeated`, `parameters`, `calendar`, `action`; None for a sound one."""
    if len(url) > LONGEST:
        return "long"
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    if len(segments) > MOST_SEGMENTS:
        return "depth"
    if _repeats(segments):
        return "repeated"
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    if len(pairs) > MOST_PARAMETERS and not parts.path.endswith("dataproxy.jsp"):
        return "parameters"
    if len({name for name, _ in pairs}) < len(pairs):
        return "repeated"
    if _CALENDAR.search(url):
        return "calendar"
    return "action" if _ACTION.search(url) else None


def _repeats(segments: list[str]) -> bool:
    """`/a/b/a/b/a/b/`: a relative link that grows by itself. Numbers may repeat (`/000/000/001/` of enorth's archives)."""
    words = Counter(segment for segment in segments[:-1] if not segment.isdigit())
    return any(count > MOST_REPEATS for count in words.values())


def is_service(text: str) -> bool:
    """Does a link's text name a page about the site itself (关于我们, 版权声明) and no article?"""
    return bool(_SERVICE.match(text.strip("·|> ")))


def page_parameters(url: str) -> list[str]:
    """Names of the parameters that number pages."""
    return [name for name, _ in parse_qsl(urlsplit(url).query) if PAGE_PARAMETER.match(name)]
