"""The one clock: everything that asks what time it is asks here, so that years can be tested in seconds.

`FANGZHI_CLOCK` sets it for a whole process (crawler, Datasette, a test): an ISO 8601 instant with offset, from which
time runs on at its normal pace. Durations (timeouts, rates) use `time.monotonic` and are not touched.
"""

from __future__ import annotations

import os
import time
from datetime import datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8), "+08:00")
"""Beijing time, the one legal time of all 31 regions; no daylight saving since 1991."""

VARIABLE = "FANGZHI_CLOCK"


class ClockError(ValueError):
    """`FANGZHI_CLOCK` is set to something that is no instant with an offset."""


def _shift(setting: str | None) -> timedelta:
    """How far the process's clock stands from the machine's."""
    if not setting:
        return timedelta()
    try:
        start = datetime.fromisoformat(setting)
    except ValueError:
        start = None
    if start is None or start.tzinfo is None:
        raise ClockError(f"{VARIABLE}={setting!r} is no time with an offset; write e.g. 2026-05-01T08:00:00+08:00")
    return start - datetime.fromtimestamp(time.time(), CHINA)


_shifted_by = _shift(os.environ.get(VARIABLE))


def set_clock(setting: str | None) -> None:
    """Set this process's clock (tests); None gives the machine's time back."""
    global _shifted_by
    _shifted_by = _shift(setting)


def now() -> datetime:
    """The present, in Beijing time."""
    return datetime.fromtimestamp(time.time(), CHINA) + _shifted_by


def stamp(moment: datetime | None = None) -> str:
    """ISO 8601 with offset to the millisecond: `2026-05-01T08:00:00.000+08:00`. Sorts as text."""
    return (moment or now()).astimezone(CHINA).isoformat(timespec="milliseconds")
