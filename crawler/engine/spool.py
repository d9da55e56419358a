"""Shards on their way into the archive: fetched whole into a folder beside it, then united with it, then removed.

A shard that has come whole outlives this process: whoever uses the spool next takes it in.
"""

from __future__ import annotations

import os
import shutil
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawler.engine import errand
from crawler.engine.reserving import lock, neighbours
from pipelines.archive import open_archive
from pipelines.archive.errors import plainly
from pipelines.archive.merging import merge
from pipelines.archive.merging.slice import cut

if TYPE_CHECKING:
    from distributed import Client
    from sqlite_utils.db import Database

PIECE = 4 << 20
"""Bytes fetched at once; the memory that a shard takes here."""

PART = ".part"
"""Ends the name of a folder whose shard has not come whole yet."""


class Spool:
    """The folder `ARCHIVE.shards`: a folder for each site. Every method raises ArchiveError when the disk says no."""

    def __init__(self, settings: Any) -> None:
        self.archive, self.warcs = str(settings["ARCHIVE"]), Path(settings["WARC_DIR"])
        self.gone_after_days: int = settings.getint("GONE_AFTER_DAYS")
        self.folder = Path(f"{self.archive}.shards")

    def take_leftovers(self) -> None:
        """Unite what an earlier process had fetched and could not unite any more."""
        for found in self.folder.glob("*/archive.db"):
            site = found.parent.name.removesuffix(PART)
            with lock(self.archive, site) as handle:
                if handle is not None and not self.take_leftover(site):
                    shutil.rmtree(found.parent, ignore_errors=True)

    def take_leftover(self, site: str) -> bool:
        """Unite the site's shard if it is here; its lock must be held."""
        there = (self.folder / site).exists()
        if there:
            self.unite(site)
        return there

    def slice(self, db: Database, site: str) -> bytes:
        """The slice of the ledger with which a crawl of the site begins, deflated."""
        path = self.folder / f"{site}.slice"
        path.unlink(missing_ok=True)
        try:
            cut(db, path, site, neighbours(site))
            return zlib.compress(path.read_bytes(), 1)
        finally:
            path.unlink(missing_ok=True)

    def fetch(self, client: Client, site: str, shard: errand.Shard) -> None:
        """Bring a shard here. Raises OSError or TimeoutError when its worker does not give it."""
        part = self.folder / f"{site}{PART}"
        shutil.rmtree(part, ignore_errors=True)
        for name, size in shard.files.items():
            target = part / name
            with plainly(target):
                target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                file = target.open("wb")
            with file:
                for offset in range(0, size, PIECE):
                    length = min(PIECE, size - offset)
                    told = client.run(errand.piece, shard.folder, name, offset, length, workers=[shard.address])
                    if len(told[shard.address]) != length:
                        raise OSError(f"{name} ends early")
                    with plainly(target):
                        file.write(told[shard.address])
                with plainly(target):
                    file.flush()
                    os.fsync(file.fileno())
        with plainly(part):
            part.rename(self.folder / site)

    def unite(self, site: str) -> int:
        """Take the site's shard into the archive; returns how many runs were new."""
        folder = self.folder / site
        db = open_archive(self.archive)
        try:
            new = merge(db, folder / "archive.db", copy_to=self.warcs, gone_after_days=self.gone_after_days, later=True)
        finally:
            db.close()
        shutil.rmtree(folder)
        return new["runs"]
