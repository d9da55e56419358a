"""A log line is one line of fields, whatever a server wrote into them."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.logs import fields


@pytest.mark.parametrize(("values", "line"), [
    ({"outcome": "archived", "site": "hebei_hebnews", "reason": None}, "outcome=archived site=hebei_hebnews"),
    ({"url": "http://a.cn/?a=1&b=2", "reason": "status 404"}, 'url=http://a.cn/?a=1&b=2 reason="status 404"'),
    ({"reason": "页面不存在"}, "reason=页面不存在"),
    ({"reason": 'says "no"'}, r'reason="says \"no\""'),
    ({"reason": "\x1b[31m红\n2026 ERROR"}, r'reason="\u001b[31m\u7ea2\n2026 ERROR"'),
    ({"reason": ""}, 'reason=""'),
])  # fmt: skip
def test_fields(values: dict[str, str | None], line: str) -> None:
    assert fields(**values) == line


@given(st.text())
def test_any_text_stays_one_field_of_one_line(text: str) -> None:
    line = fields(reason=text, url="http://a.cn/")
    assert line.isprintable()
    (value, rest) = re.fullmatch(r'reason=("(?:[^"\\]|\\.)*"|[^ ]*) (url=.*)', line).groups()  # type: ignore[union-attr]
    assert rest == "url=http://a.cn/" and (json.loads(value) if value.startswith('"') else value) == text
