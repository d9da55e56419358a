"""The doors of the reading room: hooks that Datasette calls. What stands behind them is in `reading_room/`."""

import sys
from pathlib import Path

from datasette import hookimpl

HERE = Path(__file__).resolve().parent
# Datasette loads this file by its path; the room beside it and the project's packages are found from here.
sys.path[:0] = [path for path in (str(HERE), str(HERE.parents[1])) if path not in sys.path]

from reading_room import routes, safety, stock_search, tables, wording  # noqa: E402

from pipelines.archive import search  # noqa: E402
from pipelines.archive.highlight import snippet  # noqa: E402
from pipelines.archive.query import match_expression, parse  # noqa: E402


@hookimpl(trylast=True)  # Datasette registers an escape_fts of its own; the last one wins
def prepare_connection(conn):
    search.register(conn)
    conn.create_function("escape_fts", 1, match_expression, deterministic=True)
    conn.create_function("zh_snippet", 2, lambda text, query: snippet(text, parse(query or "").words), deterministic=True)


@hookimpl
def startup(datasette):
    tables.install(datasette)


@hookimpl
def prepare_jinja2_environment(env):
    wording.furnish(env)


@hookimpl
def extra_template_vars(request, datasette, database):
    tables = (datasette.metadata("databases", fallback=False) or {}).get(database or "", {}).get("tables", {})
    return wording.of_request(request) | {"described": {name: told.get("title") for name, told in tables.items()}}


@hookimpl
def register_routes():
    return routes.ROUTES


@hookimpl
def filters_from_request(request, database, table):
    return stock_search.told(request, database, table)


@hookimpl
def asgi_wrapper(datasette):
    return lambda app: safety.guarded(stock_search.led(app, datasette))


@hookimpl
def menu_links():
    return []
