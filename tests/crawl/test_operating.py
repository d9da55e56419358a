"""docs/operating.md by its own words: what it says of backup and restore is run as it stands there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.crawl.running import ROOT, crawl
from tests.crawl.server import article, listing, serve

PATHS = [f"/2026/0421/n{number}.shtml" for number in range(5)]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder as the guide takes it for granted: an archive in data/, the commands in .venv/bin/."""
    for name, module in (("python", ""), ("scrapy", "-m scrapy")):
        command = tmp_path / ".venv" / "bin" / name
        command.parent.mkdir(parents=True, exist_ok=True)
        command.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} {module} "$@"\n')
        command.chmod(0o700)
    shutil.copy(ROOT / "scrapy.cfg", tmp_path)
    (tmp_path / "data").mkdir()
    with serve() as server:
        server.pages |= {path: article(f"第{number}条消息") for number, path in enumerate(PATHS)} | {"/xw/": listing(PATHS)}
        done = crawl(tmp_path / "data", {"sources": [f"{server.url}/xw/"], "article_url": [r"\.shtml$"]})
    assert done.rows("SELECT count(*) FROM articles") == [(5,)]
    return tmp_path


def blocks(heading: str) -> list[str]:
    """The commands of a chapter."""
    guide = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    return re.findall(r"^```\n(.*?)^```$", guide.partition(f"\n## {heading}\n")[2].partition("\n## ")[0], re.S | re.M)


def test_backup_and_restore(home: Path) -> None:
    backup, restore = blocks("Move, back up, restore")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FANGZHI_")}
    done = subprocess.run(
        ["bash", "-ec", backup + restore], cwd=home, env=kept, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0 and "nothing is lost" in done.stdout and "5 articles" in done.stdout, done.stderr
    copies = [path for path in (home / "backup").rglob("*") if path.is_file()]
    assert {path.suffix for path in copies} >= {".db", ".gz"} and {path.stat().st_mode & 0o077 for path in copies} == {0}
