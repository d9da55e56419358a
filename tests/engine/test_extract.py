"""`scrapy extract` over many pages: processes for all cores, the same lines in the same order, and one bad file stops nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.crawl.running import ROOT
from tests.crawl.server import article

PAGES = 40


def extract(manifest: Path, workers: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scrapy", "extract", "--manifest", str(manifest)]
    env = {**os.environ, "FANGZHI_WORKERS": workers}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=False)


def test_many_pages(tmp_path: Path) -> None:
    rows = ["path\turl"]
    for number in range(PAGES):
        (tmp_path / f"{number}.html").write_text(
            article(f"第{number}处闸门检修完毕", paragraphs=2 + number % 5), encoding="utf-8"
        )
        rows.append(f"{number}.html\thttp://www.qinghe.example.cn/xw/t20260421_{number}.html")
    rows.insert(20, "missing.html\t")
    manifest = tmp_path / "manifest.tsv"
    manifest.write_text("\n".join(rows), encoding="utf-8")
    alone, many = extract(manifest, "0"), extract(manifest, "2")
    assert many.stdout == alone.stdout
    assert [f"第{number}处闸门检修完毕" in line for number, line in enumerate(many.stdout.splitlines())] == [True] * PAGES
    assert (many.returncode, len(many.stderr.splitlines()), "there is no such file" in many.stderr) == (1, 1, True)
    wrong = extract(manifest, "all")
    assert (wrong.returncode, "WORKERS=all is no number of processes" in wrong.stderr) == (2, True), (
        "processes were not asked for"
    )
