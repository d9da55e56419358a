"""Fields of an article from labels, bylines, known nodes and meta tags; each candidate keeps the rule that gave it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml.etree import XPath

from crawler.extraction.dates import Moment, find_moments, first_moment, split_moment, url_day
from crawler.extraction.document import Document
from crawler.extraction.fold import clear, fold
from crawler.extraction.labels import find_labels, one_value
from crawler.extraction.lines import Line
from crawler.extraction.meta import AUTHORS, DATES, EDITORS, SOURCES, Meta
from crawler.extraction.names import names_in
from crawler.extraction.people import Credits, byline, byline_outlet, editor_chain, photo_credit
from crawler.extraction.roles import is_breadcrumb, is_byline, is_dateline, label_line, labels_of
from crawler.extraction.vocabulary import NO_SOURCE, words
from crawler.items import Editor, Provenance

# Who put a page on line is its author only where the name is a person's: 发布人：admin.
_KNOWN_IDS = XPath("//*[@id='js_name' or contains(@id, '_baidu')]")
_POSTER = frozenset(("发布者", "发布人", "发表人", "信息发布人", "网友", "投稿", "供稿", "供稿人"))
_HOME = frozenset(
    words(
        """
        首页 正文 内容 详情 网站首页 主页 新闻正文 文章内容 查看内容 文章正文 详细内容 正文页 阅读新闻 信息内容 浏览文章
        新闻内容 内文 本文
        """
    )
)
_SEPARATORS = re.compile(r"\s*(?:>{1,}|&gt;|›|»|→|—>|->|::|\||/|(?<=\s)-(?=\s)|\x1f-\x1f|－)\s*|\s*\x1f\s*")
_KEYWORD_SPLIT = re.compile(r"[\s,，、;；|\x1f/]+")
_PAGE_LABEL = re.compile(
    r"^[\s\[【(]*第?\s?(?P<number>[A-Z]{0,2}\d{1,3})\s?版\s*[:\s]?\s*(?P<name>[\u3400-\u9fffA-Za-z·、]{2,12})?[\s\])】]*$"
)
_OUTLET = re.compile(
    r"^[\u3400-\u9fffA-Za-z0-9·—-]{1,14}(?:网|报|社|台|周刊|杂志|新闻|在线|电视|广播|客户端|发布|传媒|快讯|参考|之声|公众号|融媒|消息|资讯|财经|时报|晨报|商报|信报)$|"
    r"^[\u3400-\u9fff]{1,6}网[—-][\u3400-\u9fff·]{2,8}$"
)
_AGENCY = re.compile(r"^[\u3400-\u9fff]{1,8}(?:社|日报|晚报|晨报|时报|早报|都市报|周刊)$")
_ADDRESS = re.compile(r"\.(?:com|cn|net|org)\b|://", re.IGNORECASE)
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


@dataclass(slots=True)
class Found:
    """Candidates of each field in the order in which they count: (rule, value)."""

    source: list[tuple[str, str]] = field(default_factory=list)
    reporters: list[tuple[str, list[str]]] = field(default_factory=list)
    correspondents: list[str] = field(default_factory=list)
    photographers: list[str] = field(default_factory=list)
    editors: list[Editor] = field(default_factory=list)
    keywords: list[tuple[str, list[str]]] = field(default_factory=list)
    section: list[tuple[str, list[str]]] = field(default_factory=list)
    sponsor: str | None = None
    original_title: str | None = None
    moments: list[tuple[float, str, Moment]] = field(default_factory=list)
    """(weight, rule, moment); the heaviest wins."""
    page_label: tuple[str | None, str | None] = (None, None)
    """版次 and 版名 of an e-paper's page."""
    updated: list[tuple[str, Moment]] = field(default_factory=list)


def read_labels(found: Found, line: Line, where: str) -> None:
    """All labels of one line. `where` is `head` or `tail`, the side of the body the line stands on."""
    for label in labels_of(line):
        rule = f"label:{label.label}"
        if label.field == "source" and (name := one_value(label.value)) and _is_outlet(name):
            found.source.append((rule, name))
        elif label.field == "reporter" and (names := names_in(label.value, strict=label.label in _POSTER)):
            found.reporters.append((rule, names))
        elif label.field == "correspondent":
            _extend(found.correspondents, names_in(label.value))
        elif label.field == "photographer":
            _extend(found.photographers, names_in(label.value, strict=True))
        elif label.field == "editor":
            for name in names_in(label.value):
                editor = Editor(name=name, role=label.label)
                if editor not in found.editors:
                    found.editors.append(editor)
        elif label.field == "keywords" and (words := keywords_in(label.value)):
            found.keywords.append((rule, words))
        elif label.field == "original_title" and found.original_title is None:
            found.original_title = _title_value(label.value)
        elif label.field == "published" and (moment := first_moment(label.value[:60])):
            found.moments.append((9.0 if where == "head" else 5.0, rule, moment))
        elif label.field == "updated" and (moment := first_moment(label.value[:60])):
            found.updated.append((rule, moment))


def read_line(found: Found, line: Line, where: str) -> None:
    """Labels, dates, breadcrumb, sponsor of a line outside the body."""
    if line.hidden or not line.text:
        return
    text = line.edged
    if is_breadcrumb(line):
        if path := section_path(line):
            found.section.append(("breadcrumb", path))
        return
    if len(text) <= 300:
        read_labels(found, line, where)
    if where == "head" and line.linked < len(line.text) and (outlet := byline_outlet(line.text) or _alone(line)):
        found.source.append(("header:alone", outlet))
    if is_byline(line):
        _read_credits(found, line.edged)
    elif where == "head" and "\x1f" in text and len(text) <= 120:
        # 2026-05-03 14:22 | 某報 記者李大明／台北報導: one node of several.
        for piece in text.split("\x1f"):
            _read_credits(found, piece)
    if len(line.text) <= 120 and is_header_line(line):
        _read_header(found, line, where)


def is_header_line(line: Line) -> bool:
    """A date with labels, outlet and tools around it."""
    return is_dateline(line) or bool(label_line(line))


def _alone(line: Line) -> str | None:
    """`新华社` on a line of its own between headline and text."""
    return line.text if len(line.text) <= 12 and _AGENCY.search(line.folded) and _is_outlet(line.text) else None


def _read_header(found: Found, line: Line, where: str) -> None:
    """`http://house.sina.com.cn 2005年03月31日03:18 北京娱乐信报`: the date, and an outlet or a name without a label."""
    text = line.edged
    moment = next(find_moments(text), None)
    labels = labels_of(line)
    if moment is None:
        return
    weight = 6.0 if where == "head" else 2.0
    found.moments.append((weight + (1.0 if moment.precision != "day" else 0.0), f"line:{where}", moment))
    if where == "tail":
        return
    end = labels[0].start if labels else len(text)
    rest = f"{text[: min(moment.start, end)]}\x1f{text[moment.end : end] if moment.end < end else ''}"
    for token in re.split(r"[\s\x1f\[\]【】《》|]+", rest):
        if _OUTLET.search(fold(token)) and _is_outlet(token) and not _ADDRESS.search(token):
            found.source.append(("header:outlet", token))
        elif f"[{token}]" in re.sub(r"[\s\x1f]", "", fold(text)) and (names := names_in(token, strict=True)):
            found.reporters.append(("header:brackets", names))


def read_nodes(found: Found, lines: list[Line], first: int) -> None:
    """Nodes whose id or class says what they hold (`#source_baidu`, `.docRelTime`): label-free values."""
    for line in lines:
        if line.node is None or line.hidden or not 2 <= len(line.text) <= 60:
            continue
        names = line.names.strip()
        if not names or labels_of(line):
            continue
        if _NODES["source"].search(names) and not any(find_moments(line.text)):
            if (name := one_value(line.edged)) and _is_outlet(name) and line.han >= 2:
                found.source.append(("node:source", name))
        elif _NODES["published"].search(names) and (moment := first_moment(line.edged)):
            found.moments.append((7.5 if line.position < first else 2.0, "node:time", moment))


def read_meta_fields(found: Found, meta: Meta, url: str, seen: list[str]) -> None:
    """Meta tags and JSON-LD, after what the reader sees."""
    if (pair := meta.first(SOURCES)) and (name := one_value(pair[1])) and _is_outlet(name):
        found.source.append((f"meta:{pair[0]}", name))
    if (pair := meta.first(AUTHORS)) and (names := names_in(pair[1], strict=True)):
        # What a CMS writes there is mostly who put the page on line; the page itself must name the same person.
        named = [name for name in names if any(name in text for text in seen)]
        found.reporters += [(f"meta:{pair[0]}", named)] if named else []
    if (pair := meta.first(EDITORS)) and not found.editors:
        found.editors += [Editor(name=name, role="责任编辑") for name in names_in(pair[1], strict=True)]
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
    for line in lines:
        if found.sponsor is None and ("主办" in line.text or "主辦" in line.text) and not (line.prose and line.han > 60):
            text = clear(line.edged)
            labels = [label for label in labels_of(line) if label.field == "sponsor"]
            match = _SPONSOR.search(text)
            found.sponsor = one_value(labels[0].value) if labels else match["name"] if match else None


def read_captions(found: Found, captions: list[Line]) -> None:
    """`新华社记者张三 摄` at the end of a caption names who took the picture."""
    for line in captions:
        _extend(found.photographers, photo_credit(line.edged))


def read_page_label(found: Found, lines: list[Line]) -> None:
    """`第01版：要闻`, `A02版 民生` on the page of an e-paper's article."""
    for line in lines:
        if len(line.text) <= 30 and not line.hidden and (match := _PAGE_LABEL.match(line.folded)):
            found.page_label = (match["number"], match["name"] or None)
            return


def read_split_date(found: Found, lines: list[Line]) -> None:
    """A date that three nodes share, where no line of the header holds a whole one."""
    if any(weight >= 6 and moment.precision != "day" for weight, _, moment in found.moments):
        return
    short = [line.edged for line in lines if not line.hidden and len(line.text) <= 12 and any(map(str.isdigit, line.text))]
    if moment := split_moment(short):
        found.moments.append((6.5, "lines:split", moment))
    elif found.moments:
        # `2020-01-02` in one node, `09:30` in the next.
        day = max(found.moments, key=lambda item: item[0])[2].day
        moment = next(find_moments(f"{day} {' '.join(short)}".replace(f"{day} {day}", day)), None)
        if moment and moment.precision != "day":
            found.moments.append((6.5, "lines:split", moment))


def read_known_ids(found: Found, document: Document) -> None:
    """`#source_baidu`, `#editor_baidu` …: ids that many sites carry for a search engine, often inside a longer line."""
    # The search through all elements costs as much as the walk over the page; most pages have none of these.
    if document.tree is None or not ("_baidu" in document.text or '"js_name"' in document.text):
        return
    for element in _KNOWN_IDS(document.tree):
        name = (element.get("id") or "").strip()
        text = " ".join("".join(element.itertext()).split())
        labels = find_labels(text)
        value = labels[0].value if labels else text
        if name.startswith(("source", "js_name")) and (outlet := one_value(value)) and _is_outlet(outlet):
            found.source.append((f"id:{name}", outlet))
        elif name.startswith("author") and (names := names_in(value, strict=True)):
            found.reporters.append((f"id:{name}", names))
        elif name.startswith("editor") and not found.editors:
            found.editors += [Editor(name=person, role="责任编辑") for person in names_in(value)]
        elif name.startswith("pubtime") and (moment := first_moment(value)):
            found.moments.append((8.0, f"id:{name}", moment))


def _is_outlet(name: str) -> bool:
    return (
        2 <= len(name) <= 40
        and name.lower() not in NO_SOURCE
        and not re.fullmatch(r"[\W\d]+", name)
        and not name.startswith(("http", "www"))
    )


def _extend(into: list[str], names: list[str]) -> None:
    into += [name for name in names if name not in into]


def _title_value(raw: str) -> str | None:
    value = re.sub(r"[\s\x1f]+", " ", raw).strip(" )）】]")
    value = value.strip("《》") if value.startswith("《") and value.endswith("》") else value
    return value if 4 <= len(value) <= 100 else None


def keywords_in(raw: str) -> list[str]:
    """Words of a keyword list; a sentence is none."""
    words = [word.strip("《》[]【】()（） ") for word in _KEYWORD_SPLIT.split(raw.strip(" \x1f"))]
    words = [word for word in words if word and len(word) <= 20]
    return list(dict.fromkeys(words))


def section_path(line: Line) -> list[str]:
    """`当前位置: 书记·市长 > 书记` → [书记·市长, 书记]; home and 正文 left out."""
    text = clear(line.edged)
    labels = [label for label in labels_of(line) if label.field == "section"]
    raw = labels[0].value if labels else text
    parts = [part.strip(" \x1f:：[]【】") for part in _SEPARATORS.split(raw)]
    if line.links and not any(sign in text for sign in ">›»→"):
        parts = [label for label, _ in line.links] or parts
    path = [part for part in parts if part and fold(part) not in _HOME and len(part) <= 24]
    return [part for index, part in enumerate(path) if index or not fold(part).endswith("首页")][:6]


def read_text(found: Found, body: list[Line]) -> None:
    """Bylines inside the text: first two and last three lines."""
    edges = [*body[:2], *body[2:][-3:]]
    for line in edges:
        _read_credits(found, line.edged if len(line.text) <= 200 else line.text)


def _read_credits(found: Found, text: str) -> None:
    credits: Credits = byline(text)
    if credits.reporters:
        found.reporters.append(("byline", credits.reporters))
    _extend(found.correspondents, credits.correspondents)
    _extend(found.photographers, credits.photographers)
    for role, name in editor_chain(text):
        if all(editor.name != name or editor.role != role for editor in found.editors):
            found.editors.append(Editor(name=name, role=role))


def choose_moment(found: Found) -> tuple[Moment | None, Provenance | None]:
    """The heaviest candidate; a lighter one of the same day that knows the time of day refines it."""
    if not found.moments:
        return None, None
    ranked = sorted(found.moments, key=lambda item: -item[0])
    _, rule, best = ranked[0]
    if best.precision == "day":
        finer = next(((r, m) for _, r, m in ranked if m.day == best.day and m.precision != "day"), None)
        if finer:
            rule, best = finer
    losers = tuple(dict.fromkeys((r, m.iso) for _, r, m in ranked if m.iso != best.iso))[:5]
    return best, Provenance(rule=rule, alternatives=losers)
