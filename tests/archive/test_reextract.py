"""Reading anew: shown before it is accepted, the old reading kept, the next visit unsurprised."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.items import Exchange, Outcome, Page, RawPage
from crawler.reading import read
from pipelines.archive.verifying import verify
from pipelines.fingerprint import Fingerprint
from pipelines.normalise import Normalise
from pipelines.validate import Validate
from tests.archive.conftest import HOST, Archive

PARAGRAPHS = (
    "清沅河水利枢纽工程昨日下闸蓄水。上午十时许，随着最后一道闸门缓缓落下，河水沿着新修的护岸慢慢抬升。",
    "据市水务局负责人介绍，工程总投资四亿二千万元，历时三年零两个月，建成后可灌溉沿岸十一万亩农田。",
    "家住下游青禾镇的种粮大户说，往年一到春旱就要守着水泵过夜，今年总算能睡个安稳觉了。",
)


def html(number: int, part: str = "", paragraphs: tuple[str, ...] = PARAGRAPHS) -> bytes:
    body = "".join(f"<p>　　{text}</p>" for text in paragraphs)
    return (
        f"<html><head><meta charset='utf-8'><title>清沅河下闸蓄水（{number}）_云岭新闻网</title></head><body><div class='nav'>"
        "<a href='/'>首页</a> &gt; <a href='/yw/'>要闻</a> &gt; 正文</div><div class='main'>"
        f"<h1>清沅河下闸蓄水（{number}）</h1><div class='info'>2026-05-01 08:30　来源：云岭日报　作者：段红</div>"
        f"<div class='content'>{body}</div>{part}<p>责任编辑：丁一帆</p></div></body></html>"
    ).encode()


@pytest.fixture
def visited(archive: Archive, at: Callable[[str], None]) -> Callable[[str], list[Outcome]]:
    """Visit three articles by the real road, from bytes to archive."""

    def visit(day: str) -> list[Outcome]:
        at(f"2026-05-{day}T08:00:00+08:00")
        pages: list[Page] = []
        for number in range(3):
            url = f"{HOST}/202605/t20260501_10000{number}.html"
            headers = ((b"Content-Type", b"text/html; charset=utf-8"),)
            body = html(number) + day.encode()
            made = read(
                RawPage(url=url, body=body, headers={"content-type": "text/html"}, captured_at=f"2026-05-{day}T08:00:00+08:00")
            )
            made.exchanges = [Exchange(url=url, headers=headers, body=body, captured_at=f"2026-05-{day}T08:00:00+08:00")]
            for stage in (Normalise(), Validate(), Fingerprint()):
                made = stage.process_item(made)
            pages.append(made)
        return archive.visit(*pages)

    return visit


def as_read_before(archive: Archive, number: int) -> None:
    """Make one article look as an older extractor would have read it: without its last paragraph and its reporter."""
    article, body, fields = archive.one("SELECT article, body, fields FROM versions WHERE article = ?", number)
    short = body.rpartition("\n")[0]
    older = json.dumps(json.loads(fields) | {"reporters": []}, ensure_ascii=False)
    conn = archive.db.conn
    conn.execute("UPDATE versions SET body = ?, fields = ?, digest = 'old', extractor = 'fangzhi/0.0.1' WHERE article = ?",
                 (short, older, article))  # fmt: skip
    conn.execute("UPDATE articles SET body = ?, reporters = NULL, digest = 'old' WHERE id = ?", (short, article))
    conn.execute("UPDATE sightings SET digest = 'old' WHERE article = ?", (article,))


def reextract(archive: Archive, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scrapy", "reextract", "-s", f"ARCHIVE={archive.path}", *options]
    environment = os.environ | {"FANGZHI_CLOCK": "2026-05-02T08:00:00+08:00"}
    return subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[2], check=False, env=environment)


def faults(archive: Archive) -> list[str]:
    found: list[str] = []
    verify(archive.db, report=found.append)
    return found


def test_shown_then_accepted_then_nothing_left_to_do(archive: Archive, visited: Callable[[str], list[Outcome]]) -> None:
    assert visited("01") == [Outcome.ARCHIVED] * 3
    body = archive.one("SELECT body FROM articles WHERE id = 2")
    as_read_before(archive, 2)
    shown = reextract(archive)
    assert shown.returncode == 0, shown.stderr
    assert "1 text changed, 2 the same" in shown.stdout and "reporters: [] → ['段红']" in shown.stdout
    assert "{+\u23ce" + PARAGRAPHS[2] + "+}" in shown.stdout and "Nothing was written" in shown.stdout
    assert archive.one("SELECT digest FROM articles WHERE id = 2") == "old"

    assert "1 text changed" in reextract(archive, "--apply").stdout
    assert archive.one("SELECT body, reporters, versions FROM articles WHERE id = 2") == (body, '["段红"]', 1)
    assert archive.rows("SELECT number, extractor LIKE '%0.0.1', superseded IS NOT NULL FROM versions WHERE article = 2") == [
        (1, 1, 1), (2, 0, 0),
    ]  # fmt: skip
    assert faults(archive) == []
    assert "3 the same" in reextract(archive).stdout
    assert visited("03") == [Outcome.UNCHANGED] * 3, "a new reading is no new version of the page"
    assert faults(archive) == []


def test_fields_alone(archive: Archive, visited: Callable[[str], list[Outcome]]) -> None:
    visited("01")
    archive.db.conn.execute("UPDATE versions SET fields = json_set(fields, '$.source', '旧日报') WHERE article = 1")
    archive.db.conn.execute("UPDATE articles SET source = '旧日报' WHERE id = 1")
    shown = reextract(archive, "--apply")
    assert "1 fields changed, 2 the same" in shown.stdout and "source: '旧日报' → '云岭日报'" in shown.stdout
    assert archive.one("SELECT source, versions FROM articles WHERE id = 1") == ("云岭日报", 1)
    assert faults(archive) == []
    assert visited("03") == [Outcome.UNCHANGED] * 3


def test_an_extractor_that_goes_back_and_forth(archive: Archive, visited: Callable[[str], list[Outcome]]) -> None:
    visited("01")
    for _ in range(2):
        new = archive.one("SELECT digest FROM articles WHERE id = 1")
        as_read_before_and_back = "UPDATE {} SET digest = 'old' WHERE digest = ?"
        for table in ("versions", "articles", "sightings"):
            archive.db.conn.execute(as_read_before_and_back.format(table), (new,))
        archive.db.conn.execute("UPDATE versions SET body = '旧读法。' WHERE article = 1 AND superseded IS NULL")
        assert "1 text changed" in reextract(archive, "--apply").stdout
        assert archive.one("SELECT digest FROM articles WHERE id = 1") == new
        assert faults(archive) == []


def test_lost_evidence_leaves_the_text_and_says_so(archive: Archive, visited: Callable[[str], list[Outcome]]) -> None:
    visited("01")
    as_read_before(archive, 2)
    for path in archive.warc.iterdir():
        path.unlink()
    told = reextract(archive, "--apply")
    assert told.returncode == 1
    assert "3 not read" in told.stdout and "run scrapy verify" in told.stdout
    assert archive.one("SELECT digest FROM articles WHERE id = 2") == "old"


def test_only_what_is_asked_for(archive: Archive, visited: Callable[[str], list[Outcome]]) -> None:
    visited("01")
    assert "no article matches" in reextract(archive, "--site", "other_site").stdout
    assert "no article matches" in reextract(archive, "--since", "2026-05-02").stdout
    assert "3 the same" in reextract(archive, "--site", "test_site", "--since", "2026-05-01").stdout
