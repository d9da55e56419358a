"""`python -m tests.sample_site`: serve the sample site until Ctrl-C, or for as long as a command that uses it runs."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import threading

from tests.sample_site.server import Server, start_sample_site

EVENINGS = {1: "2026-05-02T20:00:00+08:00", 2: "2026-05-03T20:00:00+08:00"}
"""When each edition is the news of the day; a crawl then looks for the e-paper issues of these days."""


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.sample_site",
        description="Serve the sample site on 127.0.0.1; with a command after --, serve it for that command and end with it.",
    )
    parser.add_argument(
        "--port",
        type=int,
        default=8765,
        help="0 takes a free one (default 8765, so that a second crawl meets the same addresses)",
    )
    parser.add_argument("--edition", type=int, choices=(1, 2), default=1, help="the site's first or second day")
    parser.add_argument("--articles", type=int, default=30, help="how many generated articles it has (default 30)")
    parser.add_argument("command", nargs="*", help="e.g. -- scrapy crawl sample")
    return parser.parse_args()


def run(command: list[str], site: Server) -> int:
    """The command's exit code. Its environment tells it the site's port and the site's day."""
    environment = {"FANGZHI_CLOCK": EVENINGS[site.edition], **os.environ, "FANGZHI_SAMPLE_PORT": str(site.port)}
    # Ctrl-C goes to the whole terminal; the command decides how to end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with subprocess.Popen(command, env=environment, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)) as process:
        signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        return process.wait()


def serve(site: Server) -> int:
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    print(site.url, flush=True)
    ended.wait()
    return 0


def taken(port: int) -> bool:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def main() -> int:
    given = arguments()
    if given.command and taken(given.port):
        print(
            f"127.0.0.1:{given.port} is in use; serving the sample site on another port, so its addresses differ.",
            file=sys.stderr,
        )
        given.port = 0
    try:
        with start_sample_site(port=given.port, edition=given.edition, articles=given.articles) as site:
            return run(given.command, site) if given.command else serve(site)
    except FileNotFoundError as error:
        print(f"Cannot run {error.filename}: there is no such command.", file=sys.stderr)
    except OSError as error:
        print(
            f"Cannot serve on 127.0.0.1:{given.port} ({error.strerror}); choose another --port, 0 for a free one.",
            file=sys.stderr,
        )
    return 1


if __name__ == "__main__":
    sys.exit(main())
