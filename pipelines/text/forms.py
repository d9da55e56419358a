"""Unicode pass: one code point form for each character; what nobody sees is taken out."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from pipelines.text.account import Cleaned, Edit, apply

# Blanks of every width, and line breaks that are none of ours (CR, U+0085, U+2028): a plain blank.
_BLANKS = "\x0b\x0c\r\x1c-\x1f\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_CONTROLS = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
# Soft hyphen, zero-width characters, direction marks, byte order mark, variation selectors, tags, fillers.
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
)
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
_BROKEN = "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"

# GB 18030-2000 kept these in the private use area, and decoders still give them; 2005 and 2022 moved them to real code
# points: vertical marks (here as the marks they are), eight components (U+E81E to 龴) and the full-width blank at A3A0.
_MOVED = dict(zip(map(chr, range(0xE78D, 0xE797)), "，。、：；！？〖〗…", strict=True)) | dict(
    zip("\ue5e5\ue81e\ue826\ue82b\ue82c\ue832\ue843\ue854\ue864", " 龴龵龶龷龸龹龺龻", strict=True)
)

# Full-width letters and digits (ＡＢＣ１２３), and the signs that stand inside their words and numbers (３．５％, ａ＠ｂ).
# ，：；！？（） stay: they are Chinese punctuation, and NFKC, which folds them too, is wrong here.
_WIDE = "０-９Ａ-Ｚａ-ｚ"
_SIGNS = "％．－／＠＿＆＋＝"
_alnum = re.compile(f"[0-9A-Za-z{_WIDE}]")
_wide = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}

_SUSPECT = f"{_BLANKS}{_CONTROLS}{_INVISIBLE}{_PRIVATE}{_BROKEN}{_WIDE}{_SIGNS}"
SUSPECT = f"{_SUSPECT}\ufffd"
"""Characters that `one_form` may change or count, for use inside a regex class."""
_suspect = re.compile(f"[{_SUSPECT}]")
_run = re.compile(
    f"(?P<blanks>[{_BLANKS}][ {_BLANKS}]*)|(?P<controls>[{_CONTROLS}]+)|(?P<invisible>[{_INVISIBLE}]+)|(?P<private>[{_PRIVATE}])"
    f"|(?P<broken>[{_BROKEN}]+)|(?P<width>[{_WIDE}]+)|(?P<sign>[{_SIGNS}])"
)
_edge = re.compile(r"\n[ \t]+|[ \t]+\n[ \t]*")


def one_form(text: str) -> Cleaned:
    """Blanks plain, what is invisible gone, letters and digits half width.

    U+FFFD stays, since it says that something is lost there; it is counted as `replacement` and flags `damaged`.
    """
    counts: Counter[str] = Counter()
    edits: list[Edit] = []
    match = _suspect.search(text)
    while match:
        run = _run.match(text, match.start())
        assert run is not None  # every suspect is in one of its classes
        kind, before = str(run.lastgroup), run.group()
        if kind != "sign" or _within_word(text, run.start()):
            kind = "width" if kind == "sign" else kind
            edits.append((run.start(), before, _replacement(kind, before)))
            counts[kind] += len(before)
        match = _suspect.search(text, run.end())
    left = Counter(replacement=lost) if (lost := text.count("\ufffd")) else Counter()
    return Cleaned(apply(text, edits) if edits else text, edits, counts, left, {"damaged"} if lost else set())


def _within_word(text: str, at: int) -> bool:
    """Whether a full-width sign stands in a word or a number: ３．５, ａ＠ｂ, 12％."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if text[at] == "％":
        return before.isdigit()
    return bool(_alnum.match(before) and _alnum.match(after))


def _replacement(kind: str, before: str) -> str:
    if kind == "width":
        return before.translate(_wide)
    if kind == "private":
        return _MOVED.get(before, "")
    return " " if kind == "blanks" else ""


def trimmed(text: str) -> Cleaned:
    """Lines without the blanks they begin and end with: paragraph indents."""
    edits: list[Edit] = []
    if text[:1] in (" ", "\t"):
        edits.append((0, text[: len(text) - len(text.lstrip(" \t"))], ""))
    if " \n" in text or "\n " in text or "\t\n" in text or "\n\t" in text:
        edits += [(match.start(), match.group(), "\n") for match in _edge.finditer(text, len(edits[0][1]) if edits else 0)]
    done = apply(text, edits) if edits else text
    if done[-1:] in (" ", "\t"):
        blanks = len(done) - len(done.rstrip(" \t"))
        edits.append((len(text) - blanks, text[-blanks:], ""))
        done = done[:-blanks]
    return (
        Cleaned(done, edits, Counter(indents=sum(len(before) - len(after) for _, before, after in edits)))
        if edits
        else Cleaned(text)
    )


def composed(text: str) -> Cleaned:
    """NFC, one edit a character that changes (e + U+0301 to é; U+F90A to 金)."""
    if unicodedata.is_normalized("NFC", text):
        return Cleaned(text)
    edits, start = [], 0
    for end in range(1, len(text) + 1):
        if end < len(text) and (unicodedata.combining(text[end]) or not _stand_apart(text[end - 1], text[end])):
            continue
        before = text[start:end]
        after = unicodedata.normalize("NFC", before)
        if before != after:
            edits.append((start, before, after))
        start = end
    return Cleaned(apply(text, edits), edits, Counter(composed=len(edits)))


def _stand_apart(left: str, right: str) -> bool:
    """Whether two starters never compose with each other, as the parts of a Hangul syllable do."""
    return len(unicodedata.normalize("NFC", left + right)) == len(unicodedata.normalize("NFC", left)) + len(
        unicodedata.normalize("NFC", right)
    )
