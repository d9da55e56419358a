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


UNSEEN: dict[str, Callable[[], Replica]] = {"static-pages": static_pages, "hashes": hashes, "bare-numbers": bare_numbers}
