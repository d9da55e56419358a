"""Datasette's own search box over `articles`: filters typed into it (站点:, 日期:) become filters of columns, and what has
too many hits for a table with facets is shown by the search page."""

from urllib.parse import urlencode

from datasette import Request, Response
from datasette.filters import FilterArguments
from datasette.utils import path_with_replaced_args

from pipelines.archive.browse.results import query_of, query_of_connection
from pipelines.archive.find import is_few
from pipelines.archive.matching import region_range
from pipelines.archive.query import without_filters
from reading_room.answer import DATABASE, ask

LIST = f"/{DATABASE}/articles"


def led(app, datasette):
    """ASGI application that leads such searches where they belong and hands on everything else."""

    async def wrapped(scope, receive, send):
        address = None
        if scope["type"] == "http" and b"_search=" in scope["query_string"] and DATABASE in datasette.databases:
            request = Request(scope, receive)
            if request.path.endswith((LIST, f"{LIST}.json", f"{LIST}.csv")):
                address = await better(datasette, request)
        await (Response.redirect(address).asgi_send(send) if address else app(scope, receive, send))

    return wrapped


async def better(datasette, request):
    """A better address for this search; None where it is well as it stands."""
    text = request.args.get("_search") or ""
    query = await ask(datasette, query_of_connection, {"q": text})
    narrowed = {name: request.args[name] for name in request.args if not name.startswith("_")}
    heavy = query.searches and request.path.endswith(LIST) and narrowed.keys() <= {"site", "source"}
    if heavy and not await ask(datasette, is_few, query):
        return datasette.urls.path("/search?" + urlencode({"q": text, **narrowed}))
    columns = _columns(query)
    # What could not be read stays in the box, so that the page can say so.
    words = without_filters(text)
    return path_with_replaced_args(request, {"_search": words or None, "_next": None, **columns}) if columns else None


def _columns(query):
    """The typed filters as Datasette writes them in an address."""
    low, high = region_range(query.region) if query.region else (None, None)
    named = {
        "site": query.site,
        "source": query.source,
        "region_code__gte": low,
        "region_code__lte": high,
        "published__gte": query.since,
        "published__lt": query.until and query.until + "U",  # as in `matching.filters`
    }
    return {name: value for name, value in named.items() if value}


def told(request, database, table):
    """For the hook `filters_from_request`: what could not be used, in the page's own words."""
    text = request.args.get("_search") if (database, table) == (DATABASE, "articles") else None
    return FilterArguments([], extra_context={"problems": query_of({"q": text}).problems}) if text else None
