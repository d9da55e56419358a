"""Writer and reading room on the same archive at once: no error, and what is committed is there at the next look."""

from __future__ import annotations

import threading
from pathlib import Path

from pipelines.archive import open_archive, writing
from tests.browsing.conftest import Room, configured, serve
from tests.browsing.library import add_article, small_library


def test_reader_and_writer_together(tmp_path: Path) -> None:
    data = configured(tmp_path / "data")
    small_library(data / "archive.db")
    for room in serve(data):
        statuses: list[int] = []
        stop = threading.Event()
        readers = [threading.Thread(target=read_on, args=(room, statuses, stop)) for _ in range(2)]
        for reader in readers:
            reader.start()
        db = open_archive(data / "archive.db")
        for number in range(60):
            with writing(db):
                add_article(
                    db, f"http://127.0.0.1/live/{number}", title=f"新消息第{number}号", body="边写边读。", published="2026-05-01"
                )
            if number % 10 == 0:
                assert f"新消息第{number}号" in room.get("/search", q=f"新消息第{number}号").text
                assert f"共 {number + 1} 篇" in room.get("/search", q="边写边读").text
        db.close()
        stop.set()
        for reader in readers:
            reader.join(30)
        assert len(statuses) > 20 and set(statuses) == {200}


def read_on(room: Room, statuses: list[int], stop: threading.Event) -> None:
    paths = ("/", "/search?q=边写边读", "/day/2026-05-01", "/archive/articles", "/archive/articles?_search=消息", "/plots")
    while not stop.is_set():
        statuses.extend(room.get(path).status for path in paths)
