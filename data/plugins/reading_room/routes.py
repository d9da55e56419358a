"""Which address shows what."""

import re
from urllib.parse import quote

from datasette import NotFound, Response

from crawler.clock import stamp
from pipelines.archive.browse import article as articles
from pipelines.archive.browse import calendar, compare, overview, places, plots, results, sites, trends
from pipelines.archive.cite import FORMATS, reference
from pipelines.archive.pinyin import candidates
from pipelines.archive.query import day_range
from reading_room import evidence, exports
from reading_room.answer import ask, door, page
from reading_room.wording import LANGUAGES, THEMES

KEY = r"(?P<key>[0-9a-f]{20})"


def there(found):
    """What was found, or the page that says there is no such thing."""
    if found is None:
        raise NotFound("not in the archive")
    return found


async def home(datasette, request):
    shown = {**await ask(datasette, overview.home), **await ask(datasette, sites.health)}
    return await page(datasette, request, "home.html", shown)


async def search(datasette, request):
    asked = {name: request.args.get(name) or "" for name in results.ASKED}
    shown = await ask(datasette, results.results, asked)
    shown["candidates"] = await ask(datasette, candidates, shown["query"].text)
    return await page(datasette, request, "search.html", shown)


async def article(datasette, request):
    shown = there(await ask(datasette, articles.page, request.url_vars["key"]))
    site_title = (shown["site"] or {}).get("title")
    link = permalink(datasette, request, shown["article"]["key"])
    shown["ref"] = reference(shown["article"], permalink=link, accessed=stamp(), site_title=site_title)
    return await page(datasette, request, "article.html", shown)


async def version(datasette, request):
    shown = there(await ask(datasette, articles.version, request.url_vars["key"], int(request.url_vars["number"])))
    link = permalink(datasette, request, shown["article"]["key"], shown["version"]["number"])
    shown["ref"] = reference(shown["article"], permalink=link, accessed=stamp(), version=shown["version"])
    return await page(datasette, request, "version.html", shown)


async def original(datasette, request):
    number = request.args.get("version") or ""
    read = await ask(datasette, compare.original_beside, request.url_vars["key"], int(number) if number.isdecimal() else None)
    return await page(datasette, request, "original.html", there(read))


async def diff(datasette, request):
    old, new = int(request.url_vars["old"]), int(request.url_vars["new"])
    return await page(
        datasette, request, "diff.html", there(await ask(datasette, compare.between, request.url_vars["key"], old, new))
    )


async def citation(datasette, request):
    """The citation as a file: /article/KEY.bib, /article/KEY/v/2.ris, …"""
    key, number = request.url_vars["key"], request.url_vars.get("number")
    found = there(await ask(datasette, articles.article, key))
    chosen = there(await ask(datasette, articles.version, key, int(number)))["version"] if number else None
    title = (await ask(datasette, overview.names)).get(found["site"])
    ref = reference(
        found, permalink=permalink(datasette, request, key, number), accessed=stamp(), site_title=title, version=chosen
    )
    write, mime = FORMATS[request.url_vars["ending"]]
    name = f"fangzhi-{key}.{request.url_vars['ending']}"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(write(ref), headers=headers, content_type=f"{mime}; charset=utf-8")


def permalink(datasette, request, key, number=None):
    """The lasting address of an article or of one of its versions."""
    return datasette.absolute_url(request, datasette.urls.path(f"/article/{key}" + (f"/v/{number}" if number else "")))


async def day(datasette, request):
    return await page(datasette, request, "day.html", there(await ask(datasette, calendar.day, request.url_vars["day"])))


async def days(datasette, request):
    """The calendar; a day written any way in the box leads to it."""
    wanted = day_range(request.args.get("go") or "")
    if wanted and wanted[0] == wanted[1]:
        return Response.redirect(datasette.urls.path(f"/day/{wanted[0]}"))
    return await page(datasette, request, "days.html", await ask(datasette, calendar.year, request.args.get("year")))


async def site(datasette, request):
    shown = there(await ask(datasette, sites.site, request.url_vars["name"], request.args.get("month")))
    return await page(datasette, request, "site.html", shown)


async def all_sites(datasette, request):
    return await page(datasette, request, "sites.html", {"sites": await ask(datasette, overview.sites)})


async def region(datasette, request):
    shown = there(await ask(datasette, places.region, request.url_vars["code"]))
    return await page(datasette, request, "region.html", {**shown, "names": await ask(datasette, overview.names)})


async def regions(datasette, request):
    return await page(datasette, request, "regions.html", {"map": await ask(datasette, places.tiles)})


async def edition(datasette, request):
    name, on = request.url_vars["name"], request.url_vars["day"]
    found = await ask(datasette, articles.edition, name, on)
    titles = await ask(datasette, overview.names)
    shown = {"pages": articles.by_page(found), "day": on, "name": name, "title": titles.get(name, name)}
    return await page(datasette, request, "edition.html", there(shown if found else None))


async def plot_page(datasette, request):
    named, waiting = await ask(datasette, trends.named_places)
    shown = {
        "days": plots.bars(await ask(datasette, overview.per_day, days=90)),
        "grid": await ask(datasette, calendar.by_site_and_day),
        "shared": await ask(datasette, trends.shared),
        "places": plots.rows_of_bars(named),
        "waiting": waiting,
        "names": await ask(datasette, overview.names),
    }
    return await page(datasette, request, "plots.html", shown)


async def health(datasette, request):
    return await page(datasette, request, "health.html", await ask(datasette, sites.health))


async def about(datasette, request):
    return await page(datasette, request, "about.html", {})


async def choose(datasette, request):
    """Set language or theme by cookie and go back to where the reader was."""
    back = request.args.get("back") or "/"
    # Only a path of this server: `//host` and `/\host` would lead away.
    safe = re.fullmatch(r"/(?![/\\])[^\r\n]*", back)
    answer = Response.redirect(quote(back, safe="/?&=%:+,;@!$'()*~-._") if safe else "/")
    for name, allowed in (("lang", LANGUAGES), ("theme", THEMES)):
        if request.args.get(name) in allowed:
            answer.set_cookie(name, request.args[name], max_age=365 * 86400)
    return answer


async def robots(datasette, request):
    return Response.text("User-agent: *\nDisallow: /\n")


ROUTES = [
    (pattern, door(view))
    for pattern, view in (
        (r"^/$", home),
        (r"^/search$", search),
        (r"^/export\.(?P<ending>[a-z]+)$", exports.export),
        (rf"^/article/{KEY}$", article),
        (rf"^/article/{KEY}/v/(?P<number>[0-9]{{1,6}})$", version),
        (rf"^/article/{KEY}/original$", original),
        (rf"^/article/{KEY}/diff/(?P<old>[0-9]{{1,6}})-(?P<new>[0-9]{{1,6}})$", diff),
        (rf"^/article/{KEY}(?:/v/(?P<number>[0-9]{{1,6}}))?\.(?P<ending>bib|ris|txt)$", citation),
        (r"^/capture/(?P<record>[0-9a-zA-Z-]{1,64})$", evidence.capture),
        (r"^/capture/(?P<record>[0-9a-zA-Z-]{1,64})/page$", evidence.replayed),
        (r"^/capture/(?P<record>[0-9a-zA-Z-]{1,64})\.warc\.gz$", evidence.record),
        (r"^/day$", days),
        (r"^/day/(?P<day>[0-9-]{10})$", day),
        (r"^/sites$", all_sites),
        (r"^/site/(?P<name>[a-z0-9_]{1,80})$", site),
        (r"^/site/(?P<name>[a-z0-9_]{1,80})/(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})$", edition),
        (r"^/regions$", regions),
        (r"^/region/(?P<code>[0-9]{6})$", region),
        (r"^/plots$", plot_page),
        (r"^/health$", health),
        (r"^/about$", about),
        (r"^/choose$", choose),
        (r"^/robots\.txt$", robots),
    )
]
