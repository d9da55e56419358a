"""Hostile titles, bodies, addresses, names and captured pages in a real browser: what runs is counted, and it is nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext

from crawler.items import Exchange, public_key
from tests.browsing import library
from tests.browsing.conftest import DESKTOP, Room, configured, serve
from tests.browsing.payloads import PAYLOADS

pytestmark = pytest.mark.browser
DAY = "2026-04-01"


def hostile_page(number: int, payload: str) -> library.Page:
    """A page whose every text field and whose captured bytes are the payload."""
    entry = {
        "url": f"http://127.0.0.1/{number}/{quote(payload, safe='')}", "title": payload, "kicker": payload,
        "subtitle": payload,
        "original_title": payload, "body": f"毒{payload}\n毒", "source": payload, "published": DAY,
        "reporters": [payload],
        "keywords": [payload], "section": [payload, "毒"], "page_number": payload[:40], "page_name": payload, "region": payload,
        "sponsor": payload, "editor_chain": [{"name": payload, "role": payload}], "body_original": f"毒{payload}",
        "blocks": [
            {"kind": "h", "text": payload}, {"kind": "p", "text": f"毒{payload}"},
            {"kind": "image", "url": payload, "text": payload},
            {"kind": "table", "rows": [[payload, "毒"]], "text": payload}, {"kind": payload, "text": payload},
        ],
    }  # fmt: skip
    page = library.page_of(entry, html=f"<html><head>{payload}</head><body>{payload}<p>毒</p></body></html>")
    last = page.exchanges[0]
    headers = (*last.headers, (b"X-Odd", payload.encode("utf-8")))
    page.exchanges = [Exchange(url=last.url, captured_at=last.captured_at, status=200, headers=headers, body=last.body)]
    return page


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    data = configured(tmp_path_factory.mktemp("hostile") / "data")
    library.archive_pages(data / "archive.db", [hostile_page(n, p) for n, p in enumerate(PAYLOADS.values())])
    db = library.open_archive(data / "archive.db")
    script = PAYLOADS["img_onerror"]
    library.sites.register(
        db, [{"name": "hebei_yanzhao", "title": script, "region": script, "home": PAYLOADS["javascript_url"], "note": script}]
    )
    db.close()
    yield from serve(data)


@pytest.fixture
def watched(browser: Browser) -> Iterator[tuple[BrowserContext, list[str]]]:
    """A browser context that hears every execution, dialog and request to elsewhere."""
    context = browser.new_context(viewport=DESKTOP)  # type: ignore[arg-type]
    heard: list[str] = []
    context.expose_function("pwned", lambda: heard.append("executed"))
    context.on("dialog", lambda dialog: (heard.append("dialog"), dialog.dismiss()))
    context.on(
        "request", lambda request: None if "127.0.0.1" in request.url[:25] else heard.append(f"request {request.url[:80]}")
    )
    yield context, heard
    context.close()


def keys() -> list[str]:
    return [public_key(hostile_page(n, p).article.url) for n, p in enumerate(PAYLOADS.values())]  # type: ignore[union-attr]


def test_the_watch_hears_an_execution(hostile: Room, watched: tuple[BrowserContext, list[str]]) -> None:
    context, heard = watched
    tab = context.new_page()
    tab.set_content(PAYLOADS["img_onerror"])
    tab.wait_for_function("document.images[0].complete")
    tab.evaluate("0")
    assert heard == ["executed"]


def test_no_page_lets_a_payload_act(hostile: Room, watched: tuple[BrowserContext, list[str]]) -> None:
    assert len(PAYLOADS) >= 30
    context, heard = watched
    tab = context.new_page()
    paths = ["/", f"/day/{DAY}", "/day", "/sites", "/site/hebei_yanzhao", f"/site/hebei_yanzhao/{DAY}", "/plots", "/health"]
    paths += [
        "/search?q=毒",
        "/archive/articles",
        "/archive/articles?_search=毒",
        "/archive/sites",
        "/archive/captures",
        "/archive",
    ]
    paths += ["/archive?sql=" + quote("select title, body, url from articles"), "/archive/provenance", "/archive/versions"]
    # Every kind on the page that shows most fields; the others by turns.
    paths += [f"/article/{key}" for key in keys()]
    paths += [f"/article/{key}{('/original', '/v/1', '/diff/1-1')[n % 3]}" for n, key in enumerate(keys())]
    paths += [f"/archive/articles/{n}" for n in (1, 4, 24)]
    for path in paths:
        answer = tab.goto(hostile.base + path)
        assert answer is not None and answer.status == 200, path
        tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        tab.hover("h1 >> nth=0", force=True)
        assert (
            tab.evaluate("document.querySelectorAll('script, [onerror], [onload], [onfocus], main a[href^=javascript]').length")
            == 0
        )
    assert heard == []


def test_no_request_lets_a_payload_act(hostile: Room, watched: tuple[BrowserContext, list[str]]) -> None:
    context, heard = watched
    tab = context.new_page()
    for number, payload in enumerate(PAYLOADS.values()):
        short = quote(payload[:900], safe="")
        others = (
            f"/archive/articles?_search={short}", f"/article/{short}", f"/site/hebei_yanzhao?month={short}",
            f"/day?year={short}&go={short}", f"/choose?lang=zh&back={short}",
        )  # fmt: skip
        every = f"/search?q={short}&site={short}&since={short}&source={short}&region={short}&order={short}&page={short}"
        for path in (every, others[number % len(others)]):
            answer = tab.goto(hostile.base + path)
            assert answer is not None and answer.status < 500, (path, answer and answer.status)
    assert heard == []
    assert [cookie["name"] for cookie in context.cookies() if "pwned" in cookie["name"]] == []


def test_no_captured_page_acts(hostile: Room, watched: tuple[BrowserContext, list[str]]) -> None:
    """Framed and by itself, by turns; the document has an origin of its own and no scripts."""
    context, heard = watched
    tab = context.new_page()
    found = hostile.get("/archive/captures.json", _shape="array", _size="200").body
    records = [entry["record"].strip("<>").removeprefix("urn:uuid:") for entry in library.json.loads(found)]
    assert len(records) == len(PAYLOADS)
    for number, record in enumerate(records):
        answer = tab.goto(f"{hostile.base}/capture/{record}" + ("" if number % 2 else "/page"))
        assert answer is not None and answer.status == 200
        frame = next(f for f in tab.frames if f.url.endswith("/page"))
        assert frame.evaluate("self.origin") == "null"
        assert "sandbox" in hostile.get(f"/capture/{record}/page").headers["content-security-policy"]
    assert heard == []


def test_paths_and_methods_that_lead_nowhere(hostile: Room, tmp_path: Path) -> None:
    for path in (
        "/capture/..%2f..%2fetc%2fpasswd",
        "/capture/x/page",
        "/export.exe",
        "/article/zz",
        "/static/../metadata.yaml",
        "/archive.db",
    ):
        assert hostile.get(path).status in (302, 403, 404), path
    assert hostile.get("/archive", sql="delete from articles").status == 400
    assert hostile.get("/archive", sql="attach database '/etc/passwd' as x").status == 400
    slow = hostile.get("/archive", sql="with recursive n(i) as (select 1 union all select i+1 from n) select count(*) from n")
    assert slow.status == 400 and "took too long" in slow.text


def test_spreadsheet_cells_do_not_compute(hostile: Room) -> None:
    from pipelines.archive.export import _cell

    assert [_cell(v) for v in ("=1+1", "@SUM(A1)", "+1", "-1")] == ["'=1+1", "'@SUM(A1)", "'+1", "'-1"]
    assert [_cell(v) for v in ("平常", None, ["a", "b"])] == ["平常", "", "a; b"]
