"""A crawl from a slice, taken in again, leaves the archive as the same crawl in the archive itself would have."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.clock import stamp
from crawler.items import Article, Candidate, Kind, Outcome, Page
from pipelines.archive import furniture, open_archive
from pipelines.archive.merging import merge
from pipelines.archive.merging.slice import cut, keep_changes
from pipelines.archive.verifying import verify
from pipelines.fingerprint import Fingerprint
from tests.archive.conftest import HOST, Archive, exchange, page  # noqa: F401

SITE = "test_site"
PICTURES = {
    "urls": "SELECT u.key, u.url, u.site, u.kind, u.state, u.priority, u.next_due, u.attempts, u.fetches, u.quiet, f.key,"
    " u.discovered_at, u.rule, u.title, u.date, u.etag, u.last_modified, u.last_fetched, u.last_outcome, u.last_error,"
    " u.changed_at, u.missing_since, a.key FROM urls u LEFT JOIN urls f ON f.id = u.discovered_from"
    " LEFT JOIN articles a ON a.id = u.article ORDER BY 1",
    "articles": "SELECT key, url, site, title, body, digest, first_seen, last_seen, gone_at, versions, role, share, reporters,"
    " counts, blocks, chars FROM articles ORDER BY 1",
    "versions": "SELECT a.key, v.number, v.seen, v.digest, v.body, v.original, v.superseded IS NULL, v.superseded_by"
    " FROM versions v JOIN articles a ON a.id = v.article ORDER BY 1, 2",
    "sightings": "SELECT a.key, seen, s.digest FROM sightings s JOIN articles a ON a.id = s.article ORDER BY 1, 2",
    "tombstones": "SELECT u.key, t.missing_since, proven_at, returned_at FROM tombstones t JOIN urls u ON u.id = t.url_id"
    " ORDER BY 1, 2",
    "captures": "SELECT c.url, c.at, c.status, c.payload_digest, o.at FROM captures c LEFT JOIN captures o"
    " ON o.record = c.revisit_of ORDER BY 1, 2",
    "outcomes": "SELECT u.key, o.outcome, o.reason, o.at FROM outcomes o JOIN urls u ON u.id = o.url_id ORDER BY 1, 4",
    "runs": "SELECT site, reason, started FROM runs ORDER BY 3",
    "furniture": "SELECT * FROM furniture ORDER BY 1, 2, 3",
    "coverage": "SELECT * FROM coverage ORDER BY 1, 2",
    "tallies": "SELECT * FROM tallies WHERE articles ORDER BY 1, 2, 3",
    "clusters": "SELECT c.key, size, a.key FROM clusters c JOIN articles a ON a.id = c.origin ORDER BY 1",
    "provenance": "SELECT a.key, field, rule, value FROM provenance p JOIN articles a ON a.id = p.article ORDER BY 1, 2",
}


class Twins:
    """Two archives that get the same visits: one its own, the other each by way of a slice."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.rounds = folder, 0
        self.here, self.away = (
            Archive(folder / name / "archive.db", open_archive(folder / name / "archive.db")) for name in ("here", "away")
        )

    def visit(self, make: Callable[[], list[Page]]) -> list[Outcome]:
        """`make` makes the pages anew: a page item is written once. They are due."""
        self.rounds += 1
        for one in (self.here, self.away):
            due = [(stamp(), asked.url) for asked in make()]
            one.db.conn.executemany("UPDATE urls SET next_due = ? WHERE url = ?", due)
        folder = self.folder / str(self.rounds)
        folder.mkdir()
        cut(self.away.db, folder / "slice.db", SITE)
        shutil.copyfile(folder / "slice.db", folder / "archive.db")
        shard = Archive(folder / "archive.db", open_archive(folder / "archive.db"))
        outcomes = self.here.visit(*make())
        assert shard.visit(*make()) == outcomes
        shard.db.close()
        keep_changes(folder / "archive.db", folder / "slice.db")
        for _ in range(2):  # the second time changes nothing
            merge(self.away.db, folder / "archive.db", copy_to=self.away.warc, later=True)
        return outcomes

    def compare(self) -> None:
        for name, query in PICTURES.items():
            assert self.away.rows(query) == self.here.rows(query), name
        for one in (self.here, self.away):
            found: list[str] = []
            verify(one.db, report=found.append)
            assert found == []


@pytest.fixture
def stand_still(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Stop the clock at a moment, so that both archives write the same times."""

    def stop(moment: str) -> None:
        seconds = datetime.fromisoformat(moment).timestamp()
        monkeypatch.setattr("crawler.clock.time", SimpleNamespace(time=lambda: seconds))

    return stop


STORY = "清沅河水利枢纽工程昨日下闸蓄水，河水沿着新修的护岸慢慢抬升，两岸的人们聚在堤上观看，久久不愿离去，孩子们尤其兴奋。"


@pytest.fixture
def web(page: Callable[..., Page]) -> dict[str, Callable[[], Page]]:  # noqa: F811
    """What a server may answer, by name."""

    def story(path: str, body: str, *, own: str = "", **changes: Any) -> Page:
        made = page(path, body, raw=f"{path}{body}".encode(), etag=f'"{body[:2]}"', **changes)
        assert made.article is not None
        if own:
            made.article = Article(url=HOST + own, title="标题", body=body, original={"body": body})
        made.furniture = [Candidate("/x", "k" + line, line) for line in ("订阅本报", body[:4])]
        return Fingerprint().process_item(made)

    def cleaned(path: str, body: str) -> Page:
        """The same page once 订阅本报 is known as furniture and taken off."""
        made = story(path, body)
        made.article.original = {"body": f"{body}\n订阅本报", "furniture": ["订阅本报"]}  # type: ignore[union-attr]
        return made

    def still(path: str) -> Page:
        return page(path, outcome=Outcome.UNCHANGED, status=304, kind=Kind.ARTICLE,
                    exchanges=[exchange(HOST + path, b"", status=304)])  # fmt: skip

    def gone(path: str) -> Page:
        return page(path, outcome=Outcome.GONE, status=404, kind=Kind.UNKNOWN)

    return {
        "list": lambda: page("/", links=("/a.html", "/b.html", "/c.html"), etag='"l"'),
        "longer list": lambda: page("/", links=("/a.html", "/b.html", "/c.html", "/d.html")),
        "a": lambda: cleaned("/a.html", STORY), "a again": lambda: story("/a.html", "更正。" + STORY),
        "a with furniture": lambda: story("/a.html", f"{STORY}\n订阅本报"),
        "a still": lambda: still("/a.html"), "a gone": lambda: gone("/a.html"),
        "b": lambda: story("/b.html", "乙地" + STORY), "b still": lambda: still("/b.html"), "b gone": lambda: gone("/b.html"),
        "b fails": lambda: page("/b.html", outcome=Outcome.FAILED, reason="timeout", exchanges=[]),
        "alias of b": lambda: story("/m/b.html", "乙地" + STORY, own="/b.html"),
        "c": lambda: story("/c.html", "丙：风物。"), "d": lambda: story("/d.html", "丁：人物。"),
        "alias of e": lambda: story("/m/e.html", "戊：集市。", own="/e.html"), "e": lambda: story("/e.html", "戊：集市。"),
    }  # fmt: skip


def test_each_step_as_in_the_archive_itself(
    tmp_path: Path, web: dict[str, Callable[[], Page]], stand_still: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(furniture, "ROUND", 4)
    twins = Twins(tmp_path)
    steps = (
        (1, "list", "a with furniture", "c"), (2, "alias of b", "b fails"), (3, "longer list", "a", "b", "d"),
        (4, "a still", "b gone", "alias of e"), (7, "a again", "b gone", "e", "c"), (9, "b", "a still"),
        (10, "a gone", "b still"), (12, "a gone", "list"), (20, "a", "c"),
    )  # fmt: skip
    for day, *names in steps:
        stand_still(f"2026-05-{day:02}T08:00:00+08:00")
        twins.visit(lambda names=names: [web[name]() for name in names])  # type: ignore[misc]
        twins.compare()
    assert twins.here.one("SELECT count(*) FROM tombstones WHERE returned_at IS NOT NULL") == 2
    assert twins.here.one("SELECT count(*) FROM versions WHERE superseded_by IS NOT NULL") == 1
    assert twins.here.one("SELECT count(*) FROM captures WHERE status = 304 AND revisit_of IS NULL") == 0


@pytest.mark.torture
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_steps_as_in_the_archive_itself(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory, web: dict[str, Callable[[], Page]],
    stand_still: Callable[[str], None],
) -> None:  # fmt: skip
    twins = Twins(tmp_path_factory.mktemp("twins"))
    for day in range(1, data.draw(st.integers(2, 7))):
        names = data.draw(st.lists(st.sampled_from(sorted(web)), min_size=1, max_size=4, unique_by=lambda name: name.split()[0]))
        stand_still(f"2026-05-{day * 3:02}T08:00:00+08:00")
        twins.visit(lambda names=names: [web[name]() for name in names])  # type: ignore[misc]
    twins.compare()


def test_a_slice_holds_what_is_due_and_no_other_text(
    tmp_path: Path, web: dict[str, Callable[[], Page]], stand_still: Callable[[str], None]
) -> None:
    twins = Twins(tmp_path)
    stand_still("2026-05-01T08:00:00+08:00")
    twins.visit(lambda: [web["list"](), web["a"](), web["b"]()])
    twins.here.visit(web["d"](), site="other_site")
    stand_still("2026-05-01T08:10:00+08:00")
    twins.here.visit(web["a"]())  # the archive looks again in six hours
    cut(twins.here.db, tmp_path / "now.db", SITE)
    twins.here.db.conn.execute("UPDATE urls SET next_due = '2026-09-01', state = 'done' WHERE url LIKE '%/b.html'")
    cut(twins.here.db, tmp_path / "b-later.db", SITE)
    for name, texts in (("now.db", 2), ("b-later.db", 1)):
        part = Archive(tmp_path / name, open_archive(tmp_path / name))
        assert part.one("SELECT count(*) FROM versions") == texts
        assert part.one("SELECT count(*) FROM articles WHERE body != ''") == 0
        assert part.one("SELECT count(*) FROM urls WHERE site != ?", SITE) == 0
        assert part.one("SELECT count(*) FROM urls") == 4
        part.db.close()
