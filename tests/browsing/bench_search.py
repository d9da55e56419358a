"""`make bench-search`: search and pages over a generated archive of a million articles, against a LIKE scan of the same file.

The file is built once, in batches, and goes on where it stopped; it is ignored by git. The table goes to docs/search.md.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from itertools import accumulate, islice
from pathlib import Path

from crawler.items import public_key
from pipelines.archive import find as finding
from pipelines.archive import open_archive, sites
from pipelines.archive.browse.rows import Row
from pipelines.archive.highlight import excerpt, mark
from pipelines.archive.query import Query, parse
from pipelines.archive.search import zh_bigrams, zh_chars
from pipelines.text.places import gazetteer
from tests.browsing.conftest import ROOT, Room, configured, serve

BATCH = 2000
WORKERS = 2
BYTES, RATE = 5_500, 900
"""Measured: bytes on disk an article with its indexes, articles a second while building on two cores."""
COMMON = """
    经济 发展 工作 建设 我们 记者 全市 项目 企业 服务 群众 管理 推进 生活 社会 活动
    干部 会议 改革 农村 教育 学校 医院 交通 环境 安全 文化 市场 生产 技术 创新 就业
    收入 产业 投资 政府 部门 组织 问题 提高 加强 坚持 要求 实施 开展 完成 重点 目前
    今年 去年
""".split()  # noqa: SIM905
SURNAMES, GIVEN = (
    "王李张刘陈杨赵黄周吴徐孙马朱胡林郭何高罗",
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英浩然宇轩子涵雨晨思远嘉怡",
)
PAGES = """
    /search?q=滨海新区 /search?q=经济 /search?q=年 /search?q=年+经济 /search?q=经济发展 /search?q=经济+site:bench_7
    /search?q=经济+日期:2018 /search?q=经济+自:2010 /search?q=经济+自:2018 /search?q=王浩+自:2010 /search?q=经济+地区:河北省
    /search?q=唐山+OR+天津+NOT+发展 /search?q=经济+OR+发展+OR+记者 /search?region=130200&order=newest
    /search?region=130000&order=newest /search /search?q=tangshan /search?q=wh /search?q=滨海新区&order=newest
    /search?q=滨海新区&page=900 /day /day/2018-09-07 /sites /site/bench_7 /regions /region/130000 /plots /health /archive
    /archive/articles /archive/articles?_search=王浩 /archive/articles?_search=滨海新区 /archive/articles?_search=年
    /archive/articles?_search=经济+站点:bench_7 /archive/articles?site=bench_7&_sort_desc=published
    /archive/articles?source=第7号日报 /export.csv?q=滨海新区 /export.csv?site=bench_7&q=经济
""".split()  # noqa: SIM905
HEAVY = ("经济", "发展", "记者", "全市", "项目")


@cache
def words() -> tuple[list[str], list[float]]:
    """A vocabulary and its Zipf weights, summed up: common words first, then places and people."""
    dice = random.Random(1)
    people = [dice.choice(SURNAMES) + "".join(dice.choices(GIVEN, k=dice.choice((1, 2)))) for _ in range(20_000)]
    places = gazetteer().by_name
    by_code = sorted(places, key=lambda name: (min(place.code for place in places[name]), name))
    listed = [*COMMON, *by_code, *dict.fromkeys(people)]
    return listed, list(accumulate(1 / (rank + 8) for rank in range(len(listed))))


def build(path: Path, articles: int, chars: int) -> None:
    """Grow the file to `articles` rows through the archive's own triggers."""
    there = 0
    if path.exists():
        db = open_archive(path)  # brings an older file to the present schema
        there = db.conn.execute("SELECT coalesce(max(id), 0) FROM articles").fetchone()[0]
        db.close()
    missing = max(0, articles - there)
    cost = f"about {missing * BYTES / 1e9:.1f} GB, {missing / RATE / 60:.0f} min"
    print(f"{path}: {there:,} articles there, {missing:,} to build: {cost}", flush=True)
    if not missing:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(path.parent).free < missing * BYTES * 1.3:
        raise SystemExit(f"not enough room in {path.parent}; free some or pass a smaller --articles")
    db = open_archive(path)
    db.conn.execute("PRAGMA synchronous = OFF")  # the file can be built again
    db.conn.execute("PRAGMA cache_size = -262144")
    names = [f"bench_{number}" for number in range(60)]
    codes = [f"13{number % 11 + 1:02}00" for number in range(60)]
    listed = [{"name": name, "title": f"{name} 新闻网", "region_code": code} for name, code in zip(names, codes, strict=True)]
    sites.register(db, listed)
    ready: dict[str, str] = {}  # what the triggers ask for, made in other processes: half of the building time
    db.conn.create_function("zh_bigrams", 1, lambda text: ready.get(text) or zh_bigrams(text))
    db.conn.create_function("zh_chars", 1, lambda text: ready.get(f" {text}") or zh_chars(text))
    started = time.monotonic()
    starts = range(there + 1, articles + 1, BATCH)
    with ProcessPoolExecutor(WORKERS) as workers:
        tasks = (partial(batch, first, min(first + BATCH, articles + 1), chars, names) for first in starts)
        begun = deque(workers.submit(task) for task in islice(tasks, WORKERS + 1))  # ahead, but not by gigabytes
        for first in starts:
            rows, tokens = begun.popleft().result()
            begun.extend(workers.submit(task) for task in islice(tasks, 1))
            ready.update(tokens)
            db.conn.execute("BEGIN IMMEDIATE")
            db.conn.executemany(
                "INSERT INTO articles(id, key, url, site, title, body, blocks, counts, published, source, reporters, region_code,"
                " region, script, chars, digest, first_seen, last_seen)"
                " VALUES (?, ?, ?, ?, ?, ?, '[]', '{}', ?, ?, ?, ?, ?, 'hans', ?, ?, ?, ?)",
                rows,
            )
            db.conn.execute("COMMIT")
            ready.clear()
            done = first + len(rows) - 1 - there
            print(f"\r{done:,} of {missing:,}, {done / (time.monotonic() - started):,.0f} a second", end="", flush=True)
    print()
    db.conn.execute("ANALYZE")
    db.close()


def batch(first: int, end: int, chars: int, names: list[str]) -> tuple[list[tuple[object, ...]], dict[str, str]]:
    """Articles `first` to `end` and the index tokens of their texts; those of single characters under a leading blank."""
    rows = [row(number, chars, *words(), names) for number in range(first, end)]
    tokens: dict[str, str] = {}
    for given in rows:
        title, body, reporters = str(given[4]), str(given[5]), str(given[8])
        joined = f"{body} {title}  {reporters} "  # as the trigger joins the columns: kicker and keywords are empty
        tokens |= {body: zh_bigrams(body), title: zh_bigrams(title), f" {joined}": zh_chars(joined)}
    return rows, tokens


def row(number: int, chars: int, vocabulary: list[str], weights: list[float], names: list[str]) -> tuple[object, ...]:
    """One article; the same number always gives the same."""
    dice = random.Random(number)
    chosen = dice.choices(vocabulary, cum_weights=weights, k=dice.randint(chars // 6, chars // 2))
    body = "".join(word + (dice.choice("，，。\n") if dice.random() < 0.22 else "") for word in chosen)
    url, day = f"http://127.0.0.1/bench/{number}", f"{dice.randint(2010, 2025)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
    region = f"13{dice.randint(1, 11):02}00"
    seen = f"2026-01-01T00:00:{number % 60:02}.000+08:00"
    reporter = f'["{dice.choice(SURNAMES)}{dice.choice(GIVEN)}"]'
    source = f"第{dice.randrange(200)}号日报"
    place = gazetteer().by_code[region].name if region in gazetteer().by_code else None
    return (number, public_key(url), url, dice.choice(names), "".join(chosen[:9]), body, day, source, reporter, region, place,
            len(body), f"{number:064x}", seen, seen)  # fmt: skip


def clocked(work: Callable[[], object], times: int = 3) -> float:
    """Best of several runs, in milliseconds."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best * 1000


def top_20(conn: sqlite3.Connection, query: Query) -> None:
    """The first page without the exact count: ids in order, rows, marked titles and excerpts."""
    words = finding.held(conn, query)
    order = finding.usable_order(query, "rank", words)
    first = finding.ids(conn, query, order=order, limit=20, total=words, few=words <= finding.RANKED)
    show(finding.cards(conn, first), query)


def whole_page(conn: sqlite3.Connection, query: Query) -> None:
    """What the search page asks for: the same with the exact count."""
    show(finding.find(conn, query).rows, query)


def show(rows: list[Row], query: Query) -> None:
    for found in rows:
        mark(found["title"], query.words)
        excerpt(found["body"], query.words)


def like(conn: sqlite3.Connection, text: str) -> None:
    columns = " OR ".join(f"{name} LIKE :q" for name in ("body", "title", "kicker", "reporters", "keywords"))
    conn.execute(f"SELECT id FROM articles WHERE {columns}", {"q": f"%{text}%"}).fetchall()


def compare(path: Path) -> list[str]:
    """Table lines: each query's top 20 and exact count against a LIKE scan."""
    db = open_archive(path, read_only=True)
    rare = [*random.Random(7).sample(words()[0][4000:], 8), "滨海新区", "唐山", "石家庄", "经济发展", "年", "唐"]
    scan = statistics.median(clocked(lambda word=word: like(db.conn, word), 1) for word in (*rare[:2], HEAVY[0]))
    lines = ["| query | hits | top 20 ms | with exact count ms | LIKE ms | ratio | with count |", "|---|---|---|---|---|---|---|"]
    ratios: dict[str, tuple[float, float]] = {}
    for text in (*rare, *HEAVY):
        query = parse(text)
        first = clocked(lambda query=query: top_20(db.conn, query), 5)
        page = clocked(lambda query=query: whole_page(db.conn, query), 5)
        ratios[text] = scan / first, scan / page
        hits = finding.count(db.conn, query)
        lines.append(f"| {text} | {hits:,} | {first:.1f} | {page:.1f} | {scan:,.0f} | {scan / first:,.0f} | {scan / page:,.0f} |")
    db.close()
    for name, at in (("Top 20 with excerpts", 0), ("with the exact count, as the page shows it", 1)):
        median, least = statistics.median(ratios[t][at] for t in rare), min(ratios[t][at] for t in HEAVY)
        lines += ["", f"{name}: median ratio {median:,.0f} (goal 500), heaviest words at least {least:,.0f} (goal 100)."]
    return lines


def pages(path: Path) -> list[str]:
    """Table lines: every kind of page through Datasette, first request."""
    db = open_archive(path, read_only=True)
    key = db.conn.execute("SELECT key FROM articles ORDER BY id DESC LIMIT 1").fetchone()[0]
    db.close()
    lines = ["| page | status | ms |", "|---|---|---|"]
    with tempfile.TemporaryDirectory() as folder:
        data = configured(Path(folder) / "data")
        (data / "archive.db").symlink_to(path.resolve())
        for room in serve(data):
            lines += [f"| `{address}` | {timed(room, address)} |" for address in ("/", f"/article/{key}", *PAGES)]
    return lines


def timed(room: Room, address: str) -> str:
    """Status, milliseconds, and whether a facet was dropped for want of time."""
    start = time.perf_counter()
    answer = room.get(address)
    spent = (time.perf_counter() - start) * 1000
    dropped = " facet dropped" if "facets-timed-out" in answer.body.decode("utf-8", "replace") else ""
    return f"{answer.status}{dropped} | {spent:,.0f}"


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--articles", type=int, default=1_000_000)
    reader.add_argument("--chars", type=int, default=600, help="about the greatest length of a body")
    reader.add_argument("--file", type=Path, default=ROOT / "data/bench/search.db")
    reader.add_argument("--out", type=Path, default=ROOT / "docs/search.md")
    given = reader.parse_args()
    build(given.file, given.articles, given.chars)
    db = open_archive(given.file, read_only=True)
    mean = db.conn.execute("SELECT avg(chars) FROM (SELECT chars FROM articles LIMIT 5000)").fetchone()[0]
    total = db.conn.execute("SELECT max(id) FROM articles").fetchone()[0]
    db.close()
    size = given.file.stat().st_size
    head = f"{total:,} articles of {mean:,.0f} characters on average, {size / 1e9:.1f} GB, {size / total:,.0f} bytes each."
    intro = "Written by `make bench-search`; times are of the machine it ran on, the ratios carry over."
    order = (
        "Up to 20,000 hits are ranked: articles with the words in title, kicker, reporters or keywords, then the rest, by bm25 in"
        " each; above that the latest archived come first. Every count is exact."
    )
    second = "Pages through Datasette, first request (limits: SQL 3,000 ms, facets 1,000 ms; goal: half of them):"
    parts = ["# Search at size", "", intro, "", head, order, "", *compare(given.file), "", second, "", *pages(given.file), ""]
    given.out.write_text("\n".join(parts), encoding="utf-8")
    print("\n".join(parts))


if __name__ == "__main__":
    main()
