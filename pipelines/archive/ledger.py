"""Settling one page: its outcome, its URL's state, what it linked to and what it held, inside the writer's transaction."""

from __future__ import annotations

from datetime import datetime
from sqlite3 import Row

from sqlite_utils.db import Database

from crawler.items import LISTING, Article, Kind, Outcome, Page, public_key
from pipelines.archive import articles, furniture, gone, links, mirrors
from pipelines.archive.articles import as_json
from pipelines.archive.captures import Evidence, insert_captures, main_record
from pipelines.archive.frontier import priority
from pipelines.archive.revisit import next_due

_READ = frozenset({Outcome.ARCHIVED, Outcome.CHANGED, Outcome.UNCHANGED, Outcome.DUPLICATE})
_STATES = {
    Outcome.FAILED: "failed", Outcome.BLOCKED: "failed", Outcome.UNREADABLE: "failed", Outcome.DISALLOWED: "refused",
    Outcome.OFFSITE: "refused",
}  # fmt: skip
_FETCHED = frozenset(Outcome) - {Outcome.DISALLOWED, Outcome.OFFSITE}


def settle(db: Database, run: int, page: Page, evidence: Evidence, at: str, gone_after_days: int) -> Outcome:
    """Write everything that one page means; returns its outcome as the archive sees it."""
    url = _url_row(db, run, page, at)
    site, seen = url["site"], page.captured_at or at
    insert_captures(db, run, url["id"], evidence)
    if twins := mirrors.known(db, site):
        mirrors.fold_page(page, twins)
    fresh = links.insert(db, run, page, url, at)
    outcome, article = _outcome(db, page, url, site, seen, main_record(evidence))
    if outcome is Outcome.ARCHIVED:
        furniture.count(db, site, page.furniture, seen)
        if page.article is not None and (refused := mirrors.compare(db, site, page.article, seen)):
            page.refused[mirrors.REASON] = page.refused.get(mirrors.REASON, 0) + refused
    proven = gone.note(db, url, outcome, article, page, main_record(evidence), seen, gone_after_days)
    _settle_url(db, run, page, url, outcome, article, fresh, at, seen, proven)
    if mirrors.split(url["url"])[0] in twins:  # leased before it was known
        db.conn.execute("UPDATE urls SET next_due = NULL WHERE id = ?", (url["id"],))
    reason = page.reason or (("proven" if proven else "seen once") if outcome is Outcome.GONE else None)
    db.conn.execute(
        "INSERT INTO outcomes(run, url_id, site, outcome, reason, kind, status, charset, replaced, links, fresh, refused, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(run, url_id) DO UPDATE SET outcome = excluded.outcome,"
        " reason = excluded.reason, kind = excluded.kind, status = excluded.status, links = excluded.links, at = excluded.at",
        (run, url["id"], site, outcome, reason, page.kind, page.status, page.charset, page.replaced, len(page.links), fresh,
         as_json(page.refused) if page.refused else None, at),
    )  # fmt: skip
    _cover(db, site, at[:10], outcome, fresh if page.kind in LISTING else 0)
    return outcome


def _url_row(db: Database, run: int, page: Page, at: str) -> Row:
    """The ledger's row of the page, made now for a page that nobody leased (ingest)."""
    if page.lease is not None:
        known: Row | None = db.conn.execute("SELECT * FROM urls WHERE id = ?", (page.lease.id,)).fetchone()
        if known is not None:
            return known
    key = public_key(page.url)
    db.conn.execute(
        "INSERT INTO urls(key, url, site, kind, state, priority, discovered_at, rule) VALUES (?, ?, ?, ?, 'done', ?, ?, 'ingest')"
        " ON CONFLICT(key) DO NOTHING",
        (key, page.url, page.site or "imported", page.kind, priority(page.kind), at),
    )
    row: Row = db.conn.execute("SELECT * FROM urls WHERE key = ?", (key,)).fetchone()
    return row


def _outcome(db: Database, page: Page, url: Row, site: str, seen: str, record: str | None) -> tuple[Outcome, int | None]:
    """Reading's word, refined by what the archive knows; with the row id of the article concerned, if any."""
    if page.article is not None and page.outcome in _READ:
        own = url["key"] == public_key(page.article.url)
        if url["last_outcome"] == Outcome.PART and own:
            return Outcome.PART, url["article"]  # leased before the article that it belongs to was read
        _note_addresses(db, page, page.article, site, seen, own=own)
        alias = not own and not _carries(db, url, page.article)
        article, outcome = articles.keep(db, page.article, site=site, seen=seen, capture=record, via_alias=alias)
        if not own or page.article.parts:  # the page's own row learns it when it is settled
            db.conn.execute(
                "UPDATE urls SET article = ? WHERE key IN (SELECT value FROM json_each(?))",
                (article, as_json([public_key(address) for address in (page.article.url, *page.article.parts)])),
            )
        if alias:
            outcome = Outcome.DUPLICATE
        elif own and outcome is Outcome.UNCHANGED and url["changed_at"] is None:
            outcome = Outcome.ARCHIVED  # an alias brought the text in; this is the first reading at its own address
        return outcome, article
    if page.outcome is Outcome.UNCHANGED and url["article"] is not None:
        articles.still_stands(db, url["article"], seen, record)
    return page.outcome, url["article"]


def _is_pager(url: Row) -> bool:
    """Further pages of a list are visited when the page before them brings news, not by a schedule."""
    return str(url["rule"]).startswith("pager")


def _carries(db: Database, url: Row, article: Article) -> bool:
    """Whether this alias may change the article: it may if it was the first to lead there, and the article's own address
    was never read and does not wait to be."""
    key = public_key(article.url)
    own = db.conn.execute("SELECT changed_at, state FROM urls WHERE key = ?", (key,)).fetchone()
    if own is not None and (own["changed_at"] or own["state"] in ("queued", "leased")):
        return False
    first = db.conn.execute(
        "SELECT min(id) FROM urls WHERE fetches > 0 AND article = (SELECT id FROM articles WHERE key = ?)", (key,)
    ).fetchone()[0]
    return first in (None, url["id"])


def _note_addresses(db: Database, page: Page, article: Article, site: str, seen: str, *, own: bool) -> None:
    """Further pages need no fetch of their own; the article's own address does, if another one led here: what stands there
    is the better evidence, and every other address of it ends as a duplicate."""
    insert = (
        "INSERT INTO urls(key, url, site, kind, state, discovered_at, rule, last_outcome, priority)"
        " VALUES (?, ?, ?, 'article', ?, ?, ?, ?, ?) ON CONFLICT(key) DO "
    )
    rank = priority(Kind.ARTICLE)
    if not own:
        state = "queued" if page.lease is not None else "done"
        values = (public_key(article.url), article.url, site, state, seen, "canonical", None, rank)
        db.conn.execute(insert + "NOTHING", values)
    for part in article.parts:
        db.conn.execute(
            insert + "UPDATE SET last_outcome = 'part', state = iif(state = 'leased', state, 'done')",
            (public_key(part), part, site, "done", seen, "part", Outcome.PART, rank),
        )


def _settle_url(
    db: Database,
    run: int,
    page: Page,
    url: Row,
    outcome: Outcome,
    article: int | None,
    fresh: int,
    at: str,
    seen: str,
    proven: bool,
) -> None:
    news = outcome in (Outcome.ARCHIVED, Outcome.CHANGED) or bool(fresh)
    attempts = url["attempts"] + 1 if _STATES.get(outcome) == "failed" else 0
    quiet = 0 if news else url["quiet"] + 1
    kind = page.kind if outcome in _READ or outcome is Outcome.LISTED else Kind(url["kind"])
    changed = seen if news else url["changed_at"]
    answered = outcome in _READ or outcome is Outcome.LISTED
    scheduled = page.lease is not None and not _is_pager(url)
    due = None if not scheduled else next_due(
        outcome, kind, now=datetime.fromisoformat(at), changed_at=changed, attempts=attempts, quiet=quiet, proven=proven,
        known=article is not None,
    )  # fmt: skip
    values = {
        "state": "gone" if proven else _STATES.get(outcome, "done"), "kind": kind, "priority": priority(kind),
        "next_due": due, "run": run, "leased_at": None, "attempts": attempts, "quiet": quiet,
        "fetches": url["fetches"] + (outcome in _FETCHED), "last_fetched": at, "last_outcome": outcome,
        "last_error": None if answered else page.reason, "changed_at": changed,
    }  # fmt: skip
    learnt = {"article": article, "date": page.article.published if page.article else None}
    if answered:
        learnt |= {"etag": page.etag, "last_modified": page.last_modified}
    values |= {name: value for name, value in learnt.items() if value is not None and (name != "date" or not url["date"])}
    db.conn.execute(f"UPDATE urls SET {', '.join(f'{name} = ?' for name in values)} WHERE id = ?", (*values.values(), url["id"]))


def _cover(db: Database, site: str, day: str, outcome: Outcome, listed: int) -> None:
    counts = (
        listed, outcome in _FETCHED, outcome in (Outcome.ARCHIVED, Outcome.CHANGED), _STATES.get(outcome) == "failed",
    )  # fmt: skip
    db.conn.execute(
        "INSERT INTO coverage VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET listed = listed + excluded.listed,"
        " fetched = fetched + excluded.fetched, archived = archived + excluded.archived, failed = failed + excluded.failed",
        (site, day, *map(int, counts)),
    )
