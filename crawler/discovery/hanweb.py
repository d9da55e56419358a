"""Hanweb's jpage lists: records in CDATA inside a script, further ones from the data proxy."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import lxml.html

from crawler.discovery.anchors import anchors, described
from crawler.discovery.canonical import canonical
from crawler.discovery.records import Records

_RECORD = re.compile(r"<record>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</record>", re.S | re.I)
_PROXY = re.compile(r"""["']([^"']*/\w*dataproxy\.jsp)[^"']*["']""", re.I)
_TOTAL = re.compile(r"(?:totalRecord\w*\s*[:=]\s*[\"']?|<totalrecord>\s*)(\d+)", re.I)
_PER_PAGE = re.compile(r"\bperPage\s*[:=]\s*[\"']?(\d+)", re.I)
_HANWEB_KEYS = ("col", "appid", "webid", "path", "columnid", "sourceContentType", "unitid", "webname", "permissiontype")
STEP = 45
"""Records asked for at once, Hanweb's own three pages of 15."""


def hanweb(url: str, text: str) -> Records | None:
    """Records of a jpage list, in the column page's own script or in the data proxy's answer; None where there are none."""
    found = _RECORD.findall(text) if "<record" in text or "<RECORD" in text else []
    if not found:
        return None
    entries = [described(anchor) for record in found if record.strip() for anchor in anchors(_fragment(record), url)]
    return Records(entries, _hanweb_next(url, text, len(found)))


def _fragment(record: str) -> Any:
    """A record's markup; bytes, because a string may not hold control characters or an encoding declaration."""
    parser = lxml.html.HTMLParser(encoding="utf-8")
    return lxml.html.document_fromstring(f"<div>{record}</div>".encode("utf-8", "replace"), parser=parser)


def _hanweb_next(url: str, text: str, here: int) -> str | None:
    total = _TOTAL.search(text)
    parts = urlsplit(url)
    if parts.path.endswith("dataproxy.jsp"):
        asked = dict(parse_qsl(parts.query))
        proxy, start = parts.path, int(asked.get("startrecord", "1")) + here
    else:
        address = _PROXY.search(text)
        if address is None:
            return None
        proxy, start = address.group(1), here + 1
        asked = {key: value for key in _HANWEB_KEYS if (value := _literal(text, key)) is not None}
        asked["perpage"] = per_page.group(1) if (per_page := _PER_PAGE.search(text)) else "15"
    if not here or total is None or start > int(total.group(1)):
        return None
    asked |= {"startrecord": str(start), "endrecord": str(min(start + STEP - 1, int(total.group(1))))}
    return canonical(f"{urljoin(url, proxy)}?{urlencode(asked)}")


def _literal(text: str, key: str) -> str | None:
    """The value of `key` where a script states it: `columnid:1001`, `'unitid': '5637'`, `"path":"/"`."""
    found = re.search(rf"""["']?\b{key}\b["']?\s*:\s*(?:"([^"]*)"|'([^']*)'|(\d+))""", text)
    return next((group for group in found.groups() if group is not None), None) if found else None
