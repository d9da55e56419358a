"""How `scrapy due` works off its turns, wherever they run: never two of one site or of one host. No command."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from crawler.engine.process import Crawl, start
from crawler.engine.reserving import reserved, share_host

if TYPE_CHECKING:
    from pipelines.archive.schedule import Turn


class Place(Protocol):
    """Where crawls run: this machine (`Here`) or those of a cluster (`crawler/engine/away.py`)."""

    failed: list[tuple[str, str]]
    """(site, why) of what did not end well."""

    def room(self) -> int:
        """Crawls at once, as things stand."""

    def begin(self, site: str) -> Any:
        """Start a crawl; None when somebody else is at this site."""

    def ended(self, crawl: Any) -> bool:
        """Whether it is over and what it fetched is in the archive; to be asked again and again."""

    def stop(self) -> None:
        """Let all crawls end in order, and wait for it."""


def chosen(names: list[str], every: bool, archive: str) -> list[tuple[str, str]]:
    """(name, interval) of the sites named, of all, or of those crawled before. Raises UnknownSite."""
    from crawler.sites import all_sites, get_site
    from pipelines.archive import open_archive
    from pipelines.archive.schedule import followed

    if not names and not every:
        db = open_archive(archive)
        names = [name for name in followed(db) if name in all_sites()]
        db.close()
    return [(site.name, site.every) for site in (map(get_site, names) if names else all_sites().values() if every else ())]


def work(turns: Sequence[Turn], place: Place) -> None:
    """Crawl them all. What failed stands in `place.failed`; an exception, Ctrl-C too, ends the crawls before it goes on."""
    waiting, under_way = list(turns), list[Any]()
    try:
        while waiting or under_way:
            under_way = [crawl for crawl in under_way if not place.ended(crawl)]
            turn = next_turn(waiting, under_way) if len(under_way) < place.room() else None
            if turn is None:
                time.sleep(0.2)
                continue
            waiting.remove(turn)
            if crawl := place.begin(turn.site):
                under_way.append(crawl)
    except BaseException:
        place.stop()
        raise


def next_turn(waiting: Sequence[Turn], under_way: Sequence[Any]) -> Turn | None:
    """The first whose hosts nobody is asking: turns at a host are shared on one machine, not between machines."""
    return next((turn for turn in waiting if not any(share_host(turn.site, crawl.site) for crawl in under_way)), None)


class Here:
    """Crawls as processes of this machine."""

    def __init__(self, archive: str, settings: list[str], seconds: float, pages: int | None = None, at_once: int = 2) -> None:
        self.archive, self.settings, self.seconds, self.pages, self.at_once = archive, settings, seconds, pages, at_once
        self.failed: list[tuple[str, str]] = []
        self.under_way: list[Crawl] = []

    def room(self) -> int:
        return self.at_once

    def begin(self, site: str) -> Crawl | None:
        with reserved(self.archive, site) as handle:
            if handle is None:
                return None
            self.under_way.append(start(site, self.settings, self.pages, self.seconds, pass_fds=(handle,)))
        return self.under_way[-1]

    def ended(self, crawl: Crawl) -> bool:
        if not crawl.over():
            return False
        self.under_way.remove(crawl)
        if crawl.killed:
            self.close_hung(crawl.site)
        if crawl.failure:
            self.failed.append((crawl.site, crawl.failure))
        return True

    def stop(self) -> None:
        for crawl in self.under_way:
            crawl.stop()
        for crawl in self.under_way:
            crawl.process.wait()

    def close_hung(self, site: str) -> None:
        from pipelines.archive import open_archive
        from pipelines.archive.schedule import close_hung

        db = open_archive(self.archive)
        close_hung(db, site)
        db.close()
