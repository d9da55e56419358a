"""Which place an article is from, by rules in order; each answer names its rule, and what is ambiguous stays None."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from pipelines.text.places import Place, gazetteer, mentions


class Region(NamedTuple):
    """A recognised place."""

    code: str
    name: str
    rule: str
    """`site`, `source`, `section`, `self`, `frequency`."""


# What follows a place in a channel's name: 唐山新闻, 定州要闻, 保定频道, 沧州市.
_CHANNEL = re.compile(r"(?:市|县|区|省|州|盟)?(?:新闻|要闻|频道|资讯|时政|动态|站|网|快讯|信息|在线|热线|发布)?$")
# Us: 我市, 全县. Its last character tells the kind of place.
_OWN = re.compile(r"(?:我|全|本)(省|市|县|区|州|盟|旗)(?!际|民|外|内外)")
_BEFORE = re.compile(r"(?:美丽|魅力|幸福|活力|大美|平安|法治|文明|和谐|富强|生态|智慧|善美|健康|建设|加快|作为)$")
_AFTER = re.compile(r"(?:作为|人民|将(?!军|来)|大发展|发展|是一座|市委|市政府|县委|县政府|区委|区政府|省委|省政府|干部群众|广大)")
# 赴天津市学习, 到上海考察, 在北京: those who go there are not from there.
_VISITED = re.compile(r"(?:赴|到|往|去|访问|考察|飞抵|抵达|参观|借鉴)$")


def locate(
    *, site: str | None = None, source: str | None = None, section: Sequence[str] = (), title: str | None = None, body: str = ""
) -> Region | None:
    """The place an article speaks for. `site` is the GB/T 2260 code of its site; the texts are normalised.

    The first rule that gives a place wins; a later one (but frequency) may only make it more exact, inside the place
    found: a province's portal that credits 唐山劳动日报 speaks for 唐山市.
    """
    text = f"{title or ''}\n{body}"
    place = gazetteer().by_code.get(site or "")
    rule = "site"
    for name, evidence in (("source", source or ""), ("section", section), ("self", text)):
        if place and place.level == 3:
            break
        candidate = _RULES[name](evidence, place)
        if candidate and candidate != place:
            place, rule = candidate, name
    if place is None:
        place, rule = _frequent(text), "frequency"
    return Region(*place, rule) if place else None


def _pick(places: Iterable[Place], inside: Place | None) -> Place | None:
    """The one place meant: inside what is known already; the highest in rank (朝阳日报 is 朝阳市's, not a district's)."""
    places = list(places)
    if inside:
        places = [place for place in places if place.within(inside)]
    if not places:
        return None
    top = min(place.level for place in places)
    best = [place for place in places if place.level == top]
    return best[0] if len(best) == 1 else None


def _leading(text: str) -> tuple[str, Sequence[Place]]:
    """The longest place name a text begins with."""
    _, by_name, longest = gazetteer()
    for size in range(min(longest, len(text)), 1, -1):
        if text[:size] in by_name:
            return text[:size], by_name[text[:size]]
    return "", ()


def _outlet(source: str, inside: Place | None) -> Place | None:
    name, places = _leading(source)
    # An outlet has a name beyond its place; 东方网 or 新华网 are no places, though 东方市 and 新华区 exist.
    return _pick(places, inside) if len(source) - len(name) >= 2 else None


def _channel(section: Sequence[str], inside: Place | None) -> Place | None:
    for crumb in reversed(section):
        name, places = _leading(crumb)
        if name and _CHANNEL.match(crumb, len(name)) and (place := _pick(places, inside)):
            return place
    return None


def _own(text: str, inside: Place | None) -> Place | None:
    own = Counter(match.group(1) for match in _OWN.finditer(text))
    if not own:
        return None
    kind = own.most_common(1)[0][0]
    scores: Counter[Place] = Counter()
    for at, name in mentions(text):
        places = [place for place in gazetteer().by_name[name] if place.name.endswith(kind)]
        place = _pick(places, inside)
        if place is None:
            continue
        end = at + len(name)
        scores[place] += 3 * bool(_BEFORE.search(text, max(0, at - 2), at)) + 2 * bool(_AFTER.match(text, end))
    ranked = scores.most_common(2)
    if not ranked or ranked[0][1] == 0 or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _frequent(text: str) -> Place | None:
    """The place named three times or more, and twice as often as any other that does not hold it."""
    scores: Counter[Place] = Counter()
    for at, name in mentions(text):
        if not _VISITED.search(text, max(0, at - 2), at) and (place := _pick(gazetteer().by_name[name], None)):
            scores[place] += 1
    ranked = [(place, times) for place, times in scores.most_common() if times >= 3]
    if not ranked:
        return None
    best, times = ranked[0]
    rivals = [n for place, n in scores.items() if place != best and not best.within(place) and not place.within(best)]
    return best if times >= 2 * max(rivals, default=0) else None


_RULES: dict[str, Callable[[Any, Place | None], Place | None]] = {"source": _outlet, "section": _channel, "self": _own}
