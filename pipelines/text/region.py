"""Which place an article is from, by rules in order; each answer names its rule, and what is ambiguous stays None.

None beats wrong. Short names are the trap: 解放日报 is not of 解放区, 新田坝 not of 新田县, 日照时数 not of 日照市. Of 749
outlets whose province is known, a first form of these rules misplaced 16, all by the short name of a county or a prefecture.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from pipelines.text.places import Place, gazetteer, mentions


class Region(NamedTuple):
    """A recognised place."""

    code: str
    name: str
    rule: str
    """`site`, `source`, `section`, `self`, `frequency`."""


_WORDS = (
    "新华 长安 东方 平安 和平 解放 光明 友谊 红旗 前进 向阳 东风 长治 大同 安康 通化 "
    "来宾 白银 黄山 中山 三明 日照 德州 吴忠 玉林 北海 巴中 普洱 武威 河源 保山 平凉 "
    "丽水 海口 延安 遵义 东港 南海 城关 新城 鼓楼 开发 高新 江南 中原 滨海"
)
WORDS = frozenset(_WORDS.split(" "))
"""Short names that are words, brands or other things as well; only their full form is a place."""

GENERIC = frozenset(("东区", "西区", "城区", "郊区", "矿区", "新区", "市区"))
"""Full names that any town uses of its parts."""
HEAD = 100
"""Characters of the body, behind the headline, that tell what a text is about."""

# What follows a place in a channel's name: 唐山新闻, 定州要闻, 保定频道, 沧州市.
_CHANNEL = re.compile(r"(?:市|县|区|省|州|盟)?(?:新闻|要闻|频道|资讯|时政|动态|站|网|快讯|信息|在线|热线|发布)?$")
# Us: 我市, 全县. Its last character tells the kind of place.
_OWN = re.compile(r"(?:我|全|本)(省|市|县|区|州|盟|旗)(?!际|民|外|内外|域)")
_BEFORE = re.compile(r"(?:美丽|魅力|幸福|活力|大美|平安|法治|文明|和谐|富强|生态|智慧|善美|健康|建设|加快)$")
_AFTER = re.compile(r"(?:作为|人民|将(?!军|来)|大发展|发展|是一座|干部群众)")
# 赴天津市学习, 到上海考察, 在北京: those who go there are not from there.
_VISITED = re.compile(r"(?:赴|到|往|去|在|访问|考察|飞抵|抵达|参观|借鉴|来自)$")
# 新田坝, 双河口村, 唐山路, 保定市场: the name of another place, or of a thing.
_OTHER = re.compile(
    "[坝口乡镇村街路桥河江山湖海站屯庄沟岭岛湾港巷弄里坊寨堡营店集关塔寺庙园场矿厂校院馆楼城站道区县市州]|水库|社区|大道|大厦|机场|高铁"
)


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
    for name, evidence in (("source", source or ""), ("section", section), ("self", None)):
        if place and place.level == 3:
            break
        candidate = _RULES[name](evidence, text, place)
        if candidate and candidate != place:
            place, rule = candidate, name
    if place is None:
        place, rule = _frequent(text), "frequency"
    return Region(*place, rule) if place else None


def _meant(name: str, text: str, inside: Place | None, *, local: bool = False) -> Place | None:
    """The one place a name means in a text: the highest in rank (朝阳日报 is 朝阳市's), None when two share it.

    A short name counts for counties and prefectures where the full name stands in the text. `local`: the name begins that
    of an outlet or a channel.
    """
    places: Iterable[Place] = gazetteer().by_name[name]
    if name not in gazetteer().full:
        places = [place for place in places if place.name in text or _known_by_short(place, name, inside, local)]
    if inside:
        places = [place for place in places if place.within(inside)]
    top = min((place.level for place in places), default=0)
    best = [place for place in places if place.level == top]
    if len(best) > 1 or name in GENERIC:
        best = [place for place in best if _upper_named(place, text)]
    return best[0] if len(best) == 1 else None


def _known_by_short(place: Place, name: str, inside: Place | None, local: bool) -> bool:
    """Provinces and cities are; those that are words only at the head of an outlet, and counties there inside a known place."""
    if place.level == 1:
        return True
    if place.level == 2:
        return place.name.endswith("市") and (local or name not in WORDS)
    return local and inside is not None and name not in WORDS


def _upper_named(place: Place, text: str) -> bool:
    """Whether a text names the province or the prefecture of a place."""
    by_code = gazetteer().by_code
    uppers = (by_code.get(place.code[:2] + "0000"), by_code.get(place.code[:4] + "00"))
    return any(upper.name in text or upper.name.rstrip("省市") in text for upper in uppers if upper and upper != place)


def _leading(text: str) -> str:
    """The longest place name a text begins with."""
    _, by_name, _, longest = gazetteer()
    return next((text[:size] for size in range(min(longest, len(text)), 1, -1) if text[:size] in by_name), "")


def _outlet(source: str, text: str, inside: Place | None) -> Place | None:
    """唐山劳动日报, 定州市融媒体中心. An outlet has a name beyond its place: 东方网 and 新华社 are none."""
    name = _leading(source)
    return _meant(name, f"{source}\n{text}", inside, local=True) if name and len(source) - len(name) >= 2 else None


def _channel(section: Sequence[str], text: str, inside: Place | None) -> Place | None:
    for crumb in reversed(section):
        name = _leading(crumb)
        if name and _CHANNEL.match(crumb, len(name)) and (place := _meant(name, f"{crumb}\n{text}", inside, local=True)):
            return place
    return None


def _named(text: str, inside: Place | None, *, before: int | None = None) -> Iterator[tuple[int, int, Place]]:
    """The places a text names for certain, or those named `before` an offset: (start, end, place)."""
    known: dict[str, Place | None] = {}
    full = gazetteer().full
    for at, name in mentions(text, before):
        end = at + len(name)
        if name in full:
            # 保定市场 and 高新区域 are not 保定市 and 高新区.
            if text[end - 1 : end + 1] in ("市场", "区域", "区别", "州长", "市长", "县长", "区长"):
                continue
        elif _OTHER.match(text, end):
            continue
        if name not in known:
            known[name] = _meant(name, text, inside)
        if place := known[name]:
            yield at, end, place


def _own(_: None, text: str, inside: Place | None) -> Place | None:
    """The place of 我市, 全县: what the text says of itself (定州市作为…, 美丽定州, 加快定州大发展), of that kind."""
    own = Counter(match.group(1) for match in _OWN.finditer(text))
    if not own:
        return None
    kind = own.most_common(1)[0][0]
    scores: Counter[Place] = Counter()
    for at, end, place in _named(text, inside):
        if place.name.endswith(kind):
            scores[place] += 3 * bool(_BEFORE.search(text, max(0, at - 2), at)) + 2 * bool(_AFTER.match(text, end))
    ranked = scores.most_common(2)
    if not ranked or ranked[0][1] == 0 or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _frequent(text: str) -> Place | None:
    """The place named three times or more, once in full, at the head too, and twice as often as any that does not hold it.

    A story is told of many places by national outlets; what it is about stands in its headline or its first words.
    """
    head = text.find("\n") + HEAD
    heads = {place for _, _, place in _named(text, None, before=head) if place.name in text}
    if not heads:
        return None
    scores: Counter[Place] = Counter()
    for at, _, place in _named(text, None):
        if not _VISITED.search(text, max(0, at - 2), at):
            scores[place] += 1
    best, times = max(scores.items(), key=lambda entry: entry[1], default=(None, 0))
    if times < 3 or best not in heads:
        return None
    rivals = [n for place, n in scores.items() if place != best and not best.within(place) and not place.within(best)]
    return best if times >= 2 * max(rivals, default=0) else None


_RULES: dict[str, Callable[[Any, str, Place | None], Place | None]] = {"source": _outlet, "section": _channel, "self": _own}
