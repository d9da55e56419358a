"""Headers on every answer: nothing runs, nothing is fetched from elsewhere, nothing is framed by others, no robot indexes."""

OWN = (
    "default-src 'none'; script-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
# Datasette's own table pages carry <style> and style="" for column labels on phones; they still run no script.
STOCK = OWN.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")

PLAIN = "default-src 'none'; sandbox"
"""For files to be kept, not looked at."""

ALWAYS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"x-robots-tag": b"noindex, nofollow, noarchive",
    b"cross-origin-opener-policy": b"same-origin",
    b"permissions-policy": b"camera=(), microphone=(), geolocation=(), interest-cohort=()",
    b"x-dns-prefetch-control": b"off",
}


def guarded(app):
    """ASGI application whose answers carry the headers; an answer that brings its own policy (a replayed page) keeps it."""

    async def wrapped(scope, receive, send):
        if scope["type"] != "http":
            return await app(scope, receive, send)

        async def sending(event):
            if event["type"] == "http.response.start":
                headers = list(event.get("headers", []))
                names = {name.lower() for name, _ in headers}
                policy = {b"content-security-policy": STOCK.encode()}
                headers += [(name, value) for name, value in {**policy, **ALWAYS}.items() if name not in names]
                event = {**event, "headers": headers}
            await send(event)

        return await app(scope, receive, sending)

    return wrapped
