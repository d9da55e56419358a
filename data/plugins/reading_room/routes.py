"""Which address shows what."""

from datasette import NotFound, Response

from pipelines.archive.browse import article as articles
from pipelines.archive.browse import overview, results
from reading_room.answer import ask, door, page
from reading_room.wording import LANGUAGES, THEMES

KEY = r"(?P<key>[0-9a-f]{20})"


async def home(datasette, request):
    return await page(datasette, request, "home.html", await ask(datasette, overview.home))


async def search(datasette, request):
    asked = {name: request.args.get(name) or "" for name in results.ASKED}
    return await page(datasette, request, "search.html", await ask(datasette, results.results, asked))


async def article(datasette, request):
    shown = await ask(datasette, articles.page, request.url_vars["key"])
    if shown is None:
        raise NotFound("no such article")
    return await page(datasette, request, "article.html", shown)


async def choose(datasette, request):
    """Set language or theme by cookie and go back to where the reader was."""
    back = request.args.get("back") or "/"
    # Only a path of this server: `//host` and `/\host` would lead away.
    safe = back.startswith("/") and not back.startswith(("//", "/\\")) and "\n" not in back and "\r" not in back
    answer = Response.redirect(back if safe else "/")
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
        (rf"^/article/{KEY}$", article),
        (r"^/choose$", choose),
        (r"^/robots\.txt$", robots),
    )
]
