"""JSON lists that want POST: which page of the profile's API an address stands for, and what must be sent."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from urllib.parse import parse_qs, urldefrag

from crawler.discovery.canonical import canonical
from crawler.sites.profile import Api, Site

_NUMBER = "9087654321"
"""Stands for the page number while an address is put in canonical form."""


@dataclass(slots=True, frozen=True)
class ApiCall:
    """One HTTP request."""

    url: str
    method: str = "GET"
    body: str | None = None
    headers: tuple[tuple[str, str], ...] = ()


@cache
def _pattern(url: str) -> re.Pattern[str]:
    """An API's address with its page number as a group; canonical, as leased addresses are."""
    whole = canonical(url.replace("{}", _NUMBER)) or url
    return re.compile(re.escape(whole).replace(_NUMBER, r"(\d+)"))


def api_of(url: str, site: Site | None) -> Api | None:
    """The profile's API that `url` is a page of."""
    bare, fragment = urldefrag(url)
    apis = [s for s in (site.sources if site else ()) if isinstance(s, Api) and _pattern(s.url).fullmatch(bare)]
    asked = parse_qs(fragment).get("list", [None])[0]
    return next((api for api in apis if asked in (None, _list(api))), None)


def _list(api: Api) -> str:
    """Tells apart lists that have one address and differ in what is sent."""
    return hashlib.sha256((api.body or "").encode()).hexdigest()[:6]


def page_url(api: Api, number: int) -> str:
    """The address that stands for one page of an API, from 1.

    `https://a.cn/list#list=3f2a9c&page=3` where the number stands in what is sent: no part of the address, but one key a page.
    """
    url = canonical(api.url.replace("{}", str(number))) or api.url
    return f"{url}#list={_list(api)}&page={number}" if "{}" not in api.url and api.body and "{}" in api.body else url


def page_of(url: str, api: Api) -> int:
    """The page an address stands for; 1 where it says none."""
    bare, fragment = urldefrag(url)
    found = _pattern(api.url).fullmatch(bare)
    number = found.group(1) if found and found.groups() else parse_qs(fragment).get("page", ["1"])[0]
    return int(number) if number.isascii() and number.isdigit() else 1


def api_call(url: str, site: Site | None) -> ApiCall:
    """What to send for a leased API address. A body is JSON where it begins like JSON, a form otherwise."""
    api, bare = api_of(url, site), urldefrag(url)[0]
    if api is None or (api.method == "GET" and api.body is None):
        return ApiCall(bare)
    body = (api.body or "").replace("{}", str(page_of(url, api)))
    kind = "application/json" if body.lstrip()[:1] in ("{", "[") else "application/x-www-form-urlencoded"
    return ApiCall(bare, api.method, body, (("Content-Type", f"{kind}; charset=utf-8"),))
