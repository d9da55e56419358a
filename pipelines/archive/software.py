"""What wrote this: the software's name and versions as runs, versions and warcinfo records state them."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version

VERSION = "0.1.0"


@cache
def software() -> str:
    """`fangzhi/0.1.0 scrapy/2.19.0 trafilatura/2.3.1`: our version and those that decide what is fetched and read."""
    parts = [f"fangzhi/{VERSION}"]
    for name in ("scrapy", "trafilatura"):
        try:
            parts.append(f"{name}/{version(name)}")
        except PackageNotFoundError:
            continue
    return " ".join(parts)
