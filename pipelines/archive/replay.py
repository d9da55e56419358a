"""A captured page brought back: the bytes of its WARC record, and a copy of its HTML that can do nothing but be looked at."""

from __future__ import annotations

import codecs
import re
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree, html
from warcio.archiveiterator import ArchiveIterator

from pipelines.archive.browse.rows import Row, row

MOST = 8_000_000
"""Bytes of a decoded page that are shown; the whole record can be had as a file."""
POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'"
)
"""Content-Security-Policy of a replayed page: an opaque origin without scripts, forms, frames or requests."""

# What acts, fetches or leads away by itself. Policy and sandbox stop these too; preconnecting links only this does.
_ACTIVE = frozenset(
    [
        "script",
        "noscript",
        "iframe",
        "frame",
        "frameset",
        "object",
        "embed",
        "applet",
        "portal",
        "fencedframe",
        "link",
        "base",
        "meta",
        "template",
        "audio",
        "video",
        "source",
        "track",
        "dialog",
    ]
)
_ADDRESSES = frozenset(
    [
        "src",
        "srcset",
        "href",
        "action",
        "formaction",
        "background",
        "poster",
        "data",
        "ping",
        "longdesc",
        "cite",
        "codebase",
        "manifest",
        "xlink:href",
        "imagesrcset",
        "lowsrc",
        "dynsrc",
        "autofocus",
        "srcdoc",
        "target",
    ]
)
# Styles that fetch: url(…), @import, image-set(…), and escapes that could spell them.
_FETCHES = re.compile(r"url|import|image|\\", re.IGNORECASE)


class NoRecord(Exception):
    """The record is not where the archive says it is; `str()` says what is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """A capture and what its record holds."""

    capture: Row
    headers: tuple[tuple[str, str], ...]
    body: bytes
    """After content decoding, at most `MOST` bytes."""
    charset: str | None

    @property
    def is_html(self) -> bool:
        """Whether there is a page to look at."""
        return "html" in (self.capture["mime"] or "").lower() or self.body[:512].lstrip()[:1] == b"<"


def capture(conn: sqlite3.Connection, identity: str) -> Row | None:
    """The capture row of a record id, given with or without `<urn:uuid:…>`."""
    bare = identity.strip("<>").removeprefix("urn:uuid:")
    return row(
        conn,
        "SELECT c.*, w.folder FROM captures c LEFT JOIN warcs w ON w.name = c.warc WHERE c.record IN (?, ?, ?)",
        (bare, f"urn:uuid:{bare}", f"<urn:uuid:{bare}>"),
    )


def warc_path(archive: Path, found: Row) -> Path:
    """Where the record's file lies. Raises NoRecord for a name that is no plain file name."""
    if "/" in found["warc"] or found["warc"].startswith("."):
        raise NoRecord(f"WARC 文件名不合规：{found['warc']}")
    folder = str(found.get("folder") or "warc")
    return archive.resolve().parent / folder / str(found["warc"])


def raw_record(archive: Path, found: Row) -> bytes:
    """The record as it stands in the WARC file, compressed."""
    path = warc_path(archive, found)
    try:
        with path.open("rb") as file:
            file.seek(found["offset"])
            return file.read(found["length"])
    except OSError as error:
        raise NoRecord(f"读不到 WARC 文件 {path.name}：{error.strerror}") from error


def replay(conn: sqlite3.Connection, archive: Path, identity: str) -> Replayed | None:
    """A capture with its payload; a revisit is followed to the record that holds it. None when there is no such capture."""
    found = capture(conn, identity)
    if found is None:
        return None
    holder = capture(conn, found["revisit_of"]) if found["revisit_of"] else found
    if holder is None:
        raise NoRecord(f"原始记录 {found['revisit_of']} 不在档案里")
    headers, body = _payload(archive, holder)
    charset = row(
        conn, "SELECT charset FROM outcomes WHERE url_id = ? AND charset IS NOT NULL ORDER BY at DESC", (found["url_id"],)
    )
    return Replayed(capture=found, headers=headers, body=body, charset=charset["charset"] if charset else None)


def _payload(archive: Path, found: Row) -> tuple[tuple[tuple[str, str], ...], bytes]:
    path = warc_path(archive, found)
    try:
        with path.open("rb") as file:
            file.seek(found["offset"])
            record = next(iter(ArchiveIterator(file)), None)
            if record is None or record.rec_headers.get_header("WARC-Record-ID") != found["record"]:
                raise NoRecord(f"{path.name} 第 {found['offset']} 字节处不是记录 {found['record']}")
            headers = tuple(record.http_headers.headers) if record.http_headers else ()
            return headers, record.content_stream().read(MOST)
    except NoRecord:
        raise
    except Exception as error:  # a torn gzip member, a bad chunk length: whatever warcio meets in a damaged file
        raise NoRecord(f"读不出 {path.name} 中的记录：{error}") from error


def harmless(body: bytes, charset: str | None) -> str:
    """The page's HTML without anything that acts or points elsewhere; text, tables and inline styling stay."""
    text = body.decode(_codec(charset), "replace").replace("\0", "")
    try:
        tree = html.document_fromstring(
            text.lstrip("\ufeff").encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8", huge_tree=False)
        )
    except (ValueError, etree.ParserError):
        return ""
    for element in list(tree.iter()):
        _disarm(element)
    return "<!DOCTYPE html>\n" + str(html.tostring(tree, encoding="unicode", method="html"))


def _disarm(element: Any) -> None:
    """Take an active element out, and every address and event from the others."""
    tag = element.tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(element.tag, str) else "script"
    if tag in _ACTIVE:
        if element.getparent() is not None:
            element.drop_tree()
        return
    for name in list(element.attrib):
        plain = name.lower().rpartition("}")[2]
        if plain.startswith("on") or plain in _ADDRESSES or (plain == "style" and _FETCHES.search(element.attrib[name])):
            del element.attrib[name]
    if tag == "style" and _FETCHES.search(element.text or ""):
        element.text = ""


def _codec(charset: str | None) -> str:
    try:
        return codecs.lookup(charset or "utf-8").name
    except LookupError:
        return "utf-8"
