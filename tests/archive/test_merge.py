"""Merging: the same archive comes out whatever the order, doing it twice changes nothing, and the proof holds."""

import itertools
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils.db import Database

from crawler.items import Article, Kind, Outcome, Page
from pipelines.archive import open_archive, sites
from pipelines.archive.merging import merge
from pipelines.archive.verifying import verify
from pipelines.archive.verifying.certificate import root_digest
from pipelines.fingerprint import Fingerprint
from tests.archive.conftest import HOST, Archive

STORY = "清沅河水利枢纽工程昨日下闸蓄水，河水沿着新修的护岸慢慢抬升，两岸的人们聚在堤上观看，久久不愿离去，孩子们尤其兴奋。" * 2

# What may differ between archives of one content: row ids, folders, and which run a URL was last leased by.
PICTURES = {
    "urls": "SELECT u.key, u.url, u.site, u.kind, u.state, u.next_due, u.fetches, f.key, u.discovered_at, u.rule, u.title,"
    " u.date, u.last_outcome, u.last_fetched, u.missing_since, a.key FROM urls u LEFT JOIN urls f ON f.id = u.discovered_from"
    " LEFT JOIN articles a ON a.id = u.article ORDER BY 1",
    "articles": "SELECT key, url, site, title, body, digest, first_seen, last_seen, gone_at, versions, role, share, reporters"
    " FROM articles ORDER BY 1",
    "versions": "SELECT a.key, v.number, v.seen, v.digest, v.body, v.capture FROM versions v JOIN articles a ON a.id = v.article"
    " ORDER BY 1, 2",
    "tombstones": "SELECT u.key, t.missing_since, proven_at, proof_record, returned_at FROM tombstones t"
    " JOIN urls u ON u.id = t.url_id ORDER BY 1, 2",
    "clusters": "SELECT c.key, size, a.key FROM clusters c JOIN articles a ON a.id = c.origin ORDER BY 1",
    "bands": "SELECT a.key, band, value FROM bands b JOIN articles a ON a.id = b.article ORDER BY 1, 2",
    "images": "SELECT a.key, position, i.url FROM images i JOIN articles a ON a.id = i.article ORDER BY 1, 2",
    "sites": "SELECT * FROM sites ORDER BY 1",
    "coverage": "SELECT * FROM coverage ORDER BY 1, 2",
    "tallies": "SELECT * FROM tallies WHERE articles ORDER BY 1, 2, 3",
    "captures": "SELECT record, url, payload_digest, revisit_of FROM captures ORDER BY 1",
    "runs": "SELECT key, reason FROM runs ORDER BY 1",
}


def picture(db: Database) -> dict[str, list[tuple[Any, ...]]]:
    return {name: [tuple(row) for row in db.conn.execute(query)] for name, query in PICTURES.items()}


def faults(db: Database) -> list[str]:
    found: list[str] = []
    verify(db, report=found.append)
    return found


@pytest.fixture
def three(tmp_path: Path, page: Callable[..., Page], at: Callable[[str], None]) -> list[Archive]:
    """Three archives that met in part the same pages, at different times, with different texts."""

    def day(number: int, hour: int = 8) -> None:
        at(f"2026-05-{number:02}T{hour:02}:00:00+08:00")

    def article(path: str, body: str) -> Page:
        made = page(path, body, raw=f"{path}{body}".encode())
        return Fingerprint().process_item(made)

    def missing() -> Page:
        return page("/gone.html", outcome=Outcome.GONE, status=404, kind=Kind.UNKNOWN)

    def alias() -> Page:
        made = article("/m/b.html", "乙的正文。" + STORY)
        assert made.article is not None
        made.article = Article(url=f"{HOST}/b.html", title="标题", body=made.article.body, digest=made.article.digest)
        return made

    archives = []
    for number in range(3):
        folder = tmp_path / f"a{number}"
        archives.append(Archive(folder / "archive.db", open_archive(folder / "archive.db")))
    first, second, third = archives
    day(1)
    first.visit(page("/", links=("/a.html", "/b.html", "/gone.html")))
    first.visit(article("/a.html", "甲。"), article("/gone.html", "将要消失。"))
    day(10)
    first.visit(article("/a.html", "甲。"))
    day(5, 9)
    sites.register(second.db, [{"name": "test_site", "title": "测试网", "as_of": "2026-05"}])
    second.visit(page("/", links=("/a.html", "/c.html")))
    second.visit(article("/a.html", "乙。"), missing(), article("/c.html", STORY))
    day(9)
    second.visit(missing(), alias())
    day(7)
    third.visit(article("/gone.html", "将要消失。"), article("/b.html", "乙的正文。" + STORY))
    day(20)
    third.visit(article("/a.html", "甲。"), article("/d.html", STORY), site="other_site")
    day(21)
    third.visit(missing())
    day(22)
    third.visit(missing())
    return archives


def united(folder: Path, order: tuple[Archive, ...]) -> Database:
    db = open_archive(folder / "united.db")
    for archive in order:
        merge(db, archive.path)
    return db


def test_the_order_does_not_matter(three: list[Archive], tmp_path: Path) -> None:
    all_orders = list(itertools.permutations(three))
    dbs = [united(tmp_path / f"u{number}", order) for number, order in enumerate(all_orders)]
    due = picture(dbs[0])
    for db in dbs:
        assert faults(db) == []
        found = picture(db)
        for name in PICTURES:
            assert found[name] == due[name], name
        assert root_digest(db) == root_digest(dbs[0])
    bodies = [(row[2][8:10], row[4]) for row in due["versions"] if row[4] in ("甲。", "乙。")]
    assert bodies == [("01", "甲。"), ("05", "乙。"), ("10", "甲。")]
    assert {row[10] for row in due["articles"]} >= {"original", "mirror"}
    stones = [(row[1][8:10], row[2] and row[2][8:10], row[4] and row[4][8:10]) for row in due["tombstones"]]
    assert stones == [("05", None, "07"), ("09", "21", None)], "standing on the 7th takes the 5th out of the proof"


def test_merging_into_one_of_them_and_in_groups_gives_the_same(three: list[Archive], tmp_path: Path) -> None:
    first, second, third = three
    due = picture(united(tmp_path / "u", (first, second, third)))
    pair = united(tmp_path / "pair", (third, second))
    merge(pair, first.path)
    merge(first.db, tmp_path / "pair" / "united.db")
    for db in (pair, first.db):
        found = picture(db)
        for name in PICTURES:
            assert found[name] == due[name], name


def test_doing_it_twice_changes_nothing(three: list[Archive], tmp_path: Path) -> None:
    db = united(tmp_path / "u", tuple(three))
    before, dump = picture(db), list(db.conn.execute("SELECT * FROM urls ORDER BY id").fetchall())
    for archive in reversed(three):
        new = merge(db, archive.path)
        assert not any(count for table, count in new.items() if table not in ("furniture", ""))
    assert picture(db) == before
    assert [tuple(row) for row in db.conn.execute("SELECT * FROM urls ORDER BY id")] == [tuple(row) for row in dump]


def test_an_archive_survives_the_loss_of_what_it_copied(three: list[Archive], tmp_path: Path) -> None:
    db = open_archive(tmp_path / "u" / "archive.db")
    merge(db, three[0].path, copy_to=tmp_path / "u" / "warc")
    for path in three[0].warc.iterdir():
        path.unlink()
    assert faults(db) == []
    assert db.conn.execute("SELECT DISTINCT folder FROM warcs").fetchone()[0] == "warc"


def test_the_command(three: list[Archive], tmp_path: Path) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "scrapy", "merge", *arguments, "-s", f"ARCHIVE={tmp_path / 'u.db'}"]
        return subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[2], check=False)

    done = run(str(three[0].path), str(three[1].path))
    assert done.returncode == 0, done.stderr
    assert "2 articles" in done.stdout
    assert "nothing new" in run(str(three[0].path)).stdout
    itself = run(str(tmp_path / "u.db"))
    assert (itself.returncode, "is this archive itself" in itself.stderr) == (1, True)
    missing = run(str(tmp_path / "none.db"))
    assert (missing.returncode, "there is no archive at" in missing.stderr) == (1, True)
