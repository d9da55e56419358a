"""Pages that only a browser can draw, for profiles with `render`. Nothing here is imported by the runs of other profiles.

The browser never connects to anything: it is started behind a proxy that refuses every connection and without names to
resolve. What a page asks for is fetched by Scrapy's own downloader, under the page's lease, so that robots.txt, turns,
limits, address guard and capture hold for it as for any request; the browser is handed the answer.
"""

from __future__ import annotations

import os
from importlib.util import find_spec


def why_not(chromium: str) -> str | None:
    """One sentence about what is missing to render pages with the browser at that path, None when nothing is."""
    if find_spec("scrapy_playwright") is None:
        return "pages of this site need a browser; install what drives it: .venv/bin/pip install -r requirements-render.txt"
    if not os.access(chromium, os.X_OK):
        return (
            f"pages of this site need a browser, and there is none at {chromium}: sudo apt-get install chromium, "
            "or name another Chromium with FANGZHI_CHROMIUM"
        )
    return None
