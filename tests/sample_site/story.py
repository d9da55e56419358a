"""One article of the sample site, read from `stories/*.txt`: what pages are rendered from and what truth is told from."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

STORIES = Path(__file__).parent / "stories"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One block of a body: `p`, `h` (sub-headline), `table` or `image`."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    src: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """An article. `published` is what the page shows: a day, a minute or a second."""

    id: str
    channel: str
    title: str
    published: str
    kicker: str | None = None
    subtitle: str | None = None
    source: str | None = None
    reporters: tuple[str, ...] = ()
    correspondents: tuple[str, ...] = ()
    photographers: tuple[str, ...] = ()
    editors: tuple[tuple[str, str], ...] = ()
    """(role, name)."""
    keywords: tuple[str, ...] = ()
    original_title: str | None = None
    kind: str = "article"
    path: str = ""
    listed: str = "list"
    """Where its address is found: `list`, or only in the `feed`, `sitemap` or `faults` list."""
    issue: tuple[str, str] | None = None
    """(page number, page name) in the e-paper."""
    parts: tuple[tuple[Piece, ...], ...] = field(default=())

    @property
    def day(self) -> str:
        return self.published[:10]

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return tuple(piece for part in self.parts for piece in part)

    @property
    def paragraphs(self) -> list[str]:
        return [piece.text for piece in self.pieces if piece.kind in ("p", "h")]


def _pieces(text: str) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("## "):
            pieces.append(Piece(kind="h", text=line[3:]))
        elif line.startswith("|"):
            row = tuple(line[1:].split("|"))
            if pieces and pieces[-1].kind == "table":
                pieces[-1] = replace(pieces[-1], rows=(*pieces[-1].rows, row))
            else:
                pieces.append(Piece(kind="table", rows=(row,)))
        elif line.startswith("!"):
            src, _, caption = line[1:].partition(" ")
            pieces.append(Piece(kind="image", src=src, text=caption))
        else:
            pieces.append(Piece(kind="p", text=line))
    return tuple(pieces)


def _story(block: str, channel: str) -> tuple[Story, int, int]:
    """A story with the editions it first and last appears in."""
    head, _, body = block.strip().partition("\n\n")
    facts = dict(line.split(": ", 1) for line in head.splitlines())
    first, last = 1, 99
    if "edition" in facts:
        first = int(facts.pop("edition"))
        last = 1 if first == 1 else 99
    if "gone" in facts:
        last = int(facts.pop("gone")) - 1
    lists = {
        name: tuple(facts.pop(name, "").split("、")) for name in ("reporters", "correspondents", "photographers", "keywords")
    }
    editors = tuple(tuple(one.split("=")) for one in facts.pop("editors", "").split("；") if one)
    issue = None
    if "issue" in facts:
        facts["published"], *page = facts.pop("issue").split()
        issue = (page[0], page[1])
    reprint = facts.pop("reprint", None)
    parts = tuple(_pieces(part) for part in body.split("@@\n")) if body else ()
    if reprint:
        parts = next(one.parts for one, _, _ in _file("yaowen") if one.id == reprint)
    named = {name: tuple(filter(None, value)) for name, value in lists.items()}
    return Story(channel=channel, editors=editors, issue=issue, parts=parts, **named, **facts), first, last  # type: ignore[arg-type]


@cache
def _file(channel: str) -> tuple[tuple[Story, int, int], ...]:
    text = (STORIES / f"{channel}.txt").read_text(encoding="utf-8")
    return tuple(_story(block, channel) for block in text.split("\n=====\n"))


def stories(channel: str, edition: int = 1) -> list[Story]:
    """The stories of a channel on that day, newest first."""
    found = [story for story, first, last in _file(channel) if first <= edition <= last]
    return sorted(found, key=lambda story: story.published, reverse=True)
