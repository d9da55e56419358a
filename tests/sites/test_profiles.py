"""Every profile that exists builds, is unique, and its patterns fit the addresses its sources show."""

import re
from urllib.parse import urldefrag

import pytest

from crawler.discovery import canonical, inside, kind_of_url, sources
from crawler.items import Kind
from crawler.sites import UnknownSite, all_sites, get_site
from crawler.sites.profile import ListPage, ProfileError, Site

SITES = list(all_sites().values())


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_examples_are_articles_of_their_site(site: Site) -> None:
    for url in site.examples:
        assert kind_of_url(canonical(url) or "", site) is Kind.ARTICLE, url
        assert inside(url, site), url


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_a_crawl_has_seeds_inside_its_site(site: Site) -> None:
    seeds = sources(site, since="2026-05-01", until="2026-05-02")
    assert seeds
    for link in seeds:
        assert inside(link.url, site), link
        assert canonical(link.url) == urldefrag(link.url)[0], link  # a POST list keeps its page in the fragment
        assert link.kind is not Kind.ARTICLE


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_no_pattern_takes_a_list_for_an_article(site: Site) -> None:
    for link in sources(site, since="2026-05-01", until="2026-05-01"):
        if link.kind is Kind.LIST:
            assert not any(re.search(pattern, link.url) for pattern in site.article_url), link.url


@pytest.mark.parametrize("site", [site for site in SITES if site.name != "sample"], ids=lambda site: site.name)
def test_facts_have_a_source_and_an_age(site: Site) -> None:
    assert site.facts and (site.as_of or "age of the facts unknown" in site.note) and re.fullmatch(r"\d{6}", site.region)
    assert site.verified == ""


def test_names_are_found_and_near_misses_are_told() -> None:
    assert get_site("hebei_hebnews").title == "河北新闻网"
    with pytest.raises(UnknownSite, match="hebei_hebnews"):
        get_site("hebei_hebnew")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"name": "Hebei"}, "lower-case"), ({"region": "13"}, "GB/T 2260"), ({"article_url": ("(",)}, "no regex"),
        ({"platform": "wordpress"}, "unknown"), ({"home": "ftp://a.cn/"}, "no http"), ({"domains": ()}, "domains"),
        ({"every": "often"}, "interval"), ({"tls": "off"}, "strict"), ({"mirrors": ("http://b.cn/",)}, "no host"),
        ({"mirrors": ("b.cn",), "home": ""}, "no home"),
    ],
)  # fmt: skip
def test_a_profile_that_contradicts_itself_does_not_build(wrong: dict[str, object], message: str) -> None:
    sound: dict[str, object] = {
        "name": "a_b",
        "title": "甲",
        "home": "http://a.cn/",
        "domains": ("a.cn",),
        "sources": (ListPage(url="http://a.cn/"),),
    }
    with pytest.raises(ProfileError, match=message):
        Site(**{**sound, **wrong})  # type: ignore[arg-type]
