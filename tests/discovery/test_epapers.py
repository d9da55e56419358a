"""Every e-paper family: all articles of the days asked for, no other issue, no error on a day without one."""

import pytest

from crawler.discovery import discover, recognise, sources
from crawler.items import Kind, Outcome
from crawler.sites.profile import EPaper, Site
from tests.discovery.pages import document
from tests.discovery.replica.epapers import DAYS, NO_ISSUE, PAPERS, epaper
from tests.discovery.replica.server import Replica, serving
from tests.discovery.walk import read_leased, walk


def paper_site(replica: Replica, family: str) -> Site:
    domain = replica.url.removeprefix("http://")
    edition = EPaper(edition=replica.url + PAPERS[family].edition)
    return Site(
        name="paper", title="云岭日报", kind="epaper", home=replica.url + "/", domains=(domain,), sources=(edition,), private=True
    )


@pytest.mark.parametrize("family", sorted(PAPERS))
def test_all_articles_of_the_days_and_nothing_else(family: str) -> None:
    with serving(epaper(family)) as replica:
        walked = walk(replica, paper_site(replica, family))
    assert walked.articles == replica.articles
    assert {link.date for link in walked.links} == {day.isoformat() for day in DAYS}
    assert not any("2026-04" in path or "202604" in path for path in walked.lists)


@pytest.mark.parametrize("family", ["founder-old", "founder-new"])
def test_no_issue_that_day_is_gone_and_no_error(family: str) -> None:
    """Some papers answer 404, others 200 with 该日期没有报纸."""
    with serving(epaper(family)) as replica:
        site = paper_site(replica, family)
        (seed,) = sources(site, since="2026-05-19", until="2026-05-19")
        page = read_leased(site, seed)
    assert page.outcome is Outcome.GONE or page.status == 404
    assert page.links == []
    assert "没有报纸" in NO_ISSUE


@pytest.mark.parametrize("family", sorted(PAPERS))
def test_the_family_is_recognised_from_a_page(family: str) -> None:
    paper, replica = PAPERS[family], epaper(family)
    sheet = paper.sheet(DAYS[0], 1)
    found = recognise(document(str(replica.pages[sheet]), "http://paper.example.cn" + sheet))
    assert found[0].platform == family, found[:3]


def test_entry_page_and_days() -> None:
    both = EPaper(entry="http://paper.example.cn/paperindex.htm", edition="http://paper.example.cn/html/%Y-%m/%d/node_2.htm")
    site = Site(name="paper", title="报", kind="epaper", domains=("paper.example.cn",), sources=(both,))
    asked = sources(site, since="2026-05-01", until="2026-05-03")
    assert [(link.url[-22:], link.date) for link in asked] == [
        ("/2026-05/03/node_2.htm", "2026-05-03"), ("/2026-05/02/node_2.htm", "2026-05-02"), ("/2026-05/01/node_2.htm", "2026-05-01"),
    ]  # fmt: skip
    assert sources(site)[0].url.endswith("/paperindex.htm") and len(sources(site)) == 4


def test_period_xml_names_issues() -> None:
    """`pc/layout/202605/period.xml`, the calendar of the newer Founder papers."""
    text = """<?xml version="1.0"?><periods><period><period_date>2026-05-20</period_date><front_page>20/node_01.html</front_page></period>
      <period><period_date>2026-05-21</period_date><front_page>21/node_01.html</front_page></period></periods>"""
    url = "http://paper.example.cn/pc/layout/202605/period.xml"
    site = Site(name="paper", title="报", kind="epaper", home="http://paper.example.cn/", domains=("paper.example.cn",))
    found = discover(document(text, url), kind=Kind.EDITION, site=site).links
    assert [(link.url, link.date, link.kind) for link in found] == [
        (f"http://paper.example.cn/pc/layout/202605/{day}/node_01.html", f"2026-05-{day}", Kind.EDITION) for day in (20, 21)
    ]
