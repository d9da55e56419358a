"""Bytes to text: which charset a Chinese page is really in, whatever it declares."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from operator import itemgetter

from charset_normalizer import from_bytes

MAX_BYTES = 8 * 1024 * 1024
"""What lies beyond is not read: the largest real article page seen has under 1 MB."""
_HEAD = 64 * 1024
"""Declarations are looked for here; some templates put 40 KB of scripts before their meta tag."""
_SAMPLE = 32 * 1024

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# `<script charset>` and `<link charset>` say nothing about the page, so the tag's name is part of the pattern.
# C0 controls but tab, newline and return; mirror farms put U+0005-U+0008 before punctuation, and lxml cannot write them.
# No charset of Chinese pages but UTF-16 uses these bytes inside a character.
_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32), 127])
_META = re.compile(rb"<meta\b[^>]{0,400}?\bcharset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_ASCII = re.compile("[\0-\x7f]+")
# The commonest characters of running Chinese, Simplified and Traditional: about a quarter of any text.
_COMMON = frozenset("的一是不了在人有我他这中大来上个国和为年以会到时要发对出行市日生作这個為來國會時對發們說後過說與於")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text of a page, the charset that gave it, and how many replacement characters it holds."""

    text: str
    charset: str
    replaced: int
    controls: int = 0
    """C0 control characters taken out."""
    utf8: bytes | None = None
    """What was decoded, where it is UTF-8 without fault: a parser needs no second encoding then."""


def canonical_label(label: str) -> str | None:
    """Python's name for a declared label; every gb* is gb18030, every Big5 is Big5-HKSCS (WHATWG Encoding). None: unknown."""
    name = label.strip().strip("\"'").lower().replace("_", "-")
    if name.startswith(("gb", "x-gb", "euc-cn", "chinese", "csgb", "hz-gb", "cp936", "ms936")):
        return "gb18030"
    if name.startswith(("big5", "big-5", "cn-big5", "x-x-big5", "csbig5", "cp950", "ms950")):
        return "big5hkscs"
    if name in ("utf8", "utf-8", "unicode-1-1-utf-8", "utf-8-sig"):
        return "utf-8"
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError, UnicodeError):
        return None
    # Text codecs only: `hex` or `rot13` in a declaration is no charset.
    return found.name if getattr(found, "_is_text_encoding", True) else None


def declared_labels(body: bytes, content_type: str | None) -> list[str]:
    """What header and page declare, in the order in which they count; unknown labels left out."""
    head = body[:_HEAD]
    labels: list[str] = []
    if content_type and (match := _HEADER.search(content_type)):
        labels.append(match[1])
    for match_bytes in (_XML.search(head), _META.search(_COMMENT.sub(b"", head)) or _META.search(head)):
        if match_bytes:
            labels.append(match_bytes[1].decode("ascii", "replace"))
    names = (canonical_label(label) for label in labels)
    return list(dict.fromkeys(name for name in names if name))


def decode(body: bytes, *, content_type: str | None = None, charset: str | None = None) -> Decoded:
    """Decode a page once. `charset` is the site's known one and outranks header and meta.

    A declaration is overruled only where it is provably wrong: the bytes are valid UTF-8 with several multi-byte
    characters, or the declared charset breaks on them far more often than another does.
    """
    body = body[:MAX_BYTES]
    for bom, name in _BOMS:
        if body.startswith(bom):
            found = _replacing(body[len(bom) :], name)
            text = found.text.translate(dict.fromkeys(_CONTROLS))
            return replace(found, text=text, controls=len(found.text) - len(text))
    # Most pages have none: thirty looks for one byte take half the time of a copy without them.
    clean = body.translate(None, _CONTROLS) if any(map(body.__contains__, _CONTROLS)) else body
    return replace(_decode(clean, content_type, charset), controls=len(body) - len(clean))


def _decode(body: bytes, content_type: str | None, charset: str | None) -> Decoded:
    if body.isascii():
        return Decoded(body.decode("ascii"), "utf-8", 0, utf8=body)
    if (utf8 := _strict(body, "utf-8")) is not None:
        return utf8
    labels = [name for name in (canonical_label(charset or ""),) if name] + declared_labels(body, content_type)
    for name in labels:
        if name in ("utf-16-le", "utf-16-be", "utf-16", "utf-32") and body[:200].count(0) < 20:
            continue
        if name != "utf-8" and not name.startswith(("iso8859", "latin", "cp125")) and (found := _strict(body, name)):
            return found
    return _best(body, labels)


def _strict(body: bytes, name: str) -> Decoded | None:
    # A page cut in the middle of a character is still that charset: up to three last bytes may be missing.
    for end in range(len(body), max(len(body) - 4, 0), -1):
        try:
            whole = body[:end]
            return Decoded(whole.decode(name), name, int(end < len(body)), utf8=whole if name == "utf-8" else None)
        except UnicodeDecodeError as error:
            if error.start < end - 4:
                return None
        except (LookupError, ValueError):
            return None
    return None


def _replacing(body: bytes, name: str) -> Decoded:
    before = body.count("\ufffd".encode()) if name == "utf-8" else 0
    text = body.decode(name, "replace")
    return Decoded(text, name, max(text.count("\ufffd") - before, 0))


def _best(body: bytes, labels: list[str]) -> Decoded:
    """No declared charset fits without fault: the reading that is Chinese and breaks least, declared ones first."""
    names = list(dict.fromkeys([*labels, "utf-8", "gb18030", "big5hkscs"]))
    readings = [_replacing(body, name) for name in names if not name.startswith("utf-16")]
    # max() keeps the first of equals, which is the one that was declared.
    plausible, best = max(((_plausibility(reading), reading) for reading in readings), key=itemgetter(0))
    if plausible > 0.05 or not body:
        return best
    guess = from_bytes(body[:_SAMPLE]).best()
    return _replacing(body, canonical_label(guess.encoding) or best.charset) if guess else best


def _plausibility(reading: Decoded) -> float:
    """Share of the commonest characters among all that are not ASCII, less what broke."""
    wide = _ASCII.sub("", reading.text[: _SAMPLE * 8])
    if not wide:
        return 0.0
    return (sum(map(wide.count, _COMMON)) - 2 * wide.count("\ufffd")) / len(wide)
