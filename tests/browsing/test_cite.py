"""Citations by GB/T 7714-2015, BibTeX and RIS; hostile names break no entry."""

from typing import Any

from pipelines.archive.cite import bibtex, gbt7714, reference, ris

ARTICLE: dict[str, Any] = {
    "key": "0" * 20, "url": "http://paper.example/2018-09/07/1.htm", "title": "渔港开海", "subtitle": None, "source": "唐山晨报",
    "published": "2018-09-07T09:00:00+08:00", "page_number": "01", "reporters": '["李晓岚"]', "site": "x",
}  # fmt: skip
LINK = "http://127.0.0.1:8001/article/" + "0" * 20


def ref(**changes: Any) -> Any:
    version = changes.pop("version", None)
    return reference({**ARTICLE, **changes}, permalink=LINK, accessed="2026-05-01T08:00:00+08:00", version=version)


def test_newspaper() -> None:
    assert gbt7714(ref()) == (
        f"李晓岚. 渔港开海[N/OL]. 唐山晨报, 2018-09-07(01)[2026-05-01]. http://paper.example/2018-09/07/1.htm. 存档: {LINK}."
    )


def test_web_page() -> None:
    cited = gbt7714(ref(page_number=None, reporters='["甲", "乙", "丙", "丁"]', subtitle="千船竞发"))
    assert cited.startswith(
        "甲, 乙, 丙, 等. 渔港开海: 千船竞发[EB/OL]. 唐山晨报, (2018-09-07)[2026-05-01]. http://paper.example/"
    )


def test_without_author_the_outlet_is_responsible() -> None:
    assert gbt7714(ref(page_number=None, reporters=None)).startswith("唐山晨报. 渔港开海[EB/OL]. (2018-09-07)[2026-05-01].")


def test_without_date_none_is_invented() -> None:
    assert gbt7714(ref(page_number=None, published=None)).startswith("李晓岚. 渔港开海[EB/OL]. 唐山晨报, [2026-05-01].")


def test_one_version() -> None:
    version = {"number": 2, "digest": "ab" * 32, "title": "渔港开海（更新）"}
    assert "渔港开海（更新）（第2版存档）[N/OL]" in gbt7714(ref(version=version))
    assert "ab" * 32 in bibtex(ref(version=version)) and bibtex(ref(version=version)).startswith(
        "@article{fangzhi-" + "0" * 20 + "-v2,"
    )


def test_bibtex_survives_braces() -> None:
    entry = bibtex(ref(title="} } \\input{x} 50% & _#", url="http://h/{a}"))
    depth = 0
    for before, char in zip(" " + entry, entry, strict=False):
        depth += (char == "{" and before != "\\") - (char == "}" and before != "\\")
        assert depth >= 0
    assert depth == 0 and "http://h/%7Ba%7D" in entry


def test_ris_is_one_record() -> None:
    record = ris(ref(title="甲\r\nER  - \r\nTY  - BOOK"))
    lines = record.split("\r\n")
    assert lines[0] == "TY  - NEWS" and [line for line in lines if line.startswith("ER")] == ["ER  - "]
    assert "AU  - 李晓岚" in lines and "DA  - 2018/09/07" in lines and "SP  - 01" in lines
