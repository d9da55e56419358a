"""Names of people: what a label's value or a byline may hold, told from everything else that is as short."""

from __future__ import annotations

import re

from crawler.extraction.fold import clear, fold
from crawler.extraction.surnames import SURNAME
from crawler.extraction.vocabulary import UNNAMED

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
    r"(?:网|报|社|台|局|部|办|处|委|会|站|组|室|院|校|公司|中心|集团|日报|晚报|新闻|编辑部|来源|记者|通讯员|作者|分享|打印|时间|评论|编辑|原创|本报|本网|本站|综合|受访者|村民|读者|家属|本人|"
    r"关注|转载|版权|声明|点击|查看|阅读|全文|更多|微信|微博|推荐|登录|注册|简介|正文|首页|频道|客户端|公众号|责任|审核|校对|未知)$"
)


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
    if role := _ROLE.match(fold(part)):
        part = part[role.end() :]
    after = _AFTER.search(fold(part))
    trimmed = part[: after.start()] if after else part
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
