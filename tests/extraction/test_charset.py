"""Charset rules: what is declared, what is true, what is broken."""

# ruff: noqa: E501 - a page is one line of markup

import pytest

from crawler.extraction.charset import canonical_label, decode
from tests.pages.stories import CANAL, TEA

TEXT, TAIWAN = "\n".join(CANAL), "\n".join(TEA)


def page(text: str, meta: str | None) -> str:
    return f"<html><head>{f'<meta charset={meta}>' if meta else ''}</head><body>{text}</body></html>"


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("gb2312", "gb18030"), ("GBK", "gb18030"), ("gb_2312-80", "gb18030"), ("x-gbk", "gb18030"), ("big5", "big5hkscs"), ("Big5-HKSCS", "big5hkscs"),
        ("UTF-8", "utf-8"), ("utf8", "utf-8"), ("hex", None), ("nonsense", None), ("", None),
    ],
)  # fmt: skip
def test_labels(label: str, name: str | None) -> None:
    assert canonical_label(label) == name


@pytest.mark.parametrize(
    ("text", "charset", "meta", "header"),
    [
        (TEXT, "utf-8", "utf-8", None), (TEXT, "gb18030", "gb2312", None), (TEXT, "gb18030", None, "text/html; charset=gbk"), (TEXT, "gb18030", None, None),
        (TAIWAN, "big5hkscs", "big5", None), (TAIWAN, "big5hkscs", None, None), (TEXT, "utf-8", "gb2312", None), (TEXT, "gb18030", "utf-8", None),
        (TEXT, "utf-8", None, "text/html; charset=GB2312"), (TEXT, "utf-8", "iso-8859-1", None), (TEXT, "gb18030", "iso-8859-1", None),
        (TEXT, "utf-8-sig", "gb2312", None), (TEXT, "utf-16", None, None), (TAIWAN, "utf-8", "big5", None), (TEXT, "gb18030", None, "text/html; charset=hex"),
    ],
)  # fmt: skip
def test_text_comes_out_whole(text: str, charset: str, meta: str | None, header: str | None) -> None:
    decoded = decode(page(text, meta).encode(charset), content_type=header)
    assert text in decoded.text
    assert decoded.replaced == 0


def test_a_script_tag_declares_nothing() -> None:
    body = f'<html><head><script charset="utf-8" src="a.js"></script></head><body>{TEXT}</body></html>'.encode("gb18030")
    assert decode(body).charset == "gb18030"


@pytest.mark.parametrize(("charset", "meta"), [("utf-8", "utf-8"), ("gb18030", "gb2312")])
def test_broken_bytes_cost_themselves_only(charset: str, meta: str) -> None:
    body = page(TEXT, meta).encode(charset)
    middle = body.index("水库".encode(charset))
    decoded = decode(body[:middle] + b"\xff\xfe\x80" + body[middle:])
    assert decoded.charset == charset
    assert 1 <= decoded.replaced <= 4
    assert CANAL[-1] in decoded.text


def test_a_page_cut_inside_a_character_keeps_its_charset() -> None:
    body = page(TEXT, "utf-8").encode()[:-30]
    cut = next(end for end in range(len(body), 0, -1) if body[end - 1] & 0xC0 == 0x80)
    assert decode(body[: cut - 1]).charset == "utf-8"


def test_the_site_knows_better_than_its_pages() -> None:
    assert decode(page("短", "iso-8859-1").encode("gb18030"), charset="gbk").text == page("短", "iso-8859-1")
