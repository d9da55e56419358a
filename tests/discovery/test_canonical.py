"""One address for one page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.discovery import canonical, first_part
from crawler.items import identity, public_key

HERE = "http://www.yunling.example.cn/xw/index.shtml"


@pytest.mark.parametrize(
    ("given_url", "expected"),
    [
        ("HTTP://WWW.Example.CN:80/A/b.HTML#top", "http://www.example.cn/A/b.HTML"),
        ("https://a.cn:443", "https://a.cn/"),
        ("https://a.cn:8443/", "https://a.cn:8443/"),
        ("./202605/t20260501_1.shtml", "http://www.yunling.example.cn/xw/202605/t20260501_1.shtml"),
        ("../../../a.html", "http://www.yunling.example.cn/a.html"),
        ("//news.example.cn/system/2026/05/01/1.shtml", "http://news.example.cn/system/2026/05/01/1.shtml"),
        ("\n /a b.html\t", "http://www.yunling.example.cn/a%20b.html"),
        ("\\xw\\1.html", "http://www.yunling.example.cn/xw/1.html"),
        ("?page=2&id=1", "http://www.yunling.example.cn/xw/index.shtml?id=1&page=2"),
        ("/a?utm_source=wx&id=5&spm=1.2&isappinstalled=0", "http://www.yunling.example.cn/a?id=5"),
        ("/a;jsessionid=0A1B?id=5&PHPSESSID=77", "http://www.yunling.example.cn/a?id=5"),
        ("/a?_=1714521600000&r=0.52&id=1", "http://www.yunling.example.cn/a?id=1"),
        ("/%e4%b8%ad/%7euser/中", "http://www.yunling.example.cn/%E4%B8%AD/~user/%E4%B8%AD"),
        ("/system/count//0002001/c_1.shtml", "http://www.yunling.example.cn/system/count//0002001/c_1.shtml"),
        ("http://新闻.cn/", "http://xn--efvy88h.cn/"),
        ("/a?12345", "http://www.yunling.example.cn/a?12345"),
    ],
)
def test_canonical(given_url: str, expected: str) -> None:
    assert canonical(given_url, HERE) == expected


@pytest.mark.parametrize(
    "url",
    [
        "javascript:void(0)",
        "mailto:a@b.cn",
        "tel:110",
        "ftp://a.cn/",
        "data:,x",
        "http://",
        "http://[",
        "http://本报讯，/",
        "about:blank",
    ],
)
def test_no_page(url: str) -> None:
    assert canonical(url, HERE) is None


@given(st.text(alphabet=st.characters(blacklist_categories=("Cs",)), max_size=60))
def test_canonical_is_idempotent_and_never_raises(text: str) -> None:
    once = canonical(text, HERE)
    assert once is None or canonical(once) == once


@given(st.lists(st.sampled_from(["a=1", "b=2", "c=3", "utm_term=x", "d="]), unique=True))
def test_order_of_parameters_is_no_difference(pieces: list[str]) -> None:
    one, other = canonical("/x?" + "&".join(pieces), HERE), canonical("/x?" + "&".join(reversed(pieces)), HERE)
    assert one == other and "utm" not in (one or "")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://www.a.cn/xw/", "https://a.cn/xw/index.shtml"),
        ("https://a.cn/xw/1.html", "http://www.a.cn/xw/1.html"),
        ("http://a.cn/default.aspx", "http://a.cn/"),
    ],
)
def test_twins_have_one_key(one: str, other: str) -> None:
    assert public_key(one) == public_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("http://a.cn/index.php?id=1", "http://a.cn/"), ("http://a.cn/index_1.html", "http://a.cn/")]
)
def test_no_twins(one: str, other: str) -> None:
    assert identity(one) != identity(other)


@pytest.mark.parametrize(
    ("url", "first"),
    [
        ("http://a.cn/202605/t20260501_1000009_2.shtml", "http://a.cn/202605/t20260501_1000009.shtml"),
        ("http://a.cn/system/2026/05/01/016054009_03.shtml", "http://a.cn/system/2026/05/01/016054009.shtml"),
        ("http://a.cn/2026-05/01/content_9538999_2.htm", "http://a.cn/2026-05/01/content_9538999.htm"),
        ("http://a.cn/n2/2026/0501/c345-40123456-2.html", "http://a.cn/n2/2026/0501/c345-40123456.html"),
        ("http://a.cn/article-77-3.html", "http://a.cn/article-77-1.html"),
        ("http://a.cn/html/2026-05/01/content_2_20101.htm", "http://a.cn/html/2026-05/01/content_2_20101.htm"),
        ("http://a.cn/202111/t20211130_23430318_ext.shtml", "http://a.cn/202111/t20211130_23430318_ext.shtml"),
    ],
)
def test_first_part(url: str, first: str) -> None:
    assert first_part(url) == first
