"""Hosts of one site that serve the same pages are folded by the proof of their texts; two different sites never are."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.clock import stamp
from crawler.items import Kind, Link, Outcome, Page, public_key
from pipelines.archive import frontier, mirrors, open_archive
from pipelines.archive.health import examine
from pipelines.archive.merging import merge
from pipelines.archive.verifying import verify
from tests.archive.conftest import HOST, Archive

MIRROR = "http://tpdj.other.example.org:8080"
LONG = "工作人员沿着渠道逐段检查闸门与堤岸，把发现的问题一条条记在本子上，并约定了下次回访的日子。" * 3
Make = Callable[..., Page]


def article(page: Make, host: str, number: int, text: str | None = None) -> Page:
    body = f"第{number}号水闸昨日完成检修。{LONG}" if text is None else text
    return page(f"{host}/xw/{number}.html", body, title=f"第{number}号水闸完成检修")


def both(page: Make, numbers: range) -> list[Page]:
    return [article(page, host, number) for number in numbers for host in (HOST, MIRROR)]


def folded(archive: Archive) -> dict[str, str]:
    return mirrors.known(archive.db, "test_site")


@pytest.fixture
def home(archive: Archive) -> None:
    archive.db.conn.execute(
        "INSERT INTO sites(name, title, kind, home, domains) VALUES ('test_site', '站', 'web', ?, '[]')", (HOST,)
    )


def test_five_texts_under_the_same_paths_make_a_mirror(archive: Archive, page: Make) -> None:
    archive.visit(*both(page, range(4)))
    assert folded(archive) == {}
    archive.visit(*both(page, range(4, 5)))
    assert folded(archive) == {"tpdj.other.example.org:8080": HOST}
    assert archive.rows("SELECT host, mirror_of, rule FROM hosts ORDER BY host") == [
        ("news.example.cn", None, None), ("tpdj.other.example.org:8080", "news.example.cn", "learned"),
    ]  # fmt: skip
    assert archive.one("SELECT count(*) FROM articles") == 10, "what was archived stays"
    (health,) = examine(archive.db, [("test_site", "6h")])
    assert health.mirrors == {"tpdj.other.example.org:8080": "news.example.cn"}
    assert verify(archive.db, report=print).faults == 0


@pytest.mark.usefixtures("home")
def test_the_home_s_host_stays_whoever_was_first(archive: Archive, page: Make) -> None:
    archive.visit(*[article(page, MIRROR, number) for number in range(5)])
    archive.visit(*[article(page, HOST, number) for number in range(5)])
    assert folded(archive) == {"tpdj.other.example.org:8080": HOST}


def test_what_waits_is_refused_counted_and_nothing_is_lost(archive: Archive, page: Make) -> None:
    # One in twenty that only the mirror has named so far: a list was read a minute later.
    names = [f"{host}/xw/{n}.html" for n in range(10, 49) for host in (HOST, MIRROR)] + [f"{MIRROR}/xw/49.html"]
    listing = page("/", links=tuple(Link(url=url, kind=Kind.ARTICLE, rule="shape") for url in names))
    archive.visit(listing)
    archive.visit(*both(page, range(5)))
    assert folded(archive)
    mirrors.declare(archive.db, "test_site", f"{HOST}/", (), stamp())  # what that run leased and gave back
    waiting = {row[0] for row in archive.rows("SELECT url FROM urls WHERE state = 'queued' AND url LIKE '%/xw/%'")}
    assert waiting == {f"{HOST}/xw/{n}.html" for n in range(10, 50)}
    assert archive.rows("SELECT DISTINCT last_error FROM urls WHERE state = 'refused'") == [("mirror of news.example.cn",)]
    assert archive.rows("SELECT url FROM urls WHERE url LIKE ? AND next_due IS NOT NULL", f"{MIRROR}%") == []


def test_links_and_seeds_mean_the_host_that_is_mirrored(archive: Archive, page: Make) -> None:
    archive.visit(*both(page, range(5)))
    found = [Link(url=f"{MIRROR}/xw/{n}.html", kind=Kind.ARTICLE, rule="shape") for n in (1, 77)]
    listing = page(f"{HOST}/xw/", links=tuple(found))
    archive.visit(listing)
    assert listing.refused == {"mirror": 2}
    assert archive.rows("SELECT url FROM urls WHERE url LIKE '%/77.html'") == [(f"{HOST}/xw/77.html",)]
    frontier.seed(archive.db, "test_site", [Link(url=f"{MIRROR}/wh/", kind=Kind.LIST)])
    assert archive.rows("SELECT url FROM urls WHERE url LIKE '%/wh/'") == [(f"{HOST}/wh/",)]
    assert frontier.seed(archive.db, "other_site", [Link(url=f"{MIRROR}/xw/", kind=Kind.LIST)]) == 1, "another site's matter"


def test_a_page_that_was_leased_before_is_a_duplicate(archive: Archive, page: Make) -> None:
    archive.visit(*both(page, range(5)))
    run = archive.start()
    archive.db.conn.execute(
        "INSERT INTO urls(key, url, site, kind, state, discovered_at) VALUES (?, ?, 'test_site', 'article', 'queued', '2026')",
        (public_key(f"{MIRROR}/xw/9.html"), f"{MIRROR}/xw/9.html"),
    )
    (lease,) = [one for one in frontier.lease(archive.db, run, "test_site", 99) if one.url.endswith("/9.html")]
    late, own = article(page, MIRROR, 9), article(page, HOST, 9)
    archive.visit(own)
    late.lease = lease
    from pipelines.archive.writer import Writer

    writer = Writer(archive.path, archive.warc, run, {})
    writer.add(late)
    assert writer.commit() == [Outcome.DUPLICATE]
    writer.close()
    assert archive.rows("SELECT next_due FROM urls WHERE url = ?", f"{MIRROR}/xw/9.html") == [(None,)]


def test_editions_that_number_different_articles_alike_stay_apart(archive: Archive, page: Make) -> None:
    """Two cities on one system: the same paths throughout, now and then a story of the province."""
    for number in range(60):
        shared = number % 4 == 0
        text = None if shared else f"石桥第{number}小学迎来新同学。{LONG}"
        archive.visit(article(page, HOST, number), article(page, MIRROR, number, text))
    assert folded(archive) == {}
    assert archive.one("SELECT count(*) FROM host_pages") < 20, "and the comparing ends"


def test_editions_that_share_stories_and_have_own_ones_stay_apart(archive: Archive, page: Make) -> None:
    """The same article under the same number on both hosts, always; but each lists stories that the other has not."""
    own = [Link(url=f"{host}/xw/{1000 * (place + 1) + n}.html", kind=Kind.ARTICLE, rule="shape")
           for n in range(30) for place, host in enumerate((HOST, MIRROR))]  # fmt: skip
    archive.visit(page("/", links=tuple(own)))
    archive.visit(*both(page, range(12)))
    assert folded(archive) == {}


def test_one_text_on_every_path_proves_nothing(archive: Archive, page: Make) -> None:
    """A notice with status 200 that no rule knows: the same on both hosts wherever one asks."""
    notice = "您要的内容可能已经移走、改名或者暂时不能提供，请回到首页再试，或者稍后再来看看。" * 4
    archive.visit(*[page(f"{host}/xw/{n}.html", notice, title="提示") for n in range(130) for host in (HOST, MIRROR)])
    assert folded(archive) == {}
    assert archive.one("SELECT count(*) FROM host_pages") == 100, "and the comparing ends"


def test_imported_pages_are_of_no_site(archive: Archive, page: Make) -> None:
    archive.visit(*both(page, range(8)), site="imported")
    assert archive.rows("SELECT * FROM hosts") == []


def test_short_texts_prove_nothing(archive: Archive, page: Make) -> None:
    archive.visit(*[article(page, host, n, f"第{n}条。") for n in range(10) for host in (HOST, MIRROR)])
    assert folded(archive) == {}


def test_an_article_corrected_between_two_visits_only_delays(archive: Archive, page: Make) -> None:
    archive.visit(article(page, HOST, 99), article(page, MIRROR, 99, f"第99号水闸今日完成检修。{LONG}"))
    archive.visit(*both(page, range(19)))
    assert folded(archive) == {}
    archive.visit(*both(page, range(19, 20)))
    assert folded(archive)


def test_a_mirror_the_profile_states_is_folded_from_the_start_and_given_back(archive: Archive, page: Make) -> None:
    at = "2026-05-01T08:00:00+08:00"
    mirrors.declare(archive.db, "test_site", f"{HOST}/", ("tpdj.other.example.org:8080",), at)
    archive.visit(page("/", links=(Link(url=f"{MIRROR}/xw/1.html", kind=Kind.ARTICLE, rule="shape"),)))
    assert archive.rows("SELECT url FROM urls WHERE url LIKE '%/1.html'") == [(f"{HOST}/xw/1.html",)]
    mirrors.declare(archive.db, "test_site", f"{HOST}/", (), at)
    assert folded(archive) == {}


def test_a_host_told_apart_by_hand_stays_apart(archive: Archive, page: Make) -> None:
    """The two statements of docs/archive.md."""
    archive.visit(page("/", links=tuple(Link(url=f"{h}/xw/50.html", kind=Kind.ARTICLE, rule="s") for h in (HOST, MIRROR))))
    archive.visit(*both(page, range(5)))
    host = "tpdj.other.example.org:8080"
    archive.db.conn.execute("UPDATE hosts SET mirror_of = NULL, rule = 'apart', since = '2026-06-01' WHERE host = ?", (host,))
    archive.db.conn.execute(
        "UPDATE urls SET state = 'queued' WHERE state = 'refused' AND last_error = 'mirror of news.example.cn'"
    )
    archive.visit(*both(page, range(5, 30)))
    assert folded(archive) == {}
    assert archive.rows("SELECT state FROM urls WHERE url = ?", f"{MIRROR}/xw/50.html") == [("queued",)]


def test_archives_are_united_with_their_mirrors(archive: Archive, page: Make, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = Archive(tmp_path_factory.mktemp("other") / "a.db", open_archive(tmp_path_factory.getbasetemp() / "other0" / "a.db"))
    archive.visit(*both(page, range(5)))
    other.visit(*both(page, range(3)))
    for one, two in ((other, archive), (archive, other)):
        merge(one.db, two.path)
        assert folded(one) == {"tpdj.other.example.org:8080": HOST}
        assert one.one("SELECT count(*) FROM host_pages") == 5
    other.db.close()
