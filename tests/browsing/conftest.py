"""A real Datasette over an archive built here, and Debian's Chromium to look at it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import IO

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browsing.library import small_library

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


@dataclass(frozen=True)
class Room:
    """A running Datasette."""

    base: str
    data: Path

    def get(self, path: str, *, cookie: str = "", **query: str) -> Answer:
        address = self.base + urllib.parse.quote(path, safe="/?&=%+") + ("?" + urllib.parse.urlencode(query) if query else "")
        request = urllib.request.Request(address, headers={"Cookie": cookie} if cookie else {})
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.headers, error.read())


def configured(folder: Path) -> Path:
    """A data folder with the project's Datasette configuration and no archive yet."""
    folder.mkdir(parents=True)
    for name in ("metadata.yaml", "settings.json", "templates", "plugins", "static"):
        (folder / name).symlink_to(ROOT / "data" / name)
    return folder


def serve(data: Path) -> Iterator[Room]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "datasette", "serve", str(data), "--host", "127.0.0.1", "--port", str(port)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with tempfile.TemporaryFile() as log:  # not a pipe: nobody would empty it
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
        yield from _served(Room(f"http://127.0.0.1:{port}", data), process, log)


def _served(room: Room, process: subprocess.Popen[bytes], log: IO[bytes]) -> Iterator[Room]:
    try:
        _await(room, process, log)
        yield room
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await(room: Room, process: subprocess.Popen[bytes], log: IO[bytes]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if process.poll() is not None:
            log.seek(0)
            raise RuntimeError(f"datasette ended: {log.read().decode()}")
        try:
            room.get("/robots.txt")
            return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError("datasette did not answer in 30 s")


@pytest.fixture(scope="session")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """The small library, browsable."""
    data = configured(tmp_path_factory.mktemp("room") / "data")
    small_library(data / "archive.db")
    yield from serve(data)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, driven over its debugging pipe."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A desktop window without history."""
    context = browser.new_context(viewport=DESKTOP, locale="zh-CN", accept_downloads=True)
    yield context.new_page()
    context.close()
