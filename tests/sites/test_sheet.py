"""The sheet that the profiles were read from, if it is here: every row has a profile or a reason, every article its kind."""

from __future__ import annotations

import csv
import os
import re
from pathlib import Path

import pytest

from crawler.discovery import canonical, inside, kind_of_url
from crawler.items import Kind
from crawler.sites import all_sites
from crawler.sites.profile import Site

ROOT = Path(__file__).resolve().parents[2]
SHEET = Path(os.environ.get("FANGZHI_SHARED", ROOT.parent / "shared")) / "sites" / "sites.tsv"
LEFT_OUT = {
    name.strip()
    for name in re.findall(r"^\| (\w+) \| [^|]+ \| [^|]+ \| [^|]+ \|$", (ROOT / "docs/sites.md").read_text("utf-8"), re.M)
}

pytestmark = pytest.mark.skipif(not SHEET.is_file(), reason=f"no sheet at {SHEET}; FANGZHI_SHARED names its folder")


def rows() -> list[dict[str, str]]:
    with SHEET.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def profiles(row: dict[str, str]) -> list[Site]:
    """Profiles are named `<province>_<row's id>`."""
    own = re.sub(r"[^a-z0-9]+", "_", row["site_id"].lower()).strip("_")
    return [site for name, site in all_sites().items() if name.endswith(f"_{own}")]


def test_every_local_row_has_a_profile_or_stands_among_those_left_out() -> None:
    local = [row for row in rows() if not row["region"].startswith("000000")]
    without = {row["site_id"] for row in local if not profiles(row)}
    assert without == without & LEFT_OUT
    assert len(local) - len(without) == len(all_sites()) - 1, "and no profile is of no row, but for the sample site"


def test_the_sheet_s_articles_are_articles_of_their_profile() -> None:
    wrong = []
    for row in rows():
        for url in row["example_urls"].split():
            sites = [site for site in profiles(row) if url.startswith("http") and inside(url, site)]
            kinds = {kind_of_url(canonical(url) or "", site) for site in sites}
            if sites and not kinds & {Kind.ARTICLE, Kind.EDITION}:
                wrong.append((row["site_id"], url, kinds))
    assert wrong == []
