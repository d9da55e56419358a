"""Dask over TLS, set up by Dask's own configuration as docs/scale.md says; who comes without a certificate is told so."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.engine.conftest import PAGES, cluster, counties, rows


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Key and certificate in one file; its own authority."""
    file = tmp_path / "cluster.pem"
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=cluster -keyout - -out -"
    file.write_bytes(subprocess.run(command.split(), check=True, capture_output=True).stdout)
    return file


def test_a_crawl_over_tls(tmp_path: Path, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tls = {f"{who}__{what}": certificate for who in ("SCHEDULER", "WORKER", "CLIENT") for what in ("CERT", "KEY")}
    for name, value in (tls | {"CA_FILE": certificate}).items():
        monkeypatch.setenv(f"DASK_DISTRIBUTED__COMM__TLS__{name}", str(value))
    monkeypatch.setenv("DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION", "True")
    monkeypatch.setenv("DASK_DISTRIBUTED__COMM__DEFAULT_SCHEME", "tls")
    away = tmp_path / "away"
    with counties(tmp_path, {"county_a": "127.0.0.2"}) as land, cluster(tmp_path / "dask", land.project, workers=1) as machines:
        assert machines.engine.startswith("dask+tls://")
        land.done(away, "due", "county_a", "--engine", machines.engine)
        assert rows(away, "SELECT count(*) FROM articles") == [(PAGES,)]
        assert "nothing is lost" in land.done(away, "verify")
        for who in ("CERT", "KEY"):
            monkeypatch.delenv(f"DASK_DISTRIBUTED__COMM__TLS__CLIENT__{who}")
        stranger = land.scrapy(tmp_path / "stranger", "due", "county_a", "--engine", machines.engine)
        error = stranger.communicate(timeout=60)[1]
        assert stranger.returncode and "dask+tls:// needs a certificate" in error and "Traceback" not in error
