"""`python -m tests.bench.serve ARTICLES`: the bench site on a free port, printed first, until it is ended."""

from __future__ import annotations

import sys

from tests.bench.site import HeavyServer

if __name__ == "__main__":
    server = HeavyServer(0, articles=int(sys.argv[1]))
    print(server.port, flush=True)
    server.serve_forever()
