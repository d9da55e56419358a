"""A small archive written for these tests: pages go in by the archive's own writer, with their WARC records."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml
from sqlite_utils.db import Database

from crawler.items import Article, Block, Editor, Exchange, Kind, Outcome, Page, Provenance, public_key
from pipelines.archive import open_archive, runs, sites
from pipelines.archive.writer import Writer

SEEN = "2026-05-01T08:00:00.000+08:00"
LATER = "2026-05-02T09:30:00.000+08:00"
FIRST = "http://127.0.0.1:8000/yz/2018/09/07/1001.shtml"
SITES = [
    {"name": "hebei_yanzhao", "title": "燕赵新闻网", "region_code": "130000", "region": "河北省", "home": "http://127.0.0.1/"},
    {"name": "hebei_tangshan_daily", "title": "唐山晨报数字报", "region_code": "130200", "region": "唐山市", "kind": "epaper"},
    {"name": "tianjin_jinbao", "title": "津报网", "region_code": "120000", "region": "天津市", "every": "6h"},
]
LISTS = ("reporters", "correspondents", "photographers", "editors", "editor_chain", "keywords", "section", "blocks", "counts")


def insert(db: Database, table: str, **row: Any) -> int:
    """One row; returns its rowid."""
    sql = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})"
    return int(db.conn.execute(sql, list(row.values())).lastrowid or 0)


def add_article(db: Database, url: str, **fields: Any) -> int:
    """One bare article row, for tests of the index; every column may be given."""
    body = fields.pop("body", "")
    paragraphs = [{"kind": "p", "text": line} for line in body.split("\n") if line]
    record = {"key": public_key(url), "url": url, "site": "hebei_yanzhao", "digest": "0" * 64, "script": "hans"}
    record |= {
        "first_seen": SEEN,
        "last_seen": SEEN,
        "body": body,
        "chars": len(body),
        "counts": {},
        "blocks": paragraphs,
    } | fields
    packed = {k: json.dumps(v, ensure_ascii=False) if k in LISTS and v is not None else v for k, v in record.items()}
    return insert(db, "articles", **packed)


def page_of(entry: dict[str, Any], *, seen: str = SEEN, html: str | None = None) -> Page:
    """A page item as reading and cleaning would hand it on, with one exchange."""
    fields = dict(entry)
    url, site, original = fields.pop("url"), fields.pop("site", "hebei_yanzhao"), fields.pop("body_original", None)
    blocks = [Block(**block) for block in fields.pop("blocks", [])]
    editors = [Editor(**editor) for editor in fields.pop("editor_chain", [])]
    article = Article(url=url, editors=editors, **fields)
    article.blocks = blocks or [Block(kind="p", text=line) for line in article.body.split("\n")]
    article.original = {"body": original or article.body}
    article.provenance = {"title": Provenance(rule="h1", alternatives=(("og:title", f"{article.title}_燕赵新闻网"),))}
    lines = "".join(f"<p>{line}</p>" for line in article.body.split("\n"))
    text = html or f"<html><head><title>{article.title}</title></head><body><h1>{article.title}</h1>{lines}</body></html>"
    exchange = Exchange(
        url=url,
        captured_at=seen,
        status=200,
        headers=((b"Content-Type", b"text/html; charset=gbk"),),
        body=text.encode("gb18030"),
    )
    return Page(
        url=url, outcome=Outcome.ARCHIVED, site=site, kind=Kind.ARTICLE, article=article, exchanges=[exchange], status=200,
        charset="gb18030", captured_at=seen,
    )  # fmt: skip


def archive_pages(path: Path, pages: list[Page]) -> None:
    """One run over one site's or several sites' pages."""
    db = open_archive(path)
    run = runs.start_run(db, site=pages[0].site, command="crawl", settings={})
    writer = Writer(path, path.parent / "warc", run, {"robots": "obey"})
    for page in pages:
        writer.add(page)
    writer.close()
    runs.finish_run(db, run, "finished")
    db.close()


def small_library(path: Path) -> None:
    """Three sites, a handful of articles of every kind that a page shows differently, one of them in two versions."""
    db = open_archive(path)
    sites.register(db, SITES)
    db.close()
    entries = yaml.safe_load(Path(__file__).with_name("articles.yaml").read_text(encoding="utf-8"))
    archive_pages(path, [page_of(entry) for entry in entries])
    later = json.loads(json.dumps(entries[0]).replace(json.dumps("12亿元")[1:-1], json.dumps("15亿元")[1:-1]))
    later["body"] += "\n项目将于明年三月开工。"
    later["blocks"].append({"kind": "p", "text": "项目将于明年三月开工。"})
    archive_pages(path, [page_of(later, seen=LATER)])
