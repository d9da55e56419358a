"""One article from one document: what every rule found, brought together with its provenance."""

from __future__ import annotations

import re
from dataclasses import replace

from crawler.extraction.blocks import body_text, images_of, make_blocks
from crawler.extraction.body import read_body
from crawler.extraction.dates import first_moment
from crawler.extraction.document import Document
from crawler.extraction.evidence import page_labels, read_captions, read_known_ids, read_meta_fields, read_nodes, read_sponsor
from crawler.extraction.fields import Found, choose_moment, chosen, united
from crawler.extraction.header import join_cells, read_labels, read_line, read_split_date, read_text
from crawler.extraction.headline import Headline, page_headline
from crawler.extraction.layout import layout_of, layout_place, read_layout, text_at
from crawler.extraction.line import LABEL_TEXT
from crawler.extraction.lines import page_lines
from crawler.extraction.locate import Place, page_place
from crawler.extraction.meta import read_meta
from crawler.extraction.names import names_in
from crawler.extraction.people import split_sign_off
from crawler.extraction.plain import plain_headline
from crawler.extraction.roles import is_caption
from crawler.extraction.select import select
from crawler.extraction.selection import Selection
from crawler.extraction.vocabulary import UNNAMED
from crawler.items import Article, Lease, Provenance
from crawler.sites.profile import Site

HEAD_REACH = 25
"""Lines above the headline that may hold breadcrumb and sponsor."""
HEAD_INSIDE = 12
"""Lines from the first of the body on among which header matter may still stand."""
# A line above the headline without any of these is a menu's word: no label, date, path, outlet or name stands in it.
_TELLING = re.compile(r"[:：︰﹕∶|｜丨∣/／>＞»›→\d０-９\-—(（\[【〔□■◎社报報刊]|记者|記者|年")
TAIL_REACH = 12
"""Lines around the last of the body that may hold editor and keywords."""


def extract_article(document: Document, *, site: Site | None, lease: Lease | None) -> Article:
    """Read everything the page says of its article, up to `provenance`. Empty body: no text was found."""
    lines = page_lines(document)
    headline = plain_headline(lines) if document.is_text else page_headline(document)
    layout = layout_of(site, document.url)
    if layout is not None and (title := text_at(document, layout.title)):
        headline = replace(headline, title=title, rule="layout:title")
    place = layout_place(document, layout, lines, headline.position) if layout is not None else None
    place = place or page_place(document, headline.position)
    papers = page_labels([*lines[: max(place.start, (headline.position or 0) + HEAD_INSIDE)], *lines[place.end :][:TAIL_REACH]])
    selection = select(lines, place, headline.title, headline.count, paper=bool(papers))
    found = _gather(document, place, selection)
    found.page_labels = papers
    if layout is not None:
        read_layout(found, document, layout)
    return _from_lease(_article(document.url, headline, selection, found), lease)


def _from_lease(article: Article, lease: Lease | None) -> Article:
    """What the list said of the page, where the page itself says nothing."""
    if lease is None:
        return article
    if not article.title and lease.title:
        article.title, article.provenance["title"] = lease.title, Provenance(rule="list:title")
    if not article.published and lease.date and (moment := first_moment(lease.date)):
        article.published, article.published_precision = moment.iso, moment.precision
        article.provenance["published"] = Provenance(rule="list:date")
    if not article.section and lease.section:
        article.section, article.provenance["section"] = [lease.section], Provenance(rule="list:section")
    return article


def _gather(document: Document, place: Place, selection: Selection) -> Found:
    lines, meta = page_lines(document), read_meta(document)
    found = Found()
    used = {line.position for line in selection.body if line.text}
    first = min(used, default=place.start)
    last = max(used, default=place.end)
    top = place.headline if place.headline is not None else first
    for line in join_cells(lines[max(0, top - HEAD_REACH) : first]):
        # Menus are links and nothing else; a breadcrumb has signs between them.
        telling = line.linked < len(line.text) and (line.position >= top or _TELLING.search(line.text))
        if line.position not in used and (telling or line.position > top):
            read_line(found, line, "head")
    for line in (*lines[first : min(first + HEAD_INSIDE, last)], *lines[max(first, last - TAIL_REACH) : last + 1 + TAIL_REACH]):
        if line.position not in used:
            read_line(found, line, "tail")
    read_captions(found, [*selection.captions.values(), *(line for line in selection.body if is_caption(line))])
    read_text(found, [line for line in selection.body if line.text])
    edges = lines[max(0, top - HEAD_REACH) : last + 1 + TAIL_REACH]
    read_nodes(found, edges, first)
    for line in selection.body[:2] + selection.body[-2:]:
        if len(line.text) <= 120:
            read_labels(found, line, "tail")
    read_split_date(found, lines[top:first])
    read_known_ids(found, document)
    read_sponsor(found, lines)
    read_meta_fields(found, meta, document.url, [line.text for line in edges if len(line.text) <= LABEL_TEXT])
    return found


def _article(url: str, headline: Headline, selection: Selection, found: Found) -> Article:
    article = Article(url=url, title=headline.title)
    if headline.title:
        article.provenance["title"] = Provenance(rule=headline.rule, alternatives=tuple(headline.alternatives))
    blocks, rule = read_body(make_blocks(selection, url))
    if last := next((block for block in reversed(blocks) if block.kind == "p"), None):
        last.text, signed = split_sign_off(last.text)
        selection.labels += [signed] if signed else []
    article.label_lines = selection.labels
    article.blocks, article.body, article.images = blocks, body_text(blocks), images_of(blocks)
    article.provenance["body"] = Provenance(rule=rule)
    moment, reason = choose_moment(found)
    if moment and reason:
        article.published, article.published_precision, article.provenance["published"] = moment.iso, moment.precision, reason
    _set_texts(article, selection, found)
    _set_lists(article, found)
    return article


def _set_texts(article: Article, selection: Selection, found: Found) -> None:
    """Fields of one value: the first candidate counts."""
    source = found.source
    if source and source[0][0].startswith("header:"):
        # An outlet that a label credits comes before one that merely stands in the header, wherever the label stands.
        source = sorted(source, key=lambda said: not (said[0].startswith("label:") and not names_in(said[1], strict=True)))
    candidates: dict[str, list[tuple[str, str]]] = {
        "kicker": [(rule, line.text) for rule, line in selection.kickers],
        "subtitle": [(rule, line.text.lstrip("—-－ ")) for rule, line in selection.subtitles],
        "original_title": found.original_title,
        "source": source,
        "sponsor": found.sponsor,
        "updated": [(rule, moment.iso) for rule, moment in found.updated],
        "page_number": [("label:版", number) for number, _ in found.page_labels],
        "page_name": [("label:版", name) for _, name in found.page_labels[:1] if name],
    }
    for name, said in candidates.items():
        if said:
            setattr(article, name, said[0][1])
            article.provenance[name] = chosen(said)


def _set_lists(article: Article, found: Found) -> None:
    """Fields of several values: of rivals the first counts; names of helpers and of the checking chain are united."""
    reporters = [(rule, [name for name in names if name.lower() not in UNNAMED]) for rule, names in found.reporters]
    rivals = {"reporters": [said for said in reporters if said[1]], "keywords": found.keywords, "section": found.section[::-1]}
    for name, said in rivals.items():
        if said:
            setattr(article, name, said[0][1])
            article.provenance[name] = chosen([(rule, _SIGNS.get(name, "、").join(values)) for rule, values in said])
    for name, people in (("correspondents", found.correspondents), ("photographers", found.photographers)):
        names, rule = united(people)
        if names:
            setattr(article, name, names)
            article.provenance[name] = Provenance(rule=rule)
    chains = [said for said in found.editors if said[1]]
    fallback = [said for said in found.fallback_editors if said[1]]
    article.editors, rule = united(chains or fallback[:1])
    if article.editors:
        beaten = [(said, editor) for said, editors in fallback for editor in editors if editor not in article.editors]
        article.provenance["editors"] = Provenance(
            rule=rule, alternatives=tuple((said, f"{editor.role} {editor.name}") for said, editor in beaten)[:5]
        )


_SIGNS = {"section": " > "}
"""How the values of a field are joined to be shown, where not by 、."""
