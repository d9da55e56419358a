"""No request reaches a private address, in no spelling, by no name, over no redirect; one real crawl tries them all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.middlewares.guard import is_public
from tests.crawl.running import Crawled, crawl
from tests.crawl.server import Server, article, serve

HOSTS = {
    "dotted": "127.0.0.1", "another loopback": "127.8.8.8", "decimal": "2130706433", "hexadecimal": "0x7f000001",
    "hexadecimal parts": "0x7f.0x0.0x0.0x1", "octal": "0177.0.0.1", "octal whole": "017700000001", "two parts": "127.1",
    "three parts": "127.0.1", "zero": "0", "unspecified": "0.0.0.0", "IPv6 loopback": "[::1]", "IPv6 unspecified": "[::]",
    "long IPv6": "[0:0:0:0:0:0:0:1]", "IPv4-mapped": "[::ffff:127.0.0.1]", "mapped, hexadecimal": "[::ffff:7f00:1]",
    "IPv4-compatible": "[::127.0.0.1]", "6to4": "[2002:7f00:1::1]", "NAT64": "[64:ff9b::127.0.0.1]",
    "local NAT64": "[64:ff9b:1::10.0.0.1]", "Teredo": "[2001:0:7f00:1::1]", "link-local IPv6": "[fe80::1]",
    "unique local": "[fd00:ec2::254]", "site-local": "[fec0::1]", "multicast IPv6": "[ff02::1]",
    "cloud metadata": "169.254.169.254",
    "metadata, decimal": "2852039166", "private A": "10.0.0.1", "private B": "172.16.3.4", "private C": "192.168.1.1",
    "carrier NAT": "100.64.0.1", "multicast": "224.0.0.1", "reserved": "240.0.0.1", "broadcast": "255.255.255.255",
    "benchmarking": "198.18.0.1", "documentation": "192.0.2.1", "localhost": "localhost", "localhost, rooted": "localhost.",
    "localhost, capitals": "LocalHost", "full-width digits": "１２７.0.0.1", "ideographic full stops": "127。0。0。1",
    "enclosed digits": "①②⑦.⓪.⓪.①", "user part": "www.example.cn@127.0.0.1", "a name of ours": "inner.example.cn",
    "a name of IPv6": "inner6.example.cn", "a metadata name": "metadata.example.cn",
}  # fmt: skip
NAMES = {"inner.example.cn": ["127.0.0.1"], "inner6.example.cn": ["::1"], "metadata.example.cn": ["169.254.169.254"],
         "news.example.cn": ["127.0.0.2"], "rebind.example.cn": ["127.0.0.2", "127.0.0.1"]}  # fmt: skip
REDIRECTS = {f"/to/{name.replace(' ', '-')}": f"http://{HOSTS[name]}:PORT/secret" for name in (
    "dotted", "decimal", "hexadecimal", "zero", "IPv6 loopback", "IPv4-mapped", "localhost", "a name of ours")}  # fmt: skip


def path_of(name: str) -> str:
    return f"/{[*HOSTS].index(name)}/secret"


@pytest.fixture(scope="module")
def addressed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Server, Crawled]]:
    """A server that stands for the open internet, one on the same port inside, and the crawl."""
    folder: Path = tmp_path_factory.mktemp("addresses")
    with serve("127.0.0.2") as outside, serve(port=outside.server_address[1]) as inside:
        port = outside.server_address[1]
        urls = [f"http://{host}:{port}{path_of(name)}" for name, host in HOSTS.items()]
        urls += [f"http://news.example.cn:{port}{path}" for path in REDIRECTS]
        hosts = {url.split("/")[2].rpartition(":")[0].strip("[]").rpartition("@")[2] for url in urls}
        site = {"sources": urls, "private": False, "domains": sorted({*hosts, "example.cn"})}
        for path, target in REDIRECTS.items():
            outside.pages[path] = lambda h, target=target: h.redirect(target.replace("PORT", str(port)))
        yield (
            outside,
            inside,
            crawl(folder, site, {"DNSCACHE_ENABLED": False, "RETRY_TIMES": 0}, names=NAMES, public=["127.0.0.2"]),
        )


@pytest.mark.parametrize("name", [*HOSTS])
def test_spelling(addressed: tuple[Server, Server, Crawled], name: str) -> None:
    """Nothing arrived inside, and the outcome names the address."""
    _, inside, done = addressed
    assert not inside.asked
    found = [(outcome, reason) for path, outcome, reason in done.outcomes() if path == path_of(name)]
    assert found and all(outcome == "dropped" and str(reason).startswith("private address") for outcome, reason in found), found


@pytest.mark.parametrize("path", [*REDIRECTS])
def test_redirect(addressed: tuple[Server, Server, Crawled], path: str) -> None:
    outside, inside, done = addressed
    assert outside.asked[path] == 1 and not inside.asked
    (found,) = [row[1:] for row in done.outcomes() if row[0] == path]
    assert found[0] in ("dropped", "offsite") and ("private address" in found[1] or "redirect" in found[1]), found


def test_a_name_that_changes_its_mind(tmp_path: Path) -> None:
    """DNS rebinding: the name leads to the open internet when asked first, and inside when asked again."""
    with serve("127.0.0.2") as outside, serve(port=outside.server_address[1]) as inside:
        port = outside.server_address[1]
        site = {"sources": [f"http://rebind.example.cn:{port}/{n}" for n in ("one", "two")], "domains": ["example.cn"]}
        settings = {"DNSCACHE_ENABLED": False, "ROBOTSTXT_OBEY": False, "CONCURRENT_REQUESTS": 1}
        for path in ("/one", "/two"):
            outside.pages[path] = inside.pages[path] = lambda h: h.send(article("第一次").encode(), Connection="close")
        done = crawl(tmp_path, site | {"private": False}, settings, names=NAMES, public=["127.0.0.2"])
        assert outside.asked.total() == 1 and not inside.asked
        assert sorted(row[1] for row in done.outcomes()) == ["dropped", "listed"]


def test_a_private_profile_opens_its_own_host_and_port_alone(tmp_path: Path) -> None:
    with serve() as own, serve() as other:
        own.pages["/a"], other.pages["/b"] = article("自己的"), article("别人的")
        site = {"sources": [f"{own.url}/a", f"{other.url}/b"], "domains": [own.url.removeprefix("http://")]}
        done = crawl(tmp_path, site)
        assert own.asked["/a"] == 1 and not other.asked
        assert [row[1] for row in done.outcomes() if row[0] == "/b"] == ["dropped"]


@pytest.mark.parametrize("address", ["1.1.1.1", "39.156.66.10", "2400:3200::1", "::ffff:1.1.1.1"])
def test_public_addresses_stay_open(address: str) -> None:
    assert is_public(address)
