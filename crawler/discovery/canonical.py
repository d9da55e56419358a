"""One address for one page: what may differ between two links to the same page is taken away or put in order."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

_PORTS = {"http": "80", "https": "443"}

TRACKING = re.compile(
    r"^(?:utm_\w+|spm|scm|gclid|fbclid|bd_vid|hmsr|hmpl|hmcu|hmkw|hmci|share_?(?:token|from|id|uid)|isappinstalled|nsukey|tdsourcetag"
    r"|wxshare_count|xhsshare|from_?source|_refluxos|tt_from|jsessionid|phpsessid|aspsessionid\w*|cfid|cftoken|sessionid|session_id"
    r"|weibo_id|dt_dapp|dt_platform)$",
    re.I,
)
"""Parameters that follow the reader (campaigns, shares, sessions) and never choose a page."""

_CACHE_BUSTER = re.compile(r"^(?:_|_t|r|rnd|rand|random|nocache|v|t|ts|time|timestamp)=(?:0?\.\d+|1\d{9}(?:\d{3})?)?$", re.I)
"""`?t=1714521600000`, `?r=0.5271`: a clock or a die, not a choice of page."""

_SESSION_IN_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#;]*", re.I)
_STRANGE = re.compile(r"[\x00-\x20\u3000\ufeff\\]")
_BLANKS = re.compile(r"[\x00-\x20\u3000\ufeff]+")
_SCHEME_ONLY = re.compile(r"[A-Za-z]+:/*")
_ENCODED = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_SAFE = "!$&'()*+,;=:@/%-._~|[]"


def is_route(fragment: str) -> bool:
    """Does what follows `#` choose a page of a single-page application (`/news/1`, `!/news/1`) and no place in this one?"""
    return fragment.startswith(("/", "!/"))


def canonical(url: str, base: str | None = None, *, routes: bool = False) -> str | None:
    """The canonical absolute address, or None where this is no http(s) page. `routes`: a fragment that is a route stays.

    Fragment, default port, user info, session and tracking parameters go; host in lower case, parameters in name order,
    percent-encoding in one form, dot segments resolved. What could change the page stays: letter case of the path, `//`
    inside it (enorth's archives have it), `www.`, the scheme and index pages (`crawler.items.identity` folds those three).
    """
    if routes and is_route((parts := url.partition("#"))[2]):
        page = canonical(parts[0] or (base or "").partition("#")[0], base)
        route, _, query = parts[2].partition("?")
        return page and f"{page}#{_percent(route)}" + (f"?{_query(query)}" if query else "")
    if _STRANGE.search(url):
        url = _BLANKS.sub(lambda found: "%20" if found.group() == " " else "", url.strip()).replace("\\", "/")
    if base is not None and not url.startswith(("http://", "https://")):
        # Most links of a page are paths from the root: joined here, at a tenth of urljoin's time.
        if url.startswith("/") and not url.startswith("//"):
            url = _root(base) + url
        elif _SCHEME_ONLY.fullmatch(url):
            return None
        else:
            try:
                url = urljoin(base, url)
            except ValueError:
                return None
    return _canonical(url)


@lru_cache(maxsize=1024)
def _root(base: str) -> str:
    parts = urlsplit(base)
    return f"{parts.scheme}://{parts.netloc}"


@lru_cache(maxsize=4096)
def _canonical(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not host or not _is_host(host):
        return None
    try:
        host = host.rstrip(".").encode("idna").decode("ascii") if not host.isascii() else host.rstrip(".")
    except UnicodeError:
        return None
    if ":" in host:
        host = f"[{host}]"
    netloc = host if port is None or str(port) == _PORTS[scheme] else f"{host}:{port}"
    path = _percent(_dots(_SESSION_IN_PATH.sub("", parts.path)) or "/")
    return urlunsplit((scheme, netloc, path, _query(parts.query), ""))


def _is_host(host: str) -> bool:
    return not re.search(r"[\s<>\"'{}|^`%()，。（）]", host) and ("." in host or ":" in host or host == "localhost")


def _dots(path: str) -> str:
    """`/a/./b/../c` to `/a/c`; what climbs above the root stays at the root, empty segments are kept."""
    if "/." not in path:
        return path
    out: list[str] = []
    segments = path.split("/")
    for place, segment in enumerate(segments):
        last = place == len(segments) - 1
        if segment == "..":
            if len(out) > 1:
                out.pop()
            if last:
                out.append("")
        elif segment != ".":
            out.append(segment)
        elif last:
            out.append("")
    return "/".join(out)


def _percent(text: str) -> str:
    """One form of percent-encoding: unreserved characters plain, all else encoded in upper case, non-ASCII as UTF-8."""

    def once(found: re.Match[str]) -> str:
        char = chr(int(found.group(1), 16))
        return char if char in _UNRESERVED else found.group().upper()

    return re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", quote(_ENCODED.sub(once, text), safe=_SAFE))


def _query(query: str) -> str:
    """Parameters in name order (equal names keep theirs), without tracking, sessions, clocks and empty pieces."""
    if not query:
        return ""
    pieces = [piece for piece in query.replace("&amp;", "&").split("&") if piece]
    kept = [p for p in pieces if not TRACKING.match(p.partition("=")[0]) and not _CACHE_BUSTER.match(p)]
    return "&".join(_percent(piece) for piece in sorted(kept, key=lambda p: p.partition("=")[0]))
