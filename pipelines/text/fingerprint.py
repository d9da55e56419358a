"""What makes two texts comparable: a digest for equality, a MinHash for likeness, passage hashes for shared text."""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from operator import eq

from rensa import RMinHash

from pipelines.text.characters import HAN, nfkc

PERMUTATIONS = 128
"""Standard error of a likeness: 1 / sqrt(128), about 0.09 at worst."""
GRAM = 5
"""Han characters a shingle. Unrelated articles of one genre share words and phrases of four, seldom fives."""
ROWS = 3
"""Values a band: with 42 bands, a pair at 0.5 is found with 99.6 %, one at 0.1 with 4 %."""
BANDS = PERMUTATIONS // ROWS
_SEED = 2260
_SHORTEST_PASSAGE = 15
"""Han characters; shorter sentences (会议指出。) recur without being copied."""

_han = re.compile(f"[{HAN}]+")
_gram = re.compile("." * GRAM, re.DOTALL)
_gram_in_utf8 = re.compile(b".{%d}" % (3 * GRAM), re.DOTALL)
_sentence = re.compile(r"[^。！？!?；;\n]+")
_FOLDED = {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "—": "-", "–": "-", "﹣": "-"}


def digest(title: str | None, body: str) -> str:
    """SHA-256, in hex, of title and body without blanks and with every mark in one width: equal means no new version."""
    return hashlib.sha256("\n".join(map(_bare, (title or "", body))).encode("utf-8", "replace")).hexdigest()


def _bare(text: str) -> str:
    text = nfkc(text)
    for mark, folded in _FOLDED.items():
        text = text.replace(mark, folded)
    return "".join(text.split())


def fingerprint(text: str) -> bytes:
    """MinHash of the Han 5-grams of a normalised text: 128 little-endian unsigned 32-bit values, 512 bytes.

    Empty for a text without Han characters.
    """
    han = "".join(_han.findall(text))
    if not han:
        return b""
    sketch = RMinHash(PERMUTATIONS, _SEED)
    for shingles in _hashed(han):
        sketch.update(shingles)
    return struct.pack(f"<{PERMUTATIONS}I", *sketch.digest())


def grams(han: str) -> list[str]:
    """Every run of five characters, in no order; none in a shorter text."""
    return [*chain.from_iterable(_gram.findall(han, at) for at in range(GRAM))]


def _hashed(han: str) -> Iterator[list[str] | list[bytes]]:
    """The grams as they are hashed, in UTF-8: cut from bytes where each character has three, as nearly always."""
    data = han.encode()
    if len(han) < GRAM or len(data) != 3 * len(han):
        yield grams(han) or [han]
    else:
        for at in range(0, 3 * GRAM, 3):
            yield _gram_in_utf8.findall(data, at)


def similarity(a: bytes, b: bytes) -> float:
    """Estimated Jaccard likeness of two fingerprints, 0 to 1; an empty one is like nothing."""
    if not a or not b:
        return 0.0
    return [*map(eq, _values(a), _values(b))].count(True) / PERMUTATIONS


@lru_cache(maxsize=16)  # an article's are written and looked for one after the other
def bands(mark: bytes) -> tuple[int, ...]:
    """42 non-negative 63-bit integers: two fingerprints alike by half share one in the same place with 99.6 %."""
    if not mark:
        return ()
    values = [value & 0x1FFFFF for value in _values(mark)[: BANDS * ROWS]]
    return tuple(a | b << 21 | c << 42 for a, b, c in zip(*[iter(values)] * ROWS, strict=True))


def passages(body: str) -> list[tuple[int, int, int]]:
    """Sentences long enough to be telling: (63-bit hash of the Han characters, start, end)."""
    found = []
    for match in _sentence.finditer(body):
        han = "".join(_han.findall(match.group()))
        if len(han) >= _SHORTEST_PASSAGE:
            value = int.from_bytes(hashlib.blake2b(han.encode(), digest_size=8).digest(), "little") >> 1
            found.append((value, match.start(), match.end()))
    return found


def _values(mark: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{PERMUTATIONS}I", mark)
