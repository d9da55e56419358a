"""Every page of tests/pages, field by field: a failure names the template and the field."""

from functools import lru_cache

import pytest

from crawler.extraction import editor_names, extract_article, open_document, page_kind
from crawler.items import Article, Kind, RawPage
from tests.pages import CASES as PAGES

CASES = {case.name: case for case in PAGES}
FIELDS = [(name, field) for name, case in CASES.items() for field in case.fields]


@lru_cache
def read(name: str) -> Article:
    case = CASES[name]
    document = open_document(RawPage(url=case.url, body=case.body, headers={"content-type": "text/html"}))
    assert document.replaced == 0
    assert page_kind(document, site=None, lease=None) == (Kind.ARTICLE, None)
    return extract_article(document, site=None, lease=None)


@pytest.mark.parametrize("name", CASES)
def test_title(name: str) -> None:
    assert read(name).title == CASES[name].title


@pytest.mark.parametrize("name", CASES)
def test_body(name: str) -> None:
    assert read(name).body.splitlines() == list(CASES[name].paragraphs)


@pytest.mark.parametrize(("name", "field"), FIELDS)
def test_field(name: str, field: str) -> None:
    article = read(name)
    value = editor_names(article.editors) if field == "editors" else getattr(article, field)
    assert value == CASES[name].fields[field]


@pytest.mark.parametrize("name", CASES)
def test_every_filled_field_says_where_it_comes_from(name: str) -> None:
    article = read(name)
    for field in ("title", "body", "published", "source", "reporters", "keywords"):
        assert not getattr(article, field) or article.provenance[field].rule
