"""A small archive written for these tests: rows put in through the archive's own schema, so that its triggers index them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml
from sqlite_utils.db import Database

from crawler.items import public_key
from pipelines.archive import open_archive, writing

SEEN = "2026-05-01T08:00:00.000+08:00"
HERE = "http://127.0.0.1/"
SITES = [
    ("hebei_yanzhao", "燕赵新闻网", "130000", "河北省", "web"),
    ("hebei_tangshan_daily", "唐山晨报数字报", "130200", "唐山市", "epaper"),
    ("tianjin_jinbao", "津报网", "120000", "天津市", "web"),
]
LISTS = ("reporters", "correspondents", "photographers", "editors", "editor_chain", "keywords", "section", "blocks", "counts")


def insert(db: Database, table: str, **row: Any) -> int:
    """One row; returns its rowid."""
    sql = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})"
    return int(db.conn.execute(sql, list(row.values())).lastrowid or 0)


def add_article(db: Database, url: str, **fields: Any) -> int:
    """One article with its first version and its address; every column may be given."""
    body = fields.pop("body", "")
    original = fields.pop("body_original", body)
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
    number = insert(db, "articles", **packed)
    add_version(db, number, 1, title=record.get("title"), body=body, body_original=original)
    address = {
        "key": packed["key"],
        "url": url,
        "site": packed["site"],
        "kind": "article",
        "state": "done",
        "discovered_at": SEEN,
    }
    insert(db, "urls", **address, article=number)
    return number


def add_version(db: Database, article: int, number: int, **fields: Any) -> None:
    """One more content of an article."""
    empty = {"fields": "{}", "original": "{}", "account": "[]", "counts": "{}", "body": "", "body_original": ""}
    insert(
        db,
        "versions",
        article=article,
        number=number,
        **({"seen": SEEN, "digest": f"{number:064}", "extractor": "test"} | empty | fields),
    )


def add_sites(db: Database) -> None:
    for name, title, code, region, kind in SITES:
        insert(db, "sites", name=name, title=title, region_code=code, region=region, kind=kind, home=HERE, domains="[]")


def small_library(path: Path) -> Database:
    """Three sites and a handful of articles of every kind that a page shows differently."""
    db = open_archive(path)
    with writing(db):
        add_sites(db)
        for fields in yaml.safe_load(Path(__file__).with_name("articles.yaml").read_text(encoding="utf-8")):
            add_article(db, **fields)
    return db
