"""Certificates and old protocol versions, as Scrapy settings for one profile. Relaxing is logged, never silent."""

from __future__ import annotations

import logging
from typing import Any

from crawler.sites.profile import Site

logger = logging.getLogger(__name__)


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
        relaxed |= {"DOWNLOAD_TLS_MIN_VERSION": "TLSv1.0", "DOWNLOADER_CLIENT_TLS_CIPHERS": "DEFAULT:@SECLEVEL=0"}
    return relaxed
