"""Text that repeats across a site's pages is furniture: what a page offers as candidates, and what known furniture takes off.

Pure: the archive counts on how many pages of a site and template a key was seen (table `furniture`,
`pipelines.archive.furniture`) and says which keys are known. A paragraph that stands on one page only can so never be removed.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

from crawler.extraction.blocks import body_text, images_of
from crawler.extraction.document import Document
from crawler.extraction.fold import bare
from crawler.extraction.meta import read_meta
from crawler.items import Article, Block, Candidate

Known = frozenset[tuple[str, str]]
"""(template, key) of what is known as furniture of one site."""

SHORTEST, LONGEST = 4, 300
"""Characters of a candidate: a shorter line is too common a word, a longer one is a text that was published twice."""
SAMPLE = 80
"""Characters kept for people to look at."""

_DIGITS = re.compile(r"\d+")
_HEX = re.compile(r"[0-9a-f]{16,}|[0-9a-f]{8}-[0-9a-f-]{20,}")
_DATE = re.compile(
    r"[\d〇○零一二三四五六七八九](?:(?<=\d)(?:\d{3}\s*[年./-]\s*\d|\s*月\s*\d{1,2}\s*日)|(?<=\D)[〇○零一二三四五六七八九]{3}年)"
)
"""2026年5月6日, 5月6日, 2026-05-06, 二〇二六年五月六日: notices of one day are all signed with it.

In one scan, since each begins with a digit."""
_DATE_SIGN = re.compile("[年月./-]")
"""One of these stands in every such date."""


def template_of(url: str) -> str:
    """`http://x.cn/yw/202605/t20260506_12.shtml?from=a` → `x.cn/*/N/tN_N.shtml`: numbers and channels left out."""
    address = url.split("://")[-1].split("?")[0].split("#")[0]
    host, *path = _DIGITS.sub("N", _HEX.sub("N", address.lower())).split("/")
    return "/".join([host, *("*" if part and "N" not in part and "." not in part else part for part in path)])


@lru_cache(maxsize=256)  # pruning asks again for what was offered
def key_of(text: str) -> str:
    """The same text whatever its blanks, signs, width and script of label characters."""
    return hashlib.sha256(bare(text).encode()).hexdigest()[:16]


def candidates(document: Document, article: Article) -> list[Candidate]:
    """What this page offers, each text once: its paragraphs of middling length, and its meta keywords as one text."""
    found = {key: block.text for block, key in zip(article.blocks, _keys(article), strict=True) if key}
    keywords = read_meta(document).fields.get("keywords", "")
    if SHORTEST <= len(keywords) <= LONGEST and bare(keywords):
        found[key_of(keywords)] = keywords
    template = template_of(document.url)
    return [Candidate(template, key, text[:SAMPLE]) for key, text in found.items()]


def prune(document: Document, article: Article, known: Known) -> list[str]:
    """Take known furniture off the article, in place; the texts taken off, in order, stand in `article.original` too.

    Headlines and lines with a date are never furniture, and an article of nothing else keeps its text.
    """
    template = template_of(document.url)
    keys = {key for shape, key in known if shape == template}
    if not keys:
        return []
    stays = [key not in keys for key in _keys(article)]
    left = [block for block, stay in zip(article.blocks, stays, strict=True) if stay]
    gone: list[str] = []
    if body_text(left) and len(left) < len(article.blocks):
        gone = [block.text for block, stay in zip(article.blocks, stays, strict=True) if not stay]
        article.original["furniture"] = list(gone)
        article.blocks, article.body, article.images = left, body_text(left), images_of(left)
    rule = article.provenance.get("keywords")
    # The same keywords on page after page are the site's and not the article's.
    if rule and rule.rule == "meta:keywords" and key_of("".join(article.keywords)) in keys:
        gone.append("、".join(article.keywords))
        article.original["keywords"], article.keywords = article.keywords, []
    return gone


def _keys(article: Article) -> list[str | None]:
    """The key of each block, None where it cannot be furniture."""
    heads = {key_of(head) for head in (article.title, article.kicker, article.subtitle, article.original_title) if head}
    keys = [key_of(block.text) if _may_be(block) else None for block in article.blocks]
    return [None if key in heads or key == _NOTHING else key for key in keys]


def _may_be(block: Block) -> bool:
    text = block.text
    return block.kind != "image" and SHORTEST <= len(text) <= LONGEST and not (_DATE_SIGN.search(text) and _DATE.search(text))


_NOTHING = key_of("")
"""Key of a line of signs alone."""
