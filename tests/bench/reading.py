"""Reading stored pages: pages a second and core, every field included, beside trafilatura; and what more cores bring."""

from __future__ import annotations

import gc
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from io import BytesIO
from itertools import islice
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler import settings
from crawler.extraction import extract_article, open_document, page_kind
from crawler.items import RawPage
from crawler.spiders.stored import stored_pages
from crawler.workers import Job, Workers
from crawler.workers.child import perform, stage_objects
from tests.bench import extraction
from tests.bench.site import HeavyPages, long_story
from tests.quality.__main__ import peers_python
from tests.quality.corpus import own_pages
from tests.quality.turns import Peer
from tests.sample_site.channels import address

STAGES = tuple(name for name, _ in sorted(settings.ITEM_PIPELINES.items(), key=lambda row: row[1]))
ROOT = Path(__file__).resolve().parent.parent.parent
ASKED = 80
"""Pages that every tool reads in each round; some take a fifth of a second for one."""
PEERS = {
    "trafilatura, default": ("trafilatura", "peers"), "trafilatura, fast": ("trafilatura_fast", "peers"),
    "readability-lxml": ("readability", "peers"), "newspaper4k": ("newspaper4k", "peers"),
    "news-please": ("newsplease", "newsplease"),
}  # fmt: skip
"""The other tools: name in the table, name in `tests/quality/peers.py` and the environment it lives in."""


def generated(count: int) -> list[tuple[str, bytes]]:
    """(url, bytes) of bench pages."""
    site = HeavyPages("http://127.0.0.1:1", 1, count)
    return [(site.base + path, answer.body) for path in site.paths[-count:] if (answer := site.get(path))]


def corpora(folder: Path, count: int) -> dict[str, Path]:
    """WARC files of bench pages and, where they are, of real ones, by what they hold."""
    real = {name: pages for name, pages in [extraction.pages()] if "real" in name}
    found = {"generated pages": generated(count)} | real
    return {name: stored(folder / f"{number}.warc.gz", pages) for number, (name, pages) in enumerate(found.items())}


def stored(path: Path, pages: list[tuple[str, bytes]]) -> Path:
    """A WARC file of these pages."""
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for url, body in pages:
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            writer.write_record(writer.create_warc_record(url, "response", BytesIO(body), http_headers=headers))
    return path


def extracted(body: bytes, url: str) -> object:
    """Bytes to article: decoding, page kind, text and every field; no links of the page, no cleaning."""
    document = open_document(RawPage(url=url, body=body))
    page_kind(document, site=None, lease=None)
    return extract_article(document, site=None, lease=None)


def ways() -> dict[str, Callable[[bytes, str], object]]:
    """Our own, by name."""
    stages = stage_objects(STAGES)
    return {
        "Fangzhi: all fields, further parts, normalised, fingerprint, as `scrapy reextract` reads": lambda body, url: perform(
            Job(RawPage(url=url, body=body), learn=False), stages
        ),
        "Fangzhi: all fields alone, what the other tools do": extracted,
    }


def asked(path: Path) -> list[tuple[bytes, str]]:
    """(bytes, url) of the pages that every tool reads."""
    return [(stored.raw.body, stored.raw.url) for stored in islice(stored_pages(path, None), ASKED)]


MOVED = b'<head><link rel="canonical" href="http://news.example.cn/2026/0501/t20260501_300001.shtml">'
"""An address on another host of the page's domain: whoever compares domains loads the list of public suffixes."""


def warm_up() -> list[tuple[bytes, str]]:
    """What a new process reads before its time counts: pages of our own, in the shapes of many sites. The pages that count
    are then read once each, as in an archive: tools that keep what they have seen (trafilatura its texts) gain by repetition."""
    ((_, body),) = generated(1)
    moved = (body.replace(b"<head>", MOVED, 1), "http://www.example.cn/2026/0501/t20260501_300001.shtml")
    return [*((body, url) for _, url, body in own_pages()), moved]


def asked_tool(tool: str, python: Path, path: Path) -> float:
    """Processor milliseconds a page that another tool read, by its own clock; NaN where it read none. Says what failed."""
    warm, spent = warm_up(), []
    peer = Peer(python, tool)
    with tempfile.NamedTemporaryFile(suffix=".html") as saved:
        for number, (body, url) in enumerate([*warm, *asked(path)]):
            Path(saved.name).write_bytes(body)
            answer = peer.ask({"name": "", "path": saved.name, "url": url})
            if "error" in answer:
                print(f"(b) {tool}: {url}: {answer['error']}", file=sys.stderr)
            elif number >= len(warm):
                spent.append(answer["seconds"])
    peer.close()
    return sum(spent) / len(spent) * 1000 if spent else math.nan


def asked_way(way: str, path: Path) -> float:
    """The same of one of our ways."""
    command = [sys.executable, "-m", "tests.bench.reading", way, str(path)]
    return float(subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout)


def timed(way: Callable[[bytes, str], object], path: Path) -> float:
    """Processor milliseconds a page, in this new process."""
    for page in warm_up():
        way(*page)
    pages = asked(path)
    gc.collect()
    before = time.process_time()
    for page in pages:
        way(*page)
    return (time.process_time() - before) / len(pages) * 1000


def compared(path: Path, rounds: int) -> dict[str, list[float]]:
    """Processor milliseconds a page for each way, one figure a round, the ways taking turns."""
    works: dict[str, Callable[[], float]] = {way: partial(asked_way, way, path) for way in ways()}
    works |= {name: partial(asked_tool, tool, peers_python(where), path) for name, (tool, where) in PEERS.items()}
    found: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            found[name].append(work())
    return found


def on_cores(path: Path, count: int) -> float:
    """Pages a second from WARC on so many cores, with a worker process for each; their start left out."""
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(cores)[:count])  # the workers inherit it
    try:
        workers = Workers(count, STAGES)
        warm = next(iter(stored_pages(path, None)))
        for future in [workers.submit(Job(warm.raw)) for _ in range(8 * count)]:
            future.result()
        started = time.monotonic()
        jobs = (Job(stored.raw, learn=False) for stored in stored_pages(path, None))
        pages = sum(1 for _ in workers.map(jobs))
        seconds = time.monotonic() - started
        workers.close()
    finally:
        os.sched_setaffinity(0, cores)
    return pages / seconds


def start_up() -> float:
    """Seconds from `scrapy extract page.html` to its end."""
    page = HeavyPages("http://127.0.0.1:1", 1, 1).get(address(long_story(0)))
    assert page
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        path.write_bytes(page.body)
        started = time.monotonic()
        subprocess.run(
            [sys.executable, "-m", "scrapy", "extract", str(path)],
            cwd=ROOT,
            env=os.environ,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        return time.monotonic() - started


if __name__ == "__main__":
    print(timed(ways()[sys.argv[1]], Path(sys.argv[2])))
