"""The whole pass: idempotent, exact to undo, harmless to clean text, and able to take back every reversible form of noise."""

import difflib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.text import Normalised, changes, normalise, rebuild
from tests.text.corpus import Sample, simplified, traditional
from tests.text.glosses import GLOSSES
from tests.text.pollution import Farm

HANS, HANT = simplified(), list(traditional())
WIDTHS = str.maketrans("，：；？！（）“”", ',:;?!()""')

# Everything that farms, bad decoders and typists put into text, to be strung together in any order.
_PIECES = (
    "會 会 學 学 乾 干 安 縣 着 著 裡 说 説 人 一 。 ， , ,, 、 ； : ? ! ( ) （ ） “ ” \" ' ‘ ’ 「 」 (huì) (xué) （rén）"
    " lián) \ufffd \n \u3000 \u200b \x05\x06 \x1f \x85 \ue5e5 \ue78d Ａ １ ％ ． a 1 % . é e\u0301"
    " ÏÂ Ò» ä¸\xad 涓浗 锟斤拷 銆? \uf90a <div> http:// \t"
)
PIECES = st.sampled_from([*_PIECES.split(" "), " ", "(huì )"])
TEXTS = st.lists(PIECES | st.characters(codec="utf-8"), max_size=40).map("".join)


def check(done: Normalised, text: str) -> None:
    """What holds for any text whatever."""
    assert rebuild(done.text, done.account) == text
    assert json.loads(json.dumps(done.account)) == done.account
    assert done.text.count("\n") == text.count("\n")
    again = normalise(done.text)
    assert again.text == done.text
    assert again.account == []


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_any_text(text: str) -> None:
    check(normalise(text), text)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(HANS + HANT), st.lists(st.tuples(st.integers(0, 400), PIECES), max_size=12))
def test_any_damage_to_an_article(sample: Sample, damage: list[tuple[int, str]]) -> None:
    text = sample.text
    for at, piece in damage:
        text = text[:at] + piece + text[at:]
    check(normalise(text), text)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(HANS), st.sampled_from(HANT))
def test_fields_go_with_their_document(body: Sample, field: Sample) -> None:
    done = normalise(field.text, like=normalise(body.text))
    assert rebuild(done.text, done.account) == field.text


@pytest.mark.parametrize("sample", HANS + [Sample("gloss", text) for text in GLOSSES], ids=lambda sample: sample.genre)
def test_clean_text_changes_in_punctuation_only(sample: Sample) -> None:
    done = normalise(sample.text)
    counted = [change for change in changes(done.account) if change.step == "punctuation"]
    others = [change for change in changes(done.account) if change.step not in ("punctuation", "script")]
    assert (others, done.flags) == ([], frozenset())
    assert done.counts.get("punctuation", 0) == len(counted)
    assert all(change.after.translate(WIDTHS) == change.before.rstrip(" ") for change in counted)
    if sample.genre not in ("gloss", "table") and "(青山)" not in sample.text and "(北京" not in sample.text:
        assert done.text == sample.text, "a text whose marks are right already stays as it is"


@pytest.mark.parametrize("sample", HANT, ids=lambda sample: sample.genre)
def test_clean_traditional_changes_in_script_and_punctuation_only(sample: Sample) -> None:
    done = normalise(sample.text)
    assert {change.step for change in changes(done.account)} <= {"punctuation", "script"}
    assert not done.flags


FARMS = {
    "common": {},
    "few rows": {"rows": 0.2},
    "readings alone": {"doubled": 0.0},
    "commas alone": {"rows": 0.0},
    "full-width commas": {"second": "，"},
    "full-width brackets": {"brackets": "（）"},
    "blanks in brackets": {"spaced": 1.0},
    "decomposed tone marks": {"decomposed": True},
    "control characters": {"controls": 0.8, "doubled": 0.0},
    "folded marks": {"folded": True},
    "decoys": {"decoy": True},
    "any character": {"any_character": True},
    "everything": {"controls": 0.5, "decoy": True, "spaced": 0.3},
}


@pytest.mark.parametrize("farm", FARMS)
@pytest.mark.parametrize("script", ["hans", "hant"])
def test_noise_is_taken_back(farm: str, script: str) -> None:
    """Clean, pollute, clean: at least 99.9 % of the characters are those of the clean text."""
    wrong = total = texts = 0
    for number, sample in enumerate(HANT if script == "hant" else HANS):
        # Farms copy articles: nothing shorter than a brief, and no lesson, whose own readings no one could tell from theirs.
        if sample.genre in ("lesson", "dictionary", "code") or len(sample.text) < BRIEF:
            continue
        dirty = Farm(seed=number, **FARMS[farm]).pollute(sample.text)  # type: ignore[arg-type]
        done = normalise(dirty)
        assert rebuild(done.text, done.account) == dirty
        want, have = (stage(result, farm) for result in (normalise(sample.text), done))
        wrong += distance(want, have)
        total += len(want)
        texts += 1
    print(f"{script}, {farm}: {texts} texts, {total - wrong} of {total} characters, {100 - 100 * wrong / total:.3f} %")
    assert texts >= 80
    assert wrong <= total / 1000


BRIEF = 60
"""Characters; in a line of twenty a farm sets one reading or two, and one hit proves nothing."""


def stage(done: Normalised, farm: str) -> str:
    """The text before its script was converted, so that conversion hides no fault; folded marks are right only after it."""
    steps = [step[0] for step in done.account]
    first = steps.index("script") if "script" in steps and farm != "folded marks" else len(steps)
    return rebuild(done.text, done.account[first:]).rstrip("\n")


def distance(a: str, b: str) -> int:
    """Characters that differ, by the longest common blocks."""
    if a == b:
        return 0
    blocks = difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    return sum(max(i2 - i1, j2 - j1) for kind, i1, i2, j1, j2 in blocks if kind != "equal")
