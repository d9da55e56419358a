"""Captures: what was fetched and when, the page replayed in a sandbox, the record as a file."""

from pathlib import Path

from datasette import NotFound, Response

from pipelines.archive import replay as replays
from reading_room.answer import DATABASE, ask, page
from reading_room.safety import PLAIN


def archive_path(datasette):
    return Path(datasette.get_database(DATABASE).path)


async def capture(datasette, request):
    """The evidence page of one capture, with the replayed page in a frame."""
    found = await ask(datasette, replays.capture, request.url_vars["record"])
    if found is None:
        raise NotFound("no such capture")
    try:
        held, wrong = await ask(datasette, replays.replay, archive_path(datasette), request.url_vars["record"]), None
    except replays.NoRecord as error:
        held, wrong = None, str(error)
    shown = {"capture": found, "held": held, "wrong": wrong, "record": request.url_vars["record"]}
    return await page(datasette, request, "capture.html", shown)


async def replayed(datasette, request):
    """The captured HTML, disarmed, under a policy that gives it an origin of its own and no rights."""
    try:
        held = await ask(datasette, replays.replay, archive_path(datasette), request.url_vars["record"])
    except replays.NoRecord as error:
        return Response.text(str(error), status=502, headers={"content-security-policy": replays.POLICY})
    if held is None:
        raise NotFound("no such capture")
    text = replays.harmless(held.body, held.charset) if held.is_html else held.body.decode("utf-8", "replace")
    kind = "text/html" if held.is_html else "text/plain"
    return Response(text, headers={"content-security-policy": replays.POLICY}, content_type=f"{kind}; charset=utf-8")


async def record(datasette, request):
    """The WARC record itself."""
    found = await ask(datasette, replays.capture, request.url_vars["record"])
    if found is None:
        raise NotFound("no such capture")
    try:
        body = replays.raw_record(archive_path(datasette), found)
    except replays.NoRecord as error:
        return Response.text(str(error), status=502)
    name = f"{request.url_vars['record']}.warc.gz"
    headers = {"content-disposition": f'attachment; filename="{name}"', "content-security-policy": PLAIN}
    return Response(body, headers=headers, content_type="application/warc")
