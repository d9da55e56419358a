"""The interface's two languages, its light and dark, and how dates, numbers and texts are written in templates."""

from pathlib import Path

import yaml

from pipelines.archive.cite import gbt7714

WORDS = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8"))
CODES, FIELDS, ENGLISH = WORDS["codes"], WORDS["fields"], WORDS["english"]
LANGUAGES = ("zh", "en")
THEMES = ("auto", "light", "dark")
_LANG = {"zh": "zh-Hans", "en": "en"}


def furnish(env):
    """Filters and defaults for every template, also Datasette's own error pages."""
    env.globals.update(_words("zh", "auto"))
    env.filters.update(day=day, moment=moment, every=every, count=count, web=web, bare=bare, plainly=plainly, gbt7714=gbt7714)


def of_request(request):
    """The words, language and theme a reader has chosen by cookie."""
    cookies = request.cookies if request else {}
    lang, theme = cookies.get("lang", "zh"), cookies.get("theme", "auto")
    here = request.path + (f"?{request.query_string}" if request.query_string else "") if request else "/"
    return _words(lang if lang in LANGUAGES else "zh", theme if theme in THEMES else "auto") | {"here": here}


def _words(lang, theme):
    def t(chinese, **values):
        words = CODES.get(chinese, chinese) if lang == "zh" else ENGLISH.get(chinese, chinese)
        return words.format(**values) if values else words

    def field(name):
        return FIELDS.get(name, name) if lang == "zh" else name.replace("_", " ")

    return {"t": t, "field": field, "lang": lang, "html_lang": _LANG[lang], "theme": theme, "here": "/"}


def day(text, lang="zh"):
    """`2018-09-07T09:41:29+08:00` → 2018年9月7日."""
    if not text or len(text) < 10:
        return text or ""
    year, month, of_month = text[:10].split("-")
    return text[:10] if lang == "en" else f"{year}年{int(month)}月{int(of_month)}日"


def moment(text, lang="zh"):
    """The day, and the time to the minute where there is one."""
    return f"{day(text, lang)} {text[11:16]}" if text and len(text) >= 16 else day(text, lang)


def every(interval, lang="zh"):
    """`6h` → 每 6 小时; what is no interval stays as it is."""
    units = {"m": "分钟", "h": "小时", "d": "日"} if lang == "zh" else {"m": "minutes", "h": "hours", "d": "days"}
    number, unit = interval[:-1], units.get(interval[-1:])
    return interval if unit is None or not number.isdecimal() else f"{'每 ' if lang == 'zh' else ''}{number} {unit}"


def count(number):
    """12345 → 12,345."""
    return f"{number or 0:,}"


def web(address):
    """The address if it is one that may be linked, else nothing: `javascript:` and the like are shown, never linked."""
    return address if str(address or "").lower().startswith(("http://", "https://")) else ""


def bare(record):
    """`<urn:uuid:123…>` → 123…, as it stands in addresses."""
    return str(record or "").strip("<>").removeprefix("urn:uuid:")


def plainly(value):
    """A field's value as a reader would write it: lists joined by 、, pairs as `role name`."""
    if isinstance(value, dict):
        return " ".join(str(part) for part in reversed(value.values()) if part)
    if isinstance(value, list):
        return "、".join(plainly(part) for part in value)
    return "" if value is None else str(value)
