"""Every earlier schema, as a real file with real rows, comes up to date and then verifies."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlite_utils.db import Database

from crawler.items import Page
from pipelines.archive import open_archive, search, sites
from pipelines.archive.migrations import migrations, wrong_triggers
from pipelines.archive.verifying import verify
from pipelines.archive.verifying.certificate import root_digest
from pipelines.fingerprint import Fingerprint
from tests.archive.conftest import Archive

STEPS = [step.name for step in migrations._migrations]
DERIVED = {"tallies", "bands", "passages"}
STORY = "清沅河水利枢纽工程昨日下闸蓄水，河水沿着新修的护岸慢慢抬升，两岸的人们聚在堤上观看，久久不愿离去，孩子们尤其兴奋。" * 2


def older_file(path: Path, source: Path, first_missing: str) -> None:
    """A file of the schema before `first_missing`, with all rows of `source` that it can hold."""
    db = Database(path)
    search.register(db.conn)
    db.conn.execute("PRAGMA journal_mode = WAL")
    migrations.apply(db, stop_before=first_missing)
    db.conn.execute("ATTACH ? AS new", (str(source),))
    tables = [
        row[0] for row in db.conn.execute("SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE '%fts%'")
    ]
    for table in tables:
        written_later = {"tallies"} | ({"bands"} if first_missing == "m002_passages" else set())
        if table.startswith(("_sqlite", "sqlite", "articles_chars")) or table in written_later:
            continue
        columns = ", ".join(row[1] for row in db.conn.execute(f"PRAGMA main.table_info({table})"))
        db.conn.execute(f"INSERT OR REPLACE INTO main.{table}({columns}) SELECT {columns} FROM new.{table}")
    db.conn.commit()
    db.conn.execute("DETACH new")
    db.close()


@pytest.fixture
def filled(archive: Archive, page: Callable[..., Page], at: Callable[[str], None]) -> Archive:
    for day, body in (("01", "旧文。" + STORY), ("03", "新文。" + STORY)):
        at(f"2026-05-{day}T08:00:00+08:00")
        archive.visit(page("/", links=("/a.html", "/b.html")))
        for path in ("/a.html", "/b.html"):
            made = page(path, body, raw=(body + day).encode())
            Fingerprint().process_item(made)
            archive.visit(made)
    return archive


@pytest.mark.parametrize("first_missing", STEPS[1:])
def test_an_older_file_comes_up_to_date(filled: Archive, first_missing: str) -> None:
    old = filled.path.parent / "old.db"
    older_file(old, filled.path, first_missing)
    db = open_archive(old)
    assert [step.name for step in migrations.applied(db)] == STEPS
    assert wrong_triggers(db) == []
    assert verify(db, report=print).faults == 0
    assert root_digest(db) == root_digest(filled.db)
    for table in sorted(DERIVED):
        due = filled.rows(f"SELECT * FROM {table} ORDER BY 1, 2, 3")
        assert [tuple(row) for row in db.conn.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3")] == due and due
    assert db.conn.execute("SELECT size FROM clusters").fetchone()[0] == 2
    db.close()


def test_an_archive_in_use_is_not_migrated_twice(filled: Archive) -> None:
    before = [step.applied_at for step in migrations.applied(filled.db)]
    open_archive(filled.path).close()
    assert [step.applied_at for step in migrations.applied(filled.db)] == before


def test_the_schedule_shows_when_each_site_is_due(archive: Archive, at: Callable[[str], None]) -> None:
    for name, every in (("a_site", "30m"), ("b_site", "6h"), ("c_site", "1d")):
        sites.register(archive.db, [{"name": name, "title": name, "every": every}])
        if name != "c_site":
            at("2026-05-01T20:00:00+08:00")
            archive.start(name)
    assert archive.rows("SELECT site, next_due FROM schedule ORDER BY site") == [
        ("a_site", "2026-05-01T20:30:00+08:00"), ("b_site", "2026-05-02T02:00:00+08:00"), ("c_site", None),
    ]  # fmt: skip
