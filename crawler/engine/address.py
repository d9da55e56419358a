"""From `--engine dask://HOST:PORT` to a connected Dask client, or one sentence why not."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from distributed import Client

SCHEMES = {"dask": "tcp", "dask+tls": "tls"}
ANSWER = 10.0
"""Seconds for the scheduler to answer, and again for a first worker to be there."""


class EngineError(Exception):
    """The cluster cannot be used; the message is one sentence that says what to do."""


def scheduler_address(engine: str) -> str:
    """`dask://host:8786` as Dask writes it: `tcp://host:8786`. Raises EngineError."""
    try:
        parts = urlsplit(engine)
        scheme, place = SCHEMES.get(parts.scheme), parts.hostname and parts.port
    except ValueError:
        scheme, place = None, None
    if not scheme or not place:
        raise EngineError(f"--engine {engine} is no address of a Dask scheduler; write dask://HOST:PORT or dask+tls://HOST:PORT")
    return f"{scheme}://{parts.netloc}"


def connect(engine: str) -> Client:
    """A client of the scheduler, which has at least one worker; certificates come from Dask's own configuration.

    Raises EngineError, after at most twice `ANSWER` seconds.
    """
    address = scheduler_address(engine)
    try:
        import dask
        from distributed import Client, Security
    except ImportError:
        raise EngineError("--engine needs Dask: .venv/bin/pip install -r requirements-dask.txt") from None
    if address.startswith("tls:") and not Security().get_connection_args("client").get("ssl_context"):
        raise EngineError(
            "dask+tls:// needs a certificate: name it in Dask's distributed.comm.tls (ca-file, client.cert, client.key)"
        )
    # A slice travels with its task and may be large; its size is no slip.
    dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"})
    try:
        client = Client(address, timeout=ANSWER, set_as_default=False)
    except (OSError, TimeoutError, ValueError, TypeError, RuntimeError) as error:
        raise EngineError(f"no Dask scheduler answers at {engine} ({error}); start one with `dask scheduler`") from error
    try:
        client.wait_for_workers(1, timeout=ANSWER)
        client.run_on_scheduler(importable)
        for answer in client.run(importable, on_error="return").values():
            if isinstance(answer, ImportError):
                raise answer
    except TimeoutError as error:
        client.close()
        raise EngineError(f"the scheduler at {engine} has no workers; start some with `dask worker`") from error
    except ImportError as error:
        client.close()
        raise EngineError(
            f"scheduler and workers at {engine} must find the project: start them in its folder with PYTHONPATH=. ({error})"
        ) from error
    return client


def importable() -> None:
    """Runs where the project is on the path."""
