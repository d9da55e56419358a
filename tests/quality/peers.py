"""Run one other tool over the pages, in the peers' own environment: `python peers.py TOOL < pages.jsonl > answers.jsonl`.

A line in: {"name", "path", "url"}; a line out: {"name", "title", "body", "published", "author", "seconds"}. Knows
nothing of the project, so that no package of ours helps or hinders a tool.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def text_of(html: str) -> str:
    import lxml.html

    root = lxml.html.fromstring(html)
    for node in root.iter("p", "div", "br", "li", "tr"):
        node.tail = f"\n{node.tail or ''}"
    return root.text_content()


def decoded(body: bytes) -> str:
    """Tools that take text get it decoded by the usual guess."""
    for charset in ("utf-8", "gb18030"):
        try:
            return body.decode(charset)
        except UnicodeDecodeError:
            continue
    return body.decode("gb18030", "replace")


def run_trafilatura(body: bytes, url: str) -> dict[str, Any]:
    import trafilatura

    found = trafilatura.bare_extraction(body, url=url, with_metadata=True)
    return {"title": found.title, "body": found.text, "published": found.date, "author": found.author} if found else {}


def run_trafilatura_fast(body: bytes, url: str) -> dict[str, Any]:
    import trafilatura

    found = trafilatura.bare_extraction(body, url=url, with_metadata=True, fast=True)
    return {"title": found.title, "body": found.text, "published": found.date, "author": found.author} if found else {}


def run_newsplease(body: bytes, url: str) -> dict[str, Any]:
    from newsplease import NewsPlease

    found = NewsPlease.from_html(decoded(body), url=url or None, fetch_images=False)
    return {"title": found.title, "body": found.maintext, "published": found.date_publish, "author": found.authors}


def run_readability(body: bytes, url: str) -> dict[str, Any]:
    from readability import Document

    document = Document(decoded(body))
    return {"title": document.short_title(), "body": text_of(document.summary())}


def run_newspaper4k(body: bytes, url: str) -> dict[str, Any]:
    import newspaper

    article = newspaper.Article(url or "http://x.example/", language="zh", fetch_images=False)
    article.download(input_html=decoded(body))
    article.parse()
    published = article.publish_date.isoformat() if article.publish_date else None
    return {"title": article.title, "body": article.text, "published": published, "author": article.authors}


def run_gne(body: bytes, url: str) -> dict[str, Any]:
    from gne import GeneralNewsExtractor

    found = GeneralNewsExtractor().extract(decoded(body))
    return {"title": found["title"], "body": found["content"], "published": found["publish_time"], "author": found["author"]}


def run_magic_html(body: bytes, url: str) -> dict[str, Any]:
    from magic_html import GeneralExtractor

    found = GeneralExtractor().extract(decoded(body), base_url=url or "http://x.example/")
    return {"title": found.get("title"), "body": text_of(found["html"])}


TOOLS: dict[str, Callable[[bytes, str], dict[str, Any]]] = {
    name.removeprefix("run_"): run for name, run in list(globals().items()) if name.startswith("run_")
}


def main() -> None:
    run = TOOLS[sys.argv[1]]
    for line in sys.stdin:
        page = json.loads(line)
        body = Path(page["path"]).read_bytes()
        start = time.process_time()
        try:
            answer = run(body, page["url"])
        except Exception as error:  # A tool that fails on a page has no answer for it; the table counts that.
            answer = {"error": f"{type(error).__name__}: {error}"}
        answer |= {"name": page["name"], "seconds": time.process_time() - start}
        print(json.dumps(answer, ensure_ascii=False, default=str), flush=True)


if __name__ == "__main__":
    main()
