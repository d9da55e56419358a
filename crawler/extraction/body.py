"""The located lines through trafilatura: handed over as a fresh small document, its answer checked against the lines."""

from __future__ import annotations

from configparser import ConfigParser
from copy import deepcopy

from lxml.etree import ElementDefaultClassLookup, HTMLParser, SubElement, _Element
from lxml.html import HtmlElement
from trafilatura.main_extractor import extract_content
from trafilatura.settings import DEFAULT_CONFIG, Extractor
from trafilatura.utils import line_processing, trim

from crawler.items import Block

MAX_BLOCKS = 3_000
"""More paragraphs than this are no article that trafilatura could improve; a serialised novel has about 500."""
CACHED = 5_000_000
"""Characters after which trafilatura's caches are emptied: 2.3.1 keeps 1,024 texts of any length, and 200 paragraphs of a
megabyte held 480 MB. (Its own `reset_caches` logs an error over charset_normalizer, whose caches are small.)"""


def _options() -> Extractor:
    """One document, no metadata, no comments, no fallbacks; short briefs are as good as long reports.

    Recall, because the article is located already: trafilatura neither looks for teasers nor asks whether it missed a page.
    """
    config: ConfigParser = deepcopy(DEFAULT_CONFIG)
    for name in ("MIN_EXTRACTED_SIZE", "MIN_OUTPUT_SIZE", "MIN_EXTRACTED_COMM_SIZE", "MIN_OUTPUT_COMM_SIZE"):
        config["DEFAULT"][name] = "1"
    return Extractor(
        config=config, fast=True, recall=True, comments=False, links=False, images=False, tables=True, formatting=False
    )


_OPTIONS = _options()
# lxml.html's own parser looks every element's class up in Python; here they are all of one class.
_PARSER = HTMLParser()
_PARSER.set_element_class_lookup(ElementDefaultClassLookup(element=HtmlElement))


def fresh_document(blocks: list[Block]) -> HtmlElement:
    """A document of paragraphs from blocks; br-separated text of a layout table comes out as paragraphs this way.

    What reads as text and follows each other travels as one paragraph, a line each: trafilatura asks every element about
    fifty questions, and text is never given up on its word. Tables, and what is mostly links, stand alone.
    """
    root: HtmlElement = _PARSER.makeelement("html")
    article = SubElement(SubElement(root, "body"), "article")
    run: list[str] = []
    for block in blocks:
        if block.kind == "image" or not block.text:
            continue
        alone = block.kind == "table" or _expendable(block)
        if alone and run:
            SubElement(article, "p").text = "\n".join(run)
            run = []
        if block.kind == "table":
            _set_table(SubElement(article, "table"), block.rows or [])
        elif alone:
            SubElement(article, "p").text = block.text
        else:
            run.append(block.text)
    if run:
        SubElement(article, "p").text = "\n".join(run)
    return root


def _set_table(table: _Element, rows: list[list[str]]) -> None:
    for row in rows:
        line = SubElement(table, "tr")
        for cell in row:
            SubElement(line, "td").text = cell


def read_body(blocks: list[Block]) -> tuple[list[Block], str]:
    """Blocks that trafilatura keeps, and the rule: `trafilatura`, or `lines` where it lost text that reads as prose.

    trafilatura drops lists of links and repeated pieces. It also drops short or oddly set paragraphs of real
    articles; a Chinese paragraph with a full stop is never given up on its word.
    """
    texts = [block for block in blocks if block.kind != "image" and block.text]
    if not 0 < len(texts) <= MAX_BLOCKS:
        return blocks, "lines"
    # Its main extractor alone: there is nothing to clean, convert or compare in what was built in its own names.
    body, _ = extract_content(fresh_document(blocks), _OPTIONS)
    _forget(sum(len(block.text) for block in texts))
    kept = _dense("".join(body.itertext()))
    if kept == _dense("".join(map(_wording, texts))):
        return blocks, "trafilatura"
    lost = [block for block in texts if not _held(block, kept)]
    drop = {id(block) for block in lost if _expendable(block)}
    if len(drop) < len(lost):
        return [block for block in blocks if id(block) not in drop], "lines"
    return [block for block in blocks if id(block) not in drop], "trafilatura"


_given = [0]


def _forget(characters: int) -> None:
    """Count what trafilatura was given, and empty its caches when it was enough."""
    _given[0] += characters
    if _given[0] > CACHED:
        _given[0] = 0
        trim.cache_clear()
        line_processing.cache_clear()


def _dense(text: str) -> str:
    return "".join(text.split())


def _wording(block: Block) -> str:
    return block.text if block.rows is None else "".join(cell for row in block.rows for cell in row)


def _held(block: Block, kept: str) -> bool:
    if block.rows:
        return all(_dense(cell) in kept for row in block.rows for cell in row)
    return _dense(block.text) in kept


def _expendable(block: Block) -> bool:
    """Mostly links, or no sentence at all."""
    linked = sum(len(text) for text, _ in block.links)
    return block.kind != "table" and linked * 2 > len(block.text)
