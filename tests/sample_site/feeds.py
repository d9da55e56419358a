"""RSS, sitemaps (index, news, gzipped) and robots.txt of the sample site."""

from __future__ import annotations

import gzip
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from xml.sax.saxutils import escape

from tests.sample_site.answer import Answer
from tests.sample_site.channels import address
from tests.sample_site.story import Story, stories

CHINA = timezone(timedelta(hours=8))
ROBOTS = "User-agent: *\nDisallow: /neibu/\n\nSitemap: {base}/sitemap_index.xml\n"


def _rss_item(base: str, story: Story) -> str:
    moment = format_datetime(datetime.fromisoformat(story.published).replace(tzinfo=CHINA))
    link = base + address(story)
    return f"<item><title>{escape(story.title)}</title><link>{link}</link><guid>{link}</guid><pubDate>{moment}</pubDate></item>"


def _sitemap(base: str, found: list[Story], *, news: bool) -> str:
    rows = []
    for story in found:
        about = (
            "<news:news><news:publication><news:name>云岭新闻网</news:name><news:language>zh-cn</news:language></news:publication>"
            f"<news:publication_date>{story.published.replace(' ', 'T')}:00+08:00</news:publication_date>"
            f"<news:title>{escape(story.title)}</news:title></news:news>"
        )
        rows.append(f"<url><loc>{base}{address(story)}</loc><lastmod>{story.day}</lastmod>{about if news else ''}</url>")
    spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {spaces}>{"".join(rows)}</urlset>'


def answers(base: str, edition: int) -> dict[str, Answer]:
    """All of them, by path."""
    only = {story.listed: story for story in stories("zonghe", edition) if story.listed in ("feed", "sitemap")}
    news = stories("yaowen", edition)
    items = "".join(_rss_item(base, story) for story in [*news, only["feed"]])
    channel = f"<channel><title>云岭新闻网-要闻</title><link>{base}/yaowen/index.shtml</link><description>要闻</description>"
    rss = f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0">{channel}{items}</channel></rss>'
    year = [*stories("minsheng", edition), *stories("wenhua", edition), only["sitemap"]]
    locations = "".join(f"<sitemap><loc>{base}/{name}</loc></sitemap>" for name in ("sitemap_news.xml", "sitemap_2026.xml.gz"))
    index = f'<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{locations}</sitemapindex>'
    return {
        "/rss/yaowen.xml": Answer(body=rss.encode(), mime="application/rss+xml"),
        "/sitemap_index.xml": Answer(body=index.encode(), mime="text/xml"),
        "/sitemap_news.xml": Answer(body=_sitemap(base, news, news=True).encode(), mime="text/xml"),
        "/sitemap_2026.xml.gz": Answer(
            body=gzip.compress(_sitemap(base, year, news=False).encode(), mtime=0), mime="application/x-gzip"
        ),
        "/robots.txt": Answer(body=ROBOTS.format(base=base).encode(), mime="text/plain"),
    }
