"""Reading stored pages: pages a second and core, every field included, beside trafilatura; and what more cores bring."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler import settings
from crawler.extraction import extract_article, open_document, page_kind
from crawler.items import RawPage
from crawler.spiders.stored import stored_pages
from crawler.workers import Job, Workers
from crawler.workers.child import perform, stage_objects
from tests.bench.site import HeavyPages, long_story
from tests.sample_site.channels import address

STAGES = tuple(name for name, _ in sorted(settings.ITEM_PIPELINES.items(), key=lambda row: row[1]))
ROOT = Path(__file__).resolve().parent.parent.parent


def corpus(folder: Path, pages: int) -> Path:
    """A WARC file of bench pages."""
    site = HeavyPages("http://127.0.0.1:1", 1, pages)
    path = folder / "bench.warc.gz"
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for index in range(pages):
            where = address(long_story(index))
            answer = site.get(where)
            assert answer
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(site.base + where, "response", BytesIO(answer.body), http_headers=headers)
            )
    return path


def per_page(work: Callable[[bytes, str], object], pages: list[tuple[bytes, str]]) -> float:
    """Processor milliseconds a page."""
    before = time.process_time()
    for body, url in pages:
        work(body, url)
    return (time.process_time() - before) / len(pages) * 1000


def extracted(body: bytes, url: str) -> object:
    """Bytes to article: decoding, page kind, text and every field; no links of the page, no cleaning."""
    document = open_document(RawPage(url=url, body=body))
    page_kind(document, site=None, lease=None)
    return extract_article(document, site=None, lease=None)


def ways() -> dict[str, Callable[[bytes, str], object]]:
    """What is compared, by name."""
    import trafilatura

    stages = stage_objects(STAGES)
    return {
        "Fangzhi: all fields, links, normalised, fingerprint": lambda body, url: perform(
            Job(RawPage(url=url, body=body)), stages
        ),
        "Fangzhi: all fields alone, what the other tools do": extracted,
        "trafilatura, default": lambda body, url: trafilatura.bare_extraction(body, url=url, with_metadata=True),
        "trafilatura, fast": lambda body, url: trafilatura.bare_extraction(body, url=url, with_metadata=True, fast=True),
    }


def compared(path: Path, rounds: int) -> dict[str, list[float]]:
    """Processor milliseconds a page for each way, one figure a round, the ways taking turns."""
    pages = [(stored.raw.body, stored.raw.url) for stored in stored_pages(path, None)]
    found: dict[str, list[float]] = {name: [] for name in ways()}
    for work in ways().values():
        per_page(work, pages[:3])
    for _ in range(rounds):
        for name, work in ways().items():
            found[name].append(per_page(work, pages))
    return found


def with_workers(path: Path, count: int) -> float:
    """Pages a second from WARC by so many processes, their start left out."""
    workers = Workers(count, STAGES)
    warm = next(iter(stored_pages(path, None)))
    for future in [workers.submit(Job(warm.raw)) for _ in range(8 * count)]:
        future.result()
    started = time.monotonic()
    pages = sum(1 for _ in workers.map(Job(stored.raw) for stored in stored_pages(path, None)))
    seconds = time.monotonic() - started
    workers.close()
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
