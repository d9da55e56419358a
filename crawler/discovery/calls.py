"""JSON lists that want POST: which page of the profile's API an address stands for, and what must be sent."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urldefrag

from crawler.sites.profile import Api, Site

_MARK = "page="
"""`https://a.cn/list#page=3`: the number is no part of what is sent, but one key a page."""


@dataclass(slots=True, frozen=True)
class ApiCall:
    """One HTTP request."""

    url: str
    method: str = "GET"
    body: str | None = None
    headers: tuple[tuple[str, str], ...] = ()


def api_of(url: str, site: Site | None) -> Api | None:
    """The profile's API that `url` is a page of."""
    bare, _ = urldefrag(url)
    for source in site.sources if site else ():
        if isinstance(source, Api):
            before, _, after = source.url.partition("{}")
            if bare == source.url or ("{}" in source.url and bare.startswith(before) and bare.endswith(after)):
                return source
    return None


def page_url(api: Api, number: int) -> str:
    """The address that stands for one page of an API, from 1."""
    if "{}" in api.url:
        return api.url.replace("{}", str(number))
    return f"{api.url}#{_MARK}{number}" if api.body and "{}" in api.body else api.url


def page_of(url: str, api: Api) -> int:
    """The page an address stands for; 1 where it says none."""
    if "{}" in api.url:
        before, _, after = api.url.partition("{}")
        number = urldefrag(url)[0].removeprefix(before).removesuffix(after)
    else:
        number = urldefrag(url)[1].removeprefix(_MARK)
    return int(number) if number.isascii() and number.isdigit() else 1


def api_call(url: str, site: Site | None) -> ApiCall:
    """What to send for a leased API address. A body is JSON where it begins like JSON, a form otherwise."""
    api, bare = api_of(url, site), urldefrag(url)[0]
    if api is None or (api.method == "GET" and api.body is None):
        return ApiCall(bare)
    body = (api.body or "").replace("{}", str(page_of(url, api)))
    kind = "application/json" if body.lstrip()[:1] in ("{", "[") else "application/x-www-form-urlencoded"
    return ApiCall(bare, api.method, body, (("Content-Type", f"{kind}; charset=utf-8"),))
