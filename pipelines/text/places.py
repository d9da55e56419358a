"""Names of China's administrative divisions and their GB/T 2260 codes, as `regions.tsv` lists them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Place(NamedTuple):
    """One division as it is named today."""

    code: str
    """Six digits: `130200`."""
    name: str
    """In full: `唐山市`."""

    @property
    def level(self) -> int:
        """1 province, 2 prefecture, 3 county."""
        return 1 if self.code.endswith("0000") else 2 if self.code.endswith("00") else 3

    @property
    def scope(self) -> str:
        """The digits its own divisions share: `13` of a province, `1302` of a prefecture."""
        return self.code[: 2 * self.level]

    def within(self, other: Place) -> bool:
        """Whether this place lies in the other, or is it."""
        return self.code.startswith(other.scope)


class Gazetteer(NamedTuple):
    """Places by code, and by every name they go by."""

    by_code: dict[str, Place]
    by_name: dict[str, tuple[Place, ...]]
    """Full, short and former names; short ones have two characters at least."""
    full: frozenset[str]
    """The names that are full ones, today's and former."""
    longest: int


@cache
def gazetteer() -> Gazetteer:
    """The list, read once."""
    lines = files(__package__).joinpath("regions.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    by_code = {code: Place(code, name) for code, name, _, until, _ in rows if not until}
    by_name: dict[str, dict[str, Place]] = {}
    for code, name, short, until, today in rows:
        place = by_code.get(today or code) if until else by_code[code]
        for key in {name, short}:
            # A former name counts only where no place bears it today (蓟县, now 蓟州区); of one that is gone, the last code.
            if len(key) > 1:
                by_name.setdefault(key, {}).setdefault("" if until else code, place or Place(code, name))
    named = {
        key: tuple(place for code, place in found.items() if code) or tuple(found.values()) for key, found in by_name.items()
    }
    return Gazetteer(by_code, named, frozenset(name for _, name, _, _, _ in rows), max(map(len, named)))


def mentions(text: str, before: int | None = None) -> Iterator[tuple[int, str]]:
    """Every place name in a text, or those that begin `before` an offset, longest first at each point: (offset, name)."""
    by_name = gazetteer().by_name
    pattern, sizes = _beginnings()
    end = 0
    for match in pattern.finditer(text, 0, len(text) if before is None else before + 1):
        at = match.start()
        for size in sizes.get(text[at : at + 2], ()) if at >= end else ():
            name = text[at : at + size]
            if name in by_name:
                yield at, name
                end = at + size
                break


@cache
def _beginnings() -> tuple[re.Pattern[str], dict[str, list[int]]]:
    """Where a name may begin, by its first and its second character each for itself; and by both, the sizes of such names."""
    sizes: dict[str, set[int]] = {}
    for name in gazetteer().by_name:
        sizes.setdefault(name[:2], set()).add(len(name))
    first, second = ("".join(sorted(set(characters))) for characters in zip(*sizes, strict=True))
    return re.compile(f"[{first}](?=[{second}])"), {head: sorted(found, reverse=True) for head, found in sizes.items()}
