"""Bylines and photo credits as Chinese newspapers write them into their text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from crawler.extraction.fold import clear, fold
from crawler.extraction.line import Line
from crawler.extraction.names import names_in

MAX_BYLINE = 80
"""Characters of a line that is nothing but a byline."""


@dataclass(slots=True)
class Credits:
    """Who is named, by role."""

    reporters: list[str] = field(default_factory=list)
    correspondents: list[str] = field(default_factory=list)
    photographers: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.reporters or self.correspondents or self.photographers)

    def add(self, role: str, names: list[str]) -> None:
        """Names of one role, each once; roles that are no one's here (editors) are passed over."""
        held = {"reporter": self.reporters, "correspondent": self.correspondents, "photographer": self.photographers}.get(role)
        if held is not None:
            held += [name for name in names if name not in held]


_BREAK = r"[\s\x1f]"
_REPORTER = (
    r"(?:见习|实习|特约|首席|全媒体|融媒体|融媒|文字|特派|驻地|高级|资深|新媒体|视频|文化|体育|财经|调查)?"
    r"记者(?!会|站|团|节|证|家|室|从|在|了解|获悉|发现|看到|采访)"
)
_CORRESPONDENT = r"(?:特约|本报)?通讯员"
_PHOTO = r"摄影记者|图片记者|摄影(?!师)|供图|图片|攝影"
_WRITER = (
    r"文/图|图/文|文/摄|文图|图文|撰文|采写|执笔|撰稿人|撰稿|署名|文字|作者|专栏作者|特约作者|实习生|"
    r"(?<![\u3400-\u9fff])文(?=[\s\x1f]*[/|:])|(?<![\u3400-\u9fff])图(?=[\s\x1f]*[/|:])"
)
_EDITOR = r"责任编辑|责编|编辑|校对|审核|监制|统筹|策划|剪辑|制作|设计|制图"
_ROLE = re.compile(
    rf"(?P<photographer>{_PHOTO})|(?P<reporter>{_REPORTER})|(?P<correspondent>{_CORRESPONDENT})|(?P<writer>{_WRITER})|(?P<editor>{_EDITOR})"
)
# The characters that begin a role: looked for at the speed of a character set, where _ROLE would be tried at each place.
_ROLE_START = re.compile("[摄图供攝见实特首全融文驻高资新视体财调记本通撰采执署作专责编校审监统策剪制设]")
_STOP = re.compile("[。！？；]")
# One of these characters stands in every role; a line without any is passed over at the speed of a character set.
_ROLE_SIGNS = "记通摄攝图文写执稿署作习编校审监统策剪制设"
_ROLE_SIGN = re.compile(f"[{_ROLE_SIGNS}]")
# The same of a checking chain's roles (录入, 签发, 值班主任, 出品, 核发, 一读), of forms without one: (张三), □张三, 张三/某报.
_CREDIT_SIGN = re.compile(f"[{_ROLE_SIGNS}录签任品核读(/□■◎○]")
# What ends the names of a role: 报道, 整合, 发自北京, /文, 讯; a place before 报道 (上海报道).
_AFTER = re.compile(
    rf"{_BREAK}*(?:/(?:文|图|摄)|发自|(?:[\u3400-\u9fff]{{2,4}})?(?:综合|即时|现场)?报[道导]|整合|综合|编译|受访者|[\u3400-\u9fff]{{2}}\d{{1,2}}日电|据|/)"
)
_TAKEN = re.compile(rf"{_BREAK}*/?{_BREAK}*(?:摄影报道|摄影|拍摄|摄|供图|图){_BREAK}*[)）。\]】]*$")
_DECORATION = r"[\s\x1f□■○◎●◆▲△▽※★☆*—（(【\[〔]*"
_START = re.compile(rf"^{_DECORATION}(?:[\u3400-\u9fffA-Za-z0-9·]{{1,12}}{_BREAK})?[\u3400-\u9fffA-Za-z0-9·/、“”《》]{{0,14}}?$")
# （记者X 通讯员Y） · （北青报记者 X） · （总台记者 张倩） · (記者趙珍珍)
_BRACKETED = re.compile(r"[(\[【](?P<run>[^()\[\]【】。！？]{0,16}?(?:记者|通讯员)[^()\[\]【】。！？]{1,60}?)[)\]】]")
# 新京报讯 记者林子沛报道 · 本报讯 通讯员X、记者Y：
_LEAD = re.compile(
    rf"^.{{0,24}}?(?:讯|电){_BREAK}*(?P<run>(?:本报|本网)?[^，。！？]{{0,4}}(?:记者|通讯员)[^，。！？]{{2,30}}?)(?:报[道导]|摄影报道|[:：])"
)
# (文/图 刘玺东 易赛楠) · （袁源） alone on a line · （姚峰 上海报道） · □段红
NAME = r"(?!发自|报[道导]|整合|综合|记者|通讯员|实习|本报|摄影|编辑|作者|特约)[\u3400-\u9fff]{1,4}(?:[·・][\u3400-\u9fff]{1,6})?"
_NAMES = rf"{NAME}(?:[\s\x1f、，,]+{NAME}){{0,7}}"
_CLOSING = re.compile(
    rf"[(](?:文/图|图/文|文/摄|文){_BREAK}*[/:]?{_BREAK}*(?P<run>{_NAMES})[)]|^[(](?P<alone>{_NAMES})[)]$|^[□■◎○]{_BREAK}*(?P<square>{_NAMES})$|"
    rf"(?<=[。！？”」])[(](?P<last>{_NAMES}){_BREAK}*[)]$|"
    rf"[(](?P<placed>{_NAMES}){_BREAK}*(?:[\u3400-\u9fff]{{2,4}})?(?:报[道导]|撰文|编译|整理|供稿)[)]"
)


# 石佳/中国青年报
_WITH_OUTLET = re.compile(rf"^(?P<run>{_NAMES})/(?P<outlet>[\u3400-\u9fff]{{1,10}}(?:报|网|社|新闻|周刊|台|客户端))$")


def byline_outlet(line: Line) -> str | None:
    """The outlet of `石佳/中国青年报`."""
    text = fold(line.text) if "/" in line.folded else ""
    match = _WITH_OUTLET.match(text)
    return line.text[match.start("outlet") : match.end("outlet")] if match else None


def may_credit(text: str) -> bool:
    """A text without any of these signs is neither a byline nor a checking chain: most lines are none."""
    return _CREDIT_SIGN.search(fold(text)) is not None


def byline(text: str) -> Credits:
    """Credits of one line of text by the forms newspapers write them in; empty for running text that merely says 记者."""
    plain = clear(text)
    folded = fold(plain)
    credits = Credits()
    if (
        ("(" in folded or folded[:1] in "□■◎○")
        and (match := _CLOSING.search(folded))
        and (match.end() >= len(folded) - 1 or match.start() < 40)
    ):
        group = str(match.lastgroup)
        credits.add("reporter", names_in(plain[match.start(group) : match.end(group)], strict=True))
        if credits:
            return credits
    if "/" in folded and (match := _WITH_OUTLET.match(folded)):
        credits.add("reporter", names_in(plain[match.start("run") : match.end("run")], strict=True))
        return credits
    if len(folded) <= MAX_BYLINE and not _STOP.search(folded.rstrip("。")):
        first = _first_role(folded) if _ROLE_SIGN.search(folded) else None
        if first and _START.match(folded[: first.start()]):
            _read_run(plain, folded, credits, bracket=False)
            if credits:
                return credits
    named = "记者" in folded or "通讯员" in folded
    if named and (match := _first_bracket(folded) or _LEAD.search(folded[:90])):
        start, end = match.span("run")
        _read_run(plain[start:end], folded[start:end], credits, bracket=match.re is _BRACKETED)
    return credits


def _first_role(folded: str) -> re.Match[str] | None:
    places = _ROLE_START.finditer(folded)
    return next((role for place in places if (role := _ROLE.match(folded, place.start()))), None)


def _first_bracket(folded: str) -> re.Match[str] | None:
    """Brackets count at the head of the lead (本报讯（记者X）) and at the very end of a paragraph."""
    for match in _BRACKETED.finditer(folded):
        if match.start() <= 40 or match.end() >= len(folded) - 2:
            return match
    return None


def _read_run(plain: str, folded: str, credits: Credits, *, bracket: bool) -> None:
    """Roles and the names after each: `本报记者 X 通讯员 Y/文 摄影 Z`."""
    roles = list(_ROLE.finditer(folded))
    for index, match in enumerate(roles):
        end = roles[index + 1].start() if index + 1 < len(roles) else len(folded)
        stop = _AFTER.search(folded, match.end() + 1, end)
        cut = stop.start() if stop else end
        raw, between = plain[match.end() : cut], folded[match.end() : match.end() + 1]
        # `记者 阿斯钢` in brackets is a name whatever it begins with; `记者会现场` is none.
        surname = not (bracket and between in (" ", "\x1f", ":"))
        # After 执笔/ a pen name may stand; after 采写： an outlet and 记者 with the name.
        signed = (
            match.lastgroup == "writer"
            and between in ("/", ":", "|")
            and not (index + 1 < len(roles) and roles[index + 1].lastgroup in ("reporter", "writer"))
        )
        names = names_in(raw.lstrip(" \x1f:：/|｜丨／"), strict=not signed, surname=surname)
        if not bracket and len(raw.strip(" \x1f:：/|、，。")) > sum(map(len, names)) + 3 * len(names) + 4:
            continue  # Running text that goes on after what looked like a name: 经记者查实，这则新闻的主角…
        role = "reporter" if match.lastgroup == "writer" else str(match.lastgroup)
        before = roles[index - 1] if index else None
        if before and before.lastgroup == "photographer" and match.start() - before.end() <= 8 and role == "reporter":
            role = "photographer"  # 摄影：本报记者 X
        if (
            role == "reporter"
            and match[0] not in ("文/图", "图/文", "文/摄", "文图", "图文")
            and _TAKEN.search(folded[match.end() : end])
        ):
            role = "photographer"
        credits.add(role, names)


def photo_credit(text: str) -> list[str]:
    """Who took the picture a caption belongs to: `图为茶园。丁一帆 摄` → [丁一帆]."""
    plain = clear(text).rstrip("）)。】] ")
    folded = fold(plain)
    taken = _TAKEN.search(folded)
    if not taken:
        return []
    run = re.split(r"[。！？，,:]|记者|通讯员|影友|^.*[社报网台](?=[\s\x1f])", folded[: taken.start()])[-1]
    run = plain[taken.start() - len(run) : taken.start()].strip(" \x1f（(【[▲/／")
    parts = re.split(r"[\s\x1f]+", run)
    # `夜色中的大桥 何安`: the name stands last; `黎旭阳、李妍` belong together.
    return names_in(parts[-1] if len(parts) > 1 and len(parts[0]) > 4 else run, strict=True)


_EDITED = re.compile(r"[(\[【](?:责任编辑|责编|编辑|编校)[:/|][^()\[\]【】。]{2,20}[)\]】]\s?\d{0,8}$")


def split_sign_off(text: str) -> tuple[str, str]:
    """A last paragraph and the byline in brackets that closes it: `…新局面。(记者赵珍珍)` → `…新局面。`, `(记者赵珍珍)`."""
    folded = fold(text)
    for match in _BRACKETED.finditer(folded):
        if match.end() >= len(folded) - 1 and match.start() > 20 and "摄" not in match[0]:
            return text[: match.start()].rstrip(), text[match.start() :]
    # …就好」。（編輯：簡妤安）1150611: agencies sign with the day.
    if (signed := _EDITED.search(folded)) and signed.start() > 20:
        return text[: signed.start()].rstrip(), text[signed.start() :]
    return text, ""
