"""A writer in a process of its own: the same rows, the same sentences, and nothing half-written when it is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.items import Outcome
from pipelines.archive import runs
from pipelines.archive.apart import WriterApart
from pipelines.archive.errors import ArchiveError, NoArchive
from pipelines.archive.verifying import verify
from tests.archive.conftest import HOST, Archive
from tests.conftest import ROOT
from tests.workers.test_pool import alive, eventually


@pytest.fixture
def apart(archive: Archive) -> Iterator[WriterApart]:
    made = WriterApart(archive.path, archive.warc, archive.start(), {"robots": "obey"})
    yield made
    made._child.dismiss()


def test_it_writes_what_a_writer_here_writes(archive: Archive, apart: WriterApart, page) -> None:
    apart.add(page("/", links=("/a.html", "/b.html")))
    apart.add(page("/a.html", "石家庄今日有雨。"))
    assert apart.commit() == [Outcome.LISTED, Outcome.ARCHIVED]
    apart.add(page("/a.html", "石家庄今日有雨。"))
    apart.close()  # with a page that was not committed yet
    assert archive.rows("SELECT title, body, versions FROM articles") == [("标题", "石家庄今日有雨。", 1)]
    assert archive.one("SELECT count(*) FROM captures") == 3
    runs.finish_run(archive.db, 1, "finished")
    found: list[str] = []
    verify(archive.db, report=found.append)
    assert found == []


def test_what_goes_wrong_comes_back_as_it_was_told(tmp_path: Path) -> None:
    writer = WriterApart(tmp_path / "archive.db", tmp_path / "warc", 1, {})
    with pytest.raises(NoArchive, match="there is no archive at") as caught:
        writer.commit()
    assert "apart.py" in caught.value.__notes__[0]
    with pytest.raises(NoArchive):
        writer.close()
    assert not alive(writer._child.process.pid)


def test_one_that_is_killed_says_so_and_leaves_no_half(archive: Archive, apart: WriterApart, page) -> None:
    apart.add(page("/a.html", "石家庄今日有雨。"))
    apart.commit()
    os.kill(apart._child.process.pid, signal.SIGKILL)
    apart.add(page("/b.html", "唐山今日有风。"))
    with pytest.raises(ArchiveError, match=r"was lost \(killed by SIGKILL\); run the same command again"):
        apart.commit()
    runs.finish_run(archive.db, 1, "archive_error")
    assert archive.visit(page("/b.html", "唐山今日有风。")) == [Outcome.ARCHIVED]
    assert archive.rows("SELECT url FROM articles") == [(f"{HOST}/a.html",), (f"{HOST}/b.html",)]


def test_it_ends_with_a_killed_parent(archive: Archive) -> None:
    code = (
        "import sys, time; from pipelines.archive.apart import WriterApart\n"
        "writer = WriterApart(sys.argv[1], sys.argv[2], 1, {}); writer.commit(); print(writer._child.process.pid, flush=True)\n"
        "time.sleep(600)"
    )
    archive.start()
    command = [sys.executable, "-c", code, str(archive.path), str(archive.warc)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        writer = int(parent.stdout.readline())
        assert alive(writer)
        parent.kill()
    assert eventually(lambda: not alive(writer))


def test_asking_a_service_to_end_does_not_end_the_writer(apart: WriterApart, page) -> None:
    apart.commit()
    os.kill(apart._child.process.pid, signal.SIGTERM)
    apart.add(page("/a.html", "石家庄今日有雨。"))
    assert apart.commit() == [Outcome.ARCHIVED]
