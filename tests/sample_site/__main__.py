"""`python -m tests.sample_site --port 8765`: serve the sample site until Ctrl-C."""

from __future__ import annotations

import argparse
import signal
import sys
import threading

from tests.sample_site.server import start_sample_site


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.sample_site", description="Serve the sample site on 127.0.0.1.")
    parser.add_argument("--port", type=int, default=8765, help="0 takes a free one (default 8765)")
    parser.add_argument("--edition", type=int, choices=(1, 2), default=1, help="the site's first or second day")
    parser.add_argument("--articles", type=int, default=30, help="how many generated articles it has (default 30)")
    given = parser.parse_args()
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    try:
        with start_sample_site(port=given.port, edition=given.edition, articles=given.articles) as site:
            print(site.url, flush=True)
            ended.wait()
    except OSError as error:
        print(
            f"Cannot serve on 127.0.0.1:{given.port} ({error.strerror}); choose another --port, 0 for a free one.",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
