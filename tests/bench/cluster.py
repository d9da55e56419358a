"""Stored pages read into an archive by processes of this machine, and by a Dask cluster's workers."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from tests.bench.reading import ROOT, generated, stored
from tests.engine.conftest import cluster


def rates(folder: Path, pages: int) -> dict[str, float]:
    """Pages a second of `scrapy ingest` by way of reading, its start left out."""
    warc = stored(folder / "pages.warc.gz", generated(pages))
    found = {"this machine, WORKERS=2": ingested(folder / "here", warc)}
    for machines in (1, 2):
        with cluster(folder / f"dask{machines}", ROOT, workers=machines) as dask:
            name = f"a Dask cluster of {machines} worker{'s' if machines > 1 else ''} on this machine"
            found[name] = ingested(folder / f"away{machines}", warc, "--engine", dask.engine)
    return found


def ingested(folder: Path, warc: Path, *options: str) -> float:
    """Pages a second of one call."""
    folder.mkdir()
    places = {"FANGZHI_ARCHIVE": folder / "archive.db", "FANGZHI_WARC_DIR": folder / "warc", "FANGZHI_WORKERS": 2}
    subprocess.run(
        [sys.executable, "-m", "scrapy", "ingest", str(warc), *options],
        cwd=ROOT,
        env={**os.environ, "FANGZHI_LOG_LEVEL": "WARNING"} | {name: str(value) for name, value in places.items()},
        check=True,
        stdout=subprocess.DEVNULL,
    )
    with sqlite3.connect(folder / "archive.db") as db:
        started, finished = db.execute("SELECT started, finished FROM runs").fetchone()
        (pages,) = db.execute("SELECT count(*) FROM outcomes WHERE outcome = 'archived'").fetchone()
    return float(pages / (datetime.fromisoformat(finished) - datetime.fromisoformat(started)).total_seconds())
