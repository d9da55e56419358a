"""Mojibake pass: text decoded by the wrong charset is put right where the way back is certain, and flagged where it is not.

Certain means: the wrong characters encode to bytes that are valid, without a byte over, in the right charset; they give
Chinese made of characters in common use; and what stood there was not. It runs first of all passes, because private-use
and control characters, which the next pass takes out, are bytes of such text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from pipelines.text.account import Cleaned, Edit, apply
from pipelines.text.characters import HAN, common
from pipelines.text.script import to_simplified_character

# What Windows-1252 shows for the bytes 80-9F, back to those bytes: a browser reads "latin-1" so.
_TO_BYTE = {ord(bytes([b]).decode("cp1252")): b for b in range(0x80, 0xA0) if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
LATIN, HIGH = "\x81-\xfe", "\x80-\xff" + "".join(map(chr, _TO_BYTE))
"""What bytes shown as Latin-1 begin with, and what they go on with; for use inside a regex class."""
# A stretch of bytes shown as Latin-1, ASCII between included: ä¸­å›½ (中国 from UTF-8), ÏÂÒ»Ò³ (下一页 from GBK).
_latin = re.compile(f"[\x80-\xff][{HIGH} -~]*[{HIGH}@-~]")
_latin_pair = re.compile(f"[{LATIN}][{HIGH}]")


def _read_as_gbk() -> tuple[str, re.Pattern[str], re.Pattern[str]]:
    """What begins UTF-8 read as GBK; such text, two characters at a time: 涓浗 (中国), 鍏充簬 (关于); one cut short: 銆? (。)."""
    lead, tail = (*range(0xE3, 0xEA), 0xEF), range(0x80, 0xC0)

    def shown(first: Iterable[int], second: Iterable[int]) -> str:
        found = (bytes([a, b]).decode("gb18030", "ignore") for a in first for b in second if a > 0x80 and b != 0x7F)
        return "".join(sorted({re.escape(c) for c in found if len(c) == 1}))

    first = shown(lead, tail)
    return first, re.compile(f"[{first}][{shown(tail, lead)}][{shown(tail, tail)}]"), re.compile(rf"[{first}][?\ufffd]")


_gbk, _utf8_as_gbk, _cut = _read_as_gbk()
# Bytes that no charset takes, read as GBK: what U+FFFD becomes (锟斤拷), and memory never written (烫烫烫, 屯屯屯).
_lost = re.compile(r"锟斤拷|(?:烫){3,}|(?:屯){3,}")
# Bytes out of step after one was lost: 福?！焙鷷涀詈笳f道 (幸福？！”…最后说道); many then fall where GBK has nothing.
_stray = re.compile(f"[\ue000-\ue765][{HAN}\u3040-\u30ff]{{1,8}}(?=[\ue000-\ue765])")
BEGINS = f"{_gbk}锟烫屯\ue000-\ue765"
"""What all other mojibake begins with, for use inside a regex class."""
OUT_OF_STEP = re.compile(rf"\?[！，。？]?([{HAN}][{HAN}a-z]{{5}})")
_ROUNDS = 3
"""A text can be decoded wrong twice; a third time is not known, and costs nothing to allow."""


def right_charset(text: str) -> Cleaned:
    """Decode again what was decoded wrong. Flag `mojibake`: some of it could not be put right, and is left as it is."""
    gbk, latin = _utf8_as_gbk.search(text), _latin_pair.search(text)
    shifted = (_out_of_step(text) if "?" in text else 0) + len(_stray.findall(text))
    if not gbk and not latin and not shifted and not any(sign in text for sign in ("锟斤拷", "烫烫烫", "屯屯屯")):
        return Cleaned(text)
    edits: list[Edit] = []
    left = shifted
    if gbk:
        edits, open_ended = _from_gbk(text)
        left += open_ended
    if latin:
        edits = sorted(edits + _from_latin(text))
    done = apply(text, edits) if edits else text
    counts = Counter(mojibake=sum(len(before) for _, before, _ in edits)) if edits else Counter()
    left += sum(not _chinese(match.group()) for match in _utf8_as_gbk.finditer(done))
    left += (len(_cut.findall(done)) if gbk else 0) + len(_lost.findall(done))
    return Cleaned(done, edits, counts, +Counter(mojibake_left=left), {"mojibake"} if left else set())


def _from_latin(text: str) -> list[Edit]:
    edits = []
    for match in _latin.finditer(text):
        before = match.group()
        after = _right(_latin_bytes(before), "utf-8") or (
            _right(_latin_bytes(before), "gb18030") if not _decoded(_latin_bytes(before), "utf-8") else None
        )
        if after:
            edits.append((match.start(), before, after))
    return edits


def _from_gbk(text: str) -> tuple[list[Edit], int]:
    """Stretch by stretch between what broke the bytes: `?` and U+FFFD stand where one was lost. Also: stretches left open."""
    edits: list[Edit] = []
    left = 0
    for piece in re.finditer(r"[^?\ufffd\n]+", text):
        before = piece.group()
        if not _utf8_as_gbk.search(before):
            continue
        if not _chinese(before) and (after := _right(_gbk_bytes(before), "utf-8")):
            edits.append((piece.start(), before, after))
        else:
            parts = _parts(before, piece.start())
            edits += parts
            left += bool(parts)
    return edits, left


def _out_of_step(text: str) -> int:
    """Stretches behind a `?` of which half or more is in no common use."""
    return sum(sum(not common(to_simplified_character(c)) for c in match.group(1)) >= 3 for match in OUT_OF_STEP.finditer(text))


def _parts(before: str, offset: int) -> list[Edit]:
    """Runs of whole groups: two characters of the right text are three of the wrong one."""
    edits = []
    for run in re.finditer(f"(?:{_utf8_as_gbk.pattern})+", before):
        after = _right(_gbk_bytes(run.group()), "utf-8")
        if after and not _chinese(run.group()):
            edits.append((offset + run.start(), run.group(), after))
    return edits


def _right(raw: bytes, charset: str) -> str | None:
    """The Chinese text these bytes are, read by that charset, and again by UTF-8 where that gives wrong text once more."""
    for _ in range(_ROUNDS):
        text = _decoded(raw, charset)
        if text is None or _chinese(text):
            return text
        charset = "utf-8"
        raw = _gbk_bytes(text) if _utf8_as_gbk.search(text) else _latin_bytes(text)
    return None


def _latin_bytes(text: str) -> bytes:
    try:
        return bytes(_TO_BYTE.get(ord(c), ord(c)) for c in text)
    except ValueError:
        return b"\xff"


def _gbk_bytes(text: str) -> bytes:
    try:
        return text.encode("gb18030")
    except UnicodeEncodeError:
        return b"\xff"


def _decoded(raw: bytes, charset: str) -> str | None:
    try:
        return raw.decode(charset)
    except UnicodeDecodeError:
        return None


_foreign = re.compile(f"[^{HAN}\x00-\x7f\u2010-\u2026\u3000-\u303f\uff00-\uffef·×]")
_han = re.compile(f"[{HAN}]")
_mark = re.compile("[，。、：；？！“”‘’（）《》…—]")


def _chinese(text: str) -> bool:
    """Whether a text is Chinese as it is written: Han, marks and ASCII, six in ten or more of the Han in common use."""
    han = _han.findall(text)
    marks = len(_mark.findall(text))
    if _foreign.search(text) or not han or len(han) + marks < 2:
        return False
    usual = sum(common(to_simplified_character(c)) for c in han) + marks
    return usual >= 0.6 * (len(han) + marks)
