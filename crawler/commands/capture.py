"""`scrapy capture SITE URL`: a page as a test case, its bytes as they came and what was read from them."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawler.command import ProjectCommand
from crawler.commands import browser_or_complain, complain, start_process

if TYPE_CHECKING:
    from crawler.items import Page, RawPage

CASES = Path("tests/sites/pages")
FIELDS = ("title", "kicker", "subtitle", "body", "published", "source", "reporters", "keywords", "section", "sponsor")


class Command(ProjectCommand):
    """Writes `page.bin`, `meta.json` and `expected.json` into a folder of the site and page."""

    def syntax(self) -> str:
        return "SITE URL [--to FOLDER]"

    def short_desc(self) -> str:
        return "Keep a page as a test case"

    def long_desc(self) -> str:
        return (
            "Fetches one page of a site and keeps its bytes, its header and what was read from it as a test case, which "
            "tests/sites then holds: read expected.json and correct it. "
            "Example: scrapy capture hebei_hebnews URL -s CONTACT=you@example.org"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--to", metavar="FOLDER", type=Path, default=CASES, help=f"where cases are kept (default {CASES})")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if not opts.loglevel:
            self.settings.set("LOG_LEVEL", "WARNING", priority="cmdline")
        from crawler.commands.crawl import no_contact
        from crawler.discovery import canonical, inside, kind_of_url
        from crawler.sites import get_site
        from crawler.spiders.look import look

        if len(args) != 2:
            complain(self, "name a site and an address of it; see scrapy capture --help", 2)
            return
        try:
            site = get_site(args[0])
            url = canonical(args[1], routes=site.render)
        except (KeyError, ValueError) as error:
            complain(self, error, 2)
            return
        if url is None or not inside(url, site):
            complain(self, f"{args[1]} is no address of {site.name} ({', '.join(site.domains)})", 2)
            return
        if not site.private and not self.settings["CONTACT"]:
            complain(self, no_contact(site), 2)
            return
        if not browser_or_complain(self, site):
            return
        (seen,) = look(start_process(self), {site: [(url, kind_of_url(url, site))]})
        if seen.raw is None or seen.raw.status != 200:
            complain(self, f"{url}: {seen.page.outcome} ({seen.page.reason}); nothing kept")
            return
        folder = opts.to / site.name / case_name(url)
        try:
            keep(folder, site.name, seen.raw, seen.page)
        except OSError as error:
            complain(self, f"{folder} cannot be written: {error.strerror or error}")
            return
        print(f"{folder}: read expected.json beside the page, correct it, then run pytest tests/sites -k {site.name}")


def case_name(url: str) -> str:
    """A folder name that says the page and is unique: `t20260501_100101-3f2a9c01`."""
    import re

    from crawler.items import public_key

    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", url.rstrip("/").rpartition("/")[2].partition(".")[0])[:40].strip("-")
    return f"{stem or 'page'}-{public_key(url)[:8]}"


def keep(folder: Path, site: str, raw: RawPage, page: Page) -> None:
    """Write the case. Bytes are kept after content decoding, so that the charset stays part of the test."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "page.bin").write_bytes(raw.body)
    meta = {"site": site, "url": raw.url, "status": raw.status, "headers": raw.headers, "captured_at": raw.captured_at}
    write(folder / "meta.json", meta)
    write(folder / "expected.json", expected(page))


def expected(page: Page) -> dict[str, Any]:
    """What a case holds a page to: kind, and for an article its fields, for a list its links."""
    article = page.article
    if article is None:
        links = sorted(link.url for link in page.links if link.kind.value == "article")
        return {
            "kind": page.kind.value,
            "articles": links,
            "pagers": [link.url for link in page.links if link.rule.startswith("pager")],
        }
    fields = {name: getattr(article, name) for name in FIELDS}
    return {"kind": page.kind.value, **fields, "editors": [[editor.role, editor.name] for editor in article.editors]}


def write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
