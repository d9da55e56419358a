"""Undoes Content-Encoding within a size limit; a broken or exploding body becomes an empty page with a reason.

Scrapy's own middleware raises instead, which costs the capture, and passes the good half of a broken gzip off as a page.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from scrapy.responsetypes import responsetypes

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

ACCEPTED = b"gzip, deflate, br, zstd"
LAYERS = 3
"""More encodings on top of each other than any server applies on purpose."""
CHUNK = 1 << 16


class Undecodable(ValueError):
    """The body is not what Content-Encoding says, breaks off, or grows beyond the limit."""


def _zlib(body: bytes, wbits: int) -> Iterator[bytes]:
    """zlib and gzip streams, several members one after the other included."""
    while body:
        stream = zlib.decompressobj(wbits)
        while not stream.eof and body:
            yield stream.decompress(body, CHUNK)
            body = stream.unconsumed_tail or stream.unused_data if not stream.eof else stream.unused_data
        if not stream.eof:
            raise Undecodable("breaks off")
        body = body.lstrip(b"\0")  # gzip pads with zeros
        if wbits != 31 or body[:2] != b"\x1f\x8b":  # rubbish after the last member is ignored, as browsers do
            return


def _deflate(body: bytes) -> Iterator[bytes]:
    """RFC 9110 means zlib by `deflate`; some servers send the bare stream."""
    bare = len(body) < 2 or (body[0] & 0x0F) != 8 or int.from_bytes(body[:2], "big") % 31
    return _zlib(body, -15 if bare else 15)


def _brotli(body: bytes) -> Iterator[bytes]:
    import brotlicffi

    stream = brotlicffi.Decompressor()
    yield stream.process(body, output_buffer_limit=CHUNK)
    while not stream.is_finished():
        piece = stream.process(b"", output_buffer_limit=CHUNK)
        if not piece:
            raise Undecodable("breaks off")
        yield piece


def _zstd(body: bytes) -> Iterator[bytes]:
    from io import BytesIO

    from backports import zstd

    with zstd.ZstdFile(BytesIO(body)) as stream:
        while piece := stream.read(CHUNK):
            yield piece


DECODERS = {b"gzip": lambda body: _zlib(body, 31), b"x-gzip": lambda body: _zlib(body, 31), b"deflate": _deflate,
            b"br": _brotli, b"zstd": _zstd}  # fmt: skip


def decode(body: bytes, encodings: list[bytes], limit: int) -> bytes:
    """The body without its encodings, at most `limit` bytes at every layer. Raises Undecodable with the reason."""
    if len(encodings) > LAYERS:
        raise Undecodable(f"{len(encodings)} encodings on top of each other")
    for name in reversed(encodings):
        if name not in DECODERS:
            raise Undecodable(f"unknown encoding {name[:20].decode('ascii', 'replace')}")
        label, pieces, size = name.decode(), [], 0
        try:
            for piece in DECODERS[name](body):
                size += len(piece)
                if size > limit:
                    raise Undecodable(f"more than {limit} bytes")
                pieces.append(piece)
        except Undecodable as error:
            raise Undecodable(f"{label}: {error}") from error
        except Exception as error:  # each library has its own error
            raise Undecodable(f"{label}: {error}") from error
        body = b"".join(pieces)
    return body


def encodings_of(values: list[bytes]) -> list[bytes]:
    """Names in a Content-Encoding header in the order they were applied; `identity` says nothing."""
    names = [name.strip().lower() for value in values for name in value.split(b",")]
    return [name for name in names if name not in (b"", b"identity", b"none", b"utf-8")]


class DecodingMiddleware:
    """Takes the place of HttpCompressionMiddleware; what went wrong rides in `request.meta["undecodable"]`."""

    def __init__(self, limit: int):
        self.limit = limit

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> DecodingMiddleware:
        return cls(crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    def process_request(self, request: Request) -> None:
        request.headers.setdefault("Accept-Encoding", ACCEPTED)

    def process_response(self, request: Request, response: Response) -> Response:
        encodings = encodings_of(response.headers.getlist("Content-Encoding"))
        if not encodings or not response.body:
            return response
        try:
            body = decode(response.body, encodings, self.limit)
        except Undecodable as error:
            body, request.meta["undecodable"] = b"", str(error)
        else:
            request.meta.pop("undecodable", None)
        kind = responsetypes.from_args(headers=response.headers, url=response.url, body=body)
        response = response.replace(cls=kind, body=body)
        del response.headers["Content-Encoding"]
        return response
