"""Further pages of one article: `_1` after TRS, `_01` after enorth, `_2` after Founder, `-2` after Discuz, `?page=2`, 全文."""

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

_WHOLE_TEXT = re.compile(
    r"[\[【(（<\s]*(?:在本页)?(?:余下|剩余|阅读|閱讀|显示|查看|展开|浏览)?全文(?:阅读|显示|浏览)?[\]】)）>»\s]*$"
)
"""余下全文, [阅读全文], 在本页阅读全文: the rest or all of an article on one page."""

_FURTHER = re.compile(r"[_-](?:\d|all|full|whole|s\.)|[\w.-]*(?:[?%]|&#)")
"""What follows an article's name in the address of a further page, however it is written: `_2`, `_all`, `.html?page=2`."""
_PARAMETERS = re.compile(
    rf"\?(?<=[\"'=\s]\?)(?:[^\"'\s<>]*[&;])?(?:{PAGE_PARAMETER.pattern.strip('^$')}=(?:\d|all)|(?:full|all)=)", re.I
)
"""`href="?page=2"`: a link that only changes parameters."""


def first_part(url: str) -> str:
    """The address of an article's first page where `url` is a further one by its family's certain shape, else `url`."""
    for pattern, one in _PART_OF:
        if found := pattern.match(url):
            return found.group("first") + one + found.group("end")
    return url


def next_part(url: str, text: str, tree: Any, leased: str | None = None) -> str | None:
    """The article's next page, or None at its end. `leased` is the address of its first page.

    Only an address that is this article's own with the next number counts, whatever its link says: 下一篇 never fits. Where
    there is none, a link that says 全文 counts whose address is the article's own, too.
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
    named = hrefs(tree, url, name or "?")
    later = {there: number for there, _ in named if (number := part_number(there, first)) is not None and here < number <= MOST}
    if not later:
        whole = (there for there, words in named if _WHOLE_TEXT.match(words) and _is_whole(there, first))
        return next(whole, None) if url == first else None
    nearest = min(later, key=lambda there: later[there])
    # After page 1 (no number) comes `_1` or `_2`; after that the numbers run on without a gap.
    return nearest if later[nearest] <= here + (2 if here == 0 else 1) else None


def _goes_on(text: str, name: str) -> bool:
    """Whether a page's source may hold a further page's address: most have none, and going through their links costs more."""
    if not name or _PARAMETERS.search(text):
        return True
    place = text.find(name)
    while place >= 0:
        end = place + len(name)
        place = text.find(name, end)
        if _FURTHER.match(text, end, place if place >= 0 else len(text)):
            return True
    return False


def _is_whole(url: str, first: str) -> bool:
    """Is this the article at `first` on one page? `123_all.html`, `123_0.html`, `show.php?id=7&page=all`, `7.html?full=1`."""
    (stem, end, query), (own, own_end, own_query) = _stem(url), _stem(first)
    if urlsplit(url).hostname != urlsplit(first).hostname or end != own_end:
        return False
    if stem == own:
        there, here = dict(parse_qsl(query)), dict(parse_qsl(own_query))
        return len(there) == len(here) + 1 and here.items() <= there.items()
    return query == own_query and re.fullmatch(rf"{re.escape(_FIRST.sub('', own))}[_-](?:all|full|whole|s|0)", stem) is not None


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
