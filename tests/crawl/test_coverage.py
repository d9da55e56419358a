"""The coverage certificate: complete, gaps, nothing listed, not observed; and a digest that notices every change."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from pipelines.archive import open_archive
from pipelines.archive.covering import coverage_certificate, days_of
from tests.crawl.running import Crawled, crawl
from tests.crawl.server import article, serve
from tests.crawl.test_commands import scrapy

PAGES = {"/2026/0421/a.shtml": "2026-04-21", "/2026/0421/b.shtml": "2026-04-21", "/2026/0419/c.shtml": "2026-04-19"}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """A crawl in the evening of 21 April; one of that day's pages answers 503."""
    with serve() as server:
        items = "".join(
            f"<li><a href='{path}'>清河县{path[-7]}字号新闻发布</a><span>{day}</span></li>" for path, day in PAGES.items()
        )
        server.pages["/xw/"] = f"<html><head><meta charset='utf-8'></head><body><ul class='list'>{items}</ul></body></html>"
        server.pages |= {path: article(f"清河县{path[-7]}字号新闻发布").replace("2026-04-21", day) for path, day in PAGES.items()}
        server.pages["/2026/0421/b.shtml"] = lambda h: h.send(b"", status=503)
        site = {"sources": [f"{server.url}/xw/"], "article_url": [r"\.shtml$"]}
        folder = tmp_path_factory.mktemp("coverage")
        return crawl(folder, site, {"RETRY_TIMES": 0}, environment={"FANGZHI_CLOCK": "2026-04-21T20:00:00+08:00"})


def test_states_of_days(crawled: Crawled) -> None:
    db = open_archive(crawled.archive, read_only=True)
    days = days_of(db, "test_site", "2026-04-16", "2026-04-22")
    assert {day.day[-2:]: day.state for day in days} == {
        "16": "not observed", "17": "not observed", "18": "nothing listed", "19": "complete", "20": "nothing listed",
        "21": "gaps", "22": "not observed",
    }  # fmt: skip
    (gap,) = days[5].gaps
    assert (days[5].listed, days[5].captured) == (2, 1) and str(gap["url"]).endswith("/b.shtml") and gap["outcome"] == "failed"


def test_certificate_carries_its_own_digest(crawled: Crawled) -> None:
    told = coverage_certificate(open_archive(crawled.archive, read_only=True), "test_site", "2026-04-19", "2026-04-21")
    own = told.pop("sha256")
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(text.encode()).hexdigest() == own and told["root"].startswith("sha256:")


def test_command(crawled: Crawled, tmp_path: Path) -> None:
    done = scrapy("coverage", "test_site", "--since", "2026-04-19", "--until", "2026-04-21", "--json", archive=crawled.archive)
    assert done.returncode == 0 and len(json.loads(done.stdout)["days"]) == 3
    for wrong in ((), ("test_site",), ("test_site", "--since", "spring"), ("test_site", "--since", "2999-01-01")):
        failed = scrapy("coverage", *wrong, archive=crawled.archive)
        assert failed.returncode == 2 and len(failed.stderr.splitlines()) == 1
    assert scrapy("coverage", "a", "--since", "2026-01-01", archive=tmp_path / "no.db").returncode == 2
