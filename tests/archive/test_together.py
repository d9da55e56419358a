"""Several crawls on one archive: nobody's commit is lost, and nobody hears of a lock."""

import multiprocessing
from pathlib import Path

from crawler import clock
from crawler.items import Article, Exchange, Kind, Link, Outcome, Page
from pipelines.archive import frontier, open_archive, runs
from pipelines.archive.verifying import verify
from pipelines.archive.writer import Writer

WRITERS, COMMITS, PAGES = 6, 12, 5


def _crawl(path: Path, number: int, failed) -> None:
    try:
        db = open_archive(path)
        run = runs.start_run(db, site="s", command="crawl", settings={})
        writer = Writer(path, path.parent / "warc", run, {})
        links = [Link(url=f"http://x.cn/{number}/{n}", kind=Kind.ARTICLE) for n in range(COMMITS * PAGES)]
        frontier.seed(db, "s", links)
        for _ in range(COMMITS):
            for lease in frontier.lease(db, run, "s", PAGES):
                article = Article(url=lease.url, title="标题", body="石家庄今日有雨。" * 20)
                exchange = Exchange(url=lease.url, body=b"x" * 3000, captured_at=clock.stamp())
                writer.add(Page(url=lease.url, lease=lease, outcome=Outcome.ARCHIVED, kind=Kind.ARTICLE, article=article,
                                exchanges=[exchange], captured_at=clock.stamp()))  # fmt: skip
            writer.commit()
            runs.heartbeat(db, run)
        writer.close()
        runs.finish_run(db, run, "finished")
    except BaseException as error:
        failed.put(f"{type(error).__name__}: {error}")
        raise


def test_six_crawls_at_once_lose_nothing(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    failed = context.Queue()
    processes = [context.Process(target=_crawl, args=(tmp_path / "archive.db", n, failed)) for n in range(WRITERS)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(180)
    assert failed.empty() and [process.exitcode for process in processes] == [0] * WRITERS
    db = open_archive(tmp_path / "archive.db")
    total = WRITERS * COMMITS * PAGES
    for table in ("outcomes", "articles", "captures", "versions"):
        assert db.conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == total
    assert db.conn.execute("SELECT count(DISTINCT state), min(state) FROM urls").fetchone()[:] == (1, "done")
    assert verify(db, report=print).faults == 0
