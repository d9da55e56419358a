"""The single passes, example by example: forms of characters, noise beyond readings, punctuation, spinning, the account."""

import pytest

from pipelines.text import changes, normalise, rebuild
from pipelines.text.account import apply, step
from pipelines.text.spinning import spun
from tests.text.corpus import simplified, texts


@pytest.mark.parametrize(
    ("text", "want", "count"),
    [
        ("２０１８年ＡＢＣ增长３．５％", "2018年ABC增长3.5%", "width"),
        ("　　今天下雨。　", "今天下雨。", "indents"),
        ("王　伟", "王 伟", "blanks"),
        ("春\u200b耕\u00ad忙\ufeff", "春耕忙", "invisible"),
        ("农\x06\x07，忙", "农，忙", "controls"),
        ("\ue004春耕\uf0d8", "春耕", "private"),
        ("一\ue78d二\ue5e5三", "一，二 三", "private"),
        ("cafe\u0301\uf90a", "café金", "composed"),
        ("北京，上海：（全角）！", "北京，上海：（全角）！", None),
        ("北京－上海", "北京－上海", None),
    ],
)
def test_forms(text: str, want: str, count: str | None) -> None:
    done = normalise(text)
    assert done.text == want
    assert rebuild(done.text, done.account) == text
    assert set(done.counts) >= ({count} if count else set()) and (count or not done.counts)


def test_replacement_characters_stay_and_flag() -> None:
    done = normalise("今天\ufffd\ufffd下雨")
    assert (done.text, done.counts["replacement"]) == ("今天\ufffd\ufffd下雨", 2)
    assert "damaged" in done.flags


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("日前,，全面推进,、落实，。", "日前，全面推进、落实。"),
        ("市里,,县里,,乡里,,村里都在忙", "市里，县里，乡里，村里都在忙"),
        ("张三,,男", "张三,,男"),
        ('甲<div id="a" class="pl_css_ganrao" style="display: none;"><td></td><div>\n</div></div>乙', "甲\n乙"),
    ],
)
def test_marks_and_decoys(text: str, want: str) -> None:
    done = normalise(text)
    assert done.text == want
    assert rebuild(done.text, done.account) == text


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("勇?lián)姑?、勇挑大梁的干部", "damaged"),
        ("????今天下雨了", "damaged"),
        ("福?！焙鷷涀詈笳f道，这是一个测试", "mojibake"),
        ("銆?a href=…鍏充簬鎴戜滑", "mojibake"),
        ("为标准网络主播从业行为，增强职业道德建立，促停止业安康有序开展，国度播送电视总局发文。", "spun"),
    ],
)
def test_what_cannot_be_undone_is_flagged(text: str, flag: str) -> None:
    assert flag in normalise(text).flags


def test_clean_texts_are_not_spun() -> None:
    assert sum(map(spun, texts(simplified()))) == 0


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("省委常委,市委书记:王浩;各县(市、区)", "省委常委，市委书记：王浩；各县（市、区）"),
        ("你好, 世界", "你好，世界"),
        ("真的吗?!是的!", "真的吗？！是的！"),
        ("时间:9:30,比分3:2", "时间：9:30，比分3:2"),
        ("增长5%,同比;含H2O,二氧化碳", "增长5%，同比；含H2O，二氧化碳"),
        ("网址:http://a.cn/b?c=中,d", "网址：http://a.cn/b?c=中,d"),
        ("“外“内”外”与”错“", "“外”内“外”与“错”"),
        ("‘里’和’外’，Let’s go", "‘里’和‘外’，Let’s go"),
        *(
            (text, text)
            for text in (
                '他说"好"，又说"行"',
                "“跨段的引语，",
                "收入3,400元，1,2,3班，a,b,c",
                "二氧化碳(CO2)排放",
                "print('你好,世界')",
                '{"标题":"春耕","字数":1200}',
                "name: 张三,李四",
                "QQ:123",
                "贷款时，?要",
                "“甲“和”乙”都对",
            )
        ),
    ],
)
def test_punctuation(text: str, want: str) -> None:
    done = normalise(text)
    assert done.text == want
    assert normalise(want).text == want


def test_account_is_compact_and_tells_every_change() -> None:
    edits = [(1, "會", "会"), (3, "議", "议"), (4, "(yì)", "")]
    made = step("x", edits)
    assert made == ["x", [1, 1, 0], ["會", "議", "(yì)"], ["会", "议", ""]]
    assert step("x", edits[:2]) == ["x", [1, 1], "會議", "会议"]
    assert [tuple(change) for change in changes([made])] == [("x", *edit) for edit in edits]
    assert rebuild(apply("開會 議(yì)", edits), [made]) == "開會 議(yì)"


def test_account_of_another_text_is_refused() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        rebuild("会议很长", [*normalise("會議很長").account, step("x", [(0, "a", "b")])])
