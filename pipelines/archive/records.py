"""One HTTP exchange as WARC/1.1 records: response or revisit, and the request."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import responses
from io import BytesIO
from typing import Any, BinaryIO
from urllib.parse import urlsplit

import deflate
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.items import Exchange

NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"


class Verbatim(StatusAndHeaders):  # type: ignore[misc]
    """An HTTP header block written byte for byte; warcio would percent-encode what is not ASCII (old GBK servers)."""

    def to_ascii_bytes(self, filter_func: Any = None) -> bytes:
        """The block in Latin-1, in which the header bytes were taken over."""
        return self.to_str(filter_func).encode("latin-1", "replace") + b"\r\n"  # type: ignore[no-any-return]


class _Records(WARCWriter):  # type: ignore[misc]
    """Writes each record as a gzip member of its own, by libdeflate: smaller than zlib's best in a third of the time."""

    def __init__(self, out: BinaryIO) -> None:
        super().__init__(out, gzip=False, warc_version="1.1")

    def write_record(self, record: Any, params: Any = None) -> None:
        plain = BytesIO()
        self._write_warc_record(plain, record)
        self.out.write(deflate.gzip_compress(plain.getbuffer(), 6))


@dataclass(frozen=True, slots=True)
class Original:
    """An earlier capture that holds the same payload."""

    record: str
    url: str
    at: str


@dataclass(frozen=True, slots=True)
class Written:
    """Where an exchange's response record stands, and what it holds."""

    record: str
    warc: str
    offset: int
    length: int
    payload_digest: str
    revisit_of: str | None
    mime: str | None


def payload_digest(body: bytes) -> str:
    """`sha1:` and base 32, as warcio, pywb and the big archives write it."""
    return "sha1:" + base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode("ascii")


def warc_date(moment: str) -> str:
    """An ISO time with offset as WARC-Date: UTC, `2026-05-01T00:00:00.123Z`."""
    return datetime.fromisoformat(moment).astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def write_warcinfo(out: BinaryIO, name: str, info: Mapping[str, str]) -> None:
    """The file's first record: software, settings, robots policy, and what is not as it went over the wire."""
    fields = {
        "format": "WARC File Format 1.1",
        "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "description": "Bodies are as sent, before content decoding. Header names are re-cased and chunks joined by the "
        "HTTP client, so header blocks are re-serialised. Resource records hold saved files, and pages as a browser drew them.",
    } | dict(info)
    writer = _Records(out)
    writer.write_record(writer.create_warcinfo_record(name, fields))


def write(
    out: BinaryIO, name: str, exchange: Exchange, digest: str, original: Original | None, *, base: int = 0
) -> Written:  # fmt: skip
    """Append the records of one exchange to `out`; a known payload becomes a revisit.

    `out` is what follows the first `base` bytes of the file called `name`; `digest`: the body's `payload_digest`.
    """
    writer = _Records(out)
    date, bare = warc_date(exchange.captured_at), exchange.status == 0
    response = _resource(writer, exchange, date, digest) if bare else _response(writer, exchange, original, date, digest)
    record = response.rec_headers.get_header("WARC-Record-ID")
    offset = out.tell()
    writer.write_record(response)
    length = out.tell() - offset
    if not bare:
        writer.write_record(_request(writer, exchange, date, record))
    mime = response.rec_headers.get_header("Content-Type") if bare else _mime(exchange)
    return Written(record, name, base + offset, length, digest, original.record if original else None, mime)


def _mime(exchange: Exchange) -> str | None:
    value = next((v for k, v in exchange.headers if k.lower() == b"content-type"), b"")
    return value.split(b";")[0].strip().decode("latin-1") or None


def _resource(writer: _Records, exchange: Exchange, date: str, digest: str) -> Any:
    """Bytes without HTTP evidence: a saved file, or what a browser drew."""
    mime = _mime(exchange) or ("text/html" if b"<" in exchange.body[:512] else "text/plain")
    return writer.create_warc_record(
        exchange.url, "resource", payload=BytesIO(exchange.body), length=len(exchange.body), warc_content_type=mime,
        warc_headers_dict={"WARC-Date": date, "WARC-Payload-Digest": digest},
    )  # fmt: skip


def _response(writer: _Records, exchange: Exchange, original: Original | None, date: str, digest: str) -> Any:
    headers = [(_text(k), _text(v)) for k, v in exchange.headers if k.lower() != b"transfer-encoding"]  # chunks are joined
    block = Verbatim(f"{exchange.status} {responses.get(exchange.status, '')}".strip(), headers, "HTTP/1.1")
    about = {"WARC-Date": date}
    if exchange.ip:
        about["WARC-IP-Address"] = exchange.ip
    if exchange.origin:
        about["WARC-Source-URI"] = exchange.origin
    if exchange.truncated:
        about["WARC-Truncated"] = exchange.truncated
    if original is None:
        return writer.create_warc_record(
            exchange.url, "response", payload=BytesIO(exchange.body), length=len(exchange.body),
            http_headers=block, warc_headers_dict=about | {"WARC-Payload-Digest": digest},
        )  # fmt: skip
    refers = warc_date(original.at)
    revisit = writer.create_revisit_record(
        exchange.url, digest, original.url, refers, http_headers=block, warc_headers_dict=about
    )
    revisit.rec_headers.add_header("WARC-Refers-To", original.record)
    if exchange.status == 304:
        revisit.rec_headers.replace_header("WARC-Profile", NOT_MODIFIED)
        revisit.rec_headers.remove_header("WARC-Payload-Digest")
    return revisit


def _request(writer: _Records, exchange: Exchange, date: str, response: str) -> Any:
    parts = urlsplit(exchange.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = [(_text(k), _text(v)) for k, v in exchange.request_headers]
    if not any(name.lower() == "host" for name, _ in headers):
        headers.insert(0, ("Host", parts.netloc.rpartition("@")[2]))
    about = {"WARC-Date": date, "WARC-Concurrent-To": response}
    return writer.create_warc_record(
        exchange.url, "request", payload=BytesIO(exchange.request_body), length=len(exchange.request_body),
        http_headers=Verbatim(f"{target} HTTP/1.1", headers, exchange.method), warc_headers_dict=about,
    )  # fmt: skip


def _text(value: bytes) -> str:
    return value.decode("latin-1").replace("\r", " ").replace("\n", " ")
