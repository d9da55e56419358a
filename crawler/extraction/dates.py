"""Publication dates: every way a Chinese page writes one; what is not written is not known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from crawler.clock import CHINA, now
from crawler.extraction.fold import fold

FIRST_YEAR = 1994
"""No Chinese news site is older (神州学人 went on line in January 1995)."""

_TIME = (
    r"(?:[\sT,，\x1f]*(?:星期.|周.)?[\s\x1f(]*(?P<period>上午|下午|晚上|凌晨|中午|AM|PM)?\s*"
    r"(?P<hour>[01]?\d|2[0-3])\s?[:时点]\s?(?P<minute>[0-5]\d)(?:\s?分)?"
    r"(?:\s?[:分]?\s?(?P<second>[0-5]\d)(?!\d)(?:秒|\.\d+)?)?\s*(?P<pm>AM|PM)?\s*(?P<zone>Z|[+-]\d\d:?\d\d)?)?"
)
_FULL = re.compile(
    # What must not stand before the year is asked behind it: only then is the pattern searched for by its first character.
    r"(?P<year>19[89]\d|20\d\d)(?<![\d.]\d{4})[\s\x1f]?(?P<sep>[-/.年])[\s\x1f]?(?P<month>1[0-2]|0?[1-9])[\s\x1f]?"
    rf"(?:(?P=sep)|月)[\s\x1f]?(?P<day>3[01]|[12]\d|0?[1-9])(?:(?!\d)|(?=\d\d:\d\d))[\s\x1f]?日?号?{_TIME}",
    re.IGNORECASE,
)
_COMPACT = re.compile(
    r"(?<!\d)(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?:(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?P<second>[0-5]\d)?)?(?!\d)"
)
_HAN_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_HAN = re.compile(
    r"(?P<year>[一二][〇○零一二三四五六七八九]{3})年(?P<month>[一二三四五六七八九十]{1,2})月(?P<day>[一二三四五六七八九十]{1,3})日"
)
_ROC = re.compile(r"(?:民国|民國)\s?(?P<year>\d{2,3})年\s?(?P<month>1[0-2]|0?[1-9])月\s?(?P<day>3[01]|[12]\d|0?[1-9])日")
# Saturday, September 10th, 2005 10:56 am · Sep 10, 2005: overseas blogs and forums
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH = re.compile(
    rf"\b(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>19[89]\d|20\d\d){_TIME}",
    re.IGNORECASE,
)
_CLOCK = r"(?:[\s\x1f]+(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?(?!\d))?"
_MONTH_DAY = r"(?P<month>1[0-2]|0?[1-9])[-/.月](?P<day>3[01]|[12]\d|0?[1-9])日?(?!\d)"
_SPLIT = re.compile(rf"(?<!\d)(?P<year>20\d\d)[年/.-]?[\s\x1f]+{_MONTH_DAY}{_CLOCK}")
_SPLIT_REVERSED = re.compile(rf"(?<!\d){_MONTH_DAY}[\s\x1f]+(?P<year>20\d\d)年?(?!\d){_CLOCK}")
# /2018-09/07/ · /20180907/ · /2018/09/07/ · /2018/0907/ · /t20180907_ · /art/2018/9/7/ · /2018-1-5/
_URL_DAY = (
    re.compile(r"[/_t-](?P<year>19[89]\d|20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?=[/_.-]|\d{4,}|$)"),
    re.compile(r"/(?P<year>19[89]\d|20\d\d)[-/]?(?P<month>0[1-9]|1[0-2])[-/]?(?P<day>0[1-9]|[12]\d|3[01])(?=[/_.-])"),
    re.compile(r"/(?P<year>19[89]\d|20\d\d)[-/](?P<month>1[0-2]|0?[1-9])[-/](?P<day>3[01]|[12]\d|0?[1-9])(?=[/_.-])"),
    # 163.com of 2005: /05/0425/08/
    re.compile(r"/(?P<year>0\d)/(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])/\d\d/"),
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as a page states it, as ISO 8601 with what precision it has."""

    iso: str
    precision: str
    start: int = 0
    end: int = 0

    @property
    def day(self) -> str:
        return self.iso[:10]


def find_moments(text: str) -> Iterator[Moment]:
    """Full dates in a line of text, in order; a year must be written."""
    folded = fold(text)
    return _moments(folded) if may_hold_date(folded) else iter(())


def may_hold_date(folded: str) -> bool:
    """A folded text without any of these holds no full date: most lines do not."""
    return "20" in folded or "19" in folded or "年" in folded


def _moments(folded: str) -> Iterator[Moment]:
    seen = -1
    western = "20" in folded or "19" in folded
    for match in _FULL.finditer(folded) if western else ():
        if moment := _moment(match):
            seen = match.end()
            yield moment
    if seen >= 0:
        return
    for match in _ROC.finditer(folded) if "民" in folded else ():
        if moment := _build(int(match["year"]) + 1911, int(match["month"]), int(match["day"]), span=match.span()):
            yield moment
    for match in _ENGLISH.finditer(folded) if western else ():
        month = _MONTHS.index(match["month"].lower()) + 1
        if moment := _build(int(match["year"]), month, int(match["day"]), match):
            yield moment
    for match in _HAN.finditer(folded) if "年" in folded else ():
        month, day = _han_number(match["month"]), _han_number(match["day"])
        if moment := _build(int(match["year"].translate(_HAN_DIGITS)), month, day, span=match.span()):
            yield moment


def first_moment(text: str | None) -> Moment | None:
    """The first date of a text, compact forms included: for values known to be dates (meta tags, `时间:`)."""
    if not text:
        return None
    for moment in find_moments(text):
        return moment
    if match := _COMPACT.search(text):
        return _moment(match)
    if re.fullmatch(r"\s*1\d{9}(?:\d{3})?\s*", text):
        stamp = datetime.fromtimestamp(int(text.strip()[:10]), CHINA)
        return Moment(stamp.isoformat(), "second")
    return None


def url_day(url: str) -> str | None:
    """The day an address carries, as a bare ISO date; it may be the day of creation."""
    for pattern in _URL_DAY:
        if match := pattern.search(url):
            year = int(match["year"])
            if moment := _build(year + 2000 if year < 100 else year, int(match["month"]), int(match["day"])):
                return moment.iso
    return None


def split_moment(texts: list[str]) -> Moment | None:
    """A date set over neighbouring nodes: `2019` `09/07` `19:02`, `09-07` `2019`, `2020-01-02` `09:30`."""
    joined = fold(" ".join(texts))
    match = _SPLIT.search(joined) or _SPLIT_REVERSED.search(joined)
    return _moment(match) if match else None


def _moment(match: re.Match[str]) -> Moment | None:
    return _build(int(match["year"]), int(match["month"]), int(match["day"]), match)


def _build(year: int, month: int, day: int, match: re.Match[str] | None = None, span: tuple[int, int] = (0, 0)) -> Moment | None:
    groups = match.groupdict() if match else {}
    start, end = match.span() if match else span
    try:
        whole = date(year, month, day)
    except ValueError:
        return None
    today = now()
    ahead = year > today.year and whole > today.date().replace(year=today.year + 1, day=min(today.day, 28))
    if ahead or year < FIRST_YEAR:
        return None
    if not groups.get("hour"):
        return Moment(whole.isoformat(), "day", start, end)
    hour = int(groups["hour"])
    half = (groups.get("period") or groups.get("pm") or "").upper()
    if half in ("下午", "晚上", "PM") and hour < 12:
        hour += 12
    second = groups.get("second")
    clock = datetime(year, month, day, hour % 24, int(groups["minute"]), int(second or 0), tzinfo=CHINA)
    if zone := groups.get("zone"):
        offset = "+00:00" if zone.upper() == "Z" else zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
        clock = datetime.fromisoformat(clock.replace(tzinfo=None).isoformat() + offset).astimezone(CHINA)
    if clock.hour == clock.minute == clock.second == 0:
        # Midnight sharp is what a CMS writes when it knows no time.
        return Moment(clock.date().isoformat(), "day", start, end)
    return Moment(clock.isoformat(), "second" if second else "minute", start, end)


def _han_number(text: str) -> int:
    """十 → 10, 二十一 → 21."""
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (int(tens.translate(_HAN_DIGITS)) if tens else 1) * 10 + (int(ones.translate(_HAN_DIGITS)) if ones else 0)
    return int(text.translate(_HAN_DIGITS))
