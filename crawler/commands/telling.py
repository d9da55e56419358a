"""Tells somebody of an alarm: a command of the shell, or a web address that takes JSON. No command.

The address is the operator's own choice, so the guard of the crawl does not apply to it: it may be private.
"""

from __future__ import annotations

import subprocess
import time
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

SECONDS = 10.0
"""Time for one try."""
PAUSE = 2.0
"""Seconds before the second and last try."""


class WebhookError(ValueError):
    """No address that a message can be sent to, or nobody took it; says nothing of the address but scheme and host."""


class _Stay(HTTPRedirectHandler):
    """A redirected POST would arrive as a GET without its message."""

    def redirect_request(self, *_: object) -> None:
        return None


def public_part(url: str) -> str:
    """`https://hooks.example.org`: what may be printed; path, query and user part are secrets. Raises WebhookError."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or parts.scheme not in ("http", "https") or parts.username is not None or not url.isprintable():
        raise WebhookError("the webhook is no http(s) address without user and password; check --webhook or FANGZHI_WEBHOOK")
    return f"{parts.scheme}://{host}{f':{port}' if port else ''}"


def post(url: str, message: str) -> None:
    """Send JSON; a second time after a failure that may pass. Raises WebhookError."""
    shown = public_part(url)
    request = Request(url, message.encode(), {"Content-Type": "application/json; charset=utf-8", "User-Agent": "Fangzhi"})
    for tries in (1, 2):
        try:
            with build_opener(_Stay).open(request, timeout=SECONDS):
                return
        except HTTPError as error:
            error.close()
            why, hopeless = f"status {error.code}", error.code < 500 and error.code not in (408, 429)
        except (OSError, HTTPException, ValueError) as error:
            # What the system says of a connection; other texts may quote the address.
            reason = getattr(error, "reason", error)
            why, hopeless = getattr(reason, "strerror", None) or type(reason).__name__, False
        if hopeless or tries == 2:
            raise WebhookError(f"{shown} did not take the message: {why}")
        time.sleep(PAUSE)


def run(command: str, message: str) -> int:
    """The shell's exit code; the command gets the message on its standard input."""
    return subprocess.run(command, shell=True, input=message, text=True, check=False).returncode
