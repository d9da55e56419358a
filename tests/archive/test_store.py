"""The Scrapy stage over a real crawl process: pages are on disk when it answers, and a full archive ends the crawl plainly."""

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

from pipelines.archive import open_archive, runs

CRAWL = """
import json, resource, signal, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
import scrapy
from scrapy.crawler import CrawlerProcess
from crawler.clock import stamp
from crawler.items import Article, Exchange, Kind, Outcome, Page
from crawler.signals import exchange_captured

archive, warc, run, pages, limit = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5])

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        body = ("正文" + self.path).encode()
        self.send_response(200); self.send_header("Content-Length", str(len(body))); self.end_headers()
        self.wfile.write(body)
    def log_message(self, *args): pass

server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()

class Spider(scrapy.Spider):
    name = "test"
    async def start(self):
        self.crawler.stats.set_value("archive/run", run)
        robots = Exchange(url="http://127.0.0.1/robots.txt", captured_at=stamp(), purpose="robots")
        self.crawler.signals.send_catch_log(exchange_captured, exchange=robots)
        if limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        for number in range(pages):
            yield scrapy.Request(f"http://127.0.0.1:{server.server_port}/{number}")
    def parse(self, response):
        article = Article(url=response.url, title="标题", body=response.text * 30)
        exchange = Exchange(url=response.url, body=response.body, captured_at=stamp())
        yield Page(url=response.url, outcome=Outcome.ARCHIVED, kind=Kind.ARTICLE, article=article, site="test",
                   exchanges=[exchange], status=200)

process = CrawlerProcess({"ARCHIVE": archive, "WARC_DIR": warc, "GONE_AFTER_DAYS": 2,
    "ITEM_PIPELINES": {"pipelines.store.Store": 900},
    "LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False, "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
    "DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False})
crawler = process.create_crawler(Spider)
process.crawl(crawler)
process.start()
print(json.dumps(crawler.stats.get_stats(), default=str))
"""


def crawl(folder: Path, pages: int, limit: int = 0) -> tuple[dict[str, object], str, sqlite3.Connection]:
    path = folder / "archive.db"
    db = open_archive(path)
    run = runs.start_run(db, site="test", command="crawl", settings={})
    command = [sys.executable, "-c", CRAWL, str(path), str(folder / "warc"), str(run), str(pages), str(limit)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=Path(__file__).parents[2], check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1]), done.stderr, db.conn


def test_every_page_is_on_disk_with_its_evidence(tmp_path: Path) -> None:
    stats, log, conn = crawl(tmp_path, 150)
    assert (stats["finish_reason"], stats["store/archived"], log) == ("finished", 150, "")
    assert conn.execute("SELECT count(*) FROM outcomes").fetchone()[0] == 150
    assert conn.execute("SELECT count(*), sum(purpose = 'robots') FROM captures").fetchone()[:] == (151, 1)


def test_a_file_size_limit_ends_the_crawl_with_one_sentence_and_a_sound_archive(tmp_path: Path) -> None:
    stats, log, conn = crawl(tmp_path, 400, limit=600_000)
    assert stats["finish_reason"] == "archive_error"
    assert "no space left to write" in str(stats["archive/error"])
    assert log.count("no space left") == 1 and "Traceback" not in log
    written = conn.execute("SELECT count(*) FROM outcomes").fetchone()[0]
    assert written < 400
    assert written == conn.execute("SELECT count(*) FROM captures WHERE purpose = 'page'").fetchone()[0]
    assert conn.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
