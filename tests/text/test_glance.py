"""A glance spares a text only passes that would find nothing."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.text.account import Cleaned
from pipelines.text.forms import one_form
from pipelines.text.glance import Glance, glance, plain
from pipelines.text.mojibake import right_charset
from pipelines.text.normalise import Normalised, normalise
from pipelines.text.script import only_traditional, script_of, to_simplified
from tests.text.corpus import Sample, article, traditional
from tests.text.test_normalise import TEXTS

CHARACTERS = "".join(chr(code) for code in range(0x110000))
DOCUMENT = Normalised("", script="hans")


def idle(done: Cleaned) -> bool:
    return not (done.edits or done.counts or done.left or done.flags)


def spared(text: str) -> None:
    """Every pass that the glance spares this text finds nothing in it."""
    seen = glance(text)
    assert seen.mojibake or idle(right_charset(text))
    assert seen.unicode or idle(one_form(text))
    assert seen.script or (script_of(text) in (None, "hans") and idle(to_simplified(text, "hans")))


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_any_text(text: str) -> None:
    spared(text)


def test_every_character_between_others() -> None:
    for start in range(0, len(CHARACTERS), 64):
        spared("中".join(CHARACTERS[start : start + 64]))
        spared(CHARACTERS[start : start + 64])


@settings(max_examples=300, deadline=None)
@given(
    st.text(
        st.sampled_from("定州市融媒体中心記者著乾A1-%.、。：；，,?(“ 》·—\n\u3000") | st.characters(codec="utf-8"), max_size=6
    )
)
def test_a_plain_field_stays(text: str) -> None:
    if plain(text):
        done = normalise(text, like=Normalised("", script="mixed"))  # goes through every pass
        assert (done.text, done.account, done.counts, done.flags) == (text, [], {}, frozenset())
        assert normalise(text, like=DOCUMENT) == done


@pytest.mark.parametrize("seed", range(10))
def test_usual_text_is_spared_all(seed: int) -> None:
    assert glance(article(random.Random(seed), paragraphs=5, sentences=4)) == Glance()


@pytest.mark.parametrize("sample", list(traditional())[:5], ids=lambda sample: sample.genre)
def test_traditional_text_is_not(sample: Sample) -> None:
    assert glance(sample.text).script


@pytest.mark.parametrize("text", ["定州市融媒体中心", "2026-05-06", "百姓生活—新闻"])
def test_plain(text: str) -> None:
    assert plain(text)


@pytest.mark.parametrize(
    "text", ["記者", "你好,世界", "（图）", "“好”", "张 三", "１２", "阿不都·买买提", *only_traditional()[:50]]
)
def test_not_plain(text: str) -> None:
    assert not plain(text)
