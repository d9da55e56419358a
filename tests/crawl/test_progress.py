"""What a person sees at a terminal, and what stands in a log where nobody looks."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

from crawler.progress import Progress, clock
from tests.crawl.running import ROOT
from tests.crawl.server import Handler, article, listing, serve


def read(terminal: int, into: list[bytes]) -> None:
    """Everything until the last process has left the terminal."""
    while True:
        try:
            into.append(os.read(terminal, 65536))
        except OSError:
            return


def test_at_a_terminal(tmp_path: Path) -> None:
    """A bar with counts that is gone at the end, above it what is wrong, no line a page, and the table."""
    pages = [f"/yaowen/202605/t20260501_{900000 + number}.shtml" for number in range(30)]
    seen = threading.Event()

    def first(h: Handler) -> None:
        """Not answered before the display has been seen, so that there is something to see."""
        seen.wait(30)
        h.send(article("第一条").encode(), type="text/html; charset=utf-8")

    ours, theirs = pty.openpty()
    shown: list[bytes] = []
    reader = threading.Thread(target=read, args=(ours, shown), daemon=True)
    with serve() as server:
        server.pages |= {path: article(f"第{number}条") for number, path in enumerate(pages)} | {pages[0]: first}
        server.pages |= {"/yaowen/index.shtml": listing(pages), "/robots.txt": lambda h: h.send(status=404)}
        given = {"FANGZHI_SAMPLE_PORT": str(server.server_address[1]), "FANGZHI_ARCHIVE": str(tmp_path / "archive.db"),
                 "FANGZHI_WARC_DIR": str(tmp_path / "warc"), "FANGZHI_HOST_SLOTS": str(tmp_path / "hosts"),
                 "COLUMNS": "100", "LINES": "30", "TERM": "xterm"}  # fmt: skip
        kept = {name: value for name, value in os.environ.items() if not name.startswith("FANGZHI_LOG")}
        command = [sys.executable, "-m", "scrapy", "crawl", "sample"]
        with subprocess.Popen(command, cwd=ROOT, env=kept | given, stdin=theirs, stdout=theirs, stderr=theirs):
            os.close(theirs)
            reader.start()
            until = threading.Event()
            for _ in range(400):
                if re.search(rb"[1-9]\d* queued", b"".join(shown)):
                    break
                until.wait(0.1)
            seen.set()
        reader.join(10)
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", b"".join(shown).decode())
    assert re.search(r"sample +[━╸╺ ]+ [\d,]+ pages, [1-9]\d* queued, [\d,]+ a minute, 0:\d\d", text), text
    assert "INFO" not in text and "Traceback" not in text
    assert re.search(r"│ archived +│ +30 │", text) and "make browse" in text.rpartition("queued")[2]


def test_the_plain_line() -> None:
    stats = SimpleNamespace(get_value=lambda name, default=None: 1310)
    crawler = SimpleNamespace(spider=SimpleNamespace(name="hebei_hebnews"), stats=stats)
    progress = Progress(crawler)  # type: ignore[arg-type]
    progress.outcomes = Counter(archived=1200, unchanged=30, listed=12, gone=3)
    assert re.fullmatch(
        r"hebei_hebnews: 1,245 pages, 1,230 articles, [\d,]+ a minute, 1,310 queued;"
        r" archived 1,200, gone 3, listed 12, unchanged 30",
        progress.line(),
    )
    assert [clock(seconds) for seconds in (5, 125, 10_925)] == ["0:05", "2:05", "3:02:05"]
