"""The lines set around a headline: the repeat of it, the kicker above (引题), the subtitle below (副题)."""

from __future__ import annotations

import re

from crawler.extraction.boxes import is_aside
from crawler.extraction.fold import bare
from crawler.extraction.headline import looks_like_byline
from crawler.extraction.line import Line
from crawler.extraction.locate import Place
from crawler.extraction.names import names_in
from crawler.extraction.roles import is_tool
from crawler.extraction.selection import Selection

HEAD_LINES = 8
"""Header matter inside the article's box ends within these lines."""
_SENTENCE = re.compile(r"[。！？；…：:”」）)!?]$")
_KICKER_NAMES = re.compile(r"PreTitle|introtitle|yinti|yin_ti|jianti|kicker|pretitle|shoulder", re.IGNORECASE)
_SUB_NAMES = re.compile(r"SubTitle|subtitle|futi|fu_ti|sub-title|secondtitle|title2", re.IGNORECASE)


def after_headline(inside: list[Line], title: str | None, chosen: Selection) -> int:
    """Skip the headline where the text repeats it; the short lines beside a repeat are kicker and subtitle."""
    if not title:
        return 0
    wanted = bare(title)
    repeat = None
    for index, line in enumerate(inside[:HEAD_LINES]):
        if line.position == chosen.headline or _same_headline(line.bare, wanted):
            repeat = index
        elif line.prose and line.han > 60:
            break
    if repeat is None:
        return 0
    above = [line for line in inside[:repeat] if _headline_part(line)]
    if above and inside[repeat].position != chosen.headline:
        chosen.kickers.append(("headline:above", above[-1]))
    after = repeat + 1
    if after < len(inside) and inside[repeat].position != chosen.headline and _headline_part(inside[after]):
        chosen.subtitles.append(("headline:below", inside[after]))
        after += 1
    return after


def _same_headline(own: str, wanted: str) -> bool:
    if not own or len(own) < 4:
        return False
    if own == wanted:
        return True
    if len(own) < 8 or len(own) > len(wanted) * 1.6 or len(wanted) > len(own) * 1.6:
        return False
    # 我市党政代表团赴X学习考察 repeats 唐山市党政代表团赴X学习考察.
    pairs = {own[i : i + 2] for i in range(len(own) - 1)}
    there = {wanted[i : i + 2] for i in range(len(wanted) - 1)}
    return len(pairs & there) >= 0.75 * max(len(pairs), len(there))


def _headline_part(line: Line) -> bool:
    text = line.text
    return (
        4 <= len(text) <= 45 and not _SENTENCE.search(text) and not line.linked and not line.images
        and not looks_like_byline(text) and not is_tool(line) and "。" not in text
    )  # fmt: skip


def around_headline(lines: list[Line], place: Place, chosen: Selection, rows: int) -> None:
    """Kicker and subtitle in nodes named so, or a dash line under the headline (——副题).

    `rows`: lines of the headline where what stands right above and below it counts, 0 elsewhere.
    """
    if place.headline is None or lines[place.headline].node is None:
        return
    for line in lines[max(0, place.headline - 4) : place.headline + 5]:
        if line.node is None or line.position == place.headline or not line.text or line.linked:
            continue
        names = line.names
        if line.position < place.headline and _KICKER_NAMES.search(names):
            chosen.kickers.append(("node:kicker", line))
        if line.position > place.headline and len(line.text) <= 60 and not is_aside(line.node):
            if _SUB_NAMES.search(names):
                chosen.subtitles.append(("node:subtitle", line))
            elif line.folded.startswith(("——", "--", "—")):
                chosen.subtitles.append(("line:dash", line))
    if rows and (above := _beside(lines, place.headline - 1)):
        chosen.kickers.append(("paper:above", above))
    if rows and (below := _beside(lines, place.headline + rows)):
        chosen.subtitles.append(("paper:below", below))
    gone = {held[0][1].position for held in (chosen.kickers, chosen.subtitles) if held}
    chosen.body = [line for line in chosen.body if line.position not in gone]


def _beside(lines: list[Line], position: int) -> Line | None:
    """The line at this place, if it reads as a part of the headline."""
    line = lines[position] if 0 <= position < len(lines) else None
    return line if line is not None and _headline_part(line) and not names_in(line.text, strict=True) else None
