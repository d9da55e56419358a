"""The reading room in a real browser: from search to export, on a desktop and on a phone, for eyes and screen readers."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from crawler.items import public_key
from tests.browsing import library
from tests.browsing.conftest import DESKTOP, PHONE, Room

pytestmark = pytest.mark.browser
FIRST = public_key(library.FIRST)
PAGES = {
    "home": "/", "search": "/search?q=滨海新区", "article": f"/article/{FIRST}", "original": f"/article/{FIRST}/original",
    "version": f"/article/{FIRST}/v/1", "diff": f"/article/{FIRST}/diff/1-2", "days": "/day", "day": "/day/2018-09-07",
    "sites": "/sites", "site": "/site/hebei_yanzhao", "edition": "/site/hebei_tangshan_daily/2018-09-07", "regions": "/regions",
    "region": "/region/130000", "plots": "/plots", "health": "/health", "about": "/about", "missing": "/article/" + "0" * 20,
    "tables": "/archive", "table": "/archive/articles", "row": "/archive/articles/1",
    "sql": "/archive?sql=select+key,title+from+articles",
}  # fmt: skip


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_from_search_to_export(room: Room, browser: Browser, size: dict[str, int], tmp_path: Path) -> None:
    context = browser.new_context(viewport=size, java_script_enabled=False, accept_downloads=True)  # type: ignore[arg-type]
    tab = context.new_page()
    tab.goto(room.base)
    tab.fill("input[name=q]", "滨海新区")
    tab.press("input[name=q]", "Enter")
    assert "共 2 篇" in tab.inner_text(".total")
    assert set(tab.locator("mark").all_inner_texts()) == {"滨海新区"}
    tab.click("text=滨海新区与唐山港共建北方航运枢纽")
    assert tab.inner_text(".paper h1") == "滨海新区与唐山港共建北方航运枢纽"
    assert "15亿元" in tab.inner_text(".text")
    tab.click("text=与前一版比较")
    assert tab.locator("del").all_inner_texts() == ["12亿"]
    assert "15亿" in tab.locator("ins").all_inner_texts()
    tab.click("text=回到文章")
    assert "[EB/OL]" in tab.inner_text(".citation")
    with tab.expect_download() as bib:
        tab.click("#cite >> text=BibTeX")
    assert Path(bib.value.path()).read_text("utf-8").startswith(f"@online{{fangzhi-{FIRST},")
    tab.go_back() if tab.url.endswith(".bib") else None
    tab.goto(f"{room.base}/search?q=滨海新区")
    with tab.expect_download() as table:
        tab.click("text=CSV")
    found = list(csv.DictReader(io.StringIO(Path(table.value.path()).read_text("utf-8-sig"))))
    assert {entry["site_title"] for entry in found} == {"燕赵新闻网", "津报网"}
    context.close()


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_nothing_leaves_and_nothing_overflows_on_a_phone(room: Room, browser: Browser, path: str) -> None:
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    tab = context.new_page()
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    tab.goto(room.base + path)
    wide = tab.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert [url for url in asked if not url.startswith((room.base, "data:"))] == []
    assert [text for text in complaints if "404" not in text] == []
    assert wide <= PHONE["width"], f"{path} is {wide} px wide"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_no_serious_accessibility_fault(room: Room, browser: Browser, path: str, scheme: str) -> None:
    # The page's own policy would keep the checker's script out.
    context = browser.new_context(viewport=DESKTOP, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    tab = context.new_page()
    tab.goto(room.base + path)
    found = Axe().run(tab).response["violations"]
    context.close()
    grave = [(v["id"], [n["html"][:160] for n in v["nodes"][:3]]) for v in found if v["impact"] in ("serious", "critical")]
    assert grave == []


def test_keyboard_reaches_search_and_content(room: Room, tab: Page) -> None:
    tab.goto(room.base)
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"


def test_language_and_theme_stay_chosen(room: Room, tab: Page) -> None:
    tab.goto(f"{room.base}/search?q=唐山")
    tab.click("text=English")
    assert tab.url.endswith("/search?q=%E5%94%90%E5%B1%B1")
    assert "articles" in tab.inner_text(".total")
    tab.click("text=Dark")
    tab.goto(room.base)
    assert tab.get_attribute("html", "data-theme") == "dark"
    assert tab.get_attribute("html", "lang") == "en"


def test_replayed_page_stands_in_a_sandbox(room: Room, tab: Page) -> None:
    tab.goto(f"{room.base}/article/{FIRST}")
    tab.click("#evidence table a >> nth=0")
    assert tab.frame_locator("iframe").locator("h1").inner_text() == "滨海新区与唐山港共建北方航运枢纽"
    assert tab.get_attribute("iframe", "sandbox") == ""
