"""Asking the archive and answering with a page: the time limit, the empty archive, the missing page."""

import sqlite3

from datasette import NotFound, Response
from datasette.utils import sqlite_timelimit

from reading_room.safety import OWN

DATABASE = "archive"
TOLD = {"interrupted": "slow", "no such table": "old", "no such column": "old"}
"""What SQLite says, and the notice it becomes. Datasette opens the file as it stands: an older schema may lack a table."""


class NoArchive(Exception):
    """There is no archive.db beside the configuration yet."""


async def ask(datasette, read, *values, **options):
    """`read(conn, …)` in one of Datasette's reading threads, within half of its time limit."""
    if DATABASE not in datasette.databases:
        raise NoArchive
    limit = datasette.setting("sql_time_limit_ms") // 2

    def within(conn):
        with sqlite_timelimit(conn, limit):
            return read(conn, *values, **options)

    return await datasette.get_database(DATABASE).execute_fn(within)


async def page(datasette, request, template, context, *, status=200):
    """A page of the reading room, under the strict policy."""
    html = await datasette.render_template(template, {"room": True, **context}, request=request)
    return Response.html(html, status=status, headers={"content-security-policy": OWN})


def door(view):
    """A route that answers plainly where there is no archive, no such thing, or too little time."""

    async def opened(datasette, request):
        try:
            return await view(datasette, request)
        except NoArchive:
            return await page(datasette, request, "notice.html", {"notice": "empty"}, status=503)
        except NotFound:
            return await page(datasette, request, "notice.html", {"notice": "missing"}, status=404)
        except sqlite3.OperationalError as error:
            notice = next((name for start, name in TOLD.items() if str(error).startswith(start)), None)
            if notice is None:
                raise
            return await page(datasette, request, "notice.html", {"notice": notice}, status=503)

    return opened
