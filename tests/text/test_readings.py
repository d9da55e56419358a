"""Readings: true ones are known in every spelling; whether they are a farm's is judged by the whole document."""

import pytest
from opencc import OpenCC
from pypinyin.pinyin_dict import pinyin_dict

from pipelines.text import changes, normalise, rebuild
from pipelines.text.readings import find_readings, is_reading, is_usual
from tests.text.glosses import GLOSSES


@pytest.mark.parametrize(
    ("character", "syllable"),
    [
        ("會", "huì"), ("会", "kuài"), ("樂", "yuè"), ("綠", "lǜ"), ("綠", "lü"), ("绿", "lv"), ("們", "men"), ("個", "ge"),
        ("瞭", "liǎo"), ("髮", "fā"), ("乾", "gān"), ("爲", "wèi"), ("裏", "lǐ"), ("嗯", "ńg"),
    ],
)  # fmt: skip
def test_true_readings(character: str, syllable: str) -> None:
    assert is_reading(character, syllable)


@pytest.mark.parametrize(
    ("character", "syllable"), [("會", "guó"), ("會", "huí"), ("人", "an"), ("克", "g"), ("米", "m"), ("元", "yu")]
)
def test_other_brackets(character: str, syllable: str) -> None:
    assert not is_reading(character, syllable)


def test_every_form_of_a_character_shares_its_readings() -> None:
    """For every Simplified character: what the dictionary gives for it is true behind each Traditional form, and back."""
    simplified = [chr(code) for code in range(0x4E00, 0x9FA6)]
    for profile in ("s2t", "s2tw", "s2hk"):
        forms = OpenCC(profile, include_tofu_risk_dictionaries=False).convert("\n".join(simplified)).split("\n")
        for here, there in zip(simplified, forms, strict=True):
            for base, other in ((here, there), (there, here)):
                listed = pinyin_dict.get(ord(other), "").split(",")[0]
                assert not listed or max(here, there) > "\uffff" or is_reading(base, listed), (base, other, listed)


@pytest.mark.parametrize("bracket", ["會(huì)", "會(huì )", "會（huì）", "會( huì )"])
def test_spellings(bracket: str) -> None:
    assert [(base, syllable) for _, base, syllable, _ in find_readings(f"開{bracket}議")] == [("會", "huì")]


def test_the_usual_reading() -> None:
    assert is_usual("會", "huì") and is_usual("开", "kai")
    assert not is_usual("丽", "lí") and not is_usual("会", "kuài")


@pytest.mark.parametrize("text", GLOSSES)
def test_glosses_stay(text: str) -> None:
    done = normalise(text)
    assert {change.step for change in changes(done.account)} <= {"punctuation", "script"}
    assert not done.flags
    assert rebuild(done.text, done.account) == text


def test_a_gloss_stays_in_a_polluted_text() -> None:
    text = "縣(xiàn)裡開(kāi)會(huì)，村支書(shū)劉(liú)垚（yáo）說，今年要種(zhòng)花椒，開(kāi)好頭。"
    done = normalise(text)
    assert done.text == "县里开会，村支书刘垚（yáo）说，今年要种花椒，开好头。"
    assert done.counts["readings"] == 7 and "polluted" in done.flags


def test_one_hit_proves_nothing() -> None:
    assert "readings" not in normalise("他重(chóng)新回到这里，开始了工作。").counts
    assert "readings" not in normalise("全縣開(kāi)始春耕，大家都很忙碌。").counts


def test_forms_that_only_words_show() -> None:
    text = "代表團(tuán)詳細(xì)瞭(liǎo)解運(yùn)營(yíng)模式，藉(jiè)此機(jī)會(huì)揹(bēi)上行囊。"
    done = normalise(text)
    assert done.counts["readings"] == 9
    assert "详细了解运营模式" in done.text
