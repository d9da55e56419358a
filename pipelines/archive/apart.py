"""A Writer in a process of its own, for runs whose pages come fast: writing and fetching would hold each other's Python lock."""

from __future__ import annotations

import json
import pickle
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from crawler.items import Exchange, Outcome, Page
from crawler.processes import Child, Ended, entered, serve
from pipelines.archive.errors import ArchiveError
from pipelines.archive.writer import Writer


class WriterApart:
    """What `Writer` does, in a child process that ends with this one; to be made in a thread that stays.

    The process that is lost loses what was not committed, as a crawl that is killed does, and is not replaced: whether
    its last commit came through only the archive can tell, and the next run asks it.
    """

    def __init__(
        self, path: Path | str, warc_dir: Path | str, run: int, software_info: Mapping[str, str], *, gone_after_days: int = 2
    ) -> None:
        told = json.dumps([str(path), str(warc_dir), run, dict(software_info), gone_after_days])
        self._pages: list[Page] = []
        self._exchanges: list[Exchange] = []
        self._asked = False
        try:
            self._child = Child("pipelines.archive.apart", [told])
        except Ended as ended:
            raise _lost(ended) from ended

    def add(self, page: Page) -> None:
        """Gather a page for the next commit."""
        self._pages.append(page)

    def add_exchange(self, exchange: Exchange) -> None:
        """Gather an exchange that belongs to no page (robots.txt)."""
        self._exchanges.append(exchange)

    def commit(self) -> list[Outcome]:
        """Write what was gathered and return its outcomes, in order. Raises ArchiveError; then nothing of it is written."""
        message = pickle.dumps((self._pages, self._exchanges), pickle.HIGHEST_PROTOCOL)
        self._pages, self._exchanges = [], []
        outcomes: list[Outcome] = self._ask(message)
        return outcomes

    def close(self) -> None:
        """Commit the rest, close WARC file and archive, and end the process."""
        try:
            if self._pages or self._exchanges:
                self.commit()
            if self._asked:
                self._ask(b"")
        finally:
            self._child.dismiss()

    def _ask(self, message: bytes) -> Any:
        try:
            if not self._asked:
                self._child.ready()
                self._asked = True
            self._child.give(message)
            answer = self._child.take()
        except Ended as ended:
            raise _lost(ended) from ended
        if isinstance(answer, Exception):
            raise answer
        return answer


def _lost(ended: Ended) -> ArchiveError:
    return ArchiveError(
        f"the process that writes the archive was lost ({ended}); run the same command again, it goes on from there"
    )


def main() -> None:
    """The child. Argument: what a Writer needs, as JSON; an empty message closes it."""
    connection, (told,) = entered()
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # of a service that is stopped: the crawl ends in order, then this does
    path, folder, run, info, days = json.loads(told)
    writer: Writer | None = None

    def answer(message: bytes) -> list[Outcome] | None:
        nonlocal writer
        writer = writer or Writer(path, folder, run, info, gone_after_days=days)
        if not message:
            writer.close()
            return None
        pages, exchanges = pickle.loads(message)
        for page in pages:
            writer.add(page)
        for exchange in exchanges:
            writer.add_exchange(exchange)
        return writer.commit()

    serve(connection, answer)
