"""Fields from what is no line of the header: known ids and classes, meta tags, captions, page labels, sponsor, address."""

from __future__ import annotations

import re

from lxml.etree import XPath

from crawler.extraction.dates import Moment, find_moments, first_moment, url_day
from crawler.extraction.document import Document
from crawler.extraction.fields import Found, is_outlet, keywords_in
from crawler.extraction.fold import clear, fold
from crawler.extraction.labels import find_labels, one_value
from crawler.extraction.line import Line
from crawler.extraction.meta import AUTHORS, DATES, EDITORS, SOURCES, Meta
from crawler.extraction.names import names_in
from crawler.extraction.people import photo_credit
from crawler.extraction.roles import labels_of
from crawler.items import Editor

# Who put a page on line is its author only where the name is a person's: 发布人：admin.
_KNOWN_IDS = XPath("//@id[. = 'js_name' or contains(., '_baidu')]/..")
_PAGE_LABEL = re.compile(
    r"^[\s\[【(]*第?\s?(?P<number>[A-Z]{0,2}\d{1,3})\s?版\s*[:\s]?\s*(?P<name>[\u3400-\u9fffA-Za-z·、]{2,12})?[\s\])】]*$"
)
# 2026年4月18日 星期六 第03版 综合: the label among other things of a page's head or foot.
_PAGE_AMONG = re.compile(
    r"第\s?(?P<number>[A-Z]{0,2}\d{1,3})\s?版[:\s]*(?P<name>(?![上下]一版)[\u3400-\u9fffA-Za-z·、]{2,12})?(?=[\s\x1f]|$)"
)
_SPONSOR = re.compile(r"(?:^|[\s\x1f|])(?P<name>[\u3400-\u9fff·]{3,30}?)[\s\x1f]*(?:主办|主辦)[\s\x1f]*(?:$|[\x1f|])")
_NODES = {
    "source": re.compile(r"source_baidu|docSourceName|sourceMsg|laiyuan|(?:^|\s)ly(?:$|\s)|(?:^|[\s_-])source(?:$|[\s_-])"),
    "reporter": re.compile(r"author_baidu|(?:^|[\s_-])author(?:$|[\s_-])"),
    "editor": re.compile(r"editor_baidu|docEditor|zerenbianji|(?:^|\s)(?:zrbj|bianji|editer|editor|ep-editor|ntit_rbj)(?:$|\s)"),
    "published": re.compile(
        r"pubtime_baidu|docRelTime|pubtime|pubDate|publish[-_]?time|(?:^|[\s_-])(?:time|date|timer|pub-date|post-date)(?:$|[\s_-])",
        re.IGNORECASE,
    ),
}


def read_nodes(found: Found, lines: list[Line], first: int) -> None:
    """Nodes whose id or class says what they hold (`#source_baidu`, `.docRelTime`): label-free values."""
    for line in lines:
        if line.node is None or line.hidden or not 2 <= len(line.text) <= 60:
            continue
        names = line.names.strip()
        if not names or labels_of(line):
            continue
        if _NODES["source"].search(names) and not any(find_moments(line.text)):
            if (name := one_value(line.edged)) and is_outlet(name) and line.han >= 2:
                found.source.append(("node:source", name))
        elif _NODES["published"].search(names) and (moment := first_moment(line.edged)):
            found.moments.append((7.5 if line.position < first else 2.0, "node:time", moment))


def read_meta_fields(found: Found, meta: Meta, url: str, seen: list[str]) -> None:
    """Meta tags and JSON-LD, after what the reader sees."""
    if (pair := meta.first(SOURCES)) and (name := one_value(pair[1])) and is_outlet(name):
        found.source.append((f"meta:{pair[0]}", name))
    if (pair := meta.first(AUTHORS)) and (names := names_in(pair[1], strict=True)):
        # What a CMS writes there is mostly who put the page on line; the page itself must name the same person.
        named = [name for name in names if any(name in text for text in seen)]
        found.reporters += [(f"meta:{pair[0]}", named)] if named else []
    if pair := meta.first(EDITORS):
        names = names_in(pair[1], strict=True)
        found.fallback_editors.append((f"meta:{pair[0]}", [Editor(name=name, role="责任编辑") for name in names]))
    if (value := meta.fields.get("keywords")) and (words := keywords_in(value)):
        found.keywords.append(("meta:keywords", words))
    for name in DATES:
        if name in meta.fields and (moment := first_moment(meta.fields[name])):
            found.moments.append((5.5 if name != "date" else 3.5, f"meta:{name}", moment))
    for data in meta.linked_data:
        for key in ("datePublished", "pubDate"):
            if isinstance(data.get(key), str) and (moment := first_moment(data[key])):
                found.moments.append((5.6, f"json-ld:{key}", moment))
    if day := url_day(url):
        found.moments.append((1.0, "url", Moment(day, "day")))


def read_sponsor(found: Found, lines: list[Line]) -> None:
    """`长城新媒体集团 主办` in the page's head, `主办单位：X` in its foot; running text is not asked."""
    page = "\n".join([line.text for line in lines])
    if "主办" not in page and "主辦" not in page:
        return
    for line in lines:
        if ("主办" in line.text or "主辦" in line.text) and not (line.prose and line.han > 60):
            text = clear(line.edged)
            labels = [label for label in labels_of(line) if label.field == "sponsor"]
            match = _SPONSOR.search(text)
            name = one_value(labels[0].value) if labels else match["name"] if match else None
            if name:
                found.sponsor.append((f"label:{labels[0].label}" if labels else "line:主办", name))


def read_captions(found: Found, captions: list[Line]) -> None:
    """`新华社记者张三 摄` at the end of a caption names who took the picture."""
    for line in captions:
        found.photographers.append(("caption", photo_credit(line.edged)))


def page_labels(lines: list[Line]) -> list[tuple[str, str | None]]:
    """Number and name of `第01版：要闻`, `A02版 民生` on the page of an e-paper's article; links to other pages are none."""
    found: list[tuple[str, str | None]] = []
    for line in lines:
        if "版" not in line.text or len(line.text) > 60 or line.hidden or "。" in line.text or line.linked * 2 > len(line.text):
            continue
        if match := _PAGE_LABEL.match(line.folded) or _PAGE_AMONG.search(fold(line.edged)):
            found.append((match["number"], match["name"] or None))
    return found


def read_known_ids(found: Found, document: Document) -> None:
    """`#source_baidu`, `#editor_baidu` …: ids that many sites carry for a search engine, often inside a longer line."""
    # The search through all elements costs as much as the walk over the page; most pages have none of these.
    wechat = "wx.qq.com" in document.text[:8_000] or "weixin" in document.text[:8_000]
    if document.tree is None or not (wechat or b"_baidu" in document.raw.body):
        return
    for element in _KNOWN_IDS(document.tree):
        name = (element.get("id") or "").strip()
        text = " ".join("".join(element.itertext()).split())
        labels = find_labels(text)
        value = labels[0].value if labels else text
        if name.startswith(("source", "js_name")) and (outlet := one_value(value)) and is_outlet(outlet):
            found.source.append((f"id:{name}", outlet))
        elif name.startswith("author") and (names := names_in(value, strict=True)):
            found.reporters.append((f"id:{name}", names))
        elif name.startswith("editor"):
            found.fallback_editors.append((f"id:{name}", [Editor(name=person, role="责任编辑") for person in names_in(value)]))
        elif name.startswith("pubtime") and (moment := first_moment(value)):
            found.moments.append((8.0, f"id:{name}", moment))
