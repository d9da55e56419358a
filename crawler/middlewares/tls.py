"""Certificates and old protocol versions, as Scrapy settings for one profile. Relaxing is logged, never silent."""

from __future__ import annotations

import logging
from typing import Any

from scrapy.core.downloader.contextfactory import _ScrapyClientContextFactory

from crawler.sites.profile import Site

logger = logging.getLogger(__name__)


LEGACY_SERVER_CONNECT = 0x4
"""OpenSSL's SSL_OP_LEGACY_SERVER_CONNECT: servers without secure renegotiation (RFC 5746), which OpenSSL 3 refuses."""


class LegacyContextFactory(_ScrapyClientContextFactory):
    """Scrapy's context at OpenSSL's security level 0. Its cipher setting is expanded to names, so the level gets lost there.

    The public base class is deprecated in Scrapy 2.19 without a successor.
    """

    def _get_cert_options(self) -> Any:
        options = super()._get_cert_options()
        context = options.getContext()
        context.set_cipher_list(b"DEFAULT:@SECLEVEL=0")
        context.set_options(LEGACY_SERVER_CONNECT)
        return options


def tls_settings(site: Site) -> dict[str, Any]:
    """Settings for the profile's `tls`: nothing for `strict`.

    A run speaks to one site alone, so settings of the run are settings of its hosts. `legacy`: OpenSSL 3 offers TLS 1.0
    and 1.1 and the ciphers that went with them only at security level 0.
    """
    if site.tls == "strict":
        return {}
    logger.warning("%s: TLS is %s by its profile: whoever answers is taken for the site", site.name, site.tls)
    relaxed: dict[str, Any] = {"DOWNLOAD_VERIFY_CERTIFICATES": False}
    if site.tls == "legacy":
        factory = "crawler.middlewares.tls.LegacyContextFactory"
        relaxed |= {"DOWNLOAD_TLS_MIN_VERSION": "TLSv1.0", "DOWNLOADER_CLIENTCONTEXTFACTORY": factory}
    return relaxed
