"""Names by pinyin: in full, in parts, by initials, with several readings."""

from pathlib import Path

import pytest

from pipelines.archive import open_archive
from pipelines.archive.pinyin import candidates, spellings_of
from tests.browsing.conftest import Room
from tests.browsing.library import small_library


def test_spellings() -> None:
    assert {"tangshan", "ts"} <= set(spellings_of("唐山"))
    assert {"wanghao", "wh"} <= set(spellings_of("王浩"))
    assert {"chongqing", "cq"} <= set(spellings_of("重庆"))
    assert "lvliang" in spellings_of("吕梁")


@pytest.mark.parametrize(
    ("typed", "name"),
    [("tangshan", "唐山"), ("Tang Shan", "唐山"), ("wang hao", "王浩"), ("wh", "王浩"), ("binhaixinqu", "滨海新区")],
)
def test_candidates(tmp_path: Path, typed: str, name: str) -> None:
    small_library(tmp_path / "archive.db")
    db = open_archive(tmp_path / "archive.db", read_only=True)
    assert name in dict(candidates(db.conn, typed))
    assert candidates(db.conn, "唐山") == candidates(db.conn, "t") == candidates(db.conn, "zzqqzz") == []
    db.close()


def test_search_page_offers_them(room: Room) -> None:
    page = room.get("/search", q="tangshan").text
    assert "您是不是要找" in page and ">唐山</a> <small>3</small>" in page
