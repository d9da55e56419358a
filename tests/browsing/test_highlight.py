"""Marks stand on what was searched for, excerpts where most of it stands."""

from hypothesis import given
from hypothesis import strategies as st

from pipelines.archive.highlight import excerpt, mark


def test_marks() -> None:
    assert mark("赴滨海新区考察", ["滨海新区"]) == [("赴", False), ("滨海新区", True), ("考察", False)]
    assert mark("2018 年与 12018", ["2018"]) == [("2018", True), (" 年与 12018", False)]
    assert mark("无", []) == [("无", False)]


def test_longest_word_wins() -> None:
    assert ("唐山港", True) in mark("到唐山港去", ["唐山", "唐山港"])


def test_excerpt_goes_where_the_words_stand_together() -> None:
    text = "唐山有港。" + "甲" * 300 + "。唐山与天津同日开行班列。" + "乙" * 300
    line = "".join(piece for piece, _ in excerpt(text, ["唐山", "天津"], width=60))
    assert line.startswith("…唐山与天津") and line.endswith("…") and len(line) <= 62


@given(st.text(max_size=400), st.lists(st.text(min_size=1, max_size=4), max_size=4))
def test_marks_lose_nothing(text: str, words: list[str]) -> None:
    assert "".join(piece for piece, _ in mark(text, words)) == text
    assert all(piece for piece, _ in excerpt(text, words))
