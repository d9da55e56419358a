"""Days: what was published on one, a year of them, and what of them a site's crawls have caught."""

from __future__ import annotations

import re
import sqlite3

from pipelines.archive.browse import overview
from pipelines.archive.browse.plots import grid, month, shade
from pipelines.archive.browse.rows import Row, row, rows
from pipelines.archive.find import CARD

ON_A_DAY = 400
"""Most articles listed on a day's page; the rest are reached by site."""


def day(conn: sqlite3.Connection, day: str) -> Row | None:
    """The articles of one day, by site; None for what is no day."""
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", day):
        return None
    found = rows(
        conn,
        f"SELECT {CARD}, a.page_number FROM articles a WHERE a.published >= ? AND a.published < ?"
        " ORDER BY a.site, a.published LIMIT ?",
        (day, day + "U", ON_A_DAY),
    )
    groups: dict[str, list[Row]] = {}
    for entry in found:
        groups.setdefault(entry["site"], []).append(entry)
    return {
        "day": day, "groups": groups, "articles": _of_day(conn, day), "shown": len(found), "names": overview.names(conn),
        "before": _neighbour(conn, day, "<", "DESC"), "after": _neighbour(conn, day, ">", "ASC"),
        "shared": shared_text(conn, day),
    }  # fmt: skip


def _of_day(conn: sqlite3.Connection, day: str) -> int:
    found = row(conn, "SELECT articles FROM tallies WHERE dimension = 'all' AND name = '' AND day = ?", (day,))
    return int(found["articles"]) if found else 0


def _neighbour(conn: sqlite3.Connection, day: str, side: str, way: str) -> str | None:
    found = row(
        conn,
        "SELECT day FROM tallies WHERE dimension = 'all' AND name = '' AND day > '' AND articles > 0"
        f" AND day {side} ? ORDER BY day {way}",
        (day,),
    )
    return found["day"] if found else None


def year(conn: sqlite3.Connection, wanted: str | None) -> Row:
    """A year of days as twelve months; the last year with articles when none is asked for."""
    years = [entry["year"] for entry in rows(
        conn, "SELECT DISTINCT substr(day, 1, 4) AS year FROM tallies WHERE dimension = 'all' AND name = '' AND day > ''"
        " AND articles > 0 ORDER BY 1")]  # fmt: skip
    shown = wanted if wanted and re.fullmatch(r"[12]\d{3}", wanted) else (years[-1] if years else "2026")
    held = {entry["day"]: entry["articles"] for entry in rows(
        conn, "SELECT day, articles FROM tallies WHERE dimension = 'all' AND name = '' AND day BETWEEN ? AND ?",
        (f"{shown}-01-01", f"{shown}-12-31"))}  # fmt: skip
    top = max(held.values(), default=0)
    months = [[[_cell(d, held, top) for d in week] for week in month(int(shown), m)] for m in range(1, 13)]
    return {"year": shown, "years": years, "months": months, "sum": sum(held.values())}


def _cell(day: str | None, held: dict[str, int], top: int) -> Row | None:
    return {"day": day, "articles": held.get(day, 0), "shade": shade(held.get(day, 0), top)} if day else None


def coverage(conn: sqlite3.Connection, site: str, wanted: str | None) -> Row:
    """A month of a site: for each day what was listed, fetched, archived, failed, and what is missing."""
    last = row(conn, "SELECT max(day) AS day FROM coverage WHERE site = ? AND listed + failed > 0", (site,))
    held = row(conn, "SELECT max(day) AS day FROM tallies WHERE dimension = 'site' AND name = ? AND articles > 0", (site,))
    newest = max(filter(None, (entry["day"] for entry in (last, held) if entry)), default="2026-01-01")
    shown = wanted if wanted and re.fullmatch(r"[12]\d{3}-(0[1-9]|1[0-2])", wanted) else newest[:7]
    span = (site, f"{shown}-01", f"{shown}-31")
    days = {entry["day"]: entry for entry in rows(conn, "SELECT * FROM coverage WHERE site = ? AND day BETWEEN ? AND ?", span)}
    sql = "SELECT day, articles FROM tallies WHERE dimension = 'site' AND name = ? AND day BETWEEN ? AND ?"
    published = {entry["day"]: entry["articles"] for entry in rows(conn, sql, span)}
    year_number, month_number = int(shown[:4]), int(shown[5:])
    weeks = [
        [_covered(d, days.get(d), published.get(d, 0)) if d else None for d in week] for week in month(year_number, month_number)
    ]
    return {
        "month": shown, "weeks": weeks,
        "before": f"{year_number - (month_number == 1)}-{(month_number - 2) % 12 + 1:02}",
        "after": f"{year_number + (month_number == 12)}-{month_number % 12 + 1:02}",
    }  # fmt: skip


def _covered(day: str, entry: Row | None, published: int) -> Row:
    """One day's cell. Its state: `whole`, `gaps` (listed but not fetched), `failed`, `held` (articles without a list), `none`."""
    listed, fetched, failed = (entry[name] if entry else 0 for name in ("listed", "fetched", "failed"))
    missing = max(0, listed - fetched)
    state = "failed" if failed else "gaps" if missing else "whole" if listed else "held" if published else "none"
    return {
        "day": day,
        "published": published,
        "listed": listed,
        "fetched": fetched,
        "failed": failed,
        "missing": missing,
        "state": state,
    }


def shared_text(conn: sqlite3.Connection, day: str, *, limit: int = 40) -> list[Row]:
    """Texts that several outlets ran on one day: for each, its outlets and one of its articles."""
    return rows(
        conn,
        "SELECT cluster, count(*) AS articles, count(DISTINCT site) AS outlets, min(key) AS key, max(title) AS title,"
        " group_concat(DISTINCT site) AS sites FROM articles WHERE published >= ? AND published < ? AND cluster IS NOT NULL"
        " GROUP BY cluster HAVING outlets > 1 ORDER BY outlets DESC, articles DESC LIMIT ?",
        (day, day + "U", limit),
    )


def by_site_and_day(conn: sqlite3.Connection, *, days: int = 31, sites: int = 30) -> Row:
    """Articles of the fullest sites on each of the last days, as a grid."""
    across = [entry for entry, _ in overview.per_day(conn, days=days)]
    if not across:
        return grid({}, [], [])
    sql = "SELECT name, day, articles FROM tallies WHERE dimension = 'site' AND name = ? AND day BETWEEN ? AND ? AND articles > 0"
    known = [entry["name"] for entry in overview.sites(conn)]
    found = [entry for name in known for entry in rows(conn, sql, (name, across[0], across[-1]))]
    values = {(entry["name"], entry["day"]): entry["articles"] for entry in found}
    sums: dict[str, int] = {}
    for (name, _), n in values.items():
        sums[name] = sums.get(name, 0) + n
    return grid(values, sorted(sums, key=lambda name: -sums[name])[:sites], across)
