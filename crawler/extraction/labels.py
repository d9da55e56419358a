"""Labels and their values in one line: `来源: 唐山劳动日报  作者:王爱民` → [source 唐山劳动日报, reporter 王爱民]."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.extraction.fold import clear, fold
from crawler.extraction.vocabulary import LABELS, NEEDS_EDGE

EDGE = "\x1f"
"""Stands in a line's text where one inline element ends and another begins."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One label met on a line and what stands after it up to the next one."""

    field: str
    label: str
    value: str
    """Raw characters after the label, edges kept; may be empty."""
    start: int
    end: int
    firm: bool
    """A colon (or bar) follows the label, which is more than a blank."""


_FIELDS = {label: field for field, group in LABELS.items() for label in group}
_LONGEST = max(map(len, _FIELDS))
# What follows a label: a colon, a bar, or a slash before a name (文/张三).
_SIGN = re.compile(r"(?P<colon>:)[\s\x1f:]*|\||/(?=[\s\x1f]*[\u3400-\u9fff])")
# 来　源: and 责 任 编 辑: are set apart throughout; `临沅发布 时间:` is a name and a label, not 发布时间.
_SPACED = re.compile(r"(?:[\u3400-\u9fff][\s\x1f]{1,3}){1,5}[\u3400-\u9fff]$")
_GLUE = re.compile(r"[\u3400-\u9fffA-Za-z]")
_BLANKS = re.compile(r"[\s\x1f]+")
# 日, 时 … end a date that is glued to the label: 2018年9月7日来源:X. An edge or blank would do as well.
_DATE_END = re.compile(r"(?:来源|作者|编辑|记者|稿源)(?<=\d[日时分秒]..)")


def find_labels(text: str) -> list[Labelled]:
    """All labels of a line with their values. `text` may hold EDGE characters."""
    plain = clear(text)
    folded = fold(plain)
    if ":" not in folded and "|" not in folded and "/" not in folded:
        return []
    folded, plain = _with_edges(folded, plain)
    found: list[tuple[str, int, int, bool]] = []
    for sign in _SIGN.finditer(folded):
        if label := _label_before(folded, len(folded[: sign.start()].rstrip())):
            name, start = label
            if not found or start >= found[-1][2]:
                found.append((name, start, sign.end(), sign["colon"] is not None))
    ends = [start for _, start, _, _ in found[1:]] + [len(plain)] * bool(found)
    return [
        Labelled(_FIELDS[name], name, plain[after:end], start, end, firm)
        for (name, start, after, firm), end in zip(found, ends, strict=True)
    ]


def _label_before(folded: str, end: int) -> tuple[str, int] | None:
    """The longest label that ends at `end`, and where it starts."""
    tail = folded[max(0, end - _LONGEST) : end].lower()
    for size in range(len(tail), 0, -1):
        name = tail[-size:]
        if name in _FIELDS:
            start = end - size
            # A short common word is a label only after a break, a bracket or a date: 经费来源: is none.
            if name in NEEDS_EDGE and start and _GLUE.match(folded[start - 1]):
                continue
            return name, start
    if spaced := _SPACED.search(folded, max(0, end - 24), end):
        singles = _BLANKS.sub("", spaced[0])
        for size in range(len(singles), 1, -1):
            if singles[-size:] in _FIELDS:
                return singles[-size:], _start_of(folded, end, size)
    return None


def _start_of(folded: str, end: int, size: int) -> int:
    """Where the last `size` characters that are no blanks begin."""
    while size:
        end -= 1
        size -= not folded[end].isspace()
    return end


def _with_edges(folded: str, plain: str) -> tuple[str, str]:
    places = [match.start() for match in _DATE_END.finditer(folded)]
    for place in reversed(places):
        folded, plain = folded[:place] + EDGE + folded[place:], plain[:place] + EDGE + plain[place:]
    return folded, plain


# Where a value that is one name ends: two blanks, a bar, a bracket, a date, a word of the page's tools.
_STOP = re.compile(
    r"[\s\x1f]*(?:\s{2,}|[|｜丨【】\[\]〔〕（(）)<>《→»]|\d{4}\s?[-/.年]|\d{1,2}:\d{2}|(?:作者|编辑|时间|责任|点击|浏览|字号|字体|分享|评论|打印|阅读|参与互动|我要|大中小|查看|扫码|收藏))"
)


def one_value(raw: str) -> str | None:
    """The single name a label carries: 新华社 of ` <a>新华社</a> 2018-09-07 参与互动`."""
    value = raw.replace("\u00a0", " ").replace("\u3000", " ").strip(" \t\x1f[［【:：《")
    if stop := _STOP.search(fold(value)):
        value = value[: stop.start()]
    parts = [part for part in re.split(r"[\s\x1f]+", value) if part]
    if not parts:
        return None
    name = parts[0]
    for part in parts[1:]:
        # `BBC 中文网` and `South China Morning Post` are one name; `中国新闻网 国际` is a name and what follows it.
        if not re.search(r"[A-Za-z0-9]$", name):
            break
        name = f"{name} {part}"
    name = name.strip("，,。;；|-—/·:： \"'“”《》")
    return name or None
