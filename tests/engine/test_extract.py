"""`scrapy extract` over many pages: processes for all cores, the same lines in the same order."""

from __future__ import annotations

import json
import resource
from pathlib import Path

from scrapy.utils.project import get_project_settings

from crawler.commands.extract import FEW, line, read_all
from crawler.spiders.stored import stored_pages
from tests.crawl.server import article

PAGES = 40


def lines(folder: Path, count: int, workers: str) -> tuple[list[str], bool]:
    """The lines of so many saved pages, and whether other processes worked for them."""
    settings = get_project_settings()
    settings.set("WORKERS", workers)
    pages = (
        page
        for number in range(count)
        for page in stored_pages(folder / f"{number}.html", f"http://www.qinghe.example.cn/xw/t20260421_{number}.html")
    )
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    found = [json.dumps(line(page, stored), ensure_ascii=False) for stored, page in read_all(pages, settings)]
    return found, resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime > before


def test_many_pages(tmp_path: Path) -> None:
    for number in range(PAGES):
        text = article(f"第{number}处闸门检修完毕", paragraphs=2 + number % 5)
        (tmp_path / f"{number}.html").write_text(text, encoding="utf-8")
    alone, nobody = lines(tmp_path, PAGES, "0")
    many, others = lines(tmp_path, PAGES, "2")
    assert many == alone and [f"第{number}处闸门检修完毕" in text for number, text in enumerate(many)] == [True] * PAGES
    few, too_few = lines(tmp_path, FEW - 1, "2")
    assert (few, nobody, others, too_few) == (alone[: FEW - 1], False, True, False)
