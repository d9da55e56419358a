"""The sample site of this repository (tests/sample_site), served on 127.0.0.1; it is what a crawl without a site crawls."""

from __future__ import annotations

import os

from crawler.sites.profile import EPaper, Feed, ListPage, Site, Sitemap

PORT = os.environ.get("FANGZHI_SAMPLE_PORT", "8765")
"""The sample site's port; a test that serves it elsewhere sets the variable before the crawl."""

_HOME = f"http://127.0.0.1:{PORT}"

SITES = (
    Site(
        name="sample", title="云岭新闻网", home=f"{_HOME}/", domains=(f"127.0.0.1:{PORT}",),
        sources=(
            ListPage(url=f"{_HOME}/yaowen/index.shtml", section="要闻"),
            ListPage(url=f"{_HOME}/minsheng/index.shtml", section="民生"),
            ListPage(url=f"{_HOME}/wenhua/index.shtml", section="文化"),
            ListPage(url=f"{_HOME}/gb/index.shtml", section="县区"),
            ListPage(url=f"{_HOME}/col/col1234/index.html", section="政务"),
            ListPage(url=f"{_HOME}/mirror/index.html"),
            ListPage(url=f"{_HOME}/old/news/index.htm"),
            ListPage(url=f"{_HOME}/zt/index.shtml"),
            ListPage(url=f"{_HOME}/zonghe/index.shtml", section="综合"),
            ListPage(url=f"{_HOME}/gen/index.shtml", section="快讯"),
            Feed(url=f"{_HOME}/rss/yaowen.xml", section="要闻"),
            Sitemap(url=f"{_HOME}/sitemap_index.xml"),
            EPaper(entry=f"{_HOME}/epaper/ylrb/paperindex.htm", edition=f"{_HOME}/epaper/ylrb/html/%Y-%m/%d/node_2.htm"),
        ),
        article_url=(
            r"/20\d{4}/t20\d{6}_\d+\.shtml$", r"/system/\d{4}/\d\d/\d\d/\d{9}\.shtml$",
            r"/html/\d{4}-\d\d/\d\d/content_\d+\.htm$", r"/art/\d{4}/\d{1,2}/\d{1,2}/art_\d+_\d+\.html$",
            r"/mirror/a/\d{8}/\d+\.html$", r"/old/news/\d{8}/\d+\.htm$",
        ),
        delay=0.0, concurrency=8, private=True,
        note="made for this project; no such place, paper or person exists", facts="tests/sample_site/README.md",
        examples=(
            f"{_HOME}/yaowen/202605/t20260501_100101.shtml", f"{_HOME}/gb/system/2026/05/01/000123401.shtml",
            f"{_HOME}/epaper/ylrb/html/2026-05/01/content_2001.htm", f"{_HOME}/art/2026/5/1/art_1234_5601.html",
            f"{_HOME}/mirror/a/20260501/8801.html", f"{_HOME}/old/news/20050618/1205.htm",
        ),
    ),
)  # fmt: skip
