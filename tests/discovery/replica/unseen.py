"""Families that no rule of the project was written with: they measure the generic way and nothing else may be tuned to them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from tests.discovery.replica.portals import CHANNELS, Shape, portal
from tests.discovery.replica.server import Replica
from tests.discovery.replica.stories import Story


def _hex(story: Story, digits: int) -> str:
    return hashlib.sha1(f"{story.number}".encode()).hexdigest()[:digits]


def _row(listing: Callable[[int, int, int], str]) -> Callable[[int, int, int], str]:
    """A row of numbers, the present one no link, an arrow at its end."""

    def pager(channel: int, number: int, pages: int) -> str:
        links = [f"<b>{n}</b>" if n == number else f'<a href="{listing(channel, n, pages)}">{n}</a>' for n in range(1, pages + 1)]
        return "".join(links) + (f'<a href="{listing(channel, number + 1, pages)}">&gt;</a>' if number < pages else "")

    return pager


def static_pages() -> Replica:
    """`staticpages/20260501/newgx0a1b2c3d-123456.shtml`, lists `staticmores/168/33168-1.shtml` (gxnews)."""

    def listing(channel: int, number: int, _: int) -> str:
        return f"/staticmores/16{channel}/3316{channel}-{number}.shtml"

    return portal("static-pages", Shape(
        lambda s: f"/staticpages/{s.day:%Y%m%d}/newgx{_hex(s, 8)}-{20_000_000 + s.number}.shtml", listing, _row(listing),
    ))  # fmt: skip


def hashes() -> Replica:
    """`/content/s<24 hex>.html` without any date (xhby since 2025), lists `/channel/7/2`."""

    def listing(channel: int, number: int, _: int) -> str:
        return f"/channel/{channel + 7}" + (f"/{number}" if number > 1 else "")

    return portal("hashes", Shape(lambda s: f"/content/s{_hex(s, 24)}.html", listing, _row(listing), cut=True))


def bare_numbers() -> Replica:
    """`/cbgc/news/10023` without extension and date (scol), lists `/cbgc/list/yaowen?p=2`."""

    def listing(channel: int, number: int, _: int) -> str:
        return f"/cbgc/list/{CHANNELS[channel][0]}" + (f"?p={number}" if number > 1 else "")

    return portal("bare-numbers", Shape(lambda s: f"/cbgc/news/{10_000 + s.number}", listing, _row(listing)))


def node_hashes() -> Replica:
    """`/node_<10 hex>/<10 hex>.shtml`, lists `/node_<hex>?cms_node_post_list_page=2` behind arrows, links without scheme (southcn)."""

    def listing(channel: int, number: int, _: int) -> str:
        return f"/node_{hashlib.sha1(str(channel).encode()).hexdigest()[:10]}" + (
            f"?cms_node_post_list_page={number}" if number > 1 else ""
        )

    def pager(channel: int, number: int, pages: int) -> str:
        steps = [("&lsaquo;", number - 1), ("&rsaquo;", number + 1)]
        arrows = [f'<li><a href="{listing(channel, n, pages)}">{arrow}</a></li>' for arrow, n in steps if 1 <= n <= pages]
        return f'<ul class="pagination">{"".join(arrows)}</ul>'

    folder = [listing(channel, 1, 1) for channel in range(len(CHANNELS))]
    return portal("node-hashes", Shape(lambda s: f"{folder[s.channel]}/{_hex(s, 10)}.shtml", listing, pager))


def last_page_only() -> Replica:
    """`column-index-N.shtml`: the next page by script, of the pages only the last one is a link (Chengdu's gov sites)."""

    def listing(channel: int, number: int, _: int) -> str:
        return f"/yunling/c10{channel}/column-index-{number}.shtml"

    def pager(channel: int, number: int, pages: int) -> str:
        return (
            f'<a href="{listing(channel, 1, pages)}">首页</a><a href="javascript:turn({number - 1})">上一页</a>'
            f'<a href="javascript:turn({number + 1})">下一页</a><a href="{listing(channel, pages, pages)}">尾页</a>'
        )

    return portal("last-page-only", Shape(
        lambda s: f"/yunling/c10{s.channel}/{s.day:%Y-%m}/{s.day:%d}/content_{_hex(s, 32)}.shtml", listing, pager, cut=True,
    ))  # fmt: skip


def counted_pages() -> Replica:
    """Pages are numbered by a script that is told only how many there are: `var pageCount = 4`; `index.html`, `index_2.html`."""

    def listing(channel: int, number: int, _: int) -> str:
        return f"/{CHANNELS[channel][0]}/index" + (f"_{number}" if number > 1 else "") + ".html"

    def pager(_: int, number: int, pages: int) -> str:
        return f"<div id='pager'></div><script>var pageCount = {pages}; var pageIndex = {number}; showPager();</script>"

    return portal(
        "counted-pages",
        Shape(lambda s: f"/{CHANNELS[s.channel][0]}/{s.day:%Y}/{s.day:%Y-%m-%d}/{_hex(s, 6)}{s.number}.html", listing, pager),
    )


UNSEEN: dict[str, Callable[[], Replica]] = {
    "static-pages": static_pages, "hashes": hashes, "bare-numbers": bare_numbers, "node-hashes": node_hashes,
    "last-page-only": last_page_only, "counted-pages": counted_pages,
}  # fmt: skip
