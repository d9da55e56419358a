"""One article for reading: its text as blocks, its header line, its versions, evidence and neighbours."""

from __future__ import annotations

import sqlite3

from pipelines.archive.browse.overview import names
from pipelines.archive.browse.rows import Row, row, rows, unpacked

LISTS = ("reporters", "correspondents", "photographers", "editors", "editor_chain", "keywords", "section")


def article(conn: sqlite3.Connection, key: str) -> Row | None:
    """The article with this public key, lists unpacked and `blocks` ready to be set; None when there is none."""
    found = row(conn, "SELECT * FROM articles WHERE key = ?", (key,))
    return None if found is None else _read(found)


def article_by_id(conn: sqlite3.Connection, number: int) -> Row | None:
    """The same by its local integer id."""
    found = row(conn, "SELECT * FROM articles WHERE id = ?", (number,))
    return None if found is None else _read(found)


def _read(found: Row) -> Row:
    for name in LISTS:
        value = unpacked(found.get(name))
        found[name] = value if isinstance(value, list) else [value]
    found["editor_chain"] = [pair for e in found["editor_chain"] if (pair := _editor(e))]
    found["blocks"] = _blocks(unpacked(found.get("blocks")), found["body"])
    return found


def _editor(entry: object) -> tuple[str, str] | None:
    """(role, name) of a link of the checking chain."""
    if isinstance(entry, dict):
        return str(entry.get("role") or "编辑"), str(entry.get("name") or "")
    return (str(entry[1]), str(entry[0])) if isinstance(entry, list) and len(entry) == 2 else None


def _blocks(blocks: object, body: str) -> list[Row]:
    """The stored structure, or the body's lines as paragraphs where there is none."""
    kept = [block for block in blocks if isinstance(block, dict) and block.get("kind")] if isinstance(blocks, list) else []
    return kept or [{"kind": "p", "text": line} for line in body.split("\n") if line.strip()]


def versions(conn: sqlite3.Connection, article_id: int) -> list[Row]:
    """All versions, newest first, without their texts."""
    return rows(
        conn,
        "SELECT number, seen, digest, capture, title, extractor, length(body) AS chars FROM versions"
        " WHERE article = ? ORDER BY number DESC",
        (article_id,),
    )


def captures(conn: sqlite3.Connection, article_id: int, *, limit: int = 50) -> list[Row]:
    """The captures of an article's addresses, newest first: the evidence behind it."""
    return rows(
        conn,
        "SELECT c.*, w.folder FROM captures c LEFT JOIN warcs w ON w.name = c.warc WHERE c.url_id IN"
        " (SELECT id FROM urls WHERE article = ? UNION SELECT id FROM urls WHERE key = (SELECT key FROM articles WHERE id = ?))"
        " ORDER BY c.at DESC, c.id DESC LIMIT ?",
        (article_id, article_id, limit),
    )


def provenance(conn: sqlite3.Connection, article_id: int) -> list[Row]:
    """Which rule gave each field its value, and what it beat."""
    found = rows(conn, "SELECT field, rule, value, alternatives FROM provenance WHERE article = ? ORDER BY field", (article_id,))
    for entry in found:
        entry["alternatives"] = [tuple(pair) for pair in unpacked(entry["alternatives"])]
        if str(entry["value"]).startswith("["):
            entry["value"] = "、".join(map(_plainly, unpacked(entry["value"])))
    return found


def same_day(conn: sqlite3.Connection, found: Row, *, limit: int = 20) -> list[Row]:
    """Articles of other sites that share whole sentences with this one on its day without being near-duplicates of it."""
    return rows(
        conn,
        "SELECT a.key, a.title, a.site, a.published, a.first_seen, p.passages, p.chars FROM shared_passages p"
        " JOIN articles a ON a.id = p.other WHERE p.article = ? AND a.cluster IS NOT coalesce(?, -1)"
        " ORDER BY p.chars DESC LIMIT ?",
        (found["id"], found["cluster"], limit),
    )


def _plainly(value: object) -> str:
    """A list entry as a reader would write it: 责任编辑 周敏."""
    return " ".join(str(v) for v in reversed(value.values()) if v) if isinstance(value, dict) else str(value)


def near_duplicates(conn: sqlite3.Connection, found: Row, *, limit: int = 30) -> list[Row]:
    """Other articles of the same cluster, earliest first."""
    if not found["cluster"]:
        return []
    return rows(
        conn,
        "SELECT key, title, site, source, published, first_seen, role, share FROM articles"
        " WHERE cluster = ? AND id <> ? ORDER BY coalesce(published, first_seen) LIMIT ?",
        (found["cluster"], found["id"], limit),
    )


def neighbours(conn: sqlite3.Connection, found: Row) -> dict[str, Row | None]:
    """Articles of the same site just before and after this one, by publication."""
    if not found["published"]:
        return {"earlier": None, "later": None}
    here = (found["site"], found["published"], found["id"])
    line = "SELECT key, title, published FROM articles WHERE site = ? AND (published, id)"
    return {
        "earlier": row(conn, f"{line} < (?, ?) ORDER BY published DESC, id DESC", here),
        "later": row(conn, f"{line} > (?, ?) ORDER BY published, id", here),
    }


def issue(conn: sqlite3.Connection, found: Row) -> list[Row]:
    """All articles of the same issue of an e-paper, in page order; empty for articles that state no page."""
    if not (found["page_number"] and found["published"]):
        return []
    return edition(conn, found["site"], found["published"][:10])


def edition(conn: sqlite3.Connection, site: str, day: str) -> list[Row]:
    """The articles of one e-paper issue, by page."""
    return rows(
        conn,
        "SELECT key, title, page_number, page_name FROM articles WHERE site = ? AND published >= ? AND published < ?"
        " AND page_number IS NOT NULL ORDER BY page_number, id",
        (site, day, day + "U"),
    )


def page(conn: sqlite3.Connection, key: str) -> Row | None:
    """Everything the article page shows."""
    found = article(conn, key)
    if found is None:
        return None
    return {
        "article": found, "site": row(conn, "SELECT * FROM sites WHERE name = ?", (found["site"],)),
        "versions": versions(conn, found["id"]), "captures": captures(conn, found["id"]),
        "provenance": provenance(conn, found["id"]), "duplicates": near_duplicates(conn, found),
        "neighbours": neighbours(conn, found), "same_day": same_day(conn, found), "issue": issue(conn, found),
        "names": names(conn), "gone": tombstone(conn, found["id"]),
    }  # fmt: skip


def tombstone(conn: sqlite3.Connection, article_id: int) -> Row | None:
    """When and by which record the page was last proven gone; None for an article that stands."""
    sql = "SELECT * FROM tombstones WHERE article = ? AND proven_at IS NOT NULL AND returned_at IS NULL ORDER BY id DESC"
    return row(conn, sql, (article_id,))


def version(conn: sqlite3.Connection, key: str, number: int) -> Row | None:
    """One version: its texts, and the article it belongs to. None when there is none of that number."""
    found = article(conn, key)
    if found is None:
        return None
    sql = "SELECT * FROM versions WHERE article = ? AND number = ?"
    kept = row(conn, sql, (found["id"], number))
    if kept is None:
        return None
    kept["fields"], kept["original"], kept["counts"] = (unpacked(kept[name]) or {} for name in ("fields", "original", "counts"))
    return {"article": found, "version": kept, "last": found["versions"]}


def by_page(found: list[Row]) -> dict[tuple[str, str], list[Row]]:
    """An issue's articles by (版次, 版名)."""
    pages: dict[tuple[str, str], list[Row]] = {}
    for entry in found:
        pages.setdefault((entry["page_number"], entry["page_name"] or ""), []).append(entry)
    return pages
