"""Which sites share a host, and that an archive's site belongs to one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.engine import reserving
from crawler.engine.reserving import hosts, lock, neighbours, reserved, share_host
from crawler.sites import profile
from pipelines.archive import open_archive, runs

SITES = {
    site.name: site
    for site in (
        profile.Site(name="paper", title="报", domains=("epaper.hebnews.example",), home="http://epaper.hebnews.example/"),
        profile.Site(name="portal", title="网", domains=("hebnews.example",), home="https://www.hebnews.example/"),
        profile.Site(name="other", title="它", domains=("notheb.example:8080",), home="http://notheb.example:8080/"),
        profile.Site(name="lists", title="列", domains=("lists.example",),
                     sources=(profile.Api(url="http://api.hebnews.example/list?p={}"),)),
        profile.Site(name="port", title="口", domains=("notheb.example",), home="http://notheb.example/"),
    )
}  # fmt: skip


@pytest.fixture(autouse=True)
def made_up(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(reserving, "get_site", SITES.__getitem__)
    monkeypatch.setattr(reserving, "all_sites", lambda: SITES)
    hosts.cache_clear()
    yield
    hosts.cache_clear()


def test_neighbours() -> None:
    assert neighbours("portal") == ["paper", "lists"], "a list may come from a host of another site"
    assert neighbours("paper") == ["portal"]
    assert neighbours("other") == ["port"], "turns at a host do not look at ports"
    assert not share_host("paper", "lists") and not share_host("portal", "other")


def test_a_site_is_free_when_nobody_is_at_its_hosts(tmp_path: Path) -> None:
    archive = str(tmp_path / "archive.db")
    db = open_archive(archive)
    run = runs.start_run(db, site="portal", command="crawl", settings={})
    for name, free in (("portal", False), ("paper", False), ("lists", False), ("other", True)):
        with reserved(archive, name) as handle:
            assert (handle is not None) is free, name
    runs.finish_run(db, run, "finished")
    db.close()
    with reserved(archive, "paper") as handle:
        assert handle is not None
        with lock(archive, "paper") as second:
            assert second is None
