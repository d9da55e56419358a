"""No request reaches a private, loopback, link-local, multicast or metadata address unless the profile says so.

Checked on the addresses a name resolves to at the moment of connecting: Twisted's HostnameEndpoint asks the reactor's
name resolver for every host, IP literals in any spelling included (`2130706433`, `0x7f.1`, `[::ffff:127.0.0.1]`), and
connects to what it answers and nothing else. So a name that resolves differently the second time gains nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, Any

from scrapy.exceptions import CannotResolveHostError
from scrapy.resolver import CachingHostnameResolver
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.interfaces import IAddress, IHostResolution, IResolutionReceiver
from zope.interface import implementer

from crawler.discovery import inside
from crawler.middlewares.errors import PrivateAddress
from crawler.sites.profile import Site

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

NAT64 = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"))
"""RFC 6052 and RFC 8215: the last 32 bits are an IPv4 address."""
WITHDRAWN = (ip_network("fec0::/10"), ip_network("2002::/16"), ip_network("2001::/32"))
"""Site-local (RFC 3879), 6to4 (RFC 7526), Teredo: routed in places, no news site is there, and releases of Python
disagree on whether they are global."""


def embedded(address: IPv6Address) -> list[IPv4Address]:
    """IPv4 addresses that an IPv6 address carries: mapped, compatible, NAT64."""
    found = [address.ipv4_mapped]
    if any(address in network for network in NAT64) or int(address) < 1 << 32:
        found.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return [one for one in found if one is not None]


def is_public(host: str) -> bool:
    """Whether an address literal (no name) is reachable over the open internet, by IANA's special-purpose registries."""
    address = ip_address(host.partition("%")[0])
    if isinstance(address, IPv6Address):
        if any(address in network for network in WITHDRAWN) or not all(is_public(str(inner)) for inner in embedded(address)):
            return False
        if address.ipv4_mapped:
            return True
    return address.is_global and not address.is_multicast and not address.is_reserved


private_sites: list[Site] = []
"""Sites whose hosts this process may reach on private addresses; only a profile with `private` gets in."""

refused: dict[str, str] = {}
"""Host and the address it was refused for, so that the failed request can say why; bounded."""


def host_key(host: str) -> str:
    return host.lower().rstrip(".").strip("[]")


@implementer(IResolutionReceiver)
class _Filter:
    """Passes on only the public addresses of a resolution."""

    def __init__(self, receiver: Any, host: str, port: int):
        self.receiver = receiver
        self.host = host
        self.opened = any(inside(f"http://{f'[{host}]' if ':' in host else host}:{port}/", site) for site in private_sites)

    def resolutionBegan(self, resolution: IHostResolution) -> None:
        self.receiver.resolutionBegan(resolution)

    def addressResolved(self, address: IAddress) -> None:
        literal: str = address.host
        if self.opened or is_public(literal):
            self.receiver.addressResolved(address)
            return
        if len(refused) > 1000:
            refused.clear()
        refused[host_key(self.host)] = literal

    def resolutionComplete(self) -> None:
        self.receiver.resolutionComplete()


class GuardedResolver(CachingHostnameResolver):
    """The reactor's name resolver: Scrapy's caching one behind the filter, so cached answers are checked as well."""

    def resolveHostName(
        self, resolutionReceiver: IResolutionReceiver, hostName: str, portNumber: int = 0,
        addressTypes: Sequence[type[IAddress]] | None = None, transportSemantics: str = "TCP",
    ) -> IHostResolution:  # fmt: skip
        receiver: Any = _Filter(resolutionReceiver, hostName, portNumber)
        return super().resolveHostName(receiver, hostName, portNumber, addressTypes, transportSemantics)


class GuardMiddleware:
    """Opens the guard for a private profile's own hosts, and names a refused address before anything retries it."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> GuardMiddleware:
        site = getattr(crawler.spidercls, "site", None)
        if site is not None and site.private:
            private_sites.append(site)
        return cls()

    def process_exception(self, request: Request, exception: Exception) -> None:
        host = host_key(urlparse_cached(request).hostname or "")
        if isinstance(exception, CannotResolveHostError) and host in refused:
            raise PrivateAddress(refused[host])
