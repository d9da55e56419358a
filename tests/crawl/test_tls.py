"""Certificates nobody signed and protocols of 2005: refused by default, answered where the profile says so, and logged."""

from __future__ import annotations

import ssl
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.crawl.running import crawl
from tests.crawl.server import listing, serve


def modern(context: ssl.SSLContext) -> None:
    """A server as it comes today; only its certificate is its own."""


def of_2005(context: ssl.SSLContext) -> None:
    """TLS 1.0 and nothing newer, which OpenSSL 3 speaks at security level 0 alone."""
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Key and self-signed certificate in one file."""
    file = tmp_path_factory.mktemp("tls") / "server.pem"
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -keyout - -out -"
    file.write_bytes(subprocess.run(command.split(), check=True, capture_output=True).stdout)
    return file


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1 is deprecated")
@pytest.mark.parametrize(
    ("server_is", "tls", "outcome"),
    [(modern, "strict", "failed"), (modern, "unverified", "listed"), (of_2005, "unverified", "failed"),
     (of_2005, "legacy", "listed")],
)  # fmt: skip
def test_tls_of_the_profile(
    tmp_path: Path, certificate: Path, server_is: Callable[[ssl.SSLContext], None], tls: str, outcome: str
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server_is(context)
    context.load_cert_chain(certificate)
    with serve() as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.pages["/xw/"] = listing(["/2026/0421/a.shtml"])
        url = server.url.replace("http:", "https:") + "/xw/"
        site = {"sources": [url], "tls": tls}
        done = crawl(tmp_path, site, {"ROBOTSTXT_OBEY": False})
    ((_, found, reason), *_) = done.outcomes()
    assert found == outcome, (reason, done.stderr[-2000:])
    assert (tls != "strict") == (f"TLS is {tls} by its profile" in done.stderr)
    assert found == "listed" or "tls" in str(reason)
