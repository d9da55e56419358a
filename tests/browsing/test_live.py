"""Writer and reading room on the same archive at once: no error, and what is committed is there at the next look."""

from __future__ import annotations

import threading
from itertools import count
from pathlib import Path

from pipelines.archive import open_archive, writing
from tests.browsing.conftest import Room, configured, serve
from tests.browsing.library import add_article, small_library

PATHS = ("/", "/search?q=边写边读", "/day/2026-05-01", "/archive/articles", "/archive/articles?_search=消息", "/plots")


def test_reader_and_writer_together(tmp_path: Path) -> None:
    data = configured(tmp_path / "data")
    small_library(data / "archive.db")
    for room in serve(data):
        statuses: list[int] = []
        readers = [threading.Thread(target=read_on, args=(room, statuses)) for _ in range(2)]
        for reader in readers:
            reader.start()
        db = open_archive(data / "archive.db")
        for number in count():
            with writing(db):
                title, day = f"新消息第{number}号", "2026-05-01"
                add_article(db, f"http://127.0.0.1/live/{number}", title=title, body="边写边读。", published=day)
            if number % 50 == 0:
                assert title in room.get("/search", q=title).text
                assert f"共 {number + 1:,} 篇" in room.get("/search", q="边写边读").text
            if not any(reader.is_alive() for reader in readers):
                break
        db.close()
        assert statuses == [200] * (2 * 3 * len(PATHS))


def read_on(room: Room, statuses: list[int]) -> None:
    for path in PATHS * 3:
        statuses.append(room.get(path).status)
