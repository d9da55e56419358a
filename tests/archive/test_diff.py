"""Differences a reader can follow, and that both texts can be put together from."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.archive.diff import segments, share_kept

TEXT = st.text("方志记载2026年3月。，\nabc", max_size=60)


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ("会议3月召开。", "会议4月召开。", [("replace", "3月", "4月")]),
        ("增长15.6%。", "增长15.8%。", [("replace", "15.6%", "15.8%")]),
        ("张伟出席会议。", "王小明出席会议。", [("replace", "张伟", "王小明")]),
        ("一句。二句。三句。", "一句。三句。", [("delete", "二句。", "")]),
        ("一句。三句。", "一句。二句。三句。", [("insert", "", "二句。")]),
        ("甲乙丙丁戊己", "庚辛丙壬癸子", [("replace", "甲乙丙丁戊己", "庚辛丙壬癸子")]),
        ("同文", "同文", []),
        ("", "新文。", [("insert", "", "新文。")]),
    ],
)
def test_changes(old: str, new: str, changes: list[tuple[str, str, str]]) -> None:
    assert [segment for segment in segments(old, new) if segment[0] != "equal"] == changes


@given(TEXT, TEXT)
def test_both_texts_can_be_put_together_again(old: str, new: str) -> None:
    found = segments(old, new)
    assert "".join(a for _, a, _ in found) == old
    assert "".join(b for _, _, b in found) == new
    assert all(a == b for op, a, b in found if op == "equal")
    assert all((bool(a), bool(b)) == {"replace": (True, True), "delete": (True, False), "insert": (False, True)}[op]
               for op, a, b in found if op != "equal")  # fmt: skip
    assert all(one[0] != "equal" or two[0] != "equal" for one, two in itertools.pairwise(found))


def test_share() -> None:
    assert share_kept("", "") == 1.0
    assert share_kept("一二三四五", "一二三四") == 0.8
    assert share_kept("甲", "乙") == 0.0
