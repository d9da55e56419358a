"""A search page: the query as asked, the hits with marked titles and excerpts, the way to further pages."""

from __future__ import annotations

import sqlite3
from urllib.parse import urlencode

from pipelines.archive.browse.rows import Row, rows
from pipelines.archive.find import RANKED, find
from pipelines.archive.highlight import excerpt, mark
from pipelines.archive.query import Query, day_range, narrowed, parse

ASKED = ("q", "site", "source", "region", "since", "until", "order", "page")
SIZE = 20
LAST_PAGE = 1000


def query_of(asked: dict[str, str]) -> Query:
    """The query box and the filters beside it as one query."""
    since, until = (day_range(asked.get(name) or "") for name in ("since", "until"))
    plain = {name: asked.get(name) for name in ("site", "source", "region")}
    return narrowed(parse(asked.get("q") or ""), since=since[0] if since else None, until=until[1] if until else None, **plain)


def results(conn: sqlite3.Connection, asked: dict[str, str]) -> Row:
    """One page of hits for what a reader asked."""
    query = query_of(asked)
    number = min(max(int(asked["page"]), 1), LAST_PAGE) if asked.get("page", "").isdecimal() else 1
    found = find(conn, query, order=asked.get("order") or "rank", limit=SIZE, offset=(number - 1) * SIZE)
    for hit in found.rows:
        hit["marked"] = mark(hit["title"] or "", query.words)
        hit["excerpt"] = excerpt(hit.pop("body"), query.words)
    return {
        "asked": asked, "query": query, "found": found, "capped": query.searches and found.total > RANKED, "number": number,
        "pages": min(-(-found.total // SIZE), LAST_PAGE), "sites": rows(conn, "SELECT name, title FROM sites ORDER BY title"),
        "turn": {n: _address(asked, n) for n in (number - 1, number + 1)}, "first_rank": (number - 1) * SIZE,
    }  # fmt: skip


def _address(asked: dict[str, str], number: int) -> str:
    kept = {name: value for name, value in asked.items() if value and name != "page"}
    return "/search?" + urlencode({**kept, "page": number} if number > 1 else kept)
