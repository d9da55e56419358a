"""Datasette's own search box over `articles`: filters typed into it (站点:, 日期:) become filters of columns."""

from datasette import Request, Response
from datasette.filters import FilterArguments
from datasette.utils import path_with_replaced_args

from pipelines.archive.browse.results import query_of, query_of_connection
from pipelines.archive.find import region_range
from pipelines.archive.query import without_filters
from reading_room.answer import DATABASE, ask

LIST = f"/{DATABASE}/articles"


def led(app, datasette):
    """ASGI application that leads a search with typed filters to the same list with these filters in its address."""

    async def wrapped(scope, receive, send):
        address = None
        if scope["type"] == "http" and b"_search=" in scope["query_string"]:
            request = Request(scope, receive)
            if request.path.endswith((LIST, f"{LIST}.json", f"{LIST}.csv")):
                address = await filtered(datasette, request)
        await (Response.redirect(address).asgi_send(send) if address else app(scope, receive, send))

    return wrapped


async def filtered(datasette, request):
    """The address with typed filters as Datasette writes them; None where none are typed or there is no archive."""
    text = request.args.get("_search") or ""
    words = without_filters(text)
    if words == " ".join(text.split()) or DATABASE not in datasette.databases:
        return None
    query = await ask(datasette, query_of_connection, {"q": text})
    low, high = region_range(query.region) if query.region else (None, None)
    columns = {
        "site": query.site,
        "source": query.source,
        "region_code__gte": low,
        "region_code__lte": high,
        "published__gte": query.since,
        "published__lt": query.until and query.until + "U",  # as in `find.filters`
    }
    columns = {name: value for name, value in columns.items() if value}
    # What could not be read stays in the box, so that the page can say so.
    return path_with_replaced_args(request, {"_search": words or None, "_next": None, **columns}) if columns else None


def told(request, database, table):
    """For the hook `filters_from_request`: what could not be used, in the page's own words."""
    text = request.args.get("_search") if (database, table) == (DATABASE, "articles") else None
    return FilterArguments([], extra_context={"problems": query_of({"q": text}).problems}) if text else None
