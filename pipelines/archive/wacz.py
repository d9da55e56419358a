"""The captures behind articles as one WACZ 1.1.1 file, which pywb and ReplayWeb.page open."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from surt import surt
from warcio.warcwriter import WARCWriter

from crawler.clock import stamp
from pipelines.archive import replay
from pipelines.archive.browse.article import captures
from pipelines.archive.browse.rows import Row
from pipelines.archive.records import warc_date
from pipelines.archive.replay import NoRecord, raw_record

CAPTURES = 20
"""Most captures of one article that are taken along, newest first."""


class Wacz:
    """Copies records byte for byte into one WARC file, then packs it with its index and page list."""

    def __init__(self, out: BinaryIO, conn: sqlite3.Connection, archive: Path) -> None:
        self._out, self._conn, self._archive = out, conn, archive
        self._warc = tempfile.TemporaryFile()  # noqa: SIM115 - closed in `close`
        self._index: list[str] = []
        self._pages: list[dict[str, Any]] = []
        self._taken: set[str] = set()
        self.missing = 0
        """Records that could not be read from their WARC file."""
        writer = WARCWriter(self._warc, gzip=True, warc_version="1.1")
        writer.write_record(
            writer.create_warcinfo_record("data.warc.gz", {"software": "Fangzhi", "format": "WARC File Format 1.1"})
        )

    def add(self, records: list[Row]) -> None:
        for article in records:
            found = _captures(self._conn, article["id"])
            for capture in found:
                self._copy(capture)
            page = next((c for c in found if c["purpose"] == "page"), found[0] if found else None)
            if page:
                self._pages.append(
                    {
                        "id": article["key"],
                        "url": page["url"],
                        "ts": warc_date(page["at"]),
                        "title": article["title"] or article["url"],
                    }
                )

    def _copy(self, capture: Row) -> None:
        if capture["record"] in self._taken:
            return
        self._taken.add(capture["record"])
        try:
            raw = raw_record(self._archive, capture)
        except NoRecord:
            self.missing += 1
            return
        offset = self._warc.tell()
        self._warc.write(raw)
        moment = "".join(char for char in warc_date(capture["at"])[:19] if char.isdigit())
        entry = {
            "url": capture["url"], "mime": "warc/revisit" if capture["revisit_of"] else capture["mime"] or "unk",
            "status": str(capture["status"] or ""), "digest": capture["payload_digest"] or "", "length": str(len(raw)),
            "offset": str(offset), "filename": "data.warc.gz",
        }  # fmt: skip
        self._index.append(f"{surt(capture['url'])} {moment} {json.dumps(entry, ensure_ascii=False)}\n")

    def close(self) -> None:
        head = json.dumps({"format": "json-pages-1.0", "id": "pages", "title": "All Pages"})
        pages = "\n".join([head, *(json.dumps(page, ensure_ascii=False) for page in self._pages)]) + "\n"
        with zipfile.ZipFile(self._out, "w", zipfile.ZIP_STORED) as file:
            resources = [
                _put(file, "archive/data.warc.gz", self._warc),
                _put(file, "indexes/index.cdx", BytesIO("".join(sorted(self._index)).encode())),
                _put(file, "pages/pages.jsonl", BytesIO(pages.encode())),
            ]
            package = {
                "profile": "data-package", "wacz_version": "1.1.1", "created": warc_date(stamp()), "software": "Fangzhi",
                "title": "Fangzhi", "resources": resources,
            }  # fmt: skip
            told = json.dumps(package, ensure_ascii=False, indent=2).encode()
            file.writestr("datapackage.json", told)
            digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(told).hexdigest()}"}
            file.writestr("datapackage-digest.json", json.dumps(digest))
        self._warc.close()


def _put(file: zipfile.ZipFile, path: str, source: Any) -> dict[str, Any]:
    """Copy a stream into the zip; returns its resource entry."""
    source.seek(0)
    digest, size = hashlib.sha256(), 0
    with file.open(path, "w", force_zip64=True) as target:
        while piece := source.read(1 << 20):
            digest.update(piece)
            size += len(piece)
            target.write(piece)
    return {"name": path.rpartition("/")[2], "path": path, "hash": f"sha256:{digest.hexdigest()}", "bytes": size}


def _captures(conn: sqlite3.Connection, article_id: int) -> list[Row]:
    """The captures of an article's addresses, and those that their revisits refer to."""
    some = captures(conn, article_id, limit=CAPTURES)
    referred = (replay.capture(conn, c["revisit_of"]) for c in some if c["revisit_of"])
    return some + [c for c in referred if c]
