"""Regions: the country as a grid of tiles, and one region with the places inside it."""

from __future__ import annotations

import sqlite3

from pipelines.archive.browse.plots import shade
from pipelines.archive.browse.rows import Row, rows
from pipelines.archive.find import find
from pipelines.archive.matching import region_range
from pipelines.archive.query import Query
from pipelines.text.places import Place, gazetteer

# Where each province stands on the grid: column, row, the one-character name on its number plates.
GRID = {
    "230000": (9, 0, "黑"), "150000": (5, 1, "蒙"), "110000": (7, 1, "京"), "220000": (9, 1, "吉"), "650000": (1, 2, "新"),
    "620000": (3, 2, "甘"), "640000": (4, 2, "宁"), "140000": (6, 2, "晋"), "130000": (7, 2, "冀"), "120000": (8, 2, "津"),
    "210000": (9, 2, "辽"), "540000": (1, 3, "藏"), "630000": (3, 3, "青"), "610000": (5, 3, "陕"), "410000": (6, 3, "豫"),
    "370000": (7, 3, "鲁"), "510000": (4, 4, "川"), "500000": (5, 4, "渝"), "420000": (6, 4, "鄂"), "340000": (7, 4, "皖"),
    "320000": (8, 4, "苏"), "530000": (3, 5, "云"), "520000": (4, 5, "贵"), "430000": (5, 5, "湘"), "360000": (6, 5, "赣"),
    "330000": (7, 5, "浙"), "310000": (8, 5, "沪"), "450000": (4, 6, "桂"), "440000": (5, 6, "粤"), "350000": (7, 6, "闽"),
    "710000": (8, 6, "台"), "460000": (4, 7, "琼"), "820000": (5, 7, "澳"), "810000": (6, 7, "港"),
}  # fmt: skip


def tiles(conn: sqlite3.Connection) -> list[Row]:
    """One tile a province: its place on the grid, its articles, its shade."""
    held = {r["province"]: r["articles"] for r in rows(
        conn, "SELECT substr(name, 1, 2) || '0000' AS province, sum(articles) AS articles FROM tallies"
        " WHERE dimension = 'region' GROUP BY 1")}  # fmt: skip
    top = max(held.values(), default=0)
    tiles = []
    for code, (x, y, short) in GRID.items():
        n = held.get(code, 0)
        tiles.append({"code": code, "name": name_of(code), "short": short, "x": x, "y": y, "articles": n, "shade": shade(n, top)})
    return tiles


def name_of(code: str) -> str:
    """A code's name today; the code itself where there is none."""
    place = gazetteer().by_code.get(code)
    return place.name if place else code


def trail(code: str) -> list[tuple[str, str]]:
    """(code, name) of the regions around a code, widest first, itself last."""
    codes = dict.fromkeys([code[:2] + "0000", code[:4] + "00", code])
    return [(c, name_of(c)) for c in codes if c == code or c in gazetteer().by_code]


def region(conn: sqlite3.Connection, code: str, *, limit: int = 40) -> Row | None:
    """One region: the places inside it with their articles, its newest articles, its sites. None for no such code."""
    place = gazetteer().by_code.get(code)
    if place is None:
        return None
    low, high = region_range(code)
    return {
        "place": place, "trail": trail(code), "inside": _inside(conn, place), "articles": _held(conn, low, high),
        "newest": [{**found, "body": found["body"][:120]} for found in find(conn, Query(region=code), limit=limit).rows],
        "sites": rows(conn, "SELECT name, title, region FROM sites WHERE region_code BETWEEN ? AND ? ORDER BY name", (low, high)),
    }  # fmt: skip


def code_of(name: str) -> str | None:
    """The code meant by a region's code or name, where that is clear: the highest in rank."""
    if name in gazetteer().by_code:
        return name
    found = sorted(gazetteer().by_name.get(name, ()), key=lambda place: (place.level, place.code))
    return found[0].code if found else None


def _held(conn: sqlite3.Connection, low: str, high: str) -> int:
    found = rows(
        conn,
        "SELECT coalesce(sum(articles), 0) AS n FROM tallies WHERE dimension = 'region' AND name BETWEEN ? AND ?",
        (low, high),
    )
    return int(found[0]["n"])


def _inside(conn: sqlite3.Connection, place: Place) -> list[Row]:
    """The places one level down with the articles in each, the fullest first."""
    low, high = region_range(place.code)
    sums: dict[str, int] = {}
    level = place.level + 1
    for found in rows(
        conn,
        "SELECT name, sum(articles) AS n FROM tallies WHERE dimension = 'region' AND name BETWEEN ? AND ? GROUP BY name",
        (low, high),
    ):
        code = found["name"][: 2 * level].ljust(6, "0")
        sums[code] = sums.get(code, 0) + found["n"]
    places = [p for p in gazetteer().by_code.values() if p.level == level and p.within(place) and p != place]
    listed = [{"code": p.code, "name": p.name, "articles": sums.get(p.code, 0)} for p in places]
    return sorted(listed, key=lambda entry: (-entry["articles"], entry["code"]))
