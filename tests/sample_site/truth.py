"""What a crawl of the sample site must find: an outcome for every address, the fields of every article, what changes overnight.

Told from the same stories that the pages are rendered from. Texts are as they stand after normalisation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from tests.sample_site.channels import CHANNELS, address, part_address
from tests.sample_site.generator import generated
from tests.sample_site.oddities import WHERE, faulty
from tests.sample_site.pages import COUNT
from tests.sample_site.story import Story, stories


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """How one address must end in a first crawl of an empty archive."""

    path: str
    outcomes: frozenset[str]
    """One of these; more than one where the design leaves it open."""
    kind: str | None = None
    article: dict[str, Any] | None = None
    """Field values by the names of `crawler.items.Article`; `body` is a list of paragraphs; `optional` are lines that may
    stand in the body or not (sign-off bylines, captions)."""
    parts: tuple[str, ...] = field(default=())


ODD = {
    "100911": ("duplicate", "article"), "100912": ("duplicate", "article"), "100913": ("duplicate", "article"),
    "100914": ("offsite", None), "100921": ("gone", "soft404"), "100922": ("gone", None), "100923": ("gone", None),
    "100931": ("blocked", "challenge"), "100932": ("blocked", "challenge"), "100933": ("blocked", "login"),
    "100941": ("failed unreadable", None), "100942": ("failed unreadable archived", None),
}  # fmt: skip


SIGN_OFF = re.compile(r"（(记者|通讯员) [^）]+）")
"""A paragraph that only names its authors, such as （通讯员 韩雪梅）."""


def _moment(story: Story) -> tuple[str, str]:
    day, _, time = story.published.partition(" ")
    if story.issue is not None or not time:
        return day, "day"
    return f"{day}T{time if len(time) == 8 else time + ':00'}+08:00", "second" if len(time) == 8 else "minute"


def _section(story: Story) -> list[str]:
    template = CHANNELS[story.channel].template
    if template == "mirror":
        return ["新闻"]
    if template in ("founder", "old"):
        return []
    return (["新闻"] if template == "trs" else []) + [CHANNELS[story.channel].title]


def article(story: Story) -> dict[str, Any]:
    """The fields of a story as the archive must hold them."""
    published, precision = _moment(story)
    template = CHANNELS[story.channel].template
    reporters = [name for name in story.reporters if not name.startswith("本报")]
    sign_off = [f"（记者 {' '.join(reporters)}）"] if reporters and template in ("mirror", "old") else []
    sign_off += [text for text in story.paragraphs if SIGN_OFF.fullmatch(text)]
    return {
        "title": story.title, "kicker": story.kicker, "subtitle": story.subtitle, "original_title": story.original_title,
        "source": story.source, "reporters": reporters, "correspondents": list(story.correspondents),
        "photographers": list(story.photographers), "editors": [[name, role] for role, name in story.editors],
        "keywords": list(story.keywords), "section": _section(story), "published": published, "published_precision": precision,
        "page_number": story.issue and story.issue[0], "page_name": story.issue and story.issue[1],
        "body": [text for text in story.paragraphs if text not in sign_off],
        "optional": [*sign_off, *(piece.text for piece in story.pieces if piece.kind == "image")],
        "tables": [[list(row) for row in piece.rows] for piece in story.pieces if piece.kind == "table"],
        "images": [(piece.src, piece.text) for piece in story.pieces if piece.kind == "image"],
        "script": ("hant" if template == "mirror" else "hans") if story.paragraphs else None,
    }  # fmt: skip


def _told(story: Story) -> Expected:
    return Expected(
        path=address(story), outcomes=frozenset({"archived"}), kind=story.kind, article=article(story),
        parts=tuple(part_address(story, number) for number in range(1, len(story.parts))),
    )  # fmt: skip


def _lists(edition: int, articles: int) -> list[str]:
    days = sorted({story.day for story in stories("epaper", edition)})
    issues = [f"/epaper/ylrb/html/{day[:7]}/{day[8:]}/node_{n}.htm" for day in days for n in (2, 3)]
    pages = -(-len(stories("yaowen", edition)) // 5)
    return [
        *(channel.index for channel in CHANNELS.values() if channel.name != "epaper"), "/zt/index.shtml",
        *(f"/yaowen/index_{n}.shtml" for n in range(1, pages)), "/minsheng/index_2.shtml",
        *(f"/gen/index_{n}.shtml" for n in range(1, -(-articles // 50))), COUNT.format(1), COUNT.format(2), *issues,
        "/rss/yaowen.xml", "/sitemap_index.xml", "/sitemap_news.xml", "/sitemap_2026.xml.gz",
    ]  # fmt: skip


def truth(edition: int = 1, articles: int = 30) -> dict[str, Expected]:
    """Every address of the default crawl by its path, without those of the Hanweb data endpoint."""
    odd = {WHERE.format(number) for number in ODD}
    told = [
        _told(story) for name in CHANNELS if name != "gen" for story in stories(name, edition)
        if story.listed != "faults" and address(story) not in odd and not address(story).startswith("/neibu/")
    ]  # fmt: skip
    told += [_told(generated(index)) for index in range(articles)]
    told += [Expected(path=path, outcomes=frozenset({"listed"})) for path in _lists(edition, articles)]
    told += [
        Expected(path=WHERE.format(number), outcomes=frozenset(outcomes.split()), kind=kind)
        for number, (outcomes, kind) in ODD.items()
    ]
    told += [
        Expected(path="/zt/202605/t20260501_100101.shtml", outcomes=frozenset({"duplicate"}), kind="article"),
        Expected(path="/neibu/202605/t20260502_100951.shtml", outcomes=frozenset({"disallowed"})),
        Expected(path="/epaper/ylrb/paperindex.htm", outcomes=frozenset({"listed", "duplicate", "dropped"})),
    ]
    return {one.path: one for one in told}


def faults() -> dict[str, Expected]:
    """The addresses outside the default crawl."""
    outcomes = {"100961": "failed", "100962": "failed", "100963": "failed", "100964": "archived", "100966": "failed",
                "100965": "failed unreadable dropped archived"}  # fmt: skip
    return {faulty(n): Expected(path=faulty(n), outcomes=frozenset(text.split())) for n, text in outcomes.items()}


def overnight() -> dict[str, str]:
    """What a crawl of edition 2 must find after one of edition 1, where it differs from `unchanged`: path and outcome."""
    before, after = truth(1, 0), truth(2, 0)
    outcomes = dict.fromkeys(before.keys() - after.keys(), "gone")
    outcomes |= {path: next(iter(after[path].outcomes)) for path in after.keys() - before.keys()}
    both = {path for path in before.keys() & after.keys() if before[path].article != after[path].article}
    return outcomes | dict.fromkeys(both, "changed")
