"""The whole road on the sample site: real HTTP, real archive, every outcome and every field beside the truth."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.sample_site import Server, start_sample_site
from tests.sample_site.__main__ import EVENINGS
from tests.sample_site.compare import differences, path_of
from tests.sample_site.truth import overnight, truth

OPEN = frozenset((ROOT / "tests/sample_site/open.txt").read_text(encoding="utf-8").splitlines())
"""Differences, as `path field`, that are known and not mended yet; the list only gets shorter."""


def crawl(site: Server, folder: Path, *arguments: str, workers: int = 0) -> subprocess.CompletedProcess[str]:
    """One run of `scrapy crawl sample` on the evening of the site's day."""
    environment = {
        **os.environ, "FANGZHI_SAMPLE_PORT": str(site.port), "FANGZHI_CLOCK": EVENINGS[site.edition],
        "FANGZHI_ARCHIVE": str(folder / "archive.db"), "FANGZHI_WARC_DIR": str(folder / "warc"), "FANGZHI_WORKERS": str(workers),
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "sample", "-L", "WARNING", *arguments],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def outcomes(archive: Path) -> dict[str, str]:
    """Path and outcome in the last run."""
    query = """SELECT urls.url, outcome FROM outcomes JOIN urls ON urls.id = outcomes.url_id
               WHERE outcomes.run = (SELECT max(id) FROM runs)"""
    with sqlite3.connect(archive) as db:
        return {path_of(url): outcome for url, outcome in db.execute(query)}


@pytest.mark.parametrize("workers", [0, 2])
def test_a_crawl_finds_the_truth(tmp_path: Path, workers: int) -> None:
    with start_sample_site() as site:
        done = crawl(site, tmp_path, workers=workers)
    assert done.returncode == 0, done.stderr
    assert "archived" in done.stdout and "make browse" in done.stdout
    found = differences(str(tmp_path / "archive.db"))
    assert [line for line in found if line.partition(": ")[0] not in OPEN] == []


def test_the_second_day_brings_what_is_new_and_changed_and_nothing_twice(tmp_path: Path) -> None:
    with start_sample_site() as site:
        assert crawl(site, tmp_path).returncode == 0
        asked = len(site.requests)
        site.edition = 2
        assert crawl(site, tmp_path).returncode == 0
        again = site.requests[asked:]
    got = outcomes(tmp_path / "archive.db")
    told = overnight()
    assert {path: got.get(path) for path in told} == told
    known = {path for path, expected in truth(1).items() if expected.article} - told.keys() - OPEN
    assert {got.get(path, "unchanged") for path in known} == {"unchanged"}
    assert any("if-none-match" in one.headers for one in again)
