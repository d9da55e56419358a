"""Stage: clean an article's body and every field beside it by the same road, and say where it is from."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import Any

from crawler.items import Article, Block, Editor, Page
from pipelines.stage import Stage
from pipelines.text import Normalised, normalise
from pipelines.text.region import locate

TEXTS = ("title", "kicker", "subtitle", "original_title", "source", "sponsor", "page_name")
LISTS = ("reporters", "correspondents", "photographers", "keywords", "section", "label_lines")
FACET = ("spun", "polluted", "mojibake", "damaged")
"""What `noise` says, the gravest first."""


class Normalise(Stage):
    """Cleans; raw values stay in `article.original`, and the body's changes in `article.account`."""

    def apply(self, page: Page) -> None:
        article = page.article
        if article is None or "body" in article.original:
            return
        body = normalise(article.body)
        cleaner = Cleaner(body if body.script else None)
        article.original["body"] = article.body
        _clean_blocks(article, body.text, cleaner)
        article.body, article.account, article.script = body.text, body.account, body.script
        _clean_fields(article, cleaner)
        # Label lines are text of the article too; counted with it, so that the counts are those of the page as it stood.
        counts = Counter(body.counts)
        for line in article.original.get("label_lines", ()):
            counts.update(normalise(line, like=cleaner.body).counts)
        article.counts |= counts
        article.noise = next((flag for flag in FACET if flag in body.flags), None)
        if region := locate(
            site=page.site_region, source=article.source, section=article.section, title=article.title, body=article.body
        ):
            article.region_code, article.region, article.region_rule = region


@dataclass(slots=True)
class Cleaner:
    """Cleans the fields of one document as its body was cleaned."""

    body: Normalised | None
    """None when the body has no Han text to judge by, as in a gallery: each field then speaks for itself."""

    def text(self, raw: str) -> str:
        """One field, on one line."""
        return _field(raw, *(self.body.script, self.body.flags) if self.body else (None, None)) if raw else raw


@lru_cache(maxsize=4096)  # outlets, sections, roles and names stand on page after page
def _field(raw: str, script: str | None, flags: frozenset[str] | None) -> str:
    return normalise(raw, like=None if flags is None else Normalised("", script=script, flags=flags)).text


def _clean_fields(article: Article, cleaner: Cleaner) -> None:
    cleaned: dict[str, Any] = {name: cleaner.text(raw) for name in TEXTS if (raw := getattr(article, name))}
    cleaned |= {name: [cleaner.text(raw) for raw in getattr(article, name)] for name in LISTS}
    cleaned["editors"] = [Editor(name=cleaner.text(editor.name), role=cleaner.text(editor.role)) for editor in article.editors]
    cleaned["images"] = [replace(image, caption=cleaner.text(image.caption or "") or None) for image in article.images]
    for name, value in cleaned.items():
        if value != (raw := getattr(article, name)):
            article.original[name] = [asdict(entry) for entry in raw] if name in ("editors", "images") else raw
            setattr(article, name, value)


def _clean_blocks(article: Article, cleaned: str, cleaner: Cleaner) -> None:
    """Blocks that are lines of the body take the body's lines; the others go the road by themselves.

    Only the others' raw values are kept apart, by the block's number: the body's are in its original.
    """
    lines = dict(zip(article.body.split("\n"), cleaned.split("\n"), strict=True))
    raw: dict[str, dict[str, Any]] = {}
    for number, block in enumerate(article.blocks):
        line = lines.get(block.text)
        if line is not None and block.rows is None and not block.links:
            block.text = line  # nearly every block
        elif changed := _clean_block(block, cleaner, line):
            raw[str(number)] = changed
    if raw:
        article.original["blocks"] = raw


def _clean_block(block: Block, cleaner: Cleaner, line: str | None) -> dict[str, Any]:
    """Clean one block in place; the raw values of what changed, but for a line of the body."""
    text = cleaner.text(block.text) if line is None else line
    rows = [[cleaner.text(cell) for cell in row] for row in block.rows] if block.rows is not None else None
    links = [(cleaner.text(label), url) for label, url in block.links]
    changed: dict[str, Any] = {}
    if line is None and text != block.text:
        changed["text"] = block.text
    if rows != block.rows:
        changed["rows"] = block.rows
    if links != block.links:
        changed["links"] = block.links
    block.text, block.rows, block.links = text, rows, links
    return changed
