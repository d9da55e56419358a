"""Pages that a list's own script counts: TRS's `createPageHTML(…)`, `var pageCount = 4; var pageIndex = 1`."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
_COUNTS = ("ountPage", "ageCount", "agecount", "otalPage", "otalpage", "ageTotal", "agesCount")


def trs_call(text: str) -> tuple[int, int, str, str, str] | None:
    """(total, current from 0, name, extension, signature) of the page's createPageHTML call, or None."""
    if "PageHTML" not in text:
        return None
    if found := _TRS_A.search(text):
        return int(found.group(1)), int(found.group(2)), found.group(3), found.group(4), "a"
    if found := _TRS_B.search(text):
        return int(found.group(1)), max(int(found.group(2)) - 1, 0), found.group(3), found.group(4), "b"
    return None


def trs(url: str, text: str, _found: list[Anchor]) -> Iterator[str]:
    call = trs_call(text)
    if call is None or not call[1] + 1 < call[0] <= MOST:
        return
    _, current, name, extension, signature = call
    suffix = re.search(rf"{re.escape(name)}_?(\d+)\.\w+$", urlsplit(url).path)
    if signature == "a" or suffix:
        number = int(suffix.group(1)) + 1 if suffix and signature == "b" else current + 1
        yield from joined(url, f"{name}_{number}.{extension}")
    else:
        # Signature b: page 2 is `list_2` on some sites and `list_1` on others; both are asked for once.
        yield from (page for number in (2, 1) for page in joined(url, f"{name}_{number}.{extension}"))
    if signature == "a" and name == "default" and not suffix:
        yield from joined(url, f"{name}{current + 1}.{extension}")


def variables(url: str, text: str, _found: list[Anchor]) -> Iterator[str]:
    """`var currentPage = 0; … var countPage = 25`, as TRS's own template prints it, or another script's words for it."""
    count = _COUNT.search(text) if any(part in text for part in _COUNTS) else None  # the pattern takes its time
    current = _CURRENT.search(text) if count else None
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
        yield from joined(url, f"{own.group(1) if own else name}_{number}.{extension}")


def joined(url: str, name: str) -> Iterator[str]:
    """The canonical address of a name beside `url`, if it is one."""
    page = canonical(urljoin(url, name))
    if page:
        yield page


def _name(url: str) -> tuple[str, str]:
    """Name and extension of the file an address ends in; `index.html` for a folder."""
    last = urlsplit(url).path.rpartition("/")[2]
    name, _, extension = last.rpartition(".")
    return (name, extension) if name else ("index", "html")
