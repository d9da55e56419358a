"""Text that repeats across a site's pages is furniture: what a page offers as candidates, and what known furniture takes off.

Pure: whoever keeps the archive counts on how many pages of a site and template a key was seen (table `furniture`) and
hands the keys of `PAGES` pages or more back. A paragraph that stands on one page only can so never be removed.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from crawler.extraction.blocks import body_text, images_of
from crawler.extraction.document import Document
from crawler.extraction.fold import bare
from crawler.extraction.meta import read_meta
from crawler.items import Article, Block

PAGES = 3
"""Pages of one site and template a text must stand on to be furniture; two may be the parts of one story."""
SHORTEST, LONGEST = 4, 300
"""Characters of a candidate: a shorter line is too common a word, a longer one is a text that was published twice."""

_DIGITS = re.compile(r"\d+")
_HEX = re.compile(r"[0-9a-f]{16,}|[0-9a-f]{8}-[0-9a-f-]{20,}")


class Candidate(NamedTuple):
    """One text that may be furniture."""

    template: str
    """Shape of the page's address: a site has several generations of pages."""
    key: str
    sample: str
    """The text as it stood, for people who look at what was learned."""


def template_of(url: str) -> str:
    """`http://x.cn/yw/202605/t20260506_12.shtml?from=a` → `x.cn/*/N/tN_N.shtml`: numbers and channels left out."""
    address = url.split("://")[-1].split("?")[0].split("#")[0]
    host, *path = _DIGITS.sub("N", _HEX.sub("N", address.lower())).split("/")
    return "/".join([host, *("*" if part and "N" not in part and "." not in part else part for part in path)])


def candidates(document: Document, article: Article) -> list[Candidate]:
    """What this page offers: its paragraphs of middling length, and its meta keywords as one text."""
    template = template_of(document.url)
    texts = [block.text for block in article.blocks if block.kind != "image"]
    if keywords := read_meta(document).fields.get("keywords"):
        texts.append(keywords)
    found = {key_of(text): text for text in texts if SHORTEST <= len(text) <= LONGEST and bare(text)}
    return [Candidate(template, key, text) for key, text in found.items()]


def key_of(text: str) -> str:
    """The same text whatever its blanks, signs, width and script of label characters."""
    return hashlib.sha256(bare(text).encode()).hexdigest()[:16]


def learn(pages: Iterable[list[Candidate]]) -> frozenset[tuple[str, str]]:
    """(template, key) of all that stands on `PAGES` of these pages; each list is one page."""
    seen = Counter((candidate.template, candidate.key) for page in pages for candidate in page)
    return frozenset(pair for pair, count in seen.items() if count >= PAGES)


def prune(article: Article, known: frozenset[tuple[str, str]]) -> list[str]:
    """Take known furniture off the article, in place; the texts taken off, in order. The headline is never furniture."""
    template = template_of(article.url)
    known_keys = {key for shape, key in known if shape == template}
    gone = [block.text for block in article.blocks if _known(block, known_keys)]
    if gone:
        article.blocks = [block for block in article.blocks if not _known(block, known_keys)]
        article.body, article.images = body_text(article.blocks), images_of(article.blocks)
    rule = article.provenance.get("keywords")
    # The same keywords on page after page are the site's and not the article's.
    if rule and rule.rule == "meta:keywords" and key_of("".join(article.keywords)) in known_keys:
        gone.append("、".join(article.keywords))
        article.keywords = []
    return gone


def _known(block: Block, keys: set[str]) -> bool:
    return block.kind != "image" and key_of(block.text) in keys
