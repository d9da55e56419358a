"""The pages that quality is measured on: our own always, the shared real ones where they are."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
from dataclasses import asdict
from pathlib import Path
from types import ModuleType
from typing import Any

from crawler.extraction import editor_names, extract_article, open_document, page_kind
from crawler.items import RawPage
from tests.pages import CASES

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("FANGZHI_SHARED", ROOT.parent / "shared")) / "pages"


def own_pages() -> list[tuple[str, str, bytes]]:
    """(id, url, bytes) of the pages written by us."""
    return [(case.name, case.url, case.body) for case in CASES]


def shared_pages() -> list[tuple[str, str, bytes]]:
    """(id, url, bytes) of the real pages, or none."""
    if not (SHARED / "manifest.tsv").is_file():
        return []
    rows = (line.split("\t") for line in (SHARED / "manifest.tsv").read_text(encoding="utf-8").splitlines()[1:])
    return [(Path(row[0]).stem, row[1] or f"file:///{row[0]}", (SHARED / row[0]).read_bytes()) for row in rows]


def corpus_hash(pages: list[tuple[str, str, bytes]]) -> str:
    """Names and bytes of all pages: a floor holds for the corpus it was measured on."""
    digest = hashlib.sha256()
    for name, url, body in sorted(pages):
        digest.update(f"{name}\0{url}\0{len(body)}\0".encode() + body)
    return digest.hexdigest()[:16]


def read(url: str, body: bytes) -> dict[str, Any]:
    """One page by the project's road up to extraction, as the keys that scorers read."""
    document = open_document(RawPage(url=url, body=body, headers={"content-type": "text/html"}))
    kind, _ = page_kind(document, site=None, lease=None)
    article = extract_article(document, site=None, lease=None)
    return {
        "kind": kind, "title": article.title, "body": article.body, "published": article.published, "source": article.source,
        "reporters": article.reporters, "editors": editor_names(article.editors),
    }  # fmt: skip


def scorer() -> ModuleType:
    """The shared scorer, as a module."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def half(name: str) -> str:
    """`tuned` or `held`: the pages that rules were tuned on, by a hash of their id fixed before any rule was written."""
    return "held" if int(hashlib.sha256(name.encode()).hexdigest()[:8], 16) % 2 else "tuned"


def groups() -> dict[str, list[str]]:
    """Page → the sets it belongs to: `news` (portal and news) and one of its halves, or `other`."""
    found = {}
    for line in (SHARED / "manifest.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        path, _, group = line.split("\t")[:3]
        name = Path(path).stem
        found[name] = ["other"] if group == "other" else ["news", f"news {half(name)}"]
    return found


def names_of(group: str) -> set[str]:
    """The pages of one set."""
    return {name for name, held in groups().items() if group in held}


def score_shared(predictions: dict[str, dict[str, Any]]) -> dict[str, dict[str, float]]:
    """Means of the shared scorer by set."""
    module = scorer()
    rows: dict[str, list[dict[str, Any]]] = {}
    for name, held in groups().items():
        gold = json.loads((SHARED / "gold" / f"{name}.json").read_text(encoding="utf-8"))
        row = module.score(gold, predictions.get(name, {}))
        row["counted"] = 1
        for key in held:
            rows.setdefault(key, []).append(row)
    return {key: _means(found) for key, found in rows.items()}


def score_own(predictions: dict[str, dict[str, Any]]) -> dict[str, float]:
    """Share of our own pages whose title, body and each stated field come out exactly."""
    right: dict[str, list[bool]] = {}
    for case in CASES:
        got = predictions.get(case.name, {})
        right.setdefault("title", []).append(got.get("title") == case.title)
        kept = [line for line in (got.get("body") or "").splitlines() if line.strip() in case.paragraphs]
        right.setdefault("body", []).append(kept == list(case.paragraphs) and len(got["body"].splitlines()) == len(kept))
        for field in ("source", "reporters", "editors", "published"):
            if field in asdict(case)["fields"]:
                right.setdefault(field, []).append(got.get(field) == case.fields[field])
    return {field: 100 * sum(found) / len(found) for field, found in right.items()}


def _means(rows: list[dict[str, Any]]) -> dict[str, float]:
    fields = {field for row in rows for field, value in row.items() if field != "id" and isinstance(value, (int, float))}
    return {
        field: 100 * sum(row[field] for row in rows if field in row) / sum(field in row for row in rows)
        for field in sorted(fields)
    }
