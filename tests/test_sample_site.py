"""The sample site serves what its truth says, and its noise is undone by knowing the story."""

from __future__ import annotations

import gzip
import http.client
import re
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from opencc import OpenCC

from tests.sample_site import Server, start_sample_site
from tests.sample_site.channels import CHANNELS
from tests.sample_site.generator import generated
from tests.sample_site.noise import pollute
from tests.sample_site.oddities import ODD_LISTS
from tests.sample_site.story import stories
from tests.sample_site.truth import overnight, truth


@pytest.fixture(scope="module")
def site() -> Iterator[Server]:
    with start_sample_site(articles=120) as running:
        yield running


def fetch(site: Server, path: str, **headers: str) -> tuple[int, bytes, http.client.HTTPMessage]:
    """One exchange, redirects not followed."""
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=10)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    try:
        body = answer.read()
    except http.client.IncompleteRead as broken:
        body = broken.partial
    connection.close()
    return answer.status, body, answer.headers


def test_every_address_of_the_truth_answers(site: Server) -> None:
    refused = {path: fetch(site, path)[0] for path in truth(1, 120)}
    odd = {path: status for path, status in refused.items() if status != 200}
    assert sorted(odd.values()) == [301, 302, 404, 410, 412]


def test_lists_lead_to_every_article(site: Server) -> None:
    """Following only what stands on lists, feeds and sitemaps reaches every article of the truth."""
    found: set[str] = set()
    for path in (path for path, told in truth(1, 120).items() if "listed" in told.outcomes):
        body = fetch(site, path)[1]
        text = (gzip.decompress(body) if path.endswith(".gz") else body).decode("utf-8", "replace")
        links = re.findall(r"""(?:href=["']|<loc>|<link>)([^"'<]+)""", text)
        found |= {urljoin(site.url + path, link).removeprefix(site.url) for link in links}
    records = fetch(site, "/module/web/jpage/dataproxy.jsp?startrecord=4&endrecord=6&perpage=3")[1].decode()
    found |= set(re.findall(r"href='([^']+)'", records))
    missing = {path for path, told in truth(1, 120).items() if told.article} - found
    assert not missing


@pytest.mark.parametrize("channel", ["yaowen", "gb", "old"])
def test_charset_is_what_the_page_declares(site: Server, channel: str) -> None:
    path = next(path for path, told in truth().items() if told.article and told.path.startswith(f"/{channel}/"))
    body = fetch(site, path)[1]
    declared = re.search(rb"charset=([\w-]+)", body)
    assert declared
    told = truth()[path].article
    assert told and told["title"] in body.decode("gbk" if declared[1] == b"gb2312" else declared[1].decode())


@pytest.mark.parametrize("channel", [name for name in CHANNELS if name not in ("gen", "mirror")])
def test_pages_hold_the_paragraphs_of_their_story(site: Server, channel: str) -> None:
    for told in (one for one in truth().values() if one.article):
        story = next((s for s in stories(channel) if s.title == told.article["title"]), None)  # type: ignore[index]
        if story is None:
            continue
        charset = "gbk" if CHANNELS[channel].charset == "gb2312" else "utf-8"
        text = "".join(fetch(site, path)[1].decode(charset) for path in (told.path, *told.parts))
        assert all(paragraph in text for paragraph in story.paragraphs), told.path


def test_unchanged_articles_answer_304_and_edited_ones_do_not() -> None:
    edited = "/yaowen/202605/t20260501_100103.shtml"
    steady = "/yaowen/202605/t20260501_100101.shtml"
    with start_sample_site(articles=0) as site:
        tags = {path: fetch(site, path)[2]["ETag"] for path in (edited, steady)}
        assert [fetch(site, path, If_None_Match=tag)[0] for path, tag in tags.items()] == [304, 304]
        site.edition = 2
        assert [fetch(site, path, If_None_Match=tag)[0] for path, tag in tags.items()] == [200, 304]
        assert fetch(site, "/minsheng/202605/t20260501_100203.shtml")[0] == 404


def test_furniture_changes_overnight_on_pages_whose_article_does_not() -> None:
    path = "/wenhua/202605/t20260502_100302.shtml"
    with start_sample_site(articles=0) as site:
        before = fetch(site, path)[1]
        site.edition = 2
        assert fetch(site, path)[1] != before
    assert path not in overnight()


def test_overnight_names_each_kind_of_change() -> None:
    told = overnight()
    assert told["/yaowen/202605/t20260501_100103.shtml"] == "changed"
    assert told["/minsheng/202605/t20260501_100203.shtml"] == "gone"
    assert told["/yaowen/202605/t20260503_100113.shtml"] == "archived"


@pytest.mark.parametrize("controls", [False, True])
def test_noise_is_dense_and_can_be_undone(controls: bool) -> None:
    back = OpenCC("t2s")
    for story in stories("mirror"):
        for text in (story.title, *story.paragraphs):
            noisy = pollute(text, controls=controls)
            assert "(" in noisy
            bare = re.sub(r"\([^()]+\)|[\x05-\x08]|,(?=[，。、])", "", noisy)
            assert back.convert(bare) == text


def test_generated_articles_are_distinct() -> None:
    texts = {"".join(generated(index).paragraphs) for index in range(3000)}
    assert len(texts) == 3000
    assert generated(17) == generated(17)


def test_faults_do_what_they_say(site: Server) -> None:
    damaged = fetch(site, "/zonghe/202605/t20260502_100941.shtml")[1]
    with pytest.raises(Exception, match=r"(?i)error|crc|invalid"):
        gzip.decompress(damaged)
    status, body, headers = fetch(site, "/zonghe/202605/t20260502_100942.shtml")
    assert status == 200 and len(body) < int(headers["Content-Length"])
    with pytest.raises(ConnectionError):
        fetch(site, "/faults/202605/t20260502_100963.shtml")
    assert [fetch(site, "/faults/202605/t20260502_100964.shtml")[0] for _ in range(3)] == [503, 503, 200]
    with socket.create_connection(("127.0.0.1", site.port), timeout=1.5) as connection:
        connection.sendall(b"GET /faults/202605/t20260502_100961.shtml HTTP/1.1\r\nHost: x\r\n\r\n")
        with pytest.raises(TimeoutError):
            connection.recv(1)


def test_faults_are_linked_from_their_own_list_only(site: Server) -> None:
    for path in (path for path, told in truth(1, 120).items() if "listed" in told.outcomes):
        assert b"/faults/" not in fetch(site, path)[1]
    assert fetch(site, ODD_LISTS["faults"])[1].count(b"/faults/202605/") == 6


def test_command_prints_its_address_first_and_ends_on_sigterm() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.sample_site", "--port", "0", "--articles", "3"], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        url = process.stdout.readline().strip()
        assert urllib.request.urlopen(url + "/robots.txt", timeout=10).read().startswith(b"User-agent: *")
        taken = subprocess.run(
            [sys.executable, "-m", "tests.sample_site", "--port", url.rpartition(":")[2]],
            capture_output=True,
            text=True,
            check=False,
        )
        assert taken.returncode == 1 and "--port" in taken.stderr
        process.terminate()
        assert process.wait(10) == 0
