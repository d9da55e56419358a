"""Fields from the lines around an article and at its edges: labels, bylines, dates and outlets without a label."""

from __future__ import annotations

import re

from crawler.extraction.chain import editor_chain
from crawler.extraction.dates import find_moments, first_moment, split_moment
from crawler.extraction.fields import Found, is_outlet, keywords_in, section_path
from crawler.extraction.fold import fold
from crawler.extraction.labels import one_value
from crawler.extraction.line import Line, make_line
from crawler.extraction.names import names_in
from crawler.extraction.people import Credits, byline, byline_outlet, may_credit
from crawler.extraction.roles import is_breadcrumb, is_byline, is_dateline, label_line, labels_of, moments_of
from crawler.items import Editor

_POSTER = frozenset(("发布者", "发布人", "发表人", "信息发布人", "网友", "投稿", "供稿", "供稿人"))
_DATED = frozenset(("成文日期", "发文日期"))
_OUTLET = re.compile(
    r"^[\u3400-\u9fffA-Za-z0-9·—-]{1,14}(?:网|报|社|台|周刊|杂志|新闻|在线|电视|广播|客户端|发布|传媒|快讯|参考|之声|公众号|融媒|消息|资讯|财经|时报|晨报|商报|信报)$|"
    r"^[\u3400-\u9fff]{1,6}网[—-][\u3400-\u9fff·]{2,8}$"
)
_AGENCY = re.compile(r"^[\u3400-\u9fff]{1,8}(?:社|日报|晚报|晨报|时报|早报|都市报|周刊)$")
_TOKENS = re.compile(r"[\s\x1f\[\]【】《》|]+")
_ADDRESS = re.compile(r"\.(?:com|cn|net|org)\b|://", re.IGNORECASE)


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
    if where == "head" and line.linked < len(line.text) and (outlet := byline_outlet(line) or _alone(line)):
        found.source.append(("header:alone", outlet))
    if is_byline(line):
        _read_credits(found, line.edged)
    elif where == "head" and "\x1f" in text and len(text) <= 120:
        # 2026-05-03 14:22 | 某報 記者李大明／台北報導: one node of several.
        for piece in text.split("\x1f"):
            _read_credits(found, piece)
    if len(line.text) <= 120 and is_header_line(line):
        _read_header(found, line, where)


def join_cells(lines: list[Line]) -> list[Line]:
    """Tables that state a document's data have a label in one cell and its value in the next: `发布日期：` `2026年5月12日`."""
    joined: list[Line] = []
    for line in lines:
        before = joined[-1] if joined else None
        if (
            before is not None and before.node is not None and line.node is not None and line.tag in ("td", "th", "dd")
            and before.node.getnext() is line.node and before.folded.endswith(":") and len(line.text) <= 60
        ):  # fmt: skip
            joined[-1] = make_line(f"{before.text}{line.text}", line.node, line.position)
        else:
            joined.append(line)
    return joined


def read_labels(found: Found, line: Line, where: str) -> None:
    """All labels of one line. `where` is `head` or `tail`, the side of the body the line stands on."""
    for label in labels_of(line):
        rule = f"label:{label.label}"
        if label.field == "source" and (name := one_value(label.value)) and is_outlet(name):
            found.source.append((rule, name))
        elif label.field == "reporter" and (names := names_in(label.value, strict=label.label in _POSTER)):
            found.reporters.append((rule, names))
        elif label.field == "correspondent":
            found.correspondents.append((rule, names_in(label.value)))
        elif label.field == "photographer":
            found.photographers.append((rule, names_in(label.value, strict=True)))
        elif label.field == "editor":
            found.editors.append((rule, [Editor(name=name, role=label.label) for name in names_in(label.value)]))
        elif label.field == "keywords" and (words := keywords_in(label.value)):
            found.keywords.append((rule, words))
        elif label.field == "original_title" and (title := _title_value(label.value)):
            found.original_title.append((rule, title))
        elif label.field == "published" and (moment := first_moment(label.value[:60])):
            # A document is dated before it is published: 成文日期, 发文日期.
            weight = 4.5 if label.label in _DATED else 9.0 if where == "head" else 5.0
            found.moments.append((weight, rule, moment))
        elif label.field == "updated" and (moment := first_moment(label.value[:60])):
            found.updated.append((rule, moment))


def is_header_line(line: Line) -> bool:
    """A date with labels, outlet and tools around it."""
    return is_dateline(line) or bool(label_line(line))


def _alone(line: Line) -> str | None:
    """`新华社` on a line of its own between headline and text."""
    return line.text if len(line.text) <= 12 and _AGENCY.search(line.folded) and is_outlet(line.text) else None


def _read_header(found: Found, line: Line, where: str) -> None:
    """`http://house.sina.com.cn 2005年03月31日03:18 北京娱乐信报`: the date, and an outlet or a name without a label."""
    text = line.edged
    moment = next(iter(moments_of(line)), None)
    labels = labels_of(line)
    if moment is None:
        return
    weight = 6.0 if where == "head" else 2.0
    found.moments.append((weight + (1.0 if moment.precision != "day" else 0.0), f"line:{where}", moment))
    if where == "tail":
        return
    end = labels[0].start if labels else len(text)
    rest = f"{text[: min(moment.start, end)]}\x1f{text[moment.end : end] if moment.end < end else ''}"
    dense = "".join(fold(text).split())
    for token in _TOKENS.split(rest):
        if _OUTLET.search(fold(token)) and is_outlet(token) and not _ADDRESS.search(token):
            found.source.append(("header:outlet", token))
        elif f"[{token}]" in dense and (names := names_in(token, strict=True)):
            found.reporters.append(("header:brackets", names))


def read_text(found: Found, body: list[Line]) -> None:
    """Bylines inside the text: first two and last three lines."""
    edges = [*body[:2], *body[2:][-3:]]
    for line in edges:
        _read_credits(found, line.edged if len(line.text) <= 200 else line.text)


def _read_credits(found: Found, text: str) -> None:
    if not may_credit(text):
        return
    credits: Credits = byline(text)
    if credits.reporters:
        found.reporters.append(("byline", credits.reporters))
    found.correspondents.append(("byline", credits.correspondents))
    found.photographers.append(("byline", credits.photographers))
    found.editors.append(("chain", [Editor(name=name, role=role) for role, name in editor_chain(text)]))


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


def _title_value(raw: str) -> str | None:
    value = re.sub(r"[\s\x1f]+", " ", raw).strip(" )）】]")
    value = value.strip("《》") if value.startswith("《") and value.endswith("》") else value
    return value if 4 <= len(value) <= 100 else None
