"""One real crawl in a process of its own, by the project's settings, of a profile that a test makes up."""

from __future__ import annotations

import json
import os
import resource
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent


@dataclass
class Crawled:
    """What a crawl left behind."""

    archive: Path
    code: int
    stdout: str
    stderr: str

    def rows(self, sql: str, *arguments: Any) -> list[tuple[Any, ...]]:
        with sqlite3.connect(f"file:{self.archive}?mode=ro", uri=True) as db:
            return db.execute(sql, arguments).fetchall()

    def outcomes(self) -> list[tuple[str, str, str | None]]:
        """(path of the URL, outcome, reason) of every outcome row, in order."""
        found = self.rows("SELECT u.url, o.outcome, o.reason FROM outcomes o JOIN urls u ON u.id = o.url_id ORDER BY o.id")
        return [("/" + url.split("/", 3)[3], outcome, reason) for url, outcome, reason in found]


def crawl(folder: Path, site: dict[str, Any], settings: dict[str, Any] | None = None, arguments: dict[str, str] | None = None,
          environment: dict[str, str] | None = None, timeout: float = 120, names: dict[str, list[str]] | None = None,
          public: list[str] | None = None) -> Crawled:  # fmt: skip
    """Crawl `site` (fields of a profile) into `folder`/archive.db.

    `names`: what each host resolves to, the first time, the second … (the last stays); `public`: loopback addresses that
    stand for addresses of the open internet.
    """
    facts = {"name": "test_site", "title": "清河新闻网", "domains": ["127.0.0.1"], "private": True, "delay": 0, "concurrency": 8}
    own = {"ARCHIVE": str(folder / "archive.db"), "WARC_DIR": str(folder / "warc"), "AUTOTHROTTLE_ENABLED": False,
           "DOWNLOAD_TIMEOUT": 5, "RETRY_TIMES": 1,
           "HOST_SLOTS": str(folder / "hosts"), "POLITENESS_LONGEST_BACKOFF": 0}  # fmt: skip
    job = {"site": facts | site, "settings": own | (settings or {}), "arguments": arguments or {}}
    job |= {"names": names or {}, "public": public or []}
    done = subprocess.run(
        [sys.executable, "-m", "tests.crawl.running", json.dumps(job)], cwd=ROOT, capture_output=True, text=True, timeout=timeout,
        env={**os.environ, "SCRAPY_SETTINGS_MODULE": "crawler.settings", **(environment or {})}, check=False,
    )  # fmt: skip
    return Crawled(folder / "archive.db", done.returncode, done.stdout, done.stderr)


def fake_names(names: dict[str, list[str]]) -> None:
    """Twisted's own resolver, with `names` in front of the system's; everything above it is the project's."""
    import socket

    from twisted.internet import reactor
    from twisted.internet._resolver import GAIResolver

    def answer(host: Any, port: Any, *rest: Any) -> Any:
        known = names.get(host)
        return socket.getaddrinfo((known.pop(0) if len(known) > 1 else known[0]) if known else host, port, *rest)

    reactor.installNameResolver(GAIResolver(reactor, reactor.getThreadPool, getaddrinfo=answer))  # type: ignore[attr-defined]


SOURCES = {"feed": "Feed", "sitemap": "Sitemap", "api": "Api"}


def main(job: dict[str, Any]) -> int:
    """The child: what `scrapy crawl` does, with a spider made from the given profile."""
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.utils.project import get_project_settings

    from crawler.sites import profile
    from crawler.spiders.news import NewsSpider

    facts = job["site"]
    facts["domains"] = tuple(facts["domains"])
    given = [("list", one) if isinstance(one, str) else one for one in facts.get("sources", ())]
    facts["sources"] = tuple(
        getattr(profile, SOURCES.get(kind, "ListPage"))(**(own if isinstance(own, dict) else {"url": own})) for kind, own in given
    )
    facts["article_url"] = tuple(facts.get("article_url", ()))
    settings = get_project_settings()
    settings.setdict(job["settings"], priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    if job["names"]:
        fake_names(job["names"])
    if job["public"]:
        from crawler.middlewares import guard

        really, stand_ins = guard.is_public, frozenset(job["public"])
        guard.is_public = lambda host: host in stand_ins or really(host)
    crawler = process.create_crawler(type("test_site", (NewsSpider,), {"name": "test_site", "site": profile.Site(**facts)}))
    process.crawl(crawler, **job["arguments"])
    process.start()
    stats = crawler.stats.get_stats()  # type: ignore[union-attr]
    stats["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({name: value for name, value in stats.items() if isinstance(value, (int, str, dict))}))
    return int(process.bootstrap_failed or "archive/error" in stats)


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1])))
