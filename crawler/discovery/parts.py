"""Further pages of one article: `_1` after TRS, `_01` after enorth, `_2` after Founder, `-2` after Discuz, `?page=2`."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from crawler.discovery.anchors import hrefs
from crawler.discovery.canonical import canonical
from crawler.discovery.counted import trs_call
from crawler.discovery.pagers import PAGE_PARAMETER

MOST = 60
"""No article has more parts; a higher number is another article's id."""

_FIRST = re.compile(r"-1$")
"""Discuz numbers an article's first page too: article-77-1.html."""

_PART_OF = (
    (re.compile(r"^(?P<first>.*/t\d{8}_\w+?)_(?P<n>\d{1,2})(?P<end>\.s?html?)$"), ""),  # TRS t20260501_1000009_1.shtml
    (re.compile(r"^(?P<first>.*/system/\d{4}/\d\d/\d\d/\d{6,})_(?P<n>\d\d)(?P<end>\.s?html?)$"), ""),  # enorth 016054009_01.shtml
    (re.compile(r"^(?P<first>.*/content_\d{4,})_(?P<n>\d{1,2})(?P<end>\.html?)$"), ""),  # Founder content_9538999_2.htm
    (re.compile(r"^(?P<first>.*/c\d+-\d{5,})-(?P<n>\d{1,2})(?P<end>\.html?)$"), ""),  # people c345167-40123456-2.html
    (re.compile(r"^(?P<first>.*/article-\d+)-(?P<n>[2-9]|\d\d)(?P<end>\.html?)$"), "-1"),  # Discuz article-5-2.html
)

_FURTHER = re.compile(r"[_-]\d|[\w.-]*(?:[?%]|&#)")
"""What follows an article's name in the address of a further page, however the address is written: `_2`, `.html?page=2`."""
_PARAMETERS = re.compile(rf"\?(?<=[\"'=\s]\?)(?:[^\"'\s<>]*[&;])?{PAGE_PARAMETER.pattern.strip('^$')}=\d", re.I)
"""`href="?page=2"`: a link that only changes parameters."""


def first_part(url: str) -> str:
    """The address of an article's first page where `url` is a further one by its family's certain shape, else `url`."""
    for pattern, one in _PART_OF:
        if found := pattern.match(url):
            return found.group("first") + one + found.group("end")
    return url


def next_part(url: str, text: str, tree: Any, leased: str | None = None) -> str | None:
    """The article's next page, or None at its end. `leased` is the address of its first page.

    Only an address that is this article's own with the next number counts, whatever its link says: 下一篇 never fits.
    """
    first = leased if leased and (url == leased or part_number(url, leased) is not None) else first_part(url)
    here = part_number(url, first) or 0
    stem = _stem(first)[0]
    call = trs_call(text) if "createPageHTML" in text else None
    if call and call[4] == "a" and stem.endswith("/" + call[2]):
        total, current, name, extension, _ = call
        return canonical(urljoin(url, f"{name}_{current + 1}.{extension}")) if current + 1 < min(total, MOST) else None
    name = _FIRST.sub("", stem.rpartition("/")[2])
    if not _goes_on(text, name):
        return None
    later = {
        number: there
        for there in hrefs(tree, url, name or "?")
        if (number := part_number(there, first)) is not None and here < number <= MOST
    }
    if not later:
        return None
    nearest = min(later)
    # After page 1 (no number) comes `_1` or `_2`; after that the numbers run on without a gap.
    return later[nearest] if nearest <= here + (2 if here == 0 else 1) else None


def _goes_on(text: str, name: str) -> bool:
    """Whether a page's source may hold a further page's address: most have none, and going through their links costs more."""
    return not name or any(map(_FURTHER.match, text.split(name)[1:])) or bool(_PARAMETERS.search(text))


def part_number(url: str, first: str) -> int | None:
    """The part number `url` has as a further page of the article at `first`; None when it is no part of it."""
    if urlsplit(url).hostname != urlsplit(first).hostname:
        return None
    (stem, end, query), (own, own_end, own_query) = _stem(url), _stem(first)
    if stem == own and end == own_end:
        return _by_query(query, own_query)
    if query != own_query:
        return None
    numbered = re.fullmatch(rf"{re.escape(_FIRST.sub('', own))}[_-](\d{{1,2}})", stem)
    return int(numbered.group(1)) if numbered and end == own_end else None


def _by_query(query: str, own: str) -> int | None:
    pairs, base = dict(parse_qsl(query)), dict(parse_qsl(own))
    pages = [name for name in pairs if PAGE_PARAMETER.match(name)]
    rest = {name: value for name, value in pairs.items() if name not in pages}
    if len(pages) == 1 and pairs[pages[0]].isdigit() and rest == {n: v for n, v in base.items() if not PAGE_PARAMETER.match(n)}:
        return int(pairs[pages[0]])
    return None


def _stem(url: str) -> tuple[str, str, str]:
    """(path without extension, extension, query) of an address."""
    parts = urlsplit(url)
    stem, dot, extension = parts.path.rpartition(".")
    return (stem, dot + extension, parts.query) if dot and "/" not in extension else (parts.path, "", parts.query)
