"""A glance at a text: one scan for all that three passes begin with, so that those which would find nothing need not look."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pipelines.text import forms, mojibake, script


class Glance(NamedTuple):
    """Which passes may find something in a text (the Unicode pass: but for blanks at the edges of lines and for NFC)."""

    mojibake: bool = False
    unicode: bool = False
    script: bool = False


class _Patterns(NamedTuple):
    sign: re.Pattern[str]
    """Any character that a pass begins with."""
    passes: tuple[re.Pattern[str], ...]
    """The same for each pass."""
    plain: re.Pattern[str]
    """A text of nothing but what no pass touches in a clean Simplified document."""


_BEYOND = "\U00010000-\U0010ffff"
"""Characters beyond the first plane. As one range: each costs the scan a comparison a character."""


@cache
def _patterns() -> _Patterns:
    # NFC gives Traditional characters too: U+F914 is 樂.
    traditional = f"{script.only_traditional()}\uf900-\ufaff{_BEYOND}"
    begins = re.sub(f"[{_BEYOND}]-[{_BEYOND}]", "", f"{mojibake.BEGINS}{forms.SUSPECT}{traditional}") + _BEYOND
    # A Latin letter or sign is a byte of mojibake only beside another: ä¸, not the dot of a name (阿不都·买买提).
    sign = re.compile(f"[{begins}{mojibake.LATIN}](?:(?<=[{begins}])|(?=[{mojibake.HIGH}]))")
    passes = [re.compile(f"[{signs}]") for signs in (mojibake.BEGINS + mojibake.LATIN, forms.SUSPECT, traditional)]
    return _Patterns(sign, tuple(passes), re.compile(f"(?:(?![{begins}])[\u4e00-\u9fff0-9A-Za-z%./、。：；《》…—-])*"))


def glance(text: str) -> Glance:
    """Which passes have to look at a text."""
    sign, passes, _ = _patterns()
    seen = "".join(set(sign.findall(text)))
    found = Glance(*(bool(begins.search(seen)) for begins in passes)) if seen else Glance()
    return found._replace(mojibake=True) if "?" in text and mojibake.OUT_OF_STEP.search(text) else found


def plain(text: str) -> bool:
    """Whether no pass can find anything in a field of a clean Simplified document: 定州市融媒体中心."""
    return bool(_patterns().plain.fullmatch(text))
