"""Mojibake is put right where the way back is certain, flagged where it is not, and never seen where there is none."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.text.account import rebuild, step
from pipelines.text.mojibake import right_charset
from tests.text.corpus import simplified, texts, traditional

SENTENCES = [
    "关于我们",
    "中国人民代表大会今天在北京召开",
    "首页 | 新闻 | 视频",
    "上一篇：关于春耕，请联系我们。Tel:0312-5551234",
    "5月7日，我们召开了会议，研究春耕工作。",
]
WRONG: dict[str, Callable[[str], str]] = {
    "utf-8 as latin-1": lambda text: text.encode().decode("latin-1"),
    "gbk as latin-1": lambda text: text.encode("gbk").decode("latin-1"),
    "utf-8 as latin-1, twice": lambda text: text.encode().decode("latin-1").encode().decode("latin-1"),
    "utf-8 as windows-1252": lambda text: text.encode().decode("cp1252"),
    "utf-8 as gbk": lambda text: text.encode().decode("gb18030"),
    "utf-8 as gbk, twice": lambda text: text.encode().decode("gb18030").encode().decode("gb18030"),
}


@pytest.mark.parametrize("way", WRONG)
@pytest.mark.parametrize("text", SENTENCES)
def test_certain_ways_back(text: str, way: str) -> None:
    try:
        wrong = WRONG[way](text)
    except UnicodeDecodeError:
        return  # These bytes lose something on that way; see the test of loss.
    done = right_charset(wrong)
    assert (done.text, done.flags) == (text, set())
    assert rebuild(done.text, [step("mojibake", done.edits)]) == wrong


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("锟斤拷锟斤拷，烫烫烫", "锟斤拷锟斤拷，烫烫烫"),
        ("中国人民".encode()[:-1].decode("gbk", "replace").replace("\ufffd", "?"), None),
        ("首页銆?a href=…鍏充簬鎴戜滑", "首页銆?a href=…关于我们"),
        ("涓嬩竴椤?", "下一椤?"),
    ],
)
def test_loss_is_flagged_and_not_guessed(text: str, kept: str | None) -> None:
    done = right_charset(text)
    assert "mojibake" in done.flags
    assert done.left["mojibake_left"] >= 1
    assert kept is None or done.text == kept
    assert rebuild(done.text, [step("mojibake", done.edits)]) == text


@pytest.mark.parametrize(
    "text",
    [
        "café naïve résumé Ümläut, Renée dit «voilà»",
        "温度±2℃，×10—20Ω·m，£100，《Âme》",
        "联通 移动 电信，涓涓细流，澧县、濮阳、歙县",
        "途中忽遇飓风，风雨交加，人们勇敢地面对富於变化的天气",
        "Ä³ Ä³",
        "烫烫的面，屯屯相望",
    ],
)
def test_other_text_is_left(text: str) -> None:
    done = right_charset(text)
    assert (done.edits, done.flags) == ([], set())


def test_clean_corpus_is_left() -> None:
    for text in texts([*simplified(), *traditional()]):
        assert right_charset(text).edits == []
        assert not right_charset(text).flags


@given(st.text(alphabet=st.characters(max_codepoint=0x9FFF), max_size=60))
def test_any_text_can_be_rebuilt(text: str) -> None:
    done = right_charset(text)
    assert rebuild(done.text, [step("mojibake", done.edits)] if done.edits else []) == text
    assert done.text.count("\n") == text.count("\n")
