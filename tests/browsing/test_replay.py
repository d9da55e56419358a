"""Captured pages brought back: bytes by record, revisits followed, damage told, and HTML that can only be looked at."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils.db import Database

from crawler.items import Exchange
from pipelines.archive import open_archive
from pipelines.archive.replay import NoRecord, harmless, replay
from tests.browsing import library

BODY = "<html><body><h1>渔港开海</h1></body></html>".encode("gb18030")


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[tuple[Path, Database]]:
    """One page captured twice with the same payload, gzipped on the wire."""
    path = tmp_path / "archive.db"
    pages = []
    for seen in (library.SEEN, library.LATER):
        page = library.page_of({"url": library.FIRST, "title": "渔港开海", "body": "千船竞发。"}, seen=seen)
        headers = ((b"Content-Type", b"text/html"), (b"Content-Encoding", b"gzip"))
        body = gzip.compress(BODY, mtime=0)
        page.exchanges = [Exchange(url=library.FIRST, captured_at=seen, status=200, headers=headers, body=body)]
        pages.append(page)
    for page in pages:
        library.archive_pages(path, [page])
    db = open_archive(path, read_only=True)
    yield path, db
    db.close()


def records(db: Database) -> list[str]:
    return [row[0] for row in db.conn.execute("SELECT record FROM captures ORDER BY at")]


def test_payload_is_decoded(kept: tuple[Path, Database]) -> None:
    path, db = kept
    held = replay(db.conn, path, records(db)[0])
    assert held is not None and held.body == BODY and held.charset == "gb18030" and held.is_html
    assert "<h1>渔港开海</h1>" in harmless(held.body, held.charset)


def test_a_revisit_leads_to_what_it_repeats(kept: tuple[Path, Database]) -> None:
    path, db = kept
    held = replay(db.conn, path, records(db)[1])
    assert held is not None and held.capture["revisit_of"] == records(db)[0] and held.body == BODY


def test_unknown_record(kept: tuple[Path, Database]) -> None:
    path, db = kept
    assert replay(db.conn, path, "00000000-0000-0000-0000-000000000000") is None


@pytest.mark.parametrize("damage", [b"", b"no gzip at all", gzip.compress(b"WARC/1.1\r\n", mtime=0)])
def test_damage_is_told_in_a_sentence(kept: tuple[Path, Database], damage: bytes) -> None:
    path, db = kept
    for file in (path.parent / "warc").glob("*.warc.gz"):
        file.write_bytes(damage)
    with pytest.raises(NoRecord, match=r"WARC|记录"):
        replay(db.conn, path, records(db)[0])


def test_missing_file_is_told(kept: tuple[Path, Database]) -> None:
    path, db = kept
    for file in (path.parent / "warc").glob("*.warc.gz"):
        file.unlink()
    with pytest.raises(NoRecord, match="warc"):
        replay(db.conn, path, records(db)[0])


def test_only_looks_are_left() -> None:
    page = (
        '<html><head><base href="http://x/"><link rel=preconnect href="http://x"><style>p{color:red}</style>'
        '<style>@import "x"</style><meta http-equiv=refresh content="0;url=http://x"></head><body onload=a() style="color:red">'
        '<a href="http://x" onclick=a() style="background:URL(x)">甲</a><img src=x><form action=x><input name=q></form>'
        "<svg><a xlink:href=x>乙</a></svg><table><tr><td>丙</td></tr></table><iframe src=x></iframe></body></html>"
    )
    text = harmless(page.encode(), "utf-8")
    for gone in ("base", "link", "meta", "@import", "onload", "onclick", "href", "src=", "action", "iframe", "URL"):
        assert gone not in text, gone
    for left in ("p{color:red}", 'style="color:red"', "甲", "乙", "<td>丙</td>"):
        assert left in text, left


@pytest.mark.parametrize("body", [b"", b"\x00", b"<", b"\xff\xfe", b"<!-- " * 50, b"<div>" * 5000, b"<?xml?>"])
def test_odd_bytes_are_no_error(body: bytes) -> None:
    assert isinstance(harmless(body, "no-such-charset"), str)
