"""The account of a cleaning: every change of every pass, compact enough to store and exact enough to undo.

A pass hands out its changes as `Edit`s. An account is a list of steps, one a pass that changed something, in the order
the passes ran. A step is `[pass, gaps, before, after]`: for each change, how many characters stand untouched since the
end of the one before it, what stood there, what stands there now. The last two are a plain string when every change
has exactly one character on that side, and a list of one when all changes share it, so that thousands of converted
characters cost a few bytes of JSON each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

Account = list[list[Any]]


Edit = tuple[int, str, str]
"""One change of one pass: offset in the text as the pass found it, what stood there, what stands there now."""


class Change(NamedTuple):
    """One change as an account tells it."""

    step: str
    """The pass that made it: `noise`, `script` …"""
    offset: int
    """In the text as the pass found it."""
    before: str
    after: str


@dataclass(slots=True)
class Cleaned:
    """What one pass made of a text."""

    text: str
    edits: list[Edit] = field(default_factory=list)
    counts: Mapping[str, int] = field(default_factory=dict)
    """What was changed."""
    left: Mapping[str, int] = field(default_factory=dict)
    """What was seen and left as it is."""
    flags: set[str] = field(default_factory=set)
    """What was seen and could not be put right, or says what the text is: `polluted`, `damaged` …"""


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits made. They must be in order and must not overlap."""
    pieces: list[str] = []
    end = 0
    for offset, before, after in edits:
        pieces += text[end:offset], after
        end = offset + len(before)
    return "".join(pieces) + text[end:]


def step(name: str, edits: Iterable[Edit]) -> list[Any]:
    """The edits of one pass as one step of an account."""
    edits = list(edits)
    ends = [0, *(offset + len(before) for offset, before, _ in edits)]
    gaps = [edit[0] - end for edit, end in zip(edits, ends, strict=False)]
    return [name, gaps, _pack([edit[1] for edit in edits]), _pack([edit[2] for edit in edits])]


def changes(account: Account) -> Iterator[Change]:
    """Every change an account tells of, in the order it was made."""
    for name, gaps, before, after in account:
        offset = 0
        for gap, old, new in _rows(gaps, before, after):
            offset += gap
            yield Change(name, offset, old, new)
            offset += len(old)


def rebuild(text: str, account: Account) -> str:
    """The original text, from the cleaned one and its account.

    Raises ValueError when the account does not belong to the text.
    """
    for name, gaps, before, after in reversed(account):
        pieces: list[str] = []
        end = 0
        for gap, old, new in _rows(gaps, before, after):
            start = end + gap
            pieces += text[end:start], old
            end = start + len(new)
            if text[start:end] != new:
                raise ValueError(f"account does not fit the text: {name} left {new!r} at {start}, not {text[start:end]!r}")
        text = "".join(pieces) + text[end:]
    return text


def _rows(gaps: list[int], before: str | list[str], after: str | list[str]) -> Iterator[tuple[int, str, str]]:
    return zip(gaps, _unpack(before, len(gaps)), _unpack(after, len(gaps)), strict=True)


def _pack(values: list[str]) -> str | list[str]:
    different = set(values)
    if len(values) > 1 and len(different) == 1:
        return values[:1]
    return "".join(values) if all(len(value) == 1 for value in different) else values


def _unpack(values: str | list[str], length: int) -> str | list[str]:
    return values * length if isinstance(values, list) and len(values) == 1 else values
