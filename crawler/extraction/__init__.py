"""Bytes to article: charset, page kind, locating the text, labels and dates. Pure; knows no Scrapy and no database."""

from crawler.extraction.article import extract_article
from crawler.extraction.blocks import markdown
from crawler.extraction.document import Document, open_document
from crawler.extraction.kind import page_kind
from crawler.extraction.roles import editor_names
from crawler.extraction.stitch import stitch

__all__ = ["Document", "editor_names", "extract_article", "markdown", "open_document", "page_kind", "stitch"]
