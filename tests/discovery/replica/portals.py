"""Web portals, one builder a CMS family: a home page, three channels of several pages, articles, furniture and traps.

Shapes are those that public crawlers' sources show for each family (docs/sites.md); everything else is made up.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from tests.discovery.replica.server import Answer, Replica
from tests.discovery.replica.stories import Story, article_page, entry, page, stories

CHANNELS = (("yaowen", "要闻"), ("minsheng", "民生"), ("wenhua", "文化"))
EACH, PER_PAGE = 20, 6


@dataclass(frozen=True)
class Shape:
    """What tells one family from another."""

    article: Callable[[Story], str]
    """Path of an article."""
    listing: Callable[[int, int, int], str]
    """Path of a channel's page: (channel, page from 1, pages)."""
    pager: Callable[[int, int, int], str]
    """What a list page holds to lead on: (channel, page from 1, pages)."""
    cut: bool = False
    extra: Callable[[Story], str] = lambda _: ""


def portal(family: str, shape: Shape) -> Replica:
    """A whole site of that shape."""
    replica, channels = Replica(family), stories(len(CHANNELS), EACH)
    for channel, told in enumerate(channels):
        paths = [shape.article(story) for story in told]
        for place, story in enumerate(told):
            before, after = (paths[p] if 0 <= p < len(paths) else None for p in (place - 1, place + 1))
            replica.pages[paths[place]] = article_page(story, before, after, shape.extra(story))
        replica.articles.update(paths)
        pages = -(-EACH // PER_PAGE)
        for number in range(1, pages + 1):
            part = told[(number - 1) * PER_PAGE : number * PER_PAGE]
            entries = "".join(entry(story, shape.article(story), cut=shape.cut) for story in part)
            body = f'<div class="path">当前位置：{CHANNELS[channel][1]}</div><ul class="list">{entries}</ul><div class="pages">{shape.pager(channel, number, pages)}</div>'
            replica.pages[shape.listing(channel, number, pages)] = page(CHANNELS[channel][1], body)
    replica.pages["/"] = home(shape, channels)
    return replica


def home(shape: Shape, channels: list[list[Story]]) -> str:
    """Navigation, and the newest headlines of each channel."""
    pages = -(-EACH // PER_PAGE)
    nav = "".join(f'<a href="{shape.listing(c, 1, pages)}">{name}</a>' for c, (_, name) in enumerate(CHANNELS))
    news = "".join(f"<ul>{''.join(entry(story, shape.article(story)) for story in told[:4])}</ul>" for told in channels)
    return page("云岭新闻网", f'<div class="nav">{nav}</div>{news}<a href="/img/top.jpg"><img src="/img/top.jpg" alt="图"></a>')


def _next(url: str, number: int, pages: int, last: str = "") -> str:
    """共4页 上一页 下一页 末页."""
    return f"共{pages}页 " + (
        f'<a href="{url}">下一页</a> <a href="{last or url}">末页</a>' if number < pages else "<span>下一页</span>"
    )


def _slug(channel: int) -> str:
    return CHANNELS[channel][0]


def _id(story: Story) -> int:
    return 1_000_000 + story.number


def _uuid(text: object) -> str:
    return str(uuid5(NAMESPACE_URL, str(text)))


def _numbered(first: str, later: str) -> Callable[[int, int, int], str]:
    """Lists whose first page has one address and further pages another: `{c}` channel, `{n}` number, `{m}` number less one."""
    return lambda c, n, _: (first if n == 1 else later).format(c=_slug(c), i=c + 7, n=n, m=n - 1)


def _shape(article: Callable[[Story], str], first: str, later: str, *, cut: bool = False) -> Shape:
    listing = _numbered(first, later)
    return Shape(article, listing, lambda c, n, t: _next(listing(c, n + 1, t), n, t, listing(c, t, t)), cut)


SHAPES: dict[str, Callable[[], Shape]] = {
    "trs": lambda: Shape(
        lambda s: f"/{_slug(s.channel)}/{s.day:%Y%m}/t{s.day:%Y%m%d}_{_id(s)}.shtml",
        _numbered("/{c}/index.shtml", "/{c}/index_{m}.shtml"),
        lambda c, n, t: f'<script>createPageHTML({t}, {n - 1}, "index", "shtml");</script>', cut=True,
        extra=lambda s: f'<script>createPageHTML(1, 0, "t{s.day:%Y%m%d}_{_id(s)}", "shtml");</script>',
    ),
    "trs-records": lambda: Shape(
        lambda s: f"/{_slug(s.channel)}/{s.day:%Y%m}/t{s.day:%Y%m%d}_{_id(s)}.html",
        _numbered("/{c}/list.shtml", "/{c}/list_{m}.shtml"),
        lambda c, n, t: f"<script>createPageHTML('page_div',{t}, {n},'list','shtml',{EACH});</script>",
    ),
    "founder-web": lambda: _shape(lambda s: f"/{s.day:%Y-%m/%d}/content_{_id(s)}.htm", "/node_{i}.htm", "/node_{i}_{n}.htm"),
    "ymmdd": lambda: _shape(lambda s: f"/{s.day:%Y/%m%d}/{_id(s)}.shtml", "/news/{c}/1.shtml", "/news/{c}/{n}.shtml"),
    "people": lambda: _shape(lambda s: f"/n2/{s.day:%Y/%m%d}/c{s.channel + 3400}-{_id(s)}.html", "/GB/34{i}/index.html", "/GB/34{i}/index{n}.html"),
    "jeecms": lambda: _shape(lambda s: f"/{_slug(s.channel)}/{_id(s)}.jhtml", "/{c}/index.jhtml", "/{c}/index_{n}.jhtml"),
    "vsb": lambda: _vsb(),
    "discuz": lambda: _shape(lambda s: f"/article-{_id(s)}-1.html", "/portal.php?catid={i}&mod=list", "/portal.php?catid={i}&mod=list&page={n}"),
    "dedecms": lambda: _shape(lambda s: f"/a/news/{_slug(s.channel)}/{s.day:%Y%m%d}/{_id(s)}.html", "/a/news/{c}/", "/a/news/{c}/list_{i}_{n}.html"),
    "phpcms": lambda: _shape(lambda s: f"/index.php?a=show&c=index&catid={s.channel}&id={_id(s)}&m=content",
                             "/index.php?a=lists&c=index&catid={i}&m=content", "/index.php?a=lists&c=index&catid={i}&m=content&page={n}"),
    "powereasy": lambda: _shape(lambda s: f"/Item/{_id(s)}.aspx", "/Category_10{i}/Index.aspx", "/Category_10{i}/Index_{n}.aspx"),
    "columns-uuid": lambda: Shape(
        lambda s: f"/columns/{_uuid(s.channel)}/{s.day:%Y%m/%d}/{_uuid(s)}.html",
        lambda c, n, _: f"/columns/{_uuid(c)}/index{'' if n == 1 else f'_{n}'}.html",
        lambda c, n, t: _next(f"/columns/{_uuid(c)}/index_{n + 1}.html", n, t),
    ),
    "gkmlpt": lambda: _shape(lambda s: f"/{_slug(s.channel)}/content/post_{_id(s)}.html", "/{c}/index.html", "/{c}/index_{n}.html"),
}  # fmt: skip


def _vsb() -> Shape:
    """Pages counted from the oldest: the first list page has no number, the second the highest but one."""

    def listing(channel: int, number: int, pages: int) -> str:
        return f"/{_slug(channel)}.htm" if number == 1 else f"/{_slug(channel)}/{pages - number + 1}.htm"

    return Shape(
        lambda s: f"/info/10{s.channel}/{_id(s)}.htm", listing,
        lambda c, n, t: f'<a href="{listing(c, n + 1, t)}">下页</a> <a href="/{_slug(c)}/1.htm">尾页</a>' if n < t else "",
    )  # fmt: skip


def enorth() -> Replica:
    """The index shows the newest; the archive is numbered from the oldest page."""

    def folder(channel: int) -> str:
        return f"/system/count//000200{channel}/000000000000/000/000"

    def archive(channel: int, number: int) -> str:
        return f"{folder(channel)}/c000200{channel}000000000000_{number:09}.shtml"

    def listing(channel: int, number: int, pages: int) -> str:
        return f"/{_slug(channel)}/index.shtml" if number == 1 else archive(channel, pages - number + 1)

    return portal("enorth", Shape(
        lambda s: f"/system/{s.day:%Y/%m/%d}/{10_000_000 + s.number:09}.shtml", listing,
        lambda c, n, t: f'<a href="{archive(c, t - 1)}">更多</a>' if n == 1 else "",
    ))  # fmt: skip


def hanweb() -> Replica:
    """Lists in CDATA inside a script; further records from the data proxy."""
    channels = stories(len(CHANNELS), EACH * 4)
    replica = Replica("hanweb")

    def path(story: Story) -> str:
        return f"/art/{story.day.year}/{story.day.month}/{story.day.day}/art_{story.channel + 1001}_{_id(story)}.html"

    def records(told: list[Story]) -> str:
        return "".join(
            f"<record><![CDATA[{entry(story, path(story), cut=True).replace(chr(34), chr(39))}]]></record>" for story in told
        )

    def answer(asked: str) -> Answer | None:
        place, _, query = asked.partition("?")
        if not place.endswith("dataproxy.jsp"):
            return None
        given = dict(pair.partition("=")[::2] for pair in query.split("&"))
        told = channels[int(given["columnid"]) - 1001]
        part = told[int(given["startrecord"]) - 1 : int(given["endrecord"])]
        text = f"<datastore><totalrecord>{len(told)}</totalrecord><totalpage>9</totalpage><recordset>{records(part)}</recordset></datastore>"
        return 200, "text/xml; charset=utf-8", text.encode()

    for channel, told in enumerate(channels):
        for story in told:
            replica.pages[path(story)] = article_page(story, None, None)
            replica.articles.add(path(story))
        options = {"col": "1", "appid": "1", "webid": "27", "path": "/", "columnid": str(1001 + channel), "sourceContentType": "1",
                   "unitid": "5637", "webname": "云岭", "permissiontype": "0"}  # fmt: skip
        replica.pages[f"/col/col{1001 + channel}/index.html"] = page(
            CHANNELS[channel][1],
            f"""<div id="5637">
          <script type="text/xml"><datastore><nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=1"></a>]]></nextgroup>
          <recordset>{records(told[:12])}</recordset></datastore></script></div><script>jQuery("#5637").jpage({{totalRecord:{len(told)},
          openCookies:false, perPage:4, proxyUrl:"/module/web/jpage/dataproxy.jsp", ajaxParam:{json.dumps(options)} }});</script>""",
        )
    nav = "".join(f'<a href="/col/col{1001 + c}/index.html">{name}</a>' for c, (_, name) in enumerate(CHANNELS))
    replica.pages["/"] = page("云岭县政府", f"<div>{nav}</div>")
    replica.answer = answer
    return replica


def literal() -> Replica:
    """Channels that hold their list as JSON or JavaScript in a script and draw it in the reader's browser."""
    replica, channels = Replica("literal"), stories(len(CHANNELS), EACH)

    def path(story: Story) -> str:
        return (
            f"/jx/{story.day:%Y/%m/%d}/content_{_id(story)}.html" if story.channel else f"/jx/content/content_{_id(story)}.html"
        )

    for channel, told in enumerate(channels):
        for story in told:
            replica.pages[path(story)] = article_page(story, None, None)
            replica.articles.add(path(story))
        records = [{"title": s.title, "pubDate": f"{s.day} 08:00", "urls": json.dumps({"pc": path(s)})} for s in told]
        as_json = json.dumps(records, ensure_ascii=False)
        as_script = "[" + ",".join(f"{{title:'{s.title}',time:'{s.day}',url:'{path(s)}'}}" for s in told) + "]"
        text = as_json if channel != 1 else as_script
        replica.pages[f"/{_slug(channel)}/index.html"] = page(
            CHANNELS[channel][1], f"<div id=app></div><script>var list = {text};</script>"
        )
    nav = "".join(f'<a href="/{slug}/index.html">{name}</a>' for slug, name in CHANNELS)
    replica.pages["/"] = page("云岭网", f"<div>{nav}</div>")
    return replica


def frames() -> Replica:
    """A frameset as home page; its navigation is an image map."""
    replica = portal("frames", SHAPES["powereasy"]())
    replica.pages["/main.html"] = replica.pages["/"]
    areas = "".join(
        f'<area shape="rect" coords="0,{c},9,9" href="/Category_10{c + 7}/Index.aspx" alt="{name}">'
        for c, (_, name) in enumerate(CHANNELS)
    )
    replica.pages["/menu.html"] = page("菜单", f'<img usemap="#m"><map name="m">{areas}</map>')
    replica.pages["/"] = (
        '<html><head><title>云岭</title></head><frameset rows="80,*"><frame src="menu.html"><frame src="main.html"></frameset></html>'
    )
    return replica


def feeds() -> Replica:
    """Lists drawn by scripts that nobody can read, but a declared feed and a sitemap index with a gzipped news sitemap."""
    import gzip

    replica, channels = Replica("feeds"), stories(len(CHANNELS), EACH)
    told = [story for channel in channels for story in channel]
    for story in told:
        path = f"/p/{_uuid(story)[:8]}{story.number}.html"
        replica.pages[path] = article_page(story, None, None)
        replica.articles.add(path)
    items = "".join(
        f"<item><title>{s.title}</title><link>/p/{_uuid(s)[:8]}{s.number}.html</link><pubDate>{s.day} 08:00:00</pubDate></item>"
        for s in told[:10]
    )
    replica.pages["/rss.xml"] = (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>云岭</title>{items}</channel></rss>'
    )
    urls = "".join(
        f"<url><loc>@/p/{_uuid(s)[:8]}{s.number}.html</loc><n:news><n:publication_date>{s.day}</n:publication_date><n:title>{s.title}</n:title></n:news></url>"
        for s in told
    )
    news = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">{urls}</urlset>'

    def answer(asked: str) -> Answer | None:
        if asked == "/robots.txt":
            return 200, "text/plain", f"User-agent: *\nAllow: /\nSitemap: {replica.url}/sitemap_index.xml\n".encode()
        if asked == "/sitemap_index.xml":
            return (
                200,
                "text/xml",
                f"<sitemapindex><sitemap><loc>{replica.url}/news.sitemap.xml.gz</loc></sitemap></sitemapindex>".encode(),
            )
        return (
            (200, "application/gzip", gzip.compress(news.replace("@", replica.url).encode()))
            if asked == "/news.sitemap.xml.gz"
            else None
        )

    replica.answer = answer
    replica.pages["/"] = page(
        "云岭", "<div id=app></div>", head='<link rel="alternate" type="application/rss+xml" href="/rss.xml">'
    )
    return replica


def portals() -> dict[str, Callable[[], Replica]]:
    """Every family's builder by name."""
    shaped = {name: (lambda name=name, shape=shape: portal(name, shape())) for name, shape in SHAPES.items()}
    return {**shaped, "enorth": enorth, "hanweb": hanweb, "literal": literal, "frames": frames, "feeds": feeds}
