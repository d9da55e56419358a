"""The one way in: pages are gathered, their evidence is synced to WARC, then one short transaction writes everything."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from crawler.clock import stamp
from crawler.items import Exchange, Outcome, Page
from pipelines.archive import ledger
from pipelines.archive.captures import Evidence, insert_captures, is_kept, original_of
from pipelines.archive.opening import open_archive, reading, writing
from pipelines.archive.records import Original, payload_digest
from pipelines.archive.search import Together
from pipelines.archive.software import software
from pipelines.archive.warcs import FULL, WarcFiles

CACHE = 8000
"""KiB of pages in memory. A commit of 32 articles changes up to 7 MB of a large archive; what does not fit is written twice."""


class Writer:
    """Writes one run's pages. `add` may be called from any thread, `commit` from one at a time.

    `software_info` goes into the warcinfo records (robots policy, settings, operator …) beside our own versions.
    `gone_after_days`: on how many different days a page must be missing until it counts as gone.
    """

    def __init__(
        self, path: Path | str, warc_dir: Path | str, run: int, software_info: Mapping[str, str], *,
        gone_after_days: int = 2, warc_full: int = FULL,
    ) -> None:  # fmt: skip
        self.run = run
        self.gone_after_days = gone_after_days
        self.db = open_archive(path, create=False)
        self.db.conn.execute(f"PRAGMA cache_size = -{CACHE}")
        self.together = Together(self.db.conn)
        self.warcs = WarcFiles(self.db, Path(warc_dir), run, {"software": software()} | dict(software_info), full=warc_full)
        self._pages: list[Page] = []
        self._exchanges: list[Exchange] = []
        self._gathering = threading.Lock()

    def add(self, page: Page) -> None:
        """Gather a page for the next commit."""
        with self._gathering:
            self._pages.append(page)

    def add_exchange(self, exchange: Exchange) -> None:
        """Gather an exchange that belongs to no page (robots.txt)."""
        with self._gathering:
            self._exchanges.append(exchange)

    def commit(self) -> list[Outcome]:
        """Write what was gathered and return its outcomes, in order. Raises ArchiveError; then nothing of it is written."""
        with self._gathering:
            pages, self._pages = self._pages, []
            exchanges, self._exchanges = self._exchanges, []
        if not pages and not exchanges:
            return []
        try:
            with reading(self.db):
                found = [self._new(one) for one in (exchanges, *(page.exchanges for page in pages))]
            loose, *evidence = [[(one[0], self.warcs.append(*one)) for one in new] for new in found]
            length = self.warcs.sync()
            with writing(self.db), self.together.indexed():
                outcomes = self._write(pages, evidence, loose, length)
        except BaseException:
            self.warcs.undo()
            raise
        self.warcs.keep()
        return outcomes

    def close(self) -> None:
        """Commit the rest and close WARC file and archive."""
        try:
            self.commit()
        finally:
            try:
                self.warcs.close()
            finally:
                self.db.close()

    def _new(self, exchanges: Sequence[Exchange]) -> list[tuple[Exchange, str, Original | None]]:
        """What the archive does not have yet, with the body's digest and the earlier capture that holds it."""
        pairs = [(one, payload_digest(one.body)) for one in exchanges]
        return [(one, digest, original_of(self.db, one, digest)) for one, digest in pairs if not is_kept(self.db, one, digest)]

    def _write(self, pages: list[Page], evidence: list[Evidence], loose: Evidence, length: int) -> list[Outcome]:
        self.db.conn.execute("UPDATE warcs SET length = ? WHERE name = ?", (length, self.warcs.name))
        insert_captures(self.db, self.run, None, loose)
        at = stamp()
        return [
            ledger.settle(self.db, self.run, page, found, at, self.gone_after_days)
            for page, found in zip(pages, evidence, strict=True)
        ]
