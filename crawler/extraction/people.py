"""Names of people in label values and in the byline forms of Chinese news text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from crawler.extraction.fold import clear, fold
from crawler.extraction.surnames import SURNAME
from crawler.extraction.vocabulary import LABELS, UNNAMED

_SPLIT = re.compile(r"[\s\x1f、，,/&;；|｜＆]+|(?<=[\u3400-\u9fff]{2})和(?=[\u3400-\u9fff]{2})")
# Staff codes: `史建磊_NBJ11331`, `韩保林 PK155`, `HN666`.
_CODE = re.compile(r"[_\s]*[A-Za-z]{1,4}\d{2,}\b.*$")
_ROLE = re.compile(
    r"^(?:[\u3400-\u9fff]{0,10}?(?:记者|通讯员|实习生|特约|编辑|作者|撰稿|摄影|供稿|主播|评论员|观察员|研究员))[:：]?"
)
_AFTER = re.compile(
    r"(?:综合|整合|编译|报道|报导|供图|供稿|摄影|摄|文|图|发自.*|提供|翻译|译|执笔|统稿|采写|撰写|撰文|整理|制图|编辑)$"
)
_HAN_NAME = re.compile(r"^[\u3400-\u9fff]{2,4}$")
_FOREIGN = re.compile(r"^[\u3400-\u9fff]{1,10}(?:[·・•][\u3400-\u9fffA-Za-z]{1,12})+$")
_LATIN = re.compile(r"^[A-Za-z][A-Za-z .·'-]{1,30}$")
# Words that cannot be a person though they are as short as a name.
_NO_NAME = re.compile(
    r"(?:网|报|社|台|局|部|办|处|委|会|站|组|室|院|校|公司|中心|集团|日报|晚报|新闻|编辑部|来源|记者|通讯员|作者|分享|打印|时间|评论|编辑|原创|本报|本网|本站|综合|"
    r"关注|转载|版权|声明|点击|查看|阅读|全文|更多|微信|微博|推荐|登录|注册|简介|正文|首页|频道|客户端|公众号|责任|审核|校对|未知)$"
)


@dataclass(slots=True)
class Credits:
    """Who is named, by role."""

    reporters: list[str] = field(default_factory=list)
    correspondents: list[str] = field(default_factory=list)
    photographers: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.reporters or self.correspondents or self.photographers)


def names_in(raw: str, *, strict: bool = False, surname: bool = True) -> list[str]:
    """Names of a label's value in order, each once.

    `strict`: only what looks like a person's name, beginning with a family name unless `surname` is False (after 记者).
    """
    text = clear(raw).replace("\u00a0", " ").replace("\u3000", " ").strip(" \t\x1f:：-—|")
    text = re.split(r"[（(【\[〔<《）)】\]〕>]|\s{3,}|。|\d{4}[-年/]", text.lstrip("（([【 "), maxsplit=1)[0]
    found: list[str] = []
    tokens = _join_spaced([_tidy(part) for part in _SPLIT.split(text)])
    for index, token in enumerate(tokens):
        if not token:
            continue
        if not _is_name(token, strict=strict or index > 0, surname=surname):
            if index and found:
                break
            continue
        if token not in found:
            found.append(token)
    return found


def _tidy(part: str) -> str:
    part = _CODE.sub("", part.strip("　 .。:：·-—*□■○◎●△▲▽※()（）[]【】"))
    part = _ROLE.sub("", part)
    trimmed = _AFTER.sub("", part)
    return trimmed if len(trimmed) >= 2 else part


def _join_spaced(tokens: list[str]) -> list[str]:
    """张 明 is one person: two single characters in a row belong together."""
    joined: list[str] = []
    for token in tokens:
        if joined and len(joined[-1]) == 1 and len(token) in (1, 2) and re.fullmatch(r"[\u3400-\u9fff]+", joined[-1] + token):
            joined[-1] += token
        else:
            joined.append(token)
    return joined


def _is_name(token: str, *, strict: bool, surname: bool = True) -> bool:
    if token.lower() in UNNAMED or len(token) < 2 or fold(token) in UNNAMED:
        return False
    if _HAN_NAME.match(token):
        return not strict or (not (surname and not SURNAME.match(token)) and not _NO_NAME.search(fold(token)))
    if _FOREIGN.match(token):
        return True
    if strict:
        return False
    # After an explicit label a pen name, a department or a screen name may stand: 医技药剂党支部, 一只小猫.
    return len(token) <= 20 and bool(re.search(r"[\u3400-\u9fffA-Za-z]", token)) and not re.search(r"[。！？!?:：]|https?", token)


_NAME = r"(?!发自|通讯员|记者|实习|特约|摄影|本报|报道|整合|综合|编辑|文/|图/)[\u3400-\u9fff]{1,4}(?:[·・][\u3400-\u9fff]{1,6})?"
_NAMES = rf"{_NAME}(?:[\s\x1f、，,]+{_NAME}){{0,7}}"
_KIND = (
    r"(?:见习记者|实习记者|特约记者|首席记者|全媒体记者|融媒体记者|融媒记者|文字记者|"
    r"摄影记者|图片记者|特派记者|驻地记者|记者|特约通讯员|通讯员|实习生|特约撰稿人|撰稿人)"
)
_OUTLET = r"(?:[\u3400-\u9fffA-Za-z0-9·]{0,14}?)"
# （记者X 通讯员Y） · （北青报记者 X） · （总台记者 张倩） · (記者趙珍珍)
_BRACKETED = re.compile(rf"[（(\[【]\s*(?P<run>{_OUTLET}{_KIND}[\s\x1f:：/|]*[^（）()\[\]【】。！？]{{1,60}}?)\s*[）)\]】]")
# □ 本报记者 葛灵丹 · 光明日报记者 王建宏 张文攀 · 记者 刘涛 — alone on a line
_GAP = r"[\s\x1f:/|、，,]"
_LINE = re.compile(
    rf"^[\s□■○◎●◆▲△▽※★☆*—-]*(?:[\u3400-\u9fff]{{2,12}}[\s\x1f]+)?(?P<run>{_OUTLET}{_KIND}{_GAP}*{_NAMES}(?:{_GAP}*{_OUTLET}{_KIND}{_GAP}*{_NAMES}){{0,4}}"
    rf"{_GAP}*(?:摄影报道|文/图|图/文|综合报道|整合|报道|报导|摄影|摄|文|图|供图|发自[\u3400-\u9fff、]{{2,8}}|[\u3400-\u9fff]{{2,3}}报道)?)[\s。)）\]】]*$"
)
# 本报讯 记者X、Y报道 · 新京报讯 (记者 X)
_LEAD = re.compile(
    rf"^.{{0,24}}?(?:讯|电|日讯)[\s\x1f]*(?P<run>(?:本报|本网|实习)?{_KIND}[\s\x1f:：]*{_NAMES})[\s\x1f]*(?:报道|报导|摄影报道|文/图|[：:])"
)
# 文/张三 · 文｜张三 · 图/文 X · 采写：南都见习记者 林子沛 · 【文/观察者网专栏作者 王文】
_SLASH = re.compile(
    r"^[\s【\[（(]*(?:文|图文|文图|撰文|文字|采写|撰稿|图/文|文/图)[\s\x1f]*[/|:／｜丨：][\s\x1f]*(?P<run>[^。！？]{2,40}?)[\s】\])）]*$"
)
# 记者X/台北报导 · 〔记者X／台北报导〕 · 中央社记者X台北3日电
_TAIWAN = re.compile(
    rf"^[〔（(\[【\s]*(?:[\u3400-\u9fff]{{0,6}})记者[\s\x1f]*(?P<run>{_NAMES})[\s\x1f]*/[\s\x1f]*[\u3400-\u9fff、]{{2,12}}(?:报导|报道|电)[〕）)\]】]?"
)
# (文/图 刘玺东 易赛楠) · （姚峰 上海报道） · （袁源） alone on a line
_CLOSING = re.compile(
    rf"[(](?:文/图|图/文|文/摄|文)[\s\x1f:/]*(?P<run>{_NAMES})[)]|^[(](?P<alone>{_NAMES})[)]$|"
    rf"[(](?P<placed>{_NAMES})[\s\x1f]*(?:[\u3400-\u9fff]{{2,4}})?(?:报道|报导|撰文|编译|整理|供稿)[)]"
)
# □段红 · ■ 张三 李四: the square of e-papers
_SQUARE = re.compile(rf"^[□■◎○][\s\x1f]*(?P<run>{_NAMES})[\s\x1f]*(?:文|摄|文/图)?$")
_RUN = re.compile(rf"(?P<kind>{_KIND})[\s\x1f:：/|]*(?P<names>{_NAMES})")
_TAKEN = re.compile(r"(?:摄|摄影|供图|拍摄)\s*[。）)]?$")


def byline(text: str) -> Credits:
    """Credits of one line of text by the forms newspapers write them in; empty for running text that merely says 记者."""
    plain = clear(text)
    folded = fold(plain)
    credits = Credits()
    if match := _TAIWAN.search(folded):
        credits.reporters = names_in(plain[match.start("run") : match.end("run")], strict=True)
        return credits
    if match := _SLASH.search(folded):
        run = plain[match.start("run") : match.end("run")]
        credits.reporters = names_in(_strip_roles(run), strict=True)
        if credits:
            return credits
    if (match := _CLOSING.search(folded)) and (match.end() >= len(folded) - 1 or match.start() < 40):
        group = str(match.lastgroup)
        credits.reporters = names_in(plain[match.start(group) : match.end(group)], strict=True)
        if credits:
            return credits
    if match := _SQUARE.match(folded):
        credits.reporters = names_in(plain[match.start("run") : match.end("run")], strict=True)
        return credits
    if "记者" not in folded and "通讯员" not in folded and "撰稿人" not in folded:
        return credits
    pattern = _LINE if len(folded) <= 70 else None
    match = (pattern.search(folded) if pattern else None) or _LEAD.search(folded[:90]) or _first_bracket(folded)
    if match:
        _collect(plain[match.start("run") : match.end("run")], credits)
    return credits


def _first_bracket(folded: str) -> re.Match[str] | None:
    """Brackets count at the head of the lead (本报讯（记者X）) and at the very end of a paragraph."""
    for match in _BRACKETED.finditer(folded):
        if match.start() <= 40 or match.end() >= len(folded) - 2:
            return match
    return None


_PHOTO = re.compile(
    rf"(?:^|[\s\x1f。，,:/记者员(]|(?<=[社报网]))(?P<names>{_NAMES})[\s\x1f]*/?[\s\x1f]*(?:摄影|摄|供图|拍摄|图)[\s)）。\]】]*$"
)


def photo_credit(text: str) -> list[str]:
    """Who took the picture a caption belongs to: `图为茶园。丁一帆 摄` → [丁一帆]."""
    plain = clear(text)
    match = _PHOTO.search(fold(plain))
    if not match:
        return []
    return names_in(re.sub(r"^.*(?:记者|通讯员)", "", plain[match.start("names") : match.end("names")]), strict=True)


# 编辑 刘晓阳 校对 李铭 · 责编 张三 审核 李四 · 编辑:X 二审:Y 三审:Z
_CHAIN_ROLE = "|".join(sorted(LABELS["editor"], key=len, reverse=True))
_CHAIN_LINK = rf"(?:{_CHAIN_ROLE})[\s\x1f:/|]+{_NAME}(?:[、,，]{_NAME}){{0,3}}"
_CHAIN = re.compile(
    rf"^[\s(\[【]*(?:(?:文字|记者|来源|摄影|图片)[\s\x1f:/|]+[\u3400-\u9fff]{{2,12}}[\s\x1f|/]+)?{_CHAIN_LINK}(?:[\s\x1f|/;；，]+{_CHAIN_LINK}){{0,7}}[\s)\]】]*$"
)
_CHAIN_PART = re.compile(rf"(?P<role>{_CHAIN_ROLE})[\s\x1f:/|]+(?P<names>{_NAME}(?:[、,，]{_NAME}){{0,3}})")


def editor_chain(text: str) -> list[tuple[str, str]]:
    """(role, name) pairs of a line that is a checking chain without colons: `编辑 刘晓阳 校对 李铭`; empty otherwise."""
    plain = clear(text)
    folded = fold(plain)
    if len(folded) > 120 or not _CHAIN.match(folded):
        return []
    return [
        (match["role"], name)
        for match in _CHAIN_PART.finditer(folded)
        for name in names_in(plain[match.start("names") : match.end("names")], strict=True)
    ]


def split_sign_off(text: str) -> tuple[str, str]:
    """A last paragraph and the byline in brackets that closes it: `…新局面。(记者赵珍珍)` → `…新局面。`, `(记者赵珍珍)`."""
    folded = fold(text)
    for match in _BRACKETED.finditer(folded):
        if match.end() >= len(folded) - 1 and match.start() > 20 and "摄" not in match[0]:
            return text[: match.start()].rstrip(), text[match.start() :]
    return text, ""


def _strip_roles(run: str) -> str:
    return re.sub(r"^.{0,16}?(?:记者|作者|通讯员|撰稿人|評論員|评论员)[\s\x1f:：]*", "", run)


def _collect(run: str, credits: Credits) -> None:
    folded = fold(run)
    taken = bool(_TAKEN.search(folded))
    for match in _RUN.finditer(folded):
        names = names_in(run[match.start("names") : match.end("names")], strict=True, surname=False)
        kind = match["kind"]
        if kind in ("摄影记者", "图片记者") or (taken and "文" not in folded[match.end() :]):
            credits.photographers += [name for name in names if name not in credits.photographers]
        elif "通讯员" in kind:
            credits.correspondents += [name for name in names if name not in credits.correspondents]
        else:
            credits.reporters += [name for name in names if name not in credits.reporters]
