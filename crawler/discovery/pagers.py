"""Where a list goes on: from the page's own scripts (`counted`), its links, the way its family numbers pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from crawler.discovery.anchors import Anchor
from crawler.discovery.canonical import canonical
from crawler.discovery.counted import MOST, joined, trs, variables

NEXT_TEXT = re.compile(r"^[\[【(（<\s]*(?:下一页|下页|后一页|下一頁|next(?:\s*page)?|下一页[>»]*|[>›»]{1,2})[\]】)）>\s]*$", re.I)
"""下一页, [下页], 下一页>, »; not 下一篇, 下一版, 下一期."""
LAST_TEXT = re.compile(r"^[\[【(（\s]*(?:尾页|末页|最后一页|最末页|last(?:\s*page)?)[\]】)）\s]*$", re.I)

PAGE_PARAMETER = re.compile(
    r"^(?:page|pageindex|pageno|pagenum|pagenumber|currpage|currentpage|curpage|pn|p|cms_node_post_list_page|pageid|paged)$", re.I
)
_LAST_NUMBER = re.compile(r"\d+(?=(?:\.\w+)?$)|(?<==)\d+(?=&|$)")
_NUMBERED = re.compile(r"^(.*?[_-]?)(\d+)(\.\w+)?$")


def next_pages(url: str, text: str, found: list[Anchor], template: str | None = None) -> Iterator[tuple[str, str]]:
    """(canonical address, rule) of the pages a list goes on with, best first. Empty at its end."""
    for rule, pager in _PAGERS:
        pages = [page for page in pager(url, text, found) if page != url]
        if pages:
            for page in pages:
                yield page, f"pager:{rule}"
            return
    if template:
        yield from ((page, "pager:profile") for page in _by_template(url, template))


def _last(url: str, _text: str, found: list[Anchor]) -> Iterator[str]:
    """尾页 is a link and 下一页 a script: the page between this one and the last that comes next."""
    for anchor in found:
        if not LAST_TEXT.match(anchor.text) or urlsplit(anchor.url).hostname != urlsplit(url).hostname:
            continue
        number = _LAST_NUMBER.search(anchor.url)
        if number is None or int(number.group()) > MOST:
            return
        before, after, last = anchor.url[: number.start()], anchor.url[number.end() :], int(number.group())
        here = re.fullmatch(rf"{re.escape(before)}(\d+){re.escape(after)}", url)
        # The first page may have no number: 2 follows, or 1.
        steps = (int(here.group(1)) + 1,) if here else (2, 1) if _same_list(anchor.url, url) else ()
        yield from (page for step in steps if step <= last for page in joined(url, f"{before}{step}{after}"))
        return


def _labelled(url: str, _text: str, found: list[Anchor]) -> Iterator[str]:
    """A link that says 下一页, or `rel=next`; never one that stays or leaves the site."""
    host = urlsplit(url).hostname
    for anchor in found:
        label = anchor.text or (anchor.node.get("title") if anchor.node is not None else "") or ""
        named = NEXT_TEXT.match(label) or (anchor.node is not None and anchor.node.get("rel") == "next")
        if named and urlsplit(anchor.url).hostname == host and anchor.url != url:
            yield anchor.url
            return


def _numbered(url: str, _text: str, found: list[Anchor]) -> Iterator[str]:
    """A row of page numbers: the link whose text is the number after the current page's."""
    numbers = {
        int(anchor.text): anchor for anchor in found if re.fullmatch(r"\[?\d{1,4}\]?", anchor.text) and anchor.text.isdigit()
    }
    pages = {n: a for n, a in numbers.items() if _same_list(a.url, url)}
    if len(pages) >= 2 or (2 in pages and len(pages) == 1):
        current = next((n for n, a in pages.items() if a.url == url), None) or _missing(sorted(pages))
        if current + 1 in pages:
            yield pages[current + 1].url


def _missing(numbers: list[int]) -> int:
    """The page in a row of links that is no link is the one we are on: 1 2 [3] 4 5."""
    for number in range(numbers[0], numbers[-1]):
        if number not in numbers:
            return number
    return numbers[0] - 1


def _same_list(one: str, other: str) -> bool:
    """Do two addresses differ in numbers only? `/xw/index_2.html` and `/xw/index.html`, `?page=2` and none."""
    a, b = urlsplit(one), urlsplit(other)
    if a.hostname != b.hostname:
        return False
    if a.path == b.path:
        return True
    strip = re.compile(r"(?:(?:/?index|/?default)?(?:[_-]?\d+)?\.\w+|/?\d*/?|/?p(?:age)?/\d+/?)$")
    return strip.sub("", a.path).rstrip("/") == strip.sub("", b.path).rstrip("/")


def _enorth(url: str, _text: str, found: list[Anchor]) -> Iterator[str]:
    """enorth numbers its archive from the oldest page: the newest has the highest number, the next older one less."""
    here = re.search(r"(/system/count/.*/c\d+_)(\d{9})(\.s?html?)$", url)
    if here and int(here.group(2)) > 1:
        yield url[: here.start()] + f"{here.group(1)}{int(here.group(2)) - 1:09}{here.group(3)}"
    elif not here:
        archives = (anchor.url for anchor in found if "/system/count/" in anchor.url)
        newest = max((url for url in archives if re.search(r"/c\d+_\d{9}\.s?html?$", url)), default=None)
        if newest:
            yield newest


def _by_template(url: str, template: str) -> Iterator[str]:
    """A profile's `…/index_{}.htm`: the page after the one whose number stands in the address; page 2 after the first."""
    pattern = re.escape(template).replace(r"\{\}", r"(\d+)")
    found = re.fullmatch(pattern, url)
    page = canonical(template.replace("{}", str(int(found.group(1)) + 1 if found else 2)))
    if page:
        yield page


_Pager = Callable[[str, str, "list[Anchor]"], "Iterator[str]"]
_PAGERS: tuple[tuple[str, _Pager], ...] = (
    ("enorth", _enorth), ("trs", trs), ("next", _labelled), ("variables", variables), ("numbers", _numbered),
    ("last", _last),
)  # fmt: skip


def is_pager(anchor: Anchor, url: str) -> bool:
    """A link that only leads about in the same list: page numbers, 首页, 尾页."""
    label = anchor.text.strip("[]【】()（） ")
    named = label.isdigit() or NEXT_TEXT.match(label) or label in ("首页", "上一页", "尾页", "末页", "最后一页", "上页", "第一页")
    return bool(named) and _same_list(anchor.url, url)


def page_number(url: str) -> int | None:
    """The number in a list page's address: `index_3.html` gives 3."""
    found: Any = _NUMBERED.match(urlsplit(url).path.rpartition("/")[2].partition(".")[0])
    return int(found.group(2)) if found else None
