"""Whatever is altered behind the archive's back is found; what follows from the rest is put right."""

import gzip
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.items import Page
from pipelines.archive import open_archive
from pipelines.archive.verifying import verify
from pipelines.archive.verifying.certificate import root_digest
from pipelines.archive.verifying.repair import repair
from pipelines.archive.warcs import locate
from pipelines.archive.writer import Writer
from tests.archive.conftest import Archive


@pytest.fixture
def filled(archive: Archive, page: Callable[..., Page], at: Callable[[str], None]) -> Archive:
    for day in ("01", "02", "04"):
        at(f"2026-05-{day}T08:00:00+08:00")
        archive.visit(page("/", links=("/a.html", "/b.html")))
        archive.visit(page("/a.html", f"石家庄{day}日有雨。"), page("/b.html", "唐山无雨。"))
    assert faults(archive) == []
    return archive


def faults(archive: Archive) -> list[str]:
    found: list[str] = []
    verify(archive.db, report=found.append)
    return found


def warc(archive: Archive) -> Path:
    return locate(archive.db, archive.one("SELECT warc FROM captures WHERE url LIKE '%a.html' ORDER BY at LIMIT 1"))


TAMPERED = {
    "DELETE FROM versions WHERE number = 1 AND article = 1": "says 3 versions, has 2",
    "UPDATE versions SET digest = 'x' WHERE number = 3": "does not show its last version",
    "UPDATE versions SET digest = (SELECT digest FROM versions WHERE id = 1) WHERE number = 2 AND article = 1":
        "repeats the one before it",
    "DELETE FROM sightings WHERE article = 1 AND seen LIKE '2026-05-02%'": "not what its sightings come to",
    "UPDATE captures SET record = 'x' WHERE id = 3": "is not x",
    "DELETE FROM captures WHERE id = 3": "has no row",
    "UPDATE captures SET payload_digest = 'sha1:x' WHERE id = 3": "another payload digest",
    "UPDATE captures SET length = length - 1 WHERE id = 3": "its row says",
    "UPDATE captures SET revisit_of = 'x' WHERE id = 3": "which is not there",
    "DELETE FROM outcomes WHERE id = 9": "which has no outcome for it",
    "UPDATE urls SET state = 'leased'": "which has ended",
    "UPDATE urls SET state = 'gone' WHERE id = 2": "without a tombstone",
    "UPDATE articles SET gone_at = '2026-05-09' WHERE id = 1": "gone without proof",
    "UPDATE urls SET key = 'x' WHERE id = 1": "is not the key of",
    "DROP TRIGGER articles_au": "the trigger articles_au is missing",
    "UPDATE facts SET value = '0' WHERE name = 'tokeniser'": "another tokeniser",
    "DELETE FROM warcs WHERE name = (SELECT min(name) FROM warcs)": "does not list",
    "DELETE FROM tallies": "articles counted under all",
    "INSERT INTO articles_fts(rowid, body) VALUES (99, '幽灵 灵')": "which is no article",
    "INSERT INTO articles_fts(articles_fts, rowid, body, title, reporters) VALUES ('delete', 2, '旧 文', '', '')":
        "--repair rebuilds it",
    "INSERT INTO articles_chars(rowid, chars) VALUES (2, '鬼')": "articles_chars does not hold",
}  # fmt: skip


@pytest.mark.parametrize(("statement", "fault"), TAMPERED.items(), ids=range(len(TAMPERED)))
def test_altered_rows_are_found(filled: Archive, statement: str, fault: str) -> None:
    filled.db.conn.execute("PRAGMA foreign_keys = OFF")
    filled.db.conn.execute(statement)
    assert any(fault in found for found in faults(filled)), faults(filled)


def test_a_changed_byte_in_a_warc_file_is_found(filled: Archive) -> None:
    path = warc(filled)
    offset, length = filled.one("SELECT offset, length FROM captures WHERE warc = ? AND url LIKE '%a.html'", path.name)
    data = path.read_bytes()
    record = gzip.decompress(data[offset : offset + length]).replace("石".encode("gbk"), "右".encode("gbk"))
    path.write_bytes(data[:offset] + gzip.compress(record, 9) + data[offset + length :])
    assert any("damaged" in found for found in faults(filled))


@pytest.mark.parametrize(("change", "fault"), [
    (lambda path: path.unlink(), "is gone with 2 captures"),
    (lambda path: path.write_bytes(path.read_bytes()[:-40]), "its end is lost"),
    (lambda path: path.write_bytes(path.read_bytes() + b"loose"), "after its last committed record"),
    (lambda path: (path.parent / "fangzhi-x-0.warc.gz").write_bytes(path.read_bytes()), "is in no row"),
])  # fmt: skip
def test_warc_files_lost_cut_grown_or_strange_are_found(filled: Archive, change: Callable[[Path], object], fault: str) -> None:
    change(warc(filled))
    assert any(fault in found for found in faults(filled)), faults(filled)


@pytest.mark.parametrize("statement", [
    "DROP TRIGGER articles_au", "UPDATE facts SET value = '0' WHERE name = 'tokeniser'", "DELETE FROM tallies",
    "UPDATE urls SET state = 'leased'", "INSERT INTO articles_fts(rowid, body) VALUES (99, '幽灵 灵')",
    "UPDATE versions SET number = number + 10", "UPDATE articles SET versions = 7",
])  # fmt: skip
def test_what_follows_from_the_rest_is_repaired(filled: Archive, statement: str) -> None:
    before = root_digest(filled.db)
    filled.db.conn.execute(statement)
    assert faults(filled) != [] or "number" in statement
    assert repair(filled.db) != []
    assert faults(filled) == []
    assert root_digest(filled.db) == before


def test_lost_evidence_is_fetched_again(filled: Archive) -> None:
    warc(filled).unlink()
    filled.db.conn.execute("UPDATE urls SET state = 'done'")
    assert any("fetched again" in line for line in repair(filled.db))
    assert filled.one("SELECT count(*) FROM urls WHERE state = 'queued'") == 2


def test_the_command_prints_a_certificate_or_exits_with_the_list(filled: Archive) -> None:
    def verify(*options: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "scrapy", "verify", "-s", f"ARCHIVE={filled.path}", *options]
        return subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[2], check=False)

    good = verify()
    assert good.returncode == 0, good.stderr
    assert "nothing is lost" in good.stdout and f"sha256:{root_digest(filled.db)}" in good.stdout
    filled.db.conn.execute("DELETE FROM tallies")
    bad = verify("--quick")
    assert bad.returncode == 1 and "FAULT 0 articles counted" in bad.stdout and "1 fault" in bad.stdout
    assert verify("--repair").returncode == 0
    missing = verify("-s", "ARCHIVE=/nonexistent/archive.db")
    assert missing.returncode == 1 and "there is no archive at" in missing.stderr


def test_a_crawl_may_go_on_meanwhile(filled: Archive, page: Callable[..., Page]) -> None:
    run = filled.start()
    writer = Writer(filled.path, filled.warc, run, {})
    writer.add(page("/d.html", "已经提交。"))
    writer.commit()
    more = iter([page(f"/{n}.html", "检查期间写入。") for n in range(5)])
    db = open_archive(filled.path)
    told: list[str] = []

    def write_on(sql: str) -> None:
        if "foreign_key_check" in sql:
            for made in more:
                writer.add(made)
                writer.commit()

    db.conn.set_trace_callback(write_on)
    certificate = verify(db, report=told.append)
    assert told == [] and certificate.counts["articles"] == 3
    writer.close()
    assert filled.one("SELECT count(*) FROM articles") == 8
