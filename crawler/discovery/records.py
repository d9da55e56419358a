"""Lists that are data: JSON behind a channel page, JSON or JavaScript literals in its scripts, calendars of issues."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from crawler.clock import CHINA
from crawler.discovery.anchors import Anchor, date_in
from crawler.discovery.calls import page_of, page_url
from crawler.discovery.canonical import canonical
from crawler.discovery.shapes import day_of_url, is_asset
from crawler.sites.profile import Api

_PERIOD = re.compile(r"<(?:period_)?date>\s*([^<]+?)\s*</.*?<(?:front_page|url)>\s*([^<]+?)\s*</", re.S | re.I)
_LINK_KEYS = ("url", "link", "href", "pcurl", "docpuburl", "puburl", "shareurl", "detailurl", "arturl", "linkurl", "urls", "pc")
_TITLE_KEYS = ("title", "doctitle", "headline", "newstitle", "arttitle", "listtitle", "showtitle", "name")
_DATE_KEYS = (
    "pubdate",
    "pubtime",
    "publishdate",
    "publishtime",
    "docpubtime",
    "docreltime",
    "createtime",
    "releasetime",
    "date",
    "time",
)
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")
"""Seconds or milliseconds since 1970, from 2001 to 2033: `"date": 1783353600`."""
_LITERAL = re.compile(r"\[\s*\{")
_MOST_LITERALS = 40


@dataclass(slots=True, frozen=True)
class Records:
    """What a data list holds: its entries, and the address of its next page."""

    entries: list[Anchor]
    next_page: str | None = None


def periods(url: str, text: str) -> list[Anchor]:
    """The issues that a Founder paper's `period.xml` names: `<period_date>…<front_page>…`, in some papers `<date>…<url>…`."""
    if not urlsplit(url).path.endswith("period.xml"):
        return []
    found = _PERIOD.findall(text)
    return [Anchor(page, date=date_in(day), tag="period") for day, front in found if (page := canonical(front.strip(), url))]


def api_records(url: str, text: str, api: Api | None) -> Records | None:
    """A JSON answer's records by the profile's paths, else by the names its keys have; None where it is no JSON."""
    try:
        data = json.loads(_without_callback(text))
    except (ValueError, RecursionError):  # also a bomb of brackets: [[[[…
        return None
    entries = list(_by_paths(url, data, api)) if api and api.items else list(_walk(url, data))
    following = (page_url(api, page_of(url, api) + 1) if api else _next_number(url)) if entries else None
    return Records(entries, following if following != url else None)


def _without_callback(text: str) -> str:
    """JSONP's JSON: `callback({...});`."""
    found = re.fullmatch(r"\s*[\w$.]+\s*\((.*)\)\s*;?\s*", text, re.S)
    return found.group(1) if found else text


def _by_paths(url: str, data: Any, api: Api) -> Iterator[Anchor]:
    import jmespath

    for record in jmespath.search(api.items, data) or ():
        address = _link(api.link, record) if api.link else None
        there = canonical(address, url, routes=True) if address else None
        if there:
            title, day = (jmespath.search(path, record) if path else None for path in (api.title, api.date))
            yield Anchor(
                there,
                str(title or ""),
                str(title) if title else None,
                _moment(day) or day_of_url(there),
                tag="json",
            )


def _link(path: str, record: Any) -> str | None:
    """A record's address by its JMESPath, or by a template of them: `https://a.cn/page?n={id}&s={style}`."""
    import jmespath

    if "{" not in path:
        address = jmespath.search(path, record)
        return str(address) if address else None
    values = {name: jmespath.search(name, record) for name in re.findall(r"\{([^{}]+)\}", path)}
    if any(value in (None, "") for value in values.values()):
        return None
    return re.sub(r"\{([^{}]+)\}", lambda found: quote(str(values[found.group(1)]), safe=""), path)


def _moment(value: Any) -> str | None:
    """A record's date: written out, or seconds or milliseconds since 1970."""
    text = str(value or "")
    if _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), CHINA).isoformat(timespec="minutes")
    return date_in(text)


def _walk(url: str, data: Any) -> Iterator[Anchor]:
    """Records anywhere in parsed JSON: objects with a link and a title, also where the link is JSON in a string."""
    if isinstance(data, list):
        for value in data:
            yield from _walk(url, value)
    elif isinstance(data, dict):
        names = {str(key).lower().replace("_", ""): value for key, value in data.items()}
        title = next((names[key] for key in _TITLE_KEYS if isinstance(names.get(key), str) and names[key].strip()), None)
        address = next((link for key in _LINK_KEYS if (link := _address(names.get(key)))), None)
        there = canonical(address, url) if address else None
        if title and there and not is_asset(there):
            day = next((day for key in _DATE_KEYS if (day := _moment(names.get(key)))), None)
            plain = re.sub(r"<[^>]+>", "", title).strip()
            yield Anchor(there, plain, plain, day or day_of_url(there), tag="json")
        for value in data.values():
            if isinstance(value, (dict, list)):
                yield from _walk(url, value)


def _address(value: Any) -> str | None:
    """A link out of a record's field: `"/a/1.html"`, `"{\\"pc\\":\\"/a/1.html\\"}"`, `{"pc": "/a/1.html"}`."""
    if isinstance(value, str) and value.startswith("{"):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return None
    if isinstance(value, dict):
        return next((v for k, v in value.items() if str(k).lower() in _LINK_KEYS and isinstance(v, str) and v), None)
    looks = isinstance(value, str) and re.match(r"(?:https?:)?//|\.{0,2}/|[\w-]+/[\w/.-]+$|[\w-]+\.s?html?$", value)
    return value if looks else None


def _next_number(url: str) -> str | None:
    """The address with its page parameter raised by one: `?currpage=1` gives `?currpage=2`."""
    from crawler.discovery.pagers import PAGE_PARAMETER

    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    for place, (name, value) in enumerate(pairs):
        if PAGE_PARAMETER.match(name) and value.isdigit():
            pairs[place] = (name, str(int(value) + 1))
            return canonical(parts._replace(query=urlencode(pairs)).geturl())
    return None


def script_records(url: str, text: str) -> list[Anchor]:
    """Entries in JSON or JavaScript literals of a page's scripts: `var list = [{title:'…', url:'/a/1.html'}]`. Never run."""
    entries: list[Anchor] = []
    end = 0
    for found in list(_LITERAL.finditer(text))[:_MOST_LITERALS]:
        if found.start() < end:
            continue
        value, length = _parsed(text, found.start())
        end = found.start() + length
        entries.extend(_walk(url, value))
    return entries


def _parsed(text: str, start: int) -> tuple[Any, int]:
    """(value, characters read) of the literal that starts here; (None, 0) where it is none."""
    try:
        value, end = json.JSONDecoder().raw_decode(text, start)
        return value, end - start
    except (ValueError, RecursionError):
        pass
    import chompjs

    try:
        return chompjs.parse_js_object(text[start : start + 400_000]), 2
    except (ValueError, RecursionError):
        return None, 0
