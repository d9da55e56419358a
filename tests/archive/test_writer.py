"""One page, one transaction: outcome, ledger, links, article, version, capture and index, after the WARC bytes."""

import errno
import os

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.items import Article, Kind, Link, Outcome
from pipelines.archive import frontier, runs
from pipelines.archive.errors import DiskFull
from pipelines.archive.warcs import locate
from pipelines.archive.writer import Writer
from tests.archive.conftest import HOST, Archive

DAYS = [f"2026-05-{day:02}T08:00:00+08:00" for day in range(1, 30)]


def test_everything_about_a_page_is_written_together(archive: Archive, page) -> None:
    assert archive.visit(page("/", links=("/a.html", "/b.html"))) == [Outcome.LISTED]
    assert archive.visit(page("/a.html", "石家庄今日有雨。")) == [Outcome.ARCHIVED]
    assert archive.one("SELECT title, body, reporters, versions, site FROM articles") == (
        "标题", "石家庄今日有雨。", '["王浩"]', 1, "test_site",
    )  # fmt: skip
    assert archive.one("SELECT body_original, number, digest = (SELECT digest FROM articles) FROM versions") == (
        "石家庄今日有雨。", 1, 1,
    )  # fmt: skip
    assert archive.rows("SELECT url, state, rule FROM urls ORDER BY id") == [
        (f"{HOST}/", "queued", "seed"), (f"{HOST}/a.html", "done", "article_url"), (f"{HOST}/b.html", "queued", "article_url"),
    ]  # fmt: skip
    assert archive.rows("SELECT discovered_from FROM urls") == [(None,), (1,), (1,)]
    assert archive.one("SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?", '"王浩" "今日"') == 1
    assert archive.one("SELECT listed, fetched, archived, failed FROM coverage") == (2, 2, 1, 0)
    assert archive.one("SELECT capture FROM versions") == archive.one("SELECT record FROM captures WHERE url LIKE '%a.html'")


def test_a_capture_row_finds_its_record(archive: Archive, page) -> None:
    archive.visit(page("/a.html", "正文", raw=b"\xd5\xfd\xce\xc4"))
    warc, offset, length, record = archive.one("SELECT warc, offset, length, record FROM captures")
    with locate(archive.db, warc).open("rb") as file:
        file.seek(offset)
        found = next(iter(ArchiveIterator(file)))
        assert found.rec_headers.get_header("WARC-Record-ID") == record
        assert found.content_stream().read() == b"\xd5\xfd\xce\xc4"
        file.seek(offset + length)
        assert next(iter(ArchiveIterator(file))).rec_type == "request"


def test_unchanged_changed_and_back(archive: Archive, page, at) -> None:
    told = []
    for day, body in zip(DAYS, ["一", "一", "二", "二", "一"], strict=False):
        at(day)
        told += archive.visit(page("/a.html", body, raw=f"{body}{day}".encode()))
    assert told == [Outcome.ARCHIVED, Outcome.UNCHANGED, Outcome.CHANGED, Outcome.UNCHANGED, Outcome.CHANGED]
    assert archive.rows("SELECT number, body FROM versions ORDER BY number") == [(1, "一"), (2, "二"), (3, "一")]
    assert archive.one("SELECT versions, body FROM articles") == (3, "一")
    first, last = archive.one("SELECT first_seen, last_seen FROM articles")
    assert (first[:10], last[:10]) == ("2026-05-01", "2026-05-05")


def test_a_304_leaves_the_article_and_says_it_was_seen(archive: Archive, page, capture, at) -> None:
    at(DAYS[0])
    archive.visit(page("/a.html", "一", etag='"x"', last_modified="Fri, 01 May 2026 00:00:00 GMT"))
    archive.db.conn.execute("UPDATE urls SET state = 'queued', next_due = NULL")
    run = archive.start()
    (lease,) = frontier.lease(archive.db, run, "test_site", 1)
    assert (lease.etag, lease.last_modified) == ('"x"', "Fri, 01 May 2026 00:00:00 GMT")
    frontier.release(archive.db, run, [lease.id])
    at(DAYS[3])
    answer = page("/a.html", outcome=Outcome.UNCHANGED, status=304, kind=Kind.ARTICLE,
                  exchanges=[capture(f"{HOST}/a.html", b"", status=304)])  # fmt: skip
    assert archive.visit(answer) == [Outcome.UNCHANGED]
    assert archive.one("SELECT substr(last_seen, 1, 10), versions FROM articles") == ("2026-05-04", 1)
    assert archive.rows("SELECT revisit_of IS NOT NULL FROM captures ORDER BY id") == [(0,), (1,)]


def test_gone_needs_two_days_and_a_return_takes_it_back(archive: Archive, page, at) -> None:
    def missing():
        return page("/a.html", outcome=Outcome.GONE, kind=Kind.UNKNOWN, status=404)

    at(DAYS[0])
    archive.visit(page("/a.html", "一"))
    for day in (DAYS[1], DAYS[1].replace("T08", "T20")):
        at(day)
        assert archive.visit(missing()) == [Outcome.GONE]
        assert archive.one("SELECT gone_at FROM articles") is None, "one day is no proof"
    at(DAYS[2])
    archive.visit(page("/a.html", outcome=Outcome.BLOCKED, kind=Kind.CHALLENGE, status=412))
    archive.visit(page("/a.html", outcome=Outcome.FAILED, reason="timeout", kind=Kind.UNKNOWN))
    assert archive.one("SELECT gone_at FROM articles") is None, "a challenge and an outage are no proof"
    at(DAYS[3])
    archive.visit(missing())
    assert archive.one("SELECT substr(gone_at, 1, 10) FROM articles") == "2026-05-02"
    assert archive.one("SELECT state FROM urls") == "gone"
    stone = archive.one(
        "SELECT substr(missing_since, 1, 10), substr(proven_at, 1, 10), json_array_length(evidence) FROM tombstones"
    )
    assert stone == ("2026-05-02", "2026-05-04", 2)
    records = {row[0] for row in archive.rows("SELECT record FROM captures")}
    assert set(archive.one("SELECT first_record, proof_record FROM tombstones")) < records
    at(DAYS[20])
    assert archive.visit(page("/a.html", "一")) == [Outcome.UNCHANGED]
    assert archive.one("SELECT gone_at FROM articles") is None
    assert archive.one("SELECT substr(returned_at, 1, 10) FROM tombstones") == "2026-05-21"
    assert archive.rows("SELECT reason FROM outcomes WHERE outcome = 'gone'") == [("seen once",), ("seen once",), ("proven",)]


def test_an_alias_is_a_duplicate_and_never_makes_versions(archive: Archive, page) -> None:
    def mobile(body: str):
        made = page("/m/a.html", body)
        made.article = Article(url=f"{HOST}/a.html", title="标题", body=body)
        return made

    assert archive.visit(page("/a.html", "一")) == [Outcome.ARCHIVED]
    assert archive.visit(mobile("一（手机版）")) == [Outcome.DUPLICATE]
    assert archive.one("SELECT body, versions FROM articles") == ("一", 1)


def test_an_articles_own_address_archives_it_whoever_came_first(archive: Archive, page) -> None:
    def mobile(path: str, body: str):
        made = page(path, body)
        made.article = Article(url=f"{HOST}/a.html", title="标题", body=body)
        return made

    assert archive.visit(mobile("/m/a.html", "一")) == [Outcome.DUPLICATE]
    assert archive.one("SELECT body FROM articles") == "一", "kept already, should the own address fail"
    assert archive.one("SELECT state, rule FROM urls WHERE url = ?", f"{HOST}/a.html") == ("queued", "canonical")
    assert archive.visit(page("/a.html", "一")) == [Outcome.ARCHIVED]
    assert archive.visit(mobile("/m/a.html", "二")) == [Outcome.DUPLICATE]
    assert archive.one("SELECT body, versions FROM articles") == ("一", 1)


def test_an_alias_carries_the_article_while_its_own_address_cannot_be_read(archive: Archive, page) -> None:
    def mobile(path: str, body: str):
        made = page(path, body)
        made.article = Article(url=f"{HOST}/a.html", title="标题", body=body)
        return made

    archive.visit(mobile("/m/a.html", "一"))
    archive.visit(page("/a.html", outcome=Outcome.FAILED, reason="timeout", kind=Kind.UNKNOWN))
    assert archive.visit(mobile("/m/a.html", "二")) == [Outcome.CHANGED]
    assert archive.visit(mobile("/n/a.html", "三")) == [Outcome.DUPLICATE]
    assert archive.visit(mobile("/m/a.html", "二")) == [Outcome.UNCHANGED]


def test_parts_are_settled_with_their_article(archive: Archive, page) -> None:
    archive.visit(page("/", links=("/a.html", "/a_2.html")))
    whole = page("/a.html", "一\n二")
    whole.article.parts = [f"{HOST}/a_2.html"]
    archive.visit(whole)
    assert archive.one("SELECT state, last_outcome FROM urls WHERE url LIKE '%a_2.html'") == ("done", "part")


def test_a_pager_is_walked_on_the_first_visit_and_later_only_while_there_is_news(archive: Archive, page) -> None:
    def pager(number: int) -> Link:
        return Link(url=f"{HOST}/index_{number}.html", kind=Kind.LIST, rule="pager:trs")

    def state() -> str:
        return archive.one("SELECT state FROM urls WHERE url LIKE '%index_1.html'")

    archive.visit(page("/", links=("/a.html", pager(1))))
    assert state() == "queued"
    archive.visit(page("/index_1.html", links=("/b.html", pager(2))))
    archive.visit(again := page("/", links=("/a.html", pager(1))))
    assert state() == "done" and again.refused == {"nothing_new": 1}
    archive.visit(page("/", links=("/new.html", "/a.html", pager(1))))
    assert state() == "queued"
    assert archive.one("SELECT fresh FROM outcomes ORDER BY id DESC LIMIT 1") == 1


def test_nothing_is_half_written_when_the_disk_is_full(archive: Archive, page, monkeypatch) -> None:
    run = archive.start()
    writer = Writer(archive.path, archive.warc, run, {})
    writer.add(page("/a.html", "一"))
    writer.commit()
    size, real = writer.warcs.path.stat().st_size, os.write

    def full(handle: int, data: bytes) -> int:
        real(handle, bytes(data)[:10])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    writer.add(page("/b.html", "二"))
    with pytest.raises(DiskFull, match=r"no space left .* run the same command again"):
        writer.commit()
    monkeypatch.undo()
    assert writer.warcs.path.stat().st_size == size
    assert archive.one("SELECT count(*) FROM outcomes") == 1
    writer.add(page("/b.html", "二"))
    assert writer.commit() == [Outcome.ARCHIVED]
    writer.close()
    with locate(archive.db, archive.one("SELECT name FROM warcs")).open("rb") as file:
        assert [record.rec_type for record in ArchiveIterator(file)] == ["warcinfo", *["response", "request"] * 2]


def test_failures_wait_longer_each_time_and_a_success_forgets_them(archive: Archive, page, at) -> None:
    waits = []
    at(DAYS[0])
    for _ in range(3):
        archive.visit(page("/a.html", outcome=Outcome.FAILED, reason="timeout", kind=Kind.UNKNOWN))
        waits.append(archive.one("SELECT round((julianday(next_due) - julianday(last_fetched)) * 24) FROM urls"))
    assert waits == [1, 4, 24]
    assert archive.one("SELECT state, attempts, last_error FROM urls") == ("failed", 3, "timeout")
    archive.visit(page("/a.html", "一"))
    assert archive.one("SELECT state, attempts, last_error FROM urls") == ("done", 0, None)


def test_what_has_come_due_is_queued_when_a_run_starts(archive: Archive, page, at) -> None:
    at(DAYS[0])
    archive.visit(page("/a.html", "一"))
    archive.start()
    assert not frontier.waiting(archive.db, "test_site")
    at(DAYS[1])
    archive.start()
    assert frontier.waiting(archive.db, "test_site")


def test_an_exchange_of_no_page_is_kept(archive: Archive, capture) -> None:
    run = archive.start()
    writer = Writer(archive.path, archive.warc, run, {})
    writer.add_exchange(capture(f"{HOST}/robots.txt", b"User-agent: *", purpose="robots"))
    writer.close()
    assert archive.one("SELECT purpose, url_id FROM captures") == ("robots", None)
    assert runs.finish_run(archive.db, run, "finished") == {}


def test_a_page_that_nobody_leased(archive: Archive, page) -> None:
    run = archive.start()
    writer = Writer(archive.path, archive.warc, run, {})
    writer.add(page("/a.html", "一", exchanges=[]))
    writer.add(page("/a.html", "一", exchanges=[]))
    assert writer.commit() == [Outcome.ARCHIVED, Outcome.UNCHANGED]
    writer.close()
    assert archive.one("SELECT state, next_due FROM urls") == ("done", None)
    assert archive.one("SELECT outcome FROM outcomes") == "unchanged"
    assert not archive.warc.exists()


def test_older_captures_that_come_in_later_take_their_place_in_time(archive: Archive, page, capture) -> None:
    def ingest(day: int, body: str):
        raw = f"{body}{day}".encode()
        return page("/a.html", body, captured_at=DAYS[day], exchanges=[capture(f"{HOST}/a.html", raw, captured_at=DAYS[day])])

    def versions() -> str:
        assert archive.one("SELECT versions FROM articles") == archive.one("SELECT count(*) FROM versions")
        rows = archive.rows("SELECT body, seen FROM versions ORDER BY number")
        return " ".join(f"{body}{int(seen[8:10]) - 1}" for body, seen in rows)

    run = archive.start()
    writer = Writer(archive.path, archive.warc, run, {})
    told = []
    for day, body, expected in [
        (10, "甲", "甲10"), (5, "乙", "乙5 甲10"), (3, "乙", "乙3 甲10"), (7, "甲", "乙3 甲7"), (4, "乙", "乙3 甲7"),
        (20, "甲", "乙3 甲7"), (15, "丙", "乙3 甲7 丙15 甲20"), (25, "丁", "乙3 甲7 丙15 甲20 丁25"),
    ]:  # fmt: skip
        writer.add(ingest(day, body))
        told += writer.commit()
        assert versions() == expected
    assert archive.one("SELECT body FROM articles") == "丁"
    assert archive.one("SELECT substr(first_seen, 1, 10), substr(last_seen, 1, 10) FROM articles") == ("2026-05-04", "2026-05-26")
    assert [str(outcome) for outcome in told] == [
        "archived", "changed", "unchanged", "unchanged", "unchanged", "unchanged", "changed", "changed",
    ]  # fmt: skip
    before = archive.one("SELECT count(*) FROM captures")
    writer.add(ingest(5, "乙"))
    writer.commit()
    writer.close()
    assert archive.one("SELECT count(*) FROM captures") == before, "the same capture is kept once"
    assert archive.one("SELECT substr(last_seen, 1, 10) FROM articles") == "2026-05-26"


def test_a_saved_file_becomes_a_resource_record(archive: Archive, page, capture) -> None:
    bare = capture("urn:sha256:00", "正文".encode(), purpose="resource", status=0, headers=())
    run = archive.start()
    writer = Writer(archive.path, archive.warc, run, {})
    writer.add(page("http://x/", "正文", exchanges=[bare]))
    writer.close()
    with locate(archive.db, archive.one("SELECT warc FROM captures")).open("rb") as file:
        assert [r.rec_type for r in ArchiveIterator(file)] == ["warcinfo", "resource"]
    assert archive.one("SELECT mime, status FROM captures") == ("text/plain", 0)
    assert archive.one("SELECT site FROM articles") == "imported"
