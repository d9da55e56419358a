"""A search page: the query as asked, the hits with marked titles and excerpts, ways to narrow it, the way to further pages."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from urllib.parse import urlencode

from pipelines.archive.browse.places import code_of, name_of
from pipelines.archive.browse.rows import Row, rows
from pipelines.archive.find import RANKED, find, is_few
from pipelines.archive.highlight import excerpt, mark
from pipelines.archive.matching import matching
from pipelines.archive.query import Query, day_range, narrowed, parse

ASKED = ("q", "site", "source", "region", "since", "until", "order", "page")
SIZE = 20
LAST_PAGE = 1000
NARROWED = 3000
"""Most hits that are spread over sites and years; each costs a look at its row."""
OFFERED = ("csv", "jsonl", "parquet", "bib", "ris", "wacz")


def query_of(asked: dict[str, str]) -> Query:
    """The query box and the filters beside it as one query; a region may be given by name."""
    problems = []
    spans = {name: day_range(asked.get(name) or "") for name in ("since", "until")}
    problems += [f"“{asked[n]}”不是日期，请写成 2018-09-07。" for n, span in spans.items() if asked.get(n) and not span]
    since, until = spans["since"], spans["until"]
    plain = {name: asked.get(name) for name in ("site", "source", "region")}
    query = narrowed(parse(asked.get("q") or ""), since=since[0] if since else None, until=until[1] if until else None, **plain)
    if query.region and not (code := code_of(query.region)):
        problems.append(f"没有名为“{query.region}”的地区，已略去。")
        query = replace(query, region=None)
    elif query.region:
        query = replace(query, region=code)
    return replace(query, problems=(*query.problems, *problems))


def query_of_connection(conn: sqlite3.Connection, asked: dict[str, str]) -> Query:
    """The same; a site may be given by its title."""
    query = query_of(asked)
    if query.site:
        found = rows(conn, "SELECT name FROM sites WHERE name = ? OR title = ? LIMIT 1", (query.site, query.site))
        query = replace(query, site=found[0]["name"] if found else query.site)
    return query


def results(conn: sqlite3.Connection, asked: dict[str, str]) -> Row:
    """One page of hits for what a reader asked."""
    query = query_of_connection(conn, asked)
    wanted = asked.get("page", "")
    number = min(max(int(wanted), 1), LAST_PAGE) if wanted.isdecimal() and len(wanted) < 6 else 1
    found = find(conn, query, order=asked.get("order") or "rank", limit=SIZE, offset=(number - 1) * SIZE)
    for hit in found.rows:
        hit["marked"] = mark(hit["title"] or "", query.words)
        hit["excerpt"] = excerpt(hit.pop("body"), query.words)
    sites = rows(conn, "SELECT name, title FROM sites ORDER BY title")
    return {
        "asked": asked, "query": query, "found": found, "capped": query.searches and found.total > RANKED, "number": number,
        "pages": min(-(-found.total // SIZE), LAST_PAGE), "sites": sites, "names": {s["name"]: s["title"] for s in sites},
        "turn": {n: address(asked, page=n) for n in (number - 1, number + 1)},
        "narrow": narrowing(conn, query, asked) if 1 < found.total <= NARROWED else None,
        "exports": {ending: address(asked, path=f"/export.{ending}") for ending in OFFERED},
        "region_name": name_of(query.region) if query.region else "",
    }  # fmt: skip


def narrowing(conn: sqlite3.Connection, query: Query, asked: dict[str, str]) -> dict[str, list[Row]]:
    """How the hits spread over sites and years, each with the address that narrows to it."""
    sql, values = matching(query, few=is_few(conn, query))
    by_site = rows(
        conn, f"SELECT site AS value, count(*) AS n FROM articles WHERE id IN ({sql}) GROUP BY 1 ORDER BY n DESC LIMIT 12", values
    )
    by_year = rows(
        conn,
        f"SELECT substr(published, 1, 4) AS value, count(*) AS n FROM articles WHERE id IN ({sql}) AND published IS NOT NULL"
        " GROUP BY 1 ORDER BY 1 DESC LIMIT 12",
        values,
    )
    for entry in by_site:
        entry["address"] = address({**asked, "site": entry["value"]})
    for entry in by_year:
        entry["address"] = address({**asked, "since": entry["value"], "until": entry["value"]})
    return {"site": by_site, "year": by_year}


def address(asked: dict[str, str], *, path: str = "/search", page: int = 1) -> str:
    """A search address with these words."""
    kept = {name: value for name, value in asked.items() if value and name != "page"}
    return f"{path}?" + urlencode({**kept, "page": page} if page > 1 else kept)
