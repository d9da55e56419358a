"""What mirror farms do to a text, form by form, so that cleaning can be measured against the text they took.

A farm has one table for all its pages: which characters get their reading, always, and how the bracket is written.
"""

from __future__ import annotations

import random
import re
import unicodedata
from dataclasses import dataclass, field

from pypinyin.pinyin_dict import pinyin_dict

from pipelines.text.characters import common
from pipelines.text.script import convertible, to_simplified_character

MARKS = "，。、；：？！"
HALF = str.maketrans("，；：？！（）", ",;:?!()")


@dataclass
class Farm:
    """One mirror farm's habits; the defaults are the commonest."""

    seed: int = 0
    rows: float = 0.6
    """Share of the characters that could be annotated that the table has."""
    any_character: bool = False
    """The table has characters in common use that no script changes too."""
    brackets: str = "()"
    spaced: float = 0.1
    """Share of the rows whose bracket holds a trailing blank."""
    decomposed: bool = False
    doubled: float = 0.5
    """Share of the marks with a comma set before them."""
    second: str = ","
    """The mark set before: `,` or `，`."""
    folded: bool = False
    """Punctuation is half width, as in stored copies."""
    controls: float = 0.0
    """Share of the marks with control characters before them."""
    decoy: bool = False
    _rows: dict[str, str] = field(default_factory=dict)

    def row(self, character: str) -> str:
        """What the table sets behind a character."""
        if character not in self._rows:
            chance = random.Random(f"{self.seed}{character}")
            simplified = to_simplified_character(character)
            able = common(simplified) and (convertible(character) or self.any_character)
            listed = (
                pinyin_dict.get(ord(character))
                if able and chance.random() < self.rows * (0.4 if self.any_character else 1)
                else None
            )
            self._rows[character] = self._bracket(listed.split(",")[0], chance) if listed else ""
        return self._rows[character]

    def _bracket(self, reading: str, chance: random.Random) -> str:
        reading = unicodedata.normalize("NFD" if self.decomposed else "NFC", reading)
        return self.brackets[0] + reading + (" " if chance.random() < self.spaced else "") + self.brackets[1]

    def pollute(self, text: str) -> str:
        """The text as this farm serves it."""
        chance = random.Random(f"{self.seed}{text}")
        out: list[str] = []
        for before, character in zip("\n" + text, text, strict=False):
            if character in MARKS and before not in "\n" + MARKS:
                if chance.random() < self.controls:
                    out.append("".join(chance.choices("\x05\x06\x07\x08", k=chance.randint(1, 5))))
                if chance.random() < self.doubled and character in "，。、":
                    out.append(self.second)
            out.append(character + self.row(character))
        dirty = "".join(out)
        if self.folded:
            dirty = re.sub(f"[{MARKS}]", lambda mark: mark.group().translate(HALF), dirty)
        return dirty + DECOY if self.decoy else dirty


DECOY = (
    '\n<div id="xq3fz" class="pl_css_ganrao" style="display: none;"><xmp id="xq3fz"><td id="xq3fz"></td></xmp>'
    '<div id="xq3fz"><ruby id="xq3fz"><rt id="xq3fz"></rt></ruby></div><fieldset id="xq3fz"></fieldset></div>'
)
