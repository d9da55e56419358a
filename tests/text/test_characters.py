"""The quick way to the compatibility form is the form itself, character by character and in any mixture."""

import sys
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from pipelines.text.characters import nfkc


def test_every_character_has_its_form() -> None:
    every = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
    assert [char for char in every if nfkc(char) != unicodedata.normalize("NFKC", char)] == []


@given(st.text(alphabet=st.one_of(st.sampled_from("石家庄，；：？！（）％…\u3000。、“”—a1 \n"), st.characters())))
def test_mixtures(text: str) -> None:
    assert nfkc(text) == unicodedata.normalize("NFKC", text)
