"""Result lists as files, from the page and from the command line: read back by other programs' readers."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pyarrow.parquet
import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.browsing import library
from tests.browsing.conftest import ROOT, Room

SCRAPY = [sys.executable, "-m", "scrapy", "export"]


def exported(room: Room, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "FANGZHI_ARCHIVE": str(room.data / "archive.db")}
    return subprocess.run([*SCRAPY, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)


def titles(entries: list[dict[str, object]]) -> set[object]:
    return {entry["title"] for entry in entries}


BOTH = {"滨海新区与唐山港共建北方航运枢纽", "天津滨海新区开行新班列"}


def test_tables_from_the_page(room: Room) -> None:
    answer = room.get("/export.csv", q="滨海新区")
    assert answer.headers["content-disposition"].endswith('.csv"')
    rows = list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"))))
    assert titles(rows) == BOTH  # type: ignore[arg-type]
    assert {row["reporters"] for row in rows} == {"王浩; 李晓岚", "赵然"}
    assert all(row["permalink"].startswith(f"{room.base}/article/") for row in rows)
    objects = room.get("/export.json", q="滨海新区").body
    lines = room.get("/export.jsonl", q="滨海新区").body.decode().splitlines()
    assert titles(json.loads(objects)) == titles([json.loads(line) for line in lines]) == BOTH
    assert json.loads(lines[0])["reporters"]


def test_parquet_reads_in_arrow(room: Room) -> None:
    table = pyarrow.parquet.read_table(io.BytesIO(room.get("/export.parquet", q="滨海新区").body))
    assert set(table.column("title").to_pylist()) == BOTH
    assert ["王浩", "李晓岚"] in table.column("reporters").to_pylist()


def test_filters_go_along(room: Room) -> None:
    lines = room.get("/export.jsonl", site="hebei_tangshan_daily", order="oldest").body.decode().splitlines()
    assert len(lines) == 2 and all(json.loads(line)["site_title"] == "唐山晨报数字报" for line in lines)


def test_citations(room: Room) -> None:
    assert room.get("/export.bib", q="渔港").body.decode().count("@article{fangzhi-") == 1
    assert room.get("/export.ris", q="滨海新区").body.decode().count("TY  - ELEC") == 2


def test_wacz_holds_both_captures_whole(room: Room) -> None:
    packed = zipfile.ZipFile(io.BytesIO(room.get("/export.wacz", q="滨海新区与唐山港").body))
    package = json.loads(packed.read("datapackage.json"))
    for resource in package["resources"]:
        data = packed.read(resource["path"])
        assert len(data) == resource["bytes"] and "sha256:" + hashlib.sha256(data).hexdigest() == resource["hash"]
    stream = packed.open("archive/data.warc.gz")
    found = [
        r.rec_headers.get_header("WARC-Target-URI")
        for r in ArchiveIterator(stream, check_digests="raise")
        if r.rec_type == "response"
    ]
    assert found == [library.FIRST] * 2
    assert [json.loads(line)["url"] for line in packed.read("pages/pages.jsonl").decode().splitlines()[1:]] == [library.FIRST]


def test_wacz_opens_in_pywb(room: Room, tmp_path: Path, pywb_bin: Path) -> None:
    """pywb unpacks, indexes and replays it."""
    file = tmp_path / "found.wacz"
    file.write_bytes(room.get("/export.wacz", q="滨海新区与唐山港").body)
    for arguments in (["init", "found"], ["add", "found", "--unpack-wacz", str(file)]):
        done = subprocess.run([pywb_bin / "wb-manager", *arguments], cwd=tmp_path, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
    replay = (
        "from pywb.apps.frontendapp import FrontEndApp\nfrom werkzeug.test import Client\n"
        f"app = Client(FrontEndApp(config_file=None, custom_config={{'debug': False}}))\n"
        f"print(app.get('/found/20260501000000id_/{library.FIRST}').data.decode('gb18030'))"
    )
    shown = subprocess.run([pywb_bin / "python", "-c", replay], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert "<h1>滨海新区与唐山港共建北方航运枢纽</h1>" in shown.stdout, shown.stderr[-2000:]


@pytest.mark.parametrize("ending", ["csv", "json", "jsonl", "parquet", "bibtex", "ris", "gbt7714", "wacz"])
def test_command_line(room: Room, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"found.{ending}"
    done = exported(room, "滨海新区", "--since", "2018", "-f", ending, "-o", str(target))
    assert done.returncode == 0, done.stderr
    assert f"2 articles written to {target}" in done.stdout
    assert target.stat().st_size > 100
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["-f", "xls", "-o", "x"], "one of"),
        (["-f", "csv"], "give -o FILE"),
        (["NOT 唐山", "-f", "csv", "-o", "x.csv"], "nothing to look for"),
        (["-f", "csv", "-o", "/nowhere/x.csv"], "cannot be written"),
    ],
)
def test_command_line_says_what_is_wrong(room: Room, arguments: list[str], told: str) -> None:
    done = exported(room, *arguments)
    assert done.returncode != 0 and told in done.stderr and "Traceback" not in done.stderr


def test_command_line_without_archive(tmp_path: Path) -> None:
    done = exported(Room("", tmp_path), "-f", "csv", "-o", str(tmp_path / "x.csv"))
    assert done.returncode == 1 and "there is no archive" in done.stderr and not (tmp_path / "x.csv").exists()
