"""`make screenshots`: every page over data/archive.db, desktop and phone, light and dark, into screenshots/."""

from __future__ import annotations

import argparse
import sqlite3
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browsing.conftest import CHROMIUM, DESKTOP, FLAGS, PHONE, ROOT, serve


def addresses(archive: Path) -> dict[str, str]:
    """Name and address of each page worth a look, with the richest article of this archive."""
    conn = sqlite3.connect(f"{archive.resolve().as_uri()}?mode=ro", uri=True)
    conn.row_factory = sqlite3.Row

    def one(sql: str) -> sqlite3.Row:
        return conn.execute(sql).fetchone() or {}

    article = one("SELECT key, title, site, published FROM articles ORDER BY versions DESC, kicker IS NULL, length(blocks) DESC")
    noisy = one("SELECT key FROM articles ORDER BY noise IS NULL, versions DESC")
    record = one("SELECT c.record FROM captures c JOIN urls u ON u.id = c.url_id WHERE u.article IS NOT NULL ORDER BY c.id DESC")
    paper = one(
        "SELECT site, substr(published, 1, 10) AS day FROM articles WHERE page_number IS NOT NULL AND published IS NOT NULL"
    )
    versions = one("SELECT a.key, a.versions FROM articles a ORDER BY a.versions DESC")
    day = (article["published"] or "2026-05-01")[:10]
    found = {name: f"/{name}" for name in ("sites", "regions", "plots", "health", "about")} | {
        "home": "/", "search": f"/search?q={(article['title'] or '新闻')[:2]}", "article": f"/article/{article['key']}",
        "original": f"/article/{noisy['key']}/original", "days": "/day", "day": f"/day/{day}",
        "site": f"/site/{article['site']}", "region": "/region/130000", "table": "/archive/articles", "query": "/archive",
    }  # fmt: skip
    if record:
        found["capture"] = f"/capture/{record['record'].strip('<>').removeprefix('urn:uuid:')}"
    if paper:
        found["edition"] = f"/site/{paper['site']}/{paper['day']}"
    if versions["versions"] > 1:
        found["diff"] = f"/article/{versions['key']}/diff/1-{versions['versions']}"
    conn.close()
    return found


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--data", type=Path, default=ROOT / "data")
    reader.add_argument("--out", type=Path, default=ROOT / "screenshots")
    given = reader.parse_args()
    if not (given.data / "archive.db").exists():
        raise SystemExit(f"there is no archive in {given.data}; run make crawl first")
    given.out.mkdir(exist_ok=True)
    wanted = addresses(given.data / "archive.db")
    for room in serve(given.data):
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            for size, view in (("desktop", DESKTOP), ("phone", PHONE)):
                for scheme in ("light", "dark"):
                    context = browser.new_context(viewport=view, color_scheme=scheme)  # type: ignore[arg-type]
                    tab = context.new_page()
                    for name, address in wanted.items():
                        tab.goto(room.base + address)
                        tab.screenshot(path=given.out / f"{name}-{size}-{scheme}.png", full_page=True)
                    context.close()
            browser.close()
    print(f"{len(wanted) * 4} pictures in {given.out}")


if __name__ == "__main__":
    main()
