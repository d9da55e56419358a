"""E-papers, one builder a family: two issues of three pages with four articles each, image maps, neighbours, a day without issue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tests.discovery.replica.server import Answer, Replica
from tests.discovery.replica.stories import Story, article_page, page

DAYS = (date(2026, 5, 20), date(2026, 5, 21))
"""Issues; the 19th has none."""
PAGES, EACH = 3, 4
NO_ISSUE = "<html><head><title>数字报</title></head><body><p>该日期没有报纸</p></body></html>"


@dataclass(frozen=True)
class Paper:
    """Addresses of one family. Pages count from 1, articles from 1 on each page."""

    edition: str
    """Address of an issue by its day, as a profile has it."""
    sheet: Callable[[date, int], str]
    article: Callable[[date, int, int], str]
    missing_is_200: bool = False


def _number(day: date, sheet: int, n: int) -> int:
    return day.day * 1000 + sheet * 100 + n


PAPERS: dict[str, Paper] = {
    "founder-old": Paper("/ylrb/html/%Y-%m/%d/node_2.htm", lambda d, p: f"/ylrb/html/{d:%Y-%m/%d}/node_{p + 1}.htm",
                         lambda d, p, n: f"/ylrb/html/{d:%Y-%m/%d}/content_{p + 1}_{_number(d, p, n)}.htm", missing_is_200=True),
    "founder-new": Paper("/pc/layout/%Y%m/%d/node_01.html", lambda d, p: f"/pc/layout/{d:%Y%m/%d}/node_{p:02}.html",
                         lambda d, p, n: f"/pc/content/{d:%Y%m/%d}/content_{_number(d, p, n)}.html"),
    "founder-variant": Paper("/rb/%Y%m/%d/l01.html", lambda d, p: f"/rb/{d:%Y%m/%d}/l{p:02}.html",
                             lambda d, p, n: f"/rb/{d:%Y%m/%d}/c{_number(d, p, n)}.html"),
    "joyhua": Paper("/hebrb/%Y%m%d/html/index.htm", lambda d, p: f"/hebrb/{d:%Y%m%d}/html/{'index' if p == 1 else f'page_{p:02}'}.htm",
                    lambda d, p, n: f"/hebrb/{d:%Y%m%d}/html/page_{p:02}_content_{n:03}.htm"),
    "page01": Paper("/wx/%Y%m%d/Page01BC.htm", lambda d, p: f"/wx/{d:%Y%m%d}/Page{p:02}BC.htm",
                    lambda d, p, n: f"/wx/{d:%Y%m%d}/Articel{p:02}{n:03}BB.htm"),
    "szbz": Paper("/Html/szbz/%Y%m%d/szbzA1.Html", lambda d, p: f"/Html/szbz/{d:%Y%m%d}/szbzA{p}.Html",
                  lambda d, p, n: f"/Html/szbz/{d:%Y%m%d}/szbz{_number(d, p, n)}.Html"),
    "uniflows": Paper("/epaper/dzrb/html/%Y/%m/%d/01/default.htm", lambda d, p: f"/epaper/dzrb/html/{d:%Y/%m/%d}/{p:02}/default.htm",
                      lambda d, p, n: f"/epaper/dzrb/html/{d:%Y/%m/%d}/{p:02}/{p:02}_{n + 30}.htm"),
    "shtml": Paper("/shtml/sxnmb/%Y%m%d/v1.shtml", lambda d, p: f"/shtml/sxnmb/{d:%Y%m%d}/v{p}.shtml",
                   lambda d, p, n: f"/shtml/sxnmb/{d:%Y%m%d}/{_number(d, p, n)}.shtml"),
    "nbs": Paper("/html/%Y-%m/%d/nbs.D110000rmrb_01.htm", lambda d, p: f"/html/{d:%Y-%m/%d}/nbs.D110000rmrb_{p:02}.htm",
                 lambda d, p, n: f"/html/{d:%Y-%m/%d}/nw.D110000rmrb_{d:%Y%m%d}_{n}-{p:02}.htm"),
    "qpaper": Paper("/new/Html/%Y-%m-%d/Qpaper.html", lambda d, p: f"/new/Html/{d}/Qpaper.html",
                    lambda d, p, n: f"/new/Html/{d}/Qpaper_{_number(d, p, n)}.html"),
    "ymd001": Paper("/fzrb/2026/%Y%m%d/%Y%m%d_001/%Y%m%d_001.html",
                    lambda d, p: f"/fzrb/2026/{d:%Y%m%d}/{d:%Y%m%d}_{p:03}/{d:%Y%m%d}_{p:03}.html",
                    lambda d, p, n: f"/fzrb/2026/{d:%Y%m%d}/{d:%Y%m%d}_{p:03}/{d:%Y%m%d}_{p:03}_{n}.html"),
}  # fmt: skip


def epaper(family: str) -> Replica:
    """The paper's two issues."""
    paper, replica = PAPERS[family], Replica(family)
    for day in DAYS:
        sheets = {paper.sheet(day, p): [(p, n) for n in range(1, EACH + 1)] for p in range(1, PAGES + 1)}
        if len(sheets) == 1:  # one page carries the whole issue
            sheets = {paper.sheet(day, 1): [(p, n) for p in range(1, PAGES + 1) for n in range(1, EACH + 1)]}
        for sheet, told in sheets.items():
            replica.pages[sheet] = issue_page(paper, day, list(sheets), told)
            for p, n in told:
                story = Story(_number(day, p, n), 0)
                replica.pages[paper.article(day, p, n)] = article_page(story, None, paper.article(day, p, n % EACH + 1))
                replica.articles.add(paper.article(day, p, n))
    if paper.missing_is_200:
        replica.answer = lambda asked: missing(replica, asked)
    return replica


def missing(replica: Replica, asked: str) -> Answer | None:
    """A paper that answers 200 for a day without an issue, and says so."""
    path = asked.partition("?")[0]
    return None if path in replica.pages or path == "/robots.txt" else (200, "text/html; charset=utf-8", NO_ISSUE.encode())


def issue_page(paper: Paper, day: date, sheets: list[str], told: list[tuple[int, int]]) -> str:
    """Image map, list of pages, list of articles, and the way to the issues before and after."""
    areas = "".join(f'<area shape="rect" coords="0,{n},9,9" href="{paper.article(day, p, n)}">' for p, n in told[:2])
    pages = "".join(f'<a href="{sheet}">第{place:02}版：要闻</a>' for place, sheet in enumerate(sheets, 1))
    articles = "".join(f'<li><a href="{paper.article(day, p, n)}">{Story(_number(day, p, n), 0).title}</a></li>' for p, n in told)
    other = paper.sheet(DAYS[0] if day == DAYS[1] else DAYS[1], 1)
    older = paper.sheet(date(2026, 4, 30), 1)
    return page(
        f"数字报 {day}",
        f'<img usemap="#m"><map name="m">{areas}</map><div id="pageLink">{pages}</div><ul id="titleList">{articles}</ul>'
        f'<a href="{other}">上一期</a><a href="{older}">往期</a><a href="/pdf/{day}.pdf">PDF</a>',
    )
