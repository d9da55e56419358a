"""scrapy-playwright's browser, cut off from the network: every request of a page goes to its `PageLoad` and no further."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from playwright.async_api import Error as BrowserError
from scrapy_playwright.handler import Config, ScrapyPlaywrightDownloadHandler

if TYPE_CHECKING:
    from playwright.async_api import Page
    from scrapy.crawler import Crawler
    from scrapy.http import Request, Response

    from crawler.rendering.load import PageLoad

FLAGS = (
    "--host-resolver-rules=MAP * ~NOTFOUND",  # no names: neither for requests nor for prefetch hints
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",  # WebRTC speaks UDP past any proxy
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",  # the switch's name before Chromium 120
    "--disable-quic",
    "--disable-gpu",
    "--js-flags=--max-old-space-size=512",  # MB; a page that wants more loses its renderer, not the machine its memory
)
WITHOUT = "for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'WebTransport']) delete globalThis[name];"
"""Run before a page's own scripts: what speaks UDP is not there, should a Chromium not know the flags above."""
CLOSING = 10.0
"""Seconds a context has to close before the whole browser is ended."""

logging.getLogger("scrapy-playwright").setLevel(logging.ERROR)  # it logs a stack trace for every page that fails


class CutOffBrowser(ScrapyPlaywrightDownloadHandler):  # type: ignore[misc]
    """Started with the first page; a context of its own for each page, so that nothing of one is left for the next.

    Not among Scrapy's download handlers, which may not call the downloader: `Renderer` calls it.
    """

    def __init__(self, crawler: Crawler, chromium: str):
        super().__init__(crawler)
        self.loads: dict[str, PageLoad] = {}
        # Bound and never listened on: whoever connects is refused, and no other program gets the port.
        self.refusal = socket.socket()
        self.refusal.bind(("127.0.0.1", 0))
        self.config = Config(
            cdp_url=None, cdp_kwargs={}, connect_url=None, connect_kwargs={}, browser_type_name="chromium",
            launch_options=launch_options(chromium, self.refusal.getsockname()[1]), max_pages_per_context=1, max_contexts=None,
            startup_context_kwargs={}, navigation_timeout_ms=None, download_timeout_secs=1, restart_disconnected_browser=True,
            target_closed_max_retries=0,
        )  # fmt: skip

    async def start(self) -> None:
        """Before every page: a browser that has died is started anew. Raises Playwright's Error."""
        if not hasattr(self, "browser_provider"):
            await self._launch()
        await self._maybe_launch_browser()

    async def draw(self, name: str, load: PageLoad, request: Request) -> Response:
        """The page as drawn, in a context of that name. Raises Playwright's errors, and RuntimeError for a download."""
        self.loads[name] = load
        meta = {"playwright": True, "playwright_context": name, "playwright_page_init_callback": prepare}
        drawn: Response = await self.download_request(request.replace(meta={**request.meta, **meta}))
        return drawn

    async def discard(self, name: str) -> None:
        """Close the page's context with all its pages; a browser that cannot do that any more is ended."""
        self.loads.pop(name, None)
        wrapper = self.context_wrappers.get(name)
        if wrapper is None:
            return
        try:
            await asyncio.wait_for(wrapper.context.close(), CLOSING)
        except (BrowserError, TimeoutError):
            if browser := getattr(self, "browser", None):  # gone when it has died
                with suppress(BrowserError, TimeoutError):
                    await asyncio.wait_for(browser.close(), CLOSING)
        self.context_wrappers.pop(name, None)

    async def close(self) -> None:
        await super().close()
        self.refusal.close()

    def _make_request_handler(self, context_name: str, **_: Any) -> Callable[..., Any]:
        """What `page.route` calls for every request of a page; the library's own would send it to the network."""
        return self.loads[context_name].answer


async def prepare(page: Page, _: Request) -> None:
    await page.context.add_init_script(WITHOUT)


def launch_options(chromium: str, refusing_port: int) -> dict[str, Any]:
    """Playwright's options for a Chromium without a network. Its sandbox does not work for root."""
    return {
        "executable_path": chromium, "args": list(FLAGS), "chromium_sandbox": os.geteuid() != 0,
        # Playwright adds <-loopback> to the bypass list, so that loopback addresses go to the proxy too.
        "proxy": {"server": f"http://127.0.0.1:{refusing_port}"},
    }  # fmt: skip
