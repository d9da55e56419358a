"""What a reader types, turned into an FTS5 expression, filters and the words to mark. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from functools import lru_cache

from opencc import OpenCC

from pipelines.archive.search import HAN, zh_bigrams

FIELDS = {
    "title": "title", "标题": "title", "body": "body", "正文": "body", "kicker": "kicker", "引题": "kicker",
    "reporter": "reporters", "记者": "reporters", "keyword": "keywords", "关键词": "keywords",
}  # fmt: skip
"""Field words a query may carry, and the index column of each: `标题:唐山`."""
FILTERS = {
    "site": "site", "站点": "site", "source": "source", "来源": "source", "region": "region", "地区": "region",
    "since": "since", "自": "since", "until": "until", "至": "until", "date": "date", "日期": "date",
}  # fmt: skip

HEAD = "{title kicker reporters keywords}"
"""The columns that say what an article is about."""

_NAMES = "|".join(sorted({*FIELDS, *FILTERS}, key=len, reverse=True))
_UNIT = re.compile(
    r"\s+"
    r"|(?P<bracket>[()])"
    r"|(?P<operator>(?:AND|OR|NOT|&&)(?=[\s()\"“「『]|$)|\|\|?)"
    rf"|(?P<minus>-)?(?:(?P<name>{_NAMES})[:：])?"
    r"(?:\"(?P<straight>[^\"]*)\"?|“(?P<curly>[^”]*)”?|「(?P<corner>[^」]*)」?|『(?P<white>[^』]*)』?"
    # A bracket inside a word belongs to it: 會(huì)議(yì).
    r"|(?P<word>[^\s\"“「『()|]+(?:\([^\s()]*\)[^\s\"“「『()|]*)*))"
    r"|."
)
# A reading set behind its character: 會(huì)、会（huì）.
_READING = re.compile(rf"(?<=[{HAN}])\s*[(（]\s*[a-zü\u00e0-\u01dc\u0300-\u030c]{{1,7}}\s*[)）]\s*", re.I)
# The last run is one Han character with neither Han nor a word before it: it may begin a longer run in the text.
_LONE_TAIL = re.compile(rf"(?:^|[^{HAN}\w])[{HAN}]\W*$")
# Traditional forms that GB 2312 lists all the same; 乾, 徵, 麽 are left out, being standard characters of their own.
_TRADITIONAL_IN_GB2312 = frozenset("後夥於摺菸")
_LONE = re.compile(rf"[{HAN}]")
_DAY = re.compile(r"(\d{4})年?(?:[-./]?(\d{1,2})月?)?(?:[-./]?(\d{1,2})日?)?")


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase to be found as it stands."""

    text: str
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """`AND`, `OR` or `NOT` over its parts (`NOT` has one)."""

    operator: str
    parts: tuple[Term | Group, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A parsed query. `match` and `chars` are both to be met; both empty means every article."""

    text: str = ""
    match: str = ""
    """FTS5 expression for `articles_fts`, or empty."""
    chars: tuple[str, ...] = ()
    """FTS5 expressions for `articles_chars`, one for each lone Han character asked for: `"後" OR "后"`."""
    words: tuple[str, ...] = ()
    """What to mark in titles and excerpts."""
    site: str | None = None
    source: str | None = None
    region: str | None = None
    since: str | None = None
    """First day, ISO."""
    until: str | None = None
    """Last day, ISO, included."""
    problems: tuple[str, ...] = field(default=())
    """What could not be used, one Chinese sentence each."""

    @property
    def head(self) -> str:
        """`match` narrowed to articles with the words in `HEAD`; with NOT, what is excluded may not stand in the body either."""
        narrow = f"{HEAD} : ({self.match})"
        return f"({self.match}) AND ({narrow})" if " NOT " in self.match else narrow

    @property
    def searches(self) -> bool:
        """Whether there is anything to look up in the index."""
        return bool(self.match or self.chars)


def parse(text: str) -> Query:
    """Read a query; never raises, and says in `problems` what it left out."""
    parser = _Parser(text[:1000])
    tree = parser.tree()
    parts = tree.parts if isinstance(tree, Group) and tree.operator == "AND" else ((tree,) if tree else ())
    lone = [p for p in parts if isinstance(p, Term) and p.column is None and _is_lone(p.text)]
    rest = tuple(p for p in parts if p not in lone)
    if rest and all(_negative(p) for p in rest):
        # FTS5 has no unary NOT; the lone characters then go to the index too, so that there is something to take away from.
        rest, lone = (*lone, *rest), []
    match = _render(Group("AND", rest)) if rest else ""
    if rest and not match:
        parser.problems.append("只有排除词，没有要找的词：请至少写一个要找的词。")
    return Query(
        text=text, match=match, chars=tuple(" OR ".join(f'"{c}"' for c in spellings(t.text)) for t in lone),
        words=tuple(dict.fromkeys(_positive(tree))), problems=tuple(parser.problems), **parser.filters,
    )  # fmt: skip


def match_expression(text: str) -> str:
    """The whole query as one FTS5 expression; Datasette's own search box calls it as `escape_fts`. `""` finds nothing."""
    query = parse(text)
    lone = [f"({c.replace(' OR ', ' * OR ')} *)" for c in query.chars]
    return " AND ".join([*lone, f"({query.match})"] if query.match else lone) or '""'


def without_filters(text: str) -> str:
    """The query without what narrows it: `唐山 站点:hebei 日期:2018` → `唐山`."""
    kept = (unit[0] for unit in _UNIT.finditer(text[:1000]) if unit["name"] not in FILTERS)
    return " ".join("".join(kept).split())


def phrase(text: str) -> str:
    """One spelling as an FTS5 phrase over bigrams: 滨海新区 → `"滨海 海新 新区"`; empty where nothing can be looked up."""
    tokens = zh_bigrams(text, query=True)
    return f'"{tokens}"' + (" *" if _LONE_TAIL.search(text) else "") if tokens.strip() else ""


@lru_cache(maxsize=1024)
def spellings(text: str) -> tuple[str, ...]:
    """A word as typed and, where it holds Traditional or noisy writing, as the archive writes it: 濱海 → 濱海, 滨海.

    A character counts as Traditional when GB 2312 has no place for it, so 乾安县 and 乾隆 stay what they are.
    """
    plain = _READING.sub("", unicodedata.normalize("NFKC", text)).strip()
    if any(c in _TRADITIONAL_IN_GB2312 or not _in_gb2312(c) for c in plain) and (simple := _t2s().convert(plain)) != plain:
        return (plain, simple)
    return (plain,)


def day_range(text: str) -> tuple[str, str] | None:
    """`2018`, `2018-09`, `2018年9月7日` or two of them joined by `..` as (first day, last day); None for anything else."""
    first, _, last = text.partition("..")
    start, end = _days(first), _days(last or first)
    return (start[0], end[1]) if start and end else None


def _days(text: str) -> tuple[str, str] | None:
    found = _DAY.fullmatch(text.strip())
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    if not 1 <= (month or 1) <= 12 or not 1 <= (day or 1) <= 31:
        return None
    return f"{year:04}-{month or 1:02}-{day or 1:02}", f"{year:04}-{month or 12:02}-{day or 31:02}"


def _in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(maxsize=1)
def _t2s() -> OpenCC:
    return OpenCC("t2s")


def _is_lone(text: str) -> bool:
    return len(spellings(text)[-1]) == 1 and bool(_LONE.fullmatch(spellings(text)[-1]))


def _negative(part: Term | Group) -> bool:
    return isinstance(part, Group) and part.operator == "NOT"


def _render(part: Term | Group) -> str:
    """FTS5 text of a part; empty where it holds nothing that can be looked up."""
    if isinstance(part, Term):
        ways = [way for way in map(phrase, spellings(part.text)) if way]
        found = " OR ".join(f"{part.column} : {way}" if part.column else way for way in ways)
        return f"({found})" if len(ways) > 1 else found
    wanted = [text for p in part.parts if not _negative(p) and (text := _render(p))]
    unwanted = [text for p in part.parts if isinstance(p, Group) and _negative(p) and (text := _render(p.parts[0]))]
    if not wanted:
        return ""
    joined = f" {part.operator} ".join(wanted)
    whole = f"({joined})" if len(wanted) > 1 else joined
    return f"({whole} NOT {' NOT '.join(unwanted)})" if unwanted else whole


def _positive(part: Term | Group | None) -> list[str]:
    if part is None or _negative(part):
        return []
    if isinstance(part, Term):
        return [s for s in spellings(part.text) if s]
    return [word for p in part.parts for word in _positive(p)]


class _Parser:
    """Recursive descent over units; forgiving of what is left open."""

    def __init__(self, text: str) -> None:
        self.units = [m for m in _UNIT.finditer(text) if m.lastgroup]
        self.at = 0
        self.filters: dict[str, str] = {}
        self.problems: list[str] = []

    def tree(self) -> Term | Group | None:
        parts = []
        while self.at < len(self.units):
            parts.append(self.either())
            self.at += self._next() == ")"  # an unopened bracket is passed over
        return _group("AND", parts)

    def either(self) -> Term | Group | None:
        parts = [self.both()]
        while self._next() in ("OR", "|", "||"):
            self.at += 1
            parts.append(self.both())
        return _group("OR", parts)

    def both(self) -> Term | Group | None:
        parts = []
        while (ahead := self._next()) not in (None, ")", "OR", "|", "||"):
            if ahead in ("AND", "&&"):
                self.at += 1
            else:
                parts.append(self.single())
        return _group("AND", parts)

    def single(self) -> Term | Group | None:
        unit = self.units[self.at]
        self.at += 1
        if unit["operator"] == "NOT":
            inner = self.single() if self._next() not in (None, ")") else None
            return Group("NOT", (inner,)) if inner else None
        if unit["bracket"] == "(":
            inner = self.either()
            self.at += self._next() == ")"
            return inner
        term = self.term(unit)
        return Group("NOT", (term,)) if term and unit["minus"] else term

    def term(self, unit: re.Match[str]) -> Term | None:
        text = next((unit[g] for g in ("straight", "curly", "corner", "white", "word") if unit[g] is not None), "")
        name = unit["name"]
        if name in FILTERS:
            self.narrow(FILTERS[name], text)
            return None
        if not any(phrase(s) for s in spellings(text)):
            if text:
                self.problems.append(f"“{text}”里没有可查的字词，已略去。")
            return None
        return Term(text, FIELDS.get(name) if name else None)

    def narrow(self, name: str, value: str) -> None:
        """Take a filter; dates become whole days."""
        days = day_range(value) if name in ("since", "until", "date") else None
        if name in ("since", "until", "date") and not days:
            self.problems.append(f"“{value}”不是日期，请写成 2018-09-07。")
        elif days:
            self.filters |= {"since": days[0]} if name != "until" else {}
            self.filters |= {"until": days[1]} if name != "since" else {}
        elif value:
            self.filters[name] = value

    def _next(self) -> str | None:
        if self.at >= len(self.units):
            return None
        unit = self.units[self.at]
        return unit["operator"] or unit["bracket"] or ""


def _group(operator: str, parts: list[Term | Group | None]) -> Term | Group | None:
    kept = tuple(part for part in parts if part is not None)
    if len(kept) == 1:
        return kept[0]
    return Group(operator, kept) if kept else None


def narrowed(query: Query, **filters: str | None) -> Query:
    """The query with the form's filters added; what is typed in the query itself wins."""
    fresh = {name: value for name, value in filters.items() if value and getattr(query, name) is None}
    return replace(query, **fresh)  # type: ignore[arg-type]
