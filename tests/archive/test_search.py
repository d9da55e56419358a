"""The tokeniser's facts, and that the index answers as a substring search would."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.items import Outcome
from pipelines.archive import search
from pipelines.archive.verifying import verify
from pipelines.archive.writer import Writer
from tests.archive.conftest import Archive

TEXTS = {
    "滨海新区": "滨海 海新 新区 区",
    "年": "年",
    "2018年": "2018 年",
    "在2018年底前": "在 2018 年 年底 底前 前",
    "5G建设": "5G 建 建设 设",
    "ＡＢ１２": "AB12",
    "改革。开放": "改革 革 开放 放",
    "": "",
}


@pytest.mark.parametrize(("text", "tokens"), TEXTS.items())
def test_bigrams(text: str, tokens: str) -> None:
    assert search.zh_bigrams(text) == tokens


def test_characters() -> None:
    assert search.zh_chars("石家庄，家庄A1") == "家 庄 石"
    assert search.zh_chars(None) == ""


def test_query_has_no_lone_last_character() -> None:
    assert search.zh_bigrams("改革", query=True) == "改革"
    assert search.zh_bigrams("改", query=True) == "改"


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("推进改革开放", "改革"), ("天津滨海新区的态度", "滨海新区"), ("2018年春", "2018年"),
        ("张家口市乾安县", "乾安县"), ("建成5G基站", "5G基站"), ("记者王浩报道", "王浩"), ("ABC公司", "abc"),
    ],
)  # fmt: skip
def test_found(text: str, query: str) -> None:
    assert _matches(text, query)


@pytest.mark.parametrize(
    ("text", "query"), [("滨海 新区", "滨海新区x"), ("改变革命", "改革"), ("任何", ""), ("任何", '"'), ("任何", "***")]
)
def test_not_found(text: str, query: str) -> None:
    assert not _matches(text, query)


@given(st.text("方志记载河北石家庄2026年", max_size=40), st.text("方志记载河北石家庄", min_size=2, max_size=4))
def test_agrees_with_substring_search_on_han(text: str, query: str) -> None:
    assert _matches(text, query) == (query in text)


def _matches(text: str, query: str) -> bool:
    conn = sqlite3.connect(":memory:")
    search.register(conn)
    conn.execute("CREATE VIRTUAL TABLE f USING fts5(t, content='', tokenize='unicode61 remove_diacritics 2')")
    conn.execute("INSERT INTO f(rowid, t) VALUES (1, zh_bigrams(?))", (text,))
    return conn.execute("SELECT 1 FROM f WHERE f MATCH ?", (f'"{search.zh_bigrams(query, query=True)}"',)).fetchone() is not None


def test_index_follows_edits_and_a_new_tokeniser_rebuilds_it(archive: Archive, page, at, monkeypatch) -> None:
    def hits(word: str) -> list[int]:
        return [
            r[0]
            for r in archive.rows(
                "SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?", f'"{search.zh_bigrams(word, query=True)}"'
            )
        ]

    at("2026-05-01T08:00:00+08:00")
    archive.visit(page("/a.html", "石家庄今日有雨"))
    at("2026-05-02T08:00:00+08:00")
    archive.visit(page("/a.html", "唐山今日有雨"))
    assert hits("唐山") == [1] and hits("石家庄") == []
    monkeypatch.setattr(search, "TOKENISER_VERSION", "next")
    assert not search.is_current(archive.db.conn)
    from pipelines.archive import open_archive

    open_archive(archive.path).close()
    assert search.is_current(archive.db.conn)
    assert hits("唐山") == [1] and hits("石家庄") == []


def segments(archive: Archive) -> int:
    return archive.one("SELECT count(DISTINCT segid) FROM articles_fts_idx")


def test_articles_of_one_commit_come_into_the_index_together(archive: Archive, page) -> None:
    writer = Writer(archive.path, archive.warc, archive.start(), {})
    for number in range(12):
        writer.add(page(f"/{number}.html", f"石家庄今日有雨{number}", title="" if number % 2 else "标题"))
    writer.commit()
    assert segments(archive) == 1
    writer.close()
    assert archive.one("SELECT count(*) FROM articles_fts WHERE articles_fts MATCH ?", '"今日"') == 12
    assert archive.one("SELECT count(*) FROM articles_chars WHERE articles_chars MATCH ?", "雨") == 12
    assert verify(archive.db, report=print).faults == 0


def test_an_article_that_is_new_and_changed_in_one_commit_is_indexed_once(archive: Archive, page, at) -> None:
    writer = Writer(archive.path, archive.warc, archive.start(), {})
    for day, body in (("01", "石家庄今日有雨"), ("02", "唐山今日有雨")):
        at(f"2026-05-{day}T08:00:00+08:00")
        writer.add(page("/a.html", body))
    assert writer.commit() == [Outcome.ARCHIVED, Outcome.CHANGED]
    at("2026-05-03T08:00:00+08:00")
    writer.add(page("/a.html", "保定今日有雨"))
    writer.commit()
    writer.close()
    found = [archive.rows("SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?", word) for word in ("石家", "唐山", "保定")]
    assert found == [[], [], [(1,)]]
    assert verify(archive.db, report=print).faults == 0


def test_a_commit_that_fails_leaves_nothing_to_be_indexed_later(archive: Archive, page) -> None:
    writer = Writer(archive.path, archive.warc, archive.start(), {})
    writer.add(page("/a.html", "石家庄今日有雨"))
    archive.db.conn.execute("CREATE TRIGGER refuse BEFORE INSERT ON outcomes BEGIN SELECT raise(ABORT, 'refused'); END")
    with pytest.raises(sqlite3.IntegrityError):
        writer.commit()
    archive.db.conn.execute("DROP TRIGGER refuse")
    writer.add(page("/b.html", "唐山今日有雨"))
    writer.commit()
    writer.close()
    assert archive.rows("SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?", '"今日"') == [(1,)]
    assert verify(archive.db, report=print).faults == 0
