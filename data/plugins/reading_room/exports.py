"""A result list as a file, built in a temporary file in the reading threads and sent in pieces."""

import tempfile

from datasette import NotFound, Response

from crawler.clock import stamp
from pipelines.archive import export as exporting
from pipelines.archive.browse import results
from pipelines.archive.find import count, ids, usable_order
from reading_room.answer import ask
from reading_room.evidence import archive_path
from reading_room.safety import PLAIN

MOST = 10_000
"""Articles in one file from the page; `scrapy export` writes any number."""


async def export(datasette, request):
    """/export.csv?q=…&site=… with the same words as the search page."""
    ending = exporting.ALIASES.get(request.url_vars["ending"], request.url_vars["ending"])
    if ending not in exporting.MEDIA:
        raise NotFound("no such format")
    asked = {name: request.args.get(name) or "" for name in results.ASKED}
    query = await ask(datasette, results.query_of_connection, asked)
    chosen = await ask(datasette, _chosen, query, asked["order"] or "newest")
    base = datasette.absolute_url(request, datasette.urls.path("/")).rstrip("/")
    out = tempfile.TemporaryFile()  # noqa: SIM115 - `Sent` closes it when all is sent
    try:
        writer = await ask(datasette, lambda conn: exporting.open_writer(ending, out, conn, archive_path(datasette), stamp()))
    except exporting.ExportError as error:
        out.close()
        return Response.text(str(error), status=501)
    for at in range(0, len(chosen), exporting.BATCH):
        some = chosen[at : at + exporting.BATCH]
        await ask(datasette, lambda conn, some=some: writer.add(exporting.records(conn, some, base=base)))
    writer.close()
    return Sent(out, exporting.MEDIA[ending], f"fangzhi-{stamp()[:10]}.{ending}")


def _chosen(conn, query, order):
    total = count(conn, query)
    return ids(conn, query, order=usable_order(query, order, total), limit=MOST, total=total)


class Sent:
    """An answer read from a file, which it closes."""

    def __init__(self, file, content_type, name):
        self.file, self.content_type, self.name = file, content_type, name

    async def asgi_send(self, send):
        size = self.file.seek(0, 2)
        self.file.seek(0)
        headers = {
            "content-type": self.content_type,
            "content-length": str(size),
            "content-disposition": f'attachment; filename="{self.name}"',
            "content-security-policy": PLAIN,
        }
        pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": 200, "headers": pairs})
        with self.file as file:
            while piece := file.read(1 << 16):
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
