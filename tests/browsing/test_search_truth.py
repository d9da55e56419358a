"""Search against plain substring truth: nothing missed, nothing wrong, exact counts, on generated Chinese text."""

from __future__ import annotations

import random
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.archive import find as finding
from pipelines.archive import open_archive, writing
from pipelines.archive.find import RANKED, count, find, is_few
from pipelines.archive.query import parse
from tests.browsing.library import add_article

WORDS = """
    滨海新区 唐山 唐山港 天津 王浩 王浩然 林伟 改革 开放 改革开放 经济 经济发展 乾安县 乾隆
    著名 记者 年 月 日 的 了 在 渔港 港口 航运 乡村 建设 美丽乡村
    会议 市委 市人大 石家庄 定州市 里程 台湾 后来 幸福 强调 干部 群众 一 二
    三 教育 学校 老师 学生 春天 河北 省 冬 夏 垚
""".split()  # noqa: SIM905
LATIN = ("5G", "G20", "2018", "12018", "15G", "A股", "3.5%", "APEC", "iPhone")
MARKS = "，。、；：“”《》！？\n"
SITES = ("hebei_yanzhao", "tianjin_jinbao", "hebei_tangshan_daily")


def sentence(dice: random.Random) -> str:
    pieces = [dice.choice(WORDS) if dice.random() < 0.86 else dice.choice(LATIN) for _ in range(dice.randint(3, 12))]
    return "".join(piece + (dice.choice(MARKS) if dice.random() < 0.2 else "") for piece in pieces)


Doc = dict[str, str]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[sqlite3.Connection, dict[int, Doc]]]:
    """400 generated articles and what is in them."""
    dice, docs = random.Random(20260501), {}
    db = open_archive(tmp_path_factory.mktemp("truth") / "archive.db")
    with writing(db):
        for number in range(400):
            doc = {
                "title": sentence(dice),
                "body": "\n".join(sentence(dice) for _ in range(dice.randint(1, 6))),
                "site": dice.choice(SITES),
                "published": f"2018-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}",
            }
            docs[add_article(db, f"http://127.0.0.1/{number}", **doc)] = doc
    yield db.conn, docs
    db.close()


def found(conn: sqlite3.Connection, query: str) -> set[int]:
    asked = parse(query)
    hits = find(conn, asked, limit=1000)
    assert hits.total == count(conn, asked) == len(hits.rows)
    return {row["id"] for row in hits.rows}


def holding(docs: dict[int, Doc], *words: str) -> set[int]:
    return {n for n, doc in docs.items() if all(w in doc["title"] or w in doc["body"] for w in words)}


@pytest.mark.parametrize("length", range(1, 11))
def test_han_queries_of_every_length(shelf: tuple[sqlite3.Connection, dict[int, Doc]], length: int) -> None:
    conn, docs = shelf
    dice = random.Random(length)
    runs = [
        run
        for doc in docs.values()
        for run in re.findall(r"[\u4e00-\u9fff]+", doc["title"] + "\n" + doc["body"])
        if len(run) >= length
    ]
    queries = {run[(at := dice.randrange(len(run) - length + 1)) : at + length] for run in dice.choices(runs, k=60)}
    assert len(queries) > 15
    for query in queries:
        assert found(conn, query) == holding(docs, query), query


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3))
def test_generated_conjunctions(shelf: tuple[sqlite3.Connection, dict[int, Doc]], words: list[str]) -> None:
    conn, docs = shelf
    assert found(conn, " ".join(words)) == holding(docs, *words)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(WORDS), st.sampled_from(WORDS), st.sampled_from(WORDS))
def test_or_not_and_brackets(shelf: tuple[sqlite3.Connection, dict[int, Doc]], a: str, b: str, c: str) -> None:
    conn, docs = shelf
    assert found(conn, f"({a} OR {b}) NOT {c}") == (holding(docs, a) | holding(docs, b)) - holding(docs, c)
    assert found(conn, f"{a} AND ({b} OR {c})") == holding(docs, a) & (holding(docs, b) | holding(docs, c))
    assert found(conn, f"“{a}” -{b}") == holding(docs, a) - holding(docs, b)


@pytest.mark.parametrize("query", ["2018", "5G", "G20", "A股", "2018年", "12018", "APEC", "王浩5G", "3.5%", "年2018"])
def test_mixed_queries_meet_whole_words(shelf: tuple[sqlite3.Connection, dict[int, Doc]], query: str) -> None:
    """2018 is not in 12018; marks inside a number part it."""
    conn, docs = shelf
    parts = [re.escape(part) for part in re.findall(r"[\u4e00-\u9fff]+|[0-9A-Za-z]+", query)]
    whole = r"(?<![0-9A-Za-z])" if re.match(r"[0-9A-Za-z]", query) else ""
    end = r"(?![0-9A-Za-z])" if re.search(r"[0-9A-Za-z]%?$", query) else ""
    pattern = re.compile(whole + r"[^\u4e00-\u9fff0-9A-Za-z]*".join(parts) + end, re.IGNORECASE)
    truth = {n for n, doc in docs.items() if pattern.search(doc["title"]) or pattern.search(doc["body"])}
    assert truth
    assert found(conn, query) == truth


def test_fields_sites_and_dates(shelf: tuple[sqlite3.Connection, dict[int, Doc]]) -> None:
    conn, docs = shelf
    assert found(conn, "标题:唐山") == {n for n, doc in docs.items() if "唐山" in doc["title"]}
    assert found(conn, "body:年 站点:tianjin_jinbao") == {
        n for n, doc in docs.items() if "年" in doc["body"] and doc["site"] == "tianjin_jinbao"
    }
    spring = {n for n in holding(docs, "改革") if "2018-03" <= docs[n]["published"][:7] <= "2018-05"}
    assert found(conn, "改革 日期:2018-03..2018-05") == spring
    assert found(conn, "改革 自:2018年3月 至:2018-05-31") == spring
    assert found(conn, "日期:2018-03") == {n for n, doc in docs.items() if doc["published"].startswith("2018-03")}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("濱海新區", "滨海新区"), ("經濟發展", "经济发展"), ("會(huì)議(yì)", "会议"), ("後來", "后来"), ("臺灣", "台湾")],
)
def test_traditional_and_noisy_queries(shelf: tuple[sqlite3.Connection, dict[int, Doc]], typed: str, meant: str) -> None:
    conn, docs = shelf
    assert found(conn, typed) == holding(docs, meant) != set()


@pytest.mark.parametrize("query", ["乾安县", "乾隆", "著名", "里程", "乾", "著", "里", "垚"])
def test_simplified_queries_are_left_alone(shelf: tuple[sqlite3.Connection, dict[int, Doc]], query: str) -> None:
    conn, docs = shelf
    assert found(conn, query) == holding(docs, query) != set()


def test_orders_and_the_cap(shelf: tuple[sqlite3.Connection, dict[int, Doc]], monkeypatch: pytest.MonkeyPatch) -> None:
    conn, docs = shelf
    query = parse("年")
    days = [row["published"] for row in find(conn, query, order="newest", limit=50).rows]
    assert days == sorted(days, reverse=True)
    assert RANKED == 20_000
    walked = [row["id"] for row in find(conn, query, order="newest", limit=50).rows]
    monkeypatch.setattr(finding, "LOOKED_UP", 0)
    assert [row["id"] for row in find(conn, query, order="newest", limit=50).rows] == walked
    monkeypatch.setattr(finding, "RANKED", 3)
    assert find(conn, parse("唐山 日期:2018-03-01..2018-03-20"), limit=50).order in ("newest", "archived")
    capped = find(conn, parse("唐山"), limit=50)
    assert capped.order == "archived" and capped.total == len(holding(docs, "唐山"))
    numbers = [row["id"] for row in capped.rows]
    assert numbers == sorted(numbers, reverse=True)


@pytest.mark.parametrize("text", ["唐山", "改革 开放", "经济 NOT 发展", "唐山 站点:tianjin_jinbao", "正文:港口", "标题:港口"])
def test_ranking_puts_headlines_first_and_pages_tile(shelf: tuple[sqlite3.Connection, dict[int, Doc]], text: str) -> None:
    conn, docs = shelf
    query = parse(text)
    whole = [row["id"] for row in find(conn, query, limit=1000).rows]
    assert len(set(whole)) == len(whole) == count(conn, query) > 8
    pages = [row["id"] for at in range(0, len(whole), 7) for row in find(conn, query, limit=7, offset=at).rows]
    assert pages == whole
    heads = [all(word in docs[number]["title"] for word in query.words) for number in whole]
    if "正文" not in text:
        assert heads == sorted(heads, reverse=True)


NARROWED = (
    "唐山 站点:tianjin_jinbao", "唐山 日期:2018-03", "年 日期:2018-03", "唐山 年 自:2018-02", "的 了 自:2018-11",
    "经济 NOT 发展 自:2018-02", "改革 日期:2018", "唐山 站点:tianjin_jinbao 自:2018-02 至:2018-09", "标题:港口 至:2018-06",
)  # fmt: skip


@pytest.mark.parametrize("text", NARROWED)
@pytest.mark.parametrize("order", ["rank", "newest", "oldest"])
def test_filters_meet_few_and_many_hits_alike(
    shelf: tuple[sqlite3.Connection, dict[int, Doc]], monkeypatch: pytest.MonkeyPatch, text: str, order: str
) -> None:
    """Words are looked up one by one, or kept aside while the filters are walked, or counted by what the filters leave out."""
    conn, _ = shelf
    query = parse(text)
    looked_up = find(conn, query, order=order, limit=1000)
    assert looked_up.total == len(looked_up.rows) > 0
    few = is_few(conn, query)
    monkeypatch.setattr(finding, "held", lambda *_: RANKED + 1)
    kept_aside = find(conn, query, order=order, limit=1000)
    assert few and kept_aside == looked_up
    monkeypatch.setattr(finding, "_among", lambda *_: None)
    assert find(conn, query, order=order, limit=1000) == looked_up
    monkeypatch.setattr(finding, "RANKED", 1)
    walked = find(conn, query, limit=1000)
    numbers = [row["id"] for row in walked.rows]
    assert walked.order == "archived" and numbers == sorted((row["id"] for row in looked_up.rows), reverse=True)
    assert walked.total == looked_up.total


def test_a_word_said_often_ranks_above_a_word_said_once(tmp_path: Path) -> None:
    db = open_archive(tmp_path / "archive.db")
    with writing(db):
        filler = "今年以来全市各项工作稳步推进。" * 6
        once, often = (add_article(db, f"http://127.0.0.1/{n}", title="要闻", body=filler + "唐山。" * n) for n in (1, 5))
        named = add_article(db, "http://127.0.0.1/t", title="唐山要闻", body=filler)
        for number in range(9):
            add_article(db, f"http://127.0.0.1/o/{number}", title="要闻", body=filler)
    assert [row["id"] for row in find(db.conn, parse("唐山")).rows] == [named, often, once]
    db.close()


@settings(max_examples=300, deadline=None)
@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from(["AND", "OR", "NOT", "(", ")", '"', "“", "”", "-", "标题:", "唐山", "年", "|", "*", "^"])).map(
        " ".join
    )
)
def test_no_query_breaks_the_index(shelf: tuple[sqlite3.Connection, dict[int, Doc]], text: str) -> None:
    conn, _ = shelf
    find(conn, parse(text), limit=5)
