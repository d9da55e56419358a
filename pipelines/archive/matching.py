"""A parsed query as SQL: the words in the index, the filters in `articles`, and the two ways in which they meet."""

from __future__ import annotations

from pipelines.archive.query import Query


def matching(query: Query, *, few: bool) -> tuple[str, list[str]]:
    """SELECT of the ids of all hits, and its values.

    Words, lone characters and filters meet in one of two ways. Few hits of the words are looked up one by one, 2 to 10 µs
    each; so are as many of any number of hits as a page needs. Of many hits all are kept aside, 0.2 µs each as they come in
    order, while the index of the filters is walked; the other way round, a million ids out of order take 2 s.
    """
    where, values = filters(query)
    if not query.searches:
        return f"SELECT id FROM articles{' WHERE ' if where else ''}{where}", values
    if few:
        return _looked_up(query)
    sql, asked = kept(query)
    return (f"SELECT id FROM articles WHERE {where} AND +id IN ({sql})", [*values, *asked]) if where else (sql, asked)


def words_of(query: Query) -> tuple[str, list[str]]:
    """The index that is searched, the expression for it, and those for each further lone character."""
    asked = [*([query.match] if query.match else []), *query.chars]
    return "articles_fts" if query.match else "articles_chars", asked


def _looked_up(query: Query) -> tuple[str, list[str]]:
    """Every hit of the words is held against the lone characters and the filters, in the order of the index."""
    table, asked = words_of(query)
    where, values = filters(query)
    joined = f" CROSS JOIN articles ON articles.id = {table}.rowid" if where else ""
    held = f" AND EXISTS (SELECT 1 FROM articles_chars c WHERE c.articles_chars MATCH ? AND c.rowid = {table}.rowid)"
    sql = f"SELECT {table}.rowid AS id FROM {table}{joined} WHERE {table} MATCH ?{held * (len(asked) - 1)}"
    return f"{sql} AND {where}" if where else sql, [*asked, *values]


def kept(query: Query) -> tuple[str, list[str]]:
    """All articles with the words, whatever the filters."""
    table, asked = words_of(query)
    # The plus keeps SQLite from running the search once for every article of the inner list.
    rest = f" AND +{table}.rowid IN (SELECT rowid FROM articles_chars WHERE articles_chars MATCH ?)" * (len(asked) - 1)
    return f"SELECT {table}.rowid AS id FROM {table} WHERE {table} MATCH ?{rest}", asked


def filters(query: Query) -> tuple[str, list[str]]:
    """WHERE conditions on `articles` for everything that is no text search; each is answered from a compound index."""
    parts, values = [], []
    for column, value in (("site", query.site), ("source", query.source)):
        if value:
            parts.append(f"{column} = ?")
            values.append(value)
    if query.region:
        low, high = region_range(query.region)
        parts.append("region_code BETWEEN ? AND ?")
        values += [low, high]
    if query.since:
        parts.append("published >= ?")
        values.append(query.since)
    if query.until:
        parts.append("published < ?")
        values.append(query.until + "U")  # above every time of that day: 2018-09-07T09:41:29+08:00 < 2018-09-07U
    return " AND ".join(parts), values


def region_range(code: str) -> tuple[str, str]:
    """All codes inside a region of GB/T 2260: 130000 → 130000–139999, 130200 → 130200–130299, 130682 itself."""
    stem = code.rstrip("0") if code.endswith("00") else code
    stem = stem + "0" * (len(stem) % 2)
    return stem.ljust(6, "0"), stem.ljust(6, "9") if len(stem) < 6 else code
