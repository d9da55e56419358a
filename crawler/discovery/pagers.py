"""Where a list goes on: from the page's own scripts, from its links, from the way its family numbers pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from crawler.discovery.anchors import Anchor
from crawler.discovery.canonical import canonical

MOST = 20_000
"""No list has more pages than this; a call that says so is a template's mistake."""

_QUOTED = r"""\s*["']([\w./-]+)["']\s*"""
_TRS_A = re.compile(rf"createPageHTML\(\s*(\d+)\s*,\s*(\d+)\s*,{_QUOTED},{_QUOTED}", re.I)
"""createPageHTML(total, current from 0, "index", "shtml")"""
_TRS_B = re.compile(rf"createPageHTML\(\s*[\"'][\w-]+[\"']\s*,\s*(\d+)\s*,\s*(\d+)\s*,{_QUOTED},{_QUOTED}", re.I)
"""createPageHTML('page_div', total, current from 1, 'list', 'shtml', records)"""
_COUNT = re.compile(r"\b(?:countPage|pageCount|totalPages?|pageTotal|pagesCount)\s*[=:]\s*[\"']?(\d+)", re.I)
_CURRENT = re.compile(r"\b(?:current_?Page|pageIndex|cur_?Page|currPage|pageNo|pageNum|nowPage)\s*[=:]\s*[\"']?(\d+)", re.I)
"""`var pageCount = 4; var pageIndex = 1`: what a script is told that draws the row of numbers."""

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


def trs_call(text: str) -> tuple[int, int, str, str, str] | None:
    """(total, current from 0, name, extension, signature) of the page's createPageHTML call, or None."""
    if found := _TRS_A.search(text):
        return int(found.group(1)), int(found.group(2)), found.group(3), found.group(4), "a"
    if found := _TRS_B.search(text):
        return int(found.group(1)), max(int(found.group(2)) - 1, 0), found.group(3), found.group(4), "b"
    return None


def _trs(url: str, text: str, _found: list[Anchor]) -> Iterator[str]:
    call = trs_call(text)
    if call is None or not call[1] + 1 < call[0] <= MOST:
        return
    _, current, name, extension, signature = call
    suffix = re.search(rf"{re.escape(name)}_?(\d+)\.\w+$", urlsplit(url).path)
    if signature == "a" or suffix:
        number = int(suffix.group(1)) + 1 if suffix and signature == "b" else current + 1
        yield from _join(url, f"{name}_{number}.{extension}")
    else:
        # Signature b: page 2 is `list_2` on some sites and `list_1` on others; both are asked for once.
        yield from (page for number in (2, 1) for page in _join(url, f"{name}_{number}.{extension}"))
    if signature == "a" and name == "default" and not suffix:
        yield from _join(url, f"{name}{current + 1}.{extension}")


def _variables(url: str, text: str, _found: list[Anchor]) -> Iterator[str]:
    """`var currentPage = 0; … var countPage = 25`, as TRS's own template prints it, or another script's words for it."""
    count, current = _COUNT.search(text), _CURRENT.search(text)
    if not (count and current) or int(count.group(1)) > MOST:
        return
    total, here = int(count.group(1)), int(current.group(1))
    name, extension = _name(url)
    own = re.fullmatch(r"(.+?)_(\d+)", name)
    numbers: tuple[int, ...]
    if here == 0 or count.group().startswith("countPage"):  # TRS counts from 0, and so are its pages numbered
        numbers = (here + 1,) if here + 1 < total else ()
    elif own:
        numbers = (int(own.group(2)) + 1,) if here < total else ()
    else:
        numbers = (2, 1) if total > 1 else ()  # page 2 is `index_2` on some sites and `index_1` on others
    for number in numbers:
        yield from _join(url, f"{own.group(1) if own else name}_{number}.{extension}")


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
        yield from (page for step in steps if step <= last for page in _join(url, f"{before}{step}{after}"))
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
        newest = max((a.url for a in found if re.search(r"/system/count/.*/c\d+_\d{9}\.s?html?$", a.url)), default=None)
        if newest:
            yield newest


def _by_template(url: str, template: str) -> Iterator[str]:
    """A profile's `…/index_{}.htm`: the page after the one whose number stands in the address; page 2 after the first."""
    pattern = re.escape(template).replace(r"\{\}", r"(\d+)")
    found = re.fullmatch(pattern, url)
    page = canonical(template.replace("{}", str(int(found.group(1)) + 1 if found else 2)))
    if page:
        yield page


def _join(url: str, name: str) -> Iterator[str]:
    page = canonical(urljoin(url, name))
    if page:
        yield page


def _name(url: str) -> tuple[str, str]:
    """Name and extension of the file an address ends in; `index.html` for a folder."""
    last = urlsplit(url).path.rpartition("/")[2]
    name, _, extension = last.rpartition(".")
    return (name, extension) if name else ("index", "html")


_Pager = Callable[[str, str, "list[Anchor]"], "Iterator[str]"]
_PAGERS: tuple[tuple[str, _Pager], ...] = (
    ("enorth", _enorth), ("trs", _trs), ("next", _labelled), ("variables", _variables), ("numbers", _numbered),
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
