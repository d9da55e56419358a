"""A crawl learns a site's furniture; the next crawl and `reextract` take it off every article, and nothing else off any."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipelines.archive import furniture, open_archive
from pipelines.archive.verifying import verify
from tests.crawl.running import Crawled, crawl
from tests.crawl.server import Server, article, listing, serve
from tests.crawl.test_commands import scrapy

PROMO = "清河发布小程序上线啦，动动手指就能查公交、交水费，欢迎体验并告诉身边的朋友。"
"""No label, no link, in the middle of the text: what no general rule can tell from a paragraph."""
PAGES = 8
CLOCKS = ("2026-05-01T08:00:00+08:00", "2026-05-03T08:00:00+08:00")


def story(number: int, promo: bool = True) -> str:
    """A page whose paragraphs stand on it alone, but for the promotion."""
    opening, closing = ("".join(f"{word}{number}号渠首闸门" for word in words) for words in ("查修试", "看护记"))
    first = f"{opening}已经检修完毕，春灌用水比去年提早{number}天送到田头，两岸的农户都说来得及时。"
    last = f"{closing}的工作由第{number}小组承担，县里要求在汛期到来之前再走一遍，不留一处隐患。"
    texts = [first, PROMO, last] if promo else [first, last]
    whole = article(f"第{number}号闸门检修完毕", 1)
    before, _, rest = whole.partition("<div class='content'>")
    return f"{before}<div class='content'>{''.join(f'<p>　　{text}</p>' for text in texts)}</div>{rest.partition('</div>')[2]}"


def run(server: Server, folder: Path, clock: str, workers: int = 0) -> Crawled:
    site = {"sources": [f"{server.url}/xw/"], "article_url": [r"/2026/0421/\d+\.shtml$"]}
    done = crawl(folder, site, {"WORKERS": workers}, environment={"FANGZHI_CLOCK": clock})
    assert done.code == 0, done.stderr
    return done


def bodies(done: Crawled) -> dict[str, str]:
    return {url.rpartition("/")[2]: body for url, body in done.rows("SELECT url, body FROM articles")}


@pytest.fixture
def learned(tmp_path: Path) -> Iterator[tuple[Server, Path, dict[str, str]]]:
    """The site after its first crawl."""
    with serve() as server:
        paths = [f"/2026/0421/{number}.shtml" for number in range(1, PAGES + 1)]
        server.pages |= {path: story(number) for number, path in enumerate(paths, 1)}
        server.pages["/xw/"] = listing(paths)
        done = run(server, tmp_path, CLOCKS[0])
        assert len(bodies(done)) == PAGES and all(PROMO in body for body in bodies(done).values())
        yield server, tmp_path, bodies(done)


def test_the_second_crawl_takes_it_off_all_and_nothing_else(learned: tuple[Server, Path, dict[str, str]]) -> None:
    server, folder, before = learned
    paths = [f"/2026/0421/{number}.shtml" for number in range(1, PAGES + 3)]
    server.pages |= {paths[-2]: story(PAGES + 1), paths[-1]: story(PAGES + 2, promo=False), "/xw/": listing(paths)}
    done = run(server, folder, CLOCKS[1], workers=1)
    after = bodies(done)
    assert len(after) == PAGES + 2
    assert {name: body for name, body in after.items() if name in before} == {
        name: body.replace(f"\n{PROMO}", "") for name, body in before.items()
    }
    assert [after[f"{number}.shtml"].count("\n") for number in (PAGES + 1, PAGES + 2)] == [1, 1]
    assert done.rows("SELECT DISTINCT title IS NULL, published IS NULL, versions FROM articles") == [(0, 0, 1)]
    told = done.rows("SELECT outcome, count(*) FROM outcomes WHERE run = 2 AND kind = 'article' GROUP BY 1 ORDER BY 1")
    assert told == [("archived", 2), ("unchanged", PAGES)]
    assert done.rows("SELECT pages FROM furniture WHERE sample = ?", PROMO) == [(PAGES + 1,)]


def test_reextract_and_reset(learned: tuple[Server, Path, dict[str, str]]) -> None:
    _, folder, before = learned
    archive = folder / "archive.db"
    told = scrapy("furniture", "test_site", archive=archive)
    assert told.returncode == 0 and f"{PAGES}\t" in told.stdout and PROMO in told.stdout
    assert "1 texts are known as furniture of test_site" in told.stdout

    accepted = scrapy("reextract", "--apply", archive=archive)
    assert accepted.returncode == 0 and f"{PAGES} text changed" in accepted.stdout, accepted.stdout + accepted.stderr
    assert bodies(Crawled(archive, 0, "", "")) == {name: body.replace(f"\n{PROMO}", "") for name, body in before.items()}

    assert "forgotten" in scrapy("furniture", "test_site", "--reset", archive=archive).stdout
    assert scrapy("reextract", "--apply", archive=archive).returncode == 0
    assert bodies(Crawled(archive, 0, "", "")) == before
    faults: list[str] = []
    db = open_archive(archive)
    assert furniture.known(db, "test_site") == frozenset()
    verify(db, report=faults.append)
    db.close()
    assert faults == []


def test_stored_pages_teach_the_next_ingest(tmp_path: Path) -> None:
    for name, numbers in (("old.warc", range(1, 5)), ("new.warc", range(5, 6))):
        with (tmp_path / name).open("wb") as stream:
            writer = WARCWriter(stream, gzip=False)
            for number in numbers:
                headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
                writer.write_record(writer.create_warc_record(
                    f"http://news.example.cn/2026/0421/{number}.shtml", "response", payload=BytesIO(story(number).encode()),
                    http_headers=headers, warc_headers_dict={"WARC-Date": "2026-04-22T00:00:00Z"},
                ))  # fmt: skip
        assert scrapy("ingest", tmp_path / name, "-L", "WARNING", archive=tmp_path / "archive.db").returncode == 0
    found = bodies(Crawled(tmp_path / "archive.db", 0, "", ""))
    assert {name: PROMO in body for name, body in found.items()} == {f"{n}.shtml": n < 5 for n in range(1, 6)}


def test_a_question_without_a_site(tmp_path: Path) -> None:
    told = scrapy("furniture", archive=tmp_path / "archive.db")
    assert told.returncode == 2 and "name one site" in told.stderr
    told = scrapy("furniture", "test_site", archive=tmp_path / "archive.db")
    assert told.returncode == 1 and "there is no archive at" in told.stderr
