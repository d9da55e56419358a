"""A profile's layouts: chosen by the shape of the address, first before the generic way; and what a list knows of a page."""

# ruff: noqa: E501 - a page is one line of markup

from crawler.extraction import extract_article, open_document
from crawler.items import Article, Kind, Lease, RawPage
from crawler.sites.profile import Layout, Site
from tests.pages.mainland import html
from tests.pages.stories import CANAL, HEAD

SITE = Site(
    name="test_layouts", title="试", home="http://x.example/", domains=("x.example",),
    layouts=(
        Layout(url=r"/old/", body="css:td.zw", title="//td[@class='bt']", source="css:#ly", published="css:.rq", reporters="css:.zz", editors="css:.bj"),
        Layout(url=r"/new/", body="//div[@id='nothing']"),
    ),
)  # fmt: skip
PAGE = html(
    "云岭网", f"""<table><tr><td class=bt>{HEAD}</td></tr><tr><td><i id=ly>来源：青禾报</i> <i class=rq>2009.5.6</i> <i class=zz>段红</i> <i class=bj>责编：何安</i></td></tr>
    <tr><td class=zw>{CANAL[0]}<br>{CANAL[1]}</td></tr><tr><td>{CANAL[2]}{CANAL[3]}</td></tr></table>""",
)  # fmt: skip


def read(path: str, page: str = PAGE, lease: Lease | None = None) -> Article:
    raw = RawPage(url=f"http://x.example{path}", body=page.encode(), headers={"content-type": "text/html"})
    return extract_article(open_document(raw), site=SITE, lease=lease)


def test_a_layout_says_where_things_are() -> None:
    article = read("/old/1.html")
    assert (article.title, article.source, article.published, article.reporters) == (HEAD, "青禾报", "2009-05-06", ["段红"])
    assert [editor.name for editor in article.editors] == ["何安"]
    assert article.body.splitlines() == list(CANAL[:2])
    assert {article.provenance[field].rule for field in ("title", "source", "published", "reporters")} == {
        "layout:title", "layout:source", "layout:published", "layout:reporters"
    }  # fmt: skip


def test_a_layout_that_does_not_fit_leaves_the_generic_way() -> None:
    article = read("/new/1.html", html(HEAD, f"<h1>{HEAD}</h1><div>{''.join(f'<p>{text}</p>' for text in CANAL)}</div>"))
    assert (article.title, article.body.splitlines()) == (HEAD, list(CANAL))


def test_a_list_fills_what_the_page_leaves_open_and_nothing_else() -> None:
    lease = Lease(
        id=1, url="http://x.example/new/1", site="x", kind=Kind.ARTICLE, title="列表上的标题", date="2026-05-05", section="要闻"
    )
    bare = read("/new/1", f"<p>{CANAL[0]}</p><p>{CANAL[1]}</p>", lease)
    assert (bare.title, bare.published, bare.section) == ("列表上的标题", "2026-05-05", ["要闻"])
    full = read(
        "/new/1", html(HEAD, f"<h1>{HEAD}</h1><div>2026-05-06 10:00 来源：青禾网</div><p>{CANAL[0]}</p><p>{CANAL[1]}</p>"), lease
    )
    assert (full.title, full.published) == (HEAD, "2026-05-06T10:00:00+08:00")
