"""The pages of one article as one article: in order, no paragraph twice."""

from __future__ import annotations

from crawler.extraction.blocks import body_text, images_of
from crawler.extraction.fold import bare
from crawler.items import Article, Block, Provenance

_SHORT = 12
"""Length of a key up to which a text may stand on several pages by chance: 记者手记, 一、."""
MIN_CUT = 8
"""Characters by which a paragraph is known again that breaks off."""


def stitch(first: Article, parts: list[Article]) -> Article:
    """`first` with the blocks of its further pages; fields come from the first page that has them.

    A full-text page (余下全文) repeats what came before and stands for it; of other parts, what they repeat is left out.
    """
    for part in parts:
        new = [block for block in part.blocks if not _is_headline(block, first)]
        kept = [] if _is_whole(new, first.blocks) else first.blocks
        seen = {_key(block) for block in kept}
        for block in new[_same_head(kept, new) :]:
            if (key := _key(block)) not in seen or len(key) <= _SHORT:
                seen.add(key)
                kept.append(block)
        first.blocks = kept
        first.parts.append(part.url)
        if gone := part.original.get("furniture"):
            first.original["furniture"] = [*first.original.get("furniture", ()), *gone]
        _fill(first, part)
    first.body, first.images = body_text(first.blocks), images_of(first.blocks)
    return first


def _is_headline(block: Block, article: Article) -> bool:
    return block.kind in ("p", "h") and bool(article.title) and bare(block.text) == bare(article.title or "")


def _same_head(held: list[Block], new: list[Block]) -> int:
    """How many blocks a further page begins with as the first one does: a series' name, a logo, however short."""
    pairs = zip(held, new, strict=False)
    return next((place for place, (own, other) in enumerate(pairs) if _key(own) != _key(other)), min(len(held), len(new)))


def _is_whole(blocks: list[Block], held: list[Block]) -> bool:
    """Do these blocks hold the text of all that were held? The last of those may break off in mid-paragraph."""
    there = [bare(block.text) for block in blocks]
    *before, last = [text for block in held if block.kind != "image" and (text := bare(block.text))] or [""]
    return len(last) >= MIN_CUT and set(before) <= set(there) and any(text.startswith(last) for text in there)


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
