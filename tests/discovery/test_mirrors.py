"""A portal that answers under three unrelated names: one is crawled, the two others are known for what they are."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from tests.crawl.running import Crawled, crawl
from tests.discovery.replica.portals import portals
from tests.discovery.replica.server import Replica, serving
from tests.discovery.replica.stories import Story, article_page, entry

HOSTS = ("www.qinghe.example", "tp.qinghe-tianpeng.example", "new.liuxi.example")


def several(replica: Replica) -> dict[str, object]:
    """A profile of the replica under all names, and the names; the home page leads to the others as city portals do."""
    port = urlsplit(replica.url).port
    links = "".join(f'<a href="http://{host}:{port}/">{host}</a>' for host in HOSTS[1:])
    replica.pages["/"] = str(replica.pages["/"]).replace('<div class="nav">', f'<div class="nav">{links}')
    return {
        "site": {"home": f"http://{HOSTS[0]}:{port}/", "sources": [f"http://{host}:{port}/" for host in HOSTS],
                 "domains": [f"{host}:{port}" for host in HOSTS], "private": False},
        "names": {host: ["127.0.0.1"] for host in HOSTS}, "public": ["127.0.0.1"],
    }  # fmt: skip


def hosts(done: Crawled, query: str) -> dict[str, int]:
    return {str(host): count for host, count in done.rows(query)}


HOST_OF = "substr(url, 8, instr(substr(url, 8), ':') - 1)"


def test_a_portal_under_three_names_is_archived_once(tmp_path: Path) -> None:
    with serving(portals()["trs"]()) as replica:
        profile = several(replica)
        first = crawl(tmp_path, **profile)  # type: ignore[arg-type]
        mirrors = dict(first.rows("SELECT host, mirror_of FROM hosts WHERE mirror_of IS NOT NULL"))
        port = urlsplit(replica.url).port
        assert mirrors == {f"{host}:{port}": f"{HOSTS[0].removeprefix('www.')}:{port}" for host in HOSTS[1:]}, first.stderr
        archived = hosts(first, f"SELECT {HOST_OF}, count(*) FROM articles GROUP BY 1")
        assert archived[HOSTS[0]] == len(replica.articles) == 60
        assert all(archived.get(host, 0) < 20 for host in HOSTS[1:]), archived
        assert first.rows("SELECT sum(json_extract(refused, '$.mirror')) FROM outcomes")[0][0] > 0

        story, path = Story(900, 0), "/yaowen/202605/t20260521_1000900.shtml"
        replica.pages[path] = article_page(story, None, None)
        replica.pages["/yaowen/index.shtml"] = str(replica.pages["/yaowen/index.shtml"]).replace(
            '<ul class="list">', f'<ul class="list">{entry(story, path)}', 1
        )
        second = crawl(tmp_path, **profile)  # type: ignore[arg-type]
    fetched = hosts(second, f"SELECT {HOST_OF}, count(*) FROM captures WHERE run = 2 AND url NOT LIKE '%robots.txt' GROUP BY 1")
    assert set(fetched) == {HOSTS[0]}, "the next run knows, and asks no mirror for anything"
    assert second.rows("SELECT url FROM articles WHERE url LIKE '%1000900%'") == [(f"http://{HOSTS[0]}:{port}{path}",)]
