"""What the server sends for one address."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field

HTML = "text/html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A status, header lines and a body as they go over the wire; `fault` names what the connection does instead."""

    body: bytes = b""
    status: int = 200
    mime: str = HTML
    headers: dict[str, str] = field(default_factory=dict)
    fault: str | None = None
    """`hang`, `drip`, `reset`, `endless`, `truncate`, `busy`; None for an orderly answer."""


def page(text: str, *, charset: str = "utf-8", **more: object) -> Answer:
    """An HTML page. Pages that declare gb2312 are sent in GBK, as real ones are."""
    return Answer(body=text.encode("gbk" if charset == "gb2312" else charset, "xmlcharrefreplace"), **more)  # type: ignore[arg-type]


def picture(seed: int) -> Answer:
    """A small PNG of one colour."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    width, height = 240, 160
    pixel = bytes((seed * 53 % 200 + 40, seed * 97 % 200 + 40, seed * 151 % 200 + 40))
    rows = (b"\0" + pixel * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return Answer(body=data, mime="image/png")
