"""The pages of one article as one article: in order, no paragraph twice."""

from __future__ import annotations

from crawler.extraction.blocks import body_text, images_of
from crawler.extraction.fold import bare
from crawler.items import Article, Block, Provenance


def stitch(first: Article, parts: list[Article]) -> Article:
    """`first` with the blocks of its further pages; fields come from the first page that has them.

    A full-text page among the parts (余下全文) repeats what came before: every paragraph is kept once.
    """
    seen = {_key(block) for block in first.blocks}
    for part in parts:
        for block in part.blocks:
            key = _key(block)
            if key in seen and len(key) > 12:
                continue
            if block.kind in ("p", "h") and first.title and bare(block.text) == bare(first.title):
                continue
            seen.add(key)
            first.blocks.append(block)
        first.parts.append(part.url)
        if gone := part.original.get("furniture"):
            first.original["furniture"] = [*first.original.get("furniture", ()), *gone]
        _fill(first, part)
    first.body, first.images = body_text(first.blocks), images_of(first.blocks)
    return first


def _key(block: Block) -> str:
    return f"{block.kind == 'image'}{block.url or bare(block.text) or block.text}"


def _fill(first: Article, part: Article) -> None:
    """Editor and keywords often stand on the last page only."""
    for name in (
        "editors",
        "keywords",
        "reporters",
        "correspondents",
        "photographers",
        "source",
        "published",
        "updated",
        "original_title",
    ):
        value = getattr(part, name)
        if value and not getattr(first, name):
            setattr(first, name, value)
            if name == "published":
                first.published_precision = part.published_precision
            rule = part.provenance.get(name)
            first.provenance[name] = Provenance(
                rule=f"part:{rule.rule if rule else name}", alternatives=rule.alternatives if rule else ()
            )
