"""Citations of an article or of one of its versions: GB/T 7714-2015, BibTeX, RIS. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipelines.archive.browse.rows import unpacked


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What a citation needs."""

    key: str
    authors: tuple[str, ...]
    title: str
    subtitle: str | None
    outlet: str | None
    """The credited source, else the site."""
    day: str | None
    """ISO day of publication."""
    page: str | None
    """版次 as printed."""
    url: str
    """The page's own address."""
    permalink: str
    """Its address in this archive."""
    accessed: str
    """ISO day on which the cited text was captured or is cited."""
    version: int | None = None
    digest: str | None = None

    @property
    def full_title(self) -> str:
        """Title and subtitle as GB/T 7714 joins them."""
        return f"{self.title}: {self.subtitle}" if self.subtitle else self.title


def reference(
    article: Mapping[str, Any],
    *,
    permalink: str,
    accessed: str,
    site_title: str | None = None,
    version: Mapping[str, Any] | None = None,
) -> Reference:
    """The reference for an article row, or for one of its versions."""
    reporters = article.get("reporters")
    authors = reporters if isinstance(reporters, list) else unpacked(reporters)
    published = article.get("published")
    return Reference(
        key=article["key"],
        authors=tuple(str(author) for author in authors),
        title=(version or article).get("title") or article.get("title") or "无题",
        subtitle=article.get("subtitle"),
        outlet=article.get("source") or site_title or article.get("site"),
        day=published[:10] if published else None,
        page=article.get("page_number"),
        url=article["url"],
        permalink=permalink,
        accessed=accessed[:10],
        version=version["number"] if version else None,
        digest=version["digest"] if version else None,
    )


def gbt7714(ref: Reference) -> str:
    """GB/T 7714-2015: `[N/OL]` with the paper's name, day and 版次 for a newspaper page, `[EB/OL]` for a web page.

    李晓岚. 渔港开海[N/OL]. 唐山晨报, 2018-09-07(01)[2026-05-01]. http://….
    """
    title = ref.full_title + (f"（第{ref.version}版存档）" if ref.version else "")
    links = ref.permalink if ref.permalink == ref.url else f"{ref.url}. 存档: {ref.permalink}"
    if ref.page and ref.outlet:
        place = f"{ref.outlet}, {ref.day or '[日期不详]'}({ref.page})[{ref.accessed}]"
        return f"{_people(ref)}{title}[N/OL]. {place}. {links}."
    published = f"({ref.day})" if ref.day else ""
    outlet = f"{ref.outlet}, " if ref.authors and ref.outlet else ""
    return f"{_people(ref)}{title}[EB/OL]. {outlet}{published}[{ref.accessed}]. {links}."


def _people(ref: Reference) -> str:
    """The first three authors, then 等 (8.1.2); the outlet where no author is named."""
    if not ref.authors:
        return f"{ref.outlet}. " if ref.outlet else ""
    return ", ".join(ref.authors[:3]) + (", 等" if len(ref.authors) > 3 else "") + ". "


# Each of these has a meaning of its own in TeX.
_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "#": r"\#", "_": r"\_", "$": r"\$",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def bibtex(ref: Reference) -> str:
    """One BibTeX entry: `@article` for a newspaper page, `@online` (biblatex) for a web page."""
    fields = {
        "author": " and ".join("{" + _tex(a) + "}" for a in ref.authors), "title": "{" + _tex(ref.full_title) + "}",
        ("journal" if ref.page else "organization"): _tex(ref.outlet or ""), "date": ref.day or "", "year": (ref.day or "")[:4],
        "pages": _tex(ref.page or ""), "url": _address(ref.url), "urldate": ref.accessed, "langid": "chinese",
        "note": _tex(f"存档 {ref.permalink}" + (f"，第{ref.version}版，{ref.digest}" if ref.version else "")),
    }  # fmt: skip
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    number = f"-v{ref.version}" if ref.version else ""
    return f"@{'article' if ref.page else 'online'}{{fangzhi-{ref.key}{number},\n{lines}\n}}\n"


def _tex(text: str) -> str:
    return "".join(_TEX.get(char, char) for char in _one_line(text))


def _address(url: str) -> str:
    """An address for a `url` field: percent-encoded where a brace or backslash would break the entry."""
    return re.sub(r"[\s{}\\]", lambda m: f"%{ord(m[0]):02X}", url)


def ris(ref: Reference) -> str:
    """One RIS record: NEWS for a newspaper page, ELEC for a web page."""
    day = ref.day.replace("-", "/") if ref.day else None
    lines = [
        ("TY", "NEWS" if ref.page else "ELEC"), *(("AU", author) for author in ref.authors), ("TI", ref.full_title),
        ("T2" if ref.page else "PB", ref.outlet), ("PY", ref.day[:4] if ref.day else None), ("DA", day), ("SP", ref.page),
        ("UR", ref.url), ("L2", ref.permalink), ("Y2", ref.accessed.replace("-", "/")), ("LA", "zh"),
        ("ID", f"fangzhi-{ref.key}"), ("N1", f"第{ref.version}版 {ref.digest}" if ref.version else None), ("ER", ""),
    ]  # fmt: skip
    return "".join(f"{tag}  - {_one_line(value)}\r\n" for tag, value in lines if value is not None)


def _one_line(text: str) -> str:
    """Line breaks would begin a new field."""
    return " ".join(text.split())


FORMATS = {
    "bib": (bibtex, "application/x-bibtex"),
    "ris": (ris, "application/x-research-info-systems"),
    "txt": (gbt7714, "text/plain"),
}
"""Writer and media type by file ending."""
