"""The audit measured on real documents: python benchmarks/audit/truth.py ../shared/published

Against INDEX.md's known faults and the hand-made truth of sh-putuo-guihua-2024, both as tables in this file: precision,
recall, coverage, seconds; then every number of Putuo's claims and every cell of its tables altered by itself.
"""

from __future__ import annotations

import csv
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from juesuan.audit import audit_document
from juesuan.audit.judge import Finding, judge
from juesuan.classification import Classification
from juesuan.load.accounts import read_classification
from juesuan.reading.document import Document, Paragraph, Table, read_document
from juesuan.reading.grammar import read_claims

ROOT = Path(__file__).parents[2]

# file, words that a finding about the fault must quote or print, what the fault is
KNOWN = (
    ("cq-rongchang-shangmao-2022.txt", "增长100%", "增长100%，没有上年数"),
    ("duji-jiguan-2021.txt", "1.14%", "增加1.14万元写成增长1.14%，应为114%"),
    ("ningguo-chengguan-2016.txt", "100%", "预算为零而完成100%"),
    ("wuzhou-1412-2024ys.txt", "19.62", "项目19.62%应为15.94%"),
    ("luan-gongshanglian-2021.txt", "15%", "下降15%应为15.6%"),
    ("jiuhuashan-zongjiao-2019.txt", "34.88%", "占34.88%应为100%"),
    ("luzhai-sangong-2019.txt", "63.96", "各项增减−60.53，总数−63.96"),
    ("fucheng-sangong-2019ys.txt", "18.87", "18.87缺%"),
    ("tongliang-weilong-2021.txt", "0.6%", "0.6%应为0.7%"),
    ("pengshan-2021-mulu.txt", "度部门决算", "标题缺年份"),
    ("nanjiang-zwxx-2021.txt", "总计  万元", "四：缺上年数"),
    ("nanjiang-zwxx-2021.txt", "191.39，完成预算", "191.39缺万元"),
    ("nanjiang-zwxx-2021.txt", "支出预算", "住房公积金写作支出预算"),
    ("nanjiang-zwxx-2021.txt", "3.9 %", "3.9%应写作3.90%"),
    ("nanjiang-zwxx-2021.txt", "117.36  万元，增加74.03万元", "一般公共预算一节照抄收入总计一句"),
    ("nanjiang-zwxx-2021.txt", "行政事业单位离退休", "旧科目名"),
    ("nanjiang-zwxx-2021.txt", "医疗卫生与计划生育支出", "旧科目名"),
    ("nanjiang-zwxx-2021.txt", "国有资本经营预算支出决算情况说明", "编号9、"),
    ("nanjiang-zwxx-2021.txt", "副主任", "副主任职数不一"),
    ("nanjiang-zwxx-2021.txt", "项目完成指标", "应为产出指标"),
)
# findings that INDEX.md does not list, recomputed by hand and true: file, what is quoted, why
RECOMPUTED = (
    ("mouding-sangong-2017.txt", "8.15%", "15.18÷186.07＝8.158%，应为8.16%"),
    ("nanjiang-zwxx-2021.txt", "收入支出决算总体情况说明", "编号1、"),
    ("nanjiang-zwxx-2021.txt", "预算绩效情况说明", "编号10、"),
    ("nanjiang-zwxx-2021.txt", "117.36 万元增加", "照抄的同一句"),
)
PUTUO = "sh-putuo-guihua-2024"
EMPTY_FORM = "sh-template-bmjs-2024.txt"


def main(folder: Path) -> None:
    known = read_classification(ROOT / "data")[0]
    files = sorted([*folder.glob("*.txt"), *folder.glob("*.pdf")])
    true = false = found = wanted = 0
    for file in (one for one in files if one.name != EMPTY_FORM):
        audited = audit_document(file, known)
        faults = (
            putuo_faults(folder) if file.stem == PUTUO else [words for name, words, _ in KNOWN if name == file.name]
        )
        more = [words for name, words, _ in RECOMPUTED if name == file.name]
        hit = [words for words in faults if any(about(one, words) for one in audited.findings)]
        wrong = [one for one in audited.findings if not any(about(one, words) for words in (*faults, *more))]
        true, false = true + len(audited.findings) - len(wrong), false + len(wrong)
        found, wanted = found + len(hit), wanted + len(faults)
        covered = audited.coverage
        print(
            f"{file.name}: 发现 {len(audited.findings)}（真 {len(audited.findings) - len(wrong)}，假 {len(wrong)}），已知差错 {len(hit)}/{len(faults)}，"
            f"句中数字 {covered.in_sentences}，核对 {covered.checked_in_sentences}，未读懂 {covered.not_understood}，{audited.seconds:.2f} 秒"
        )
        for words in faults:
            if words not in hit:
                print(f"    漏：{words}")
        for one in wrong:
            print(f"    假：{one.severity} {one.message}")
    print(f"合计：准确率 {true}/{true + false}，召回率 {found}/{wanted}")
    for ending in (".txt", ".pdf"):
        alter(folder / f"{PUTUO}{ending}", known)


def putuo_faults(folder: Path) -> list[str]:
    """Return the words by which each wrong claim of the truth is known."""
    with (folder / f"truth-{PUTUO}.csv").open(encoding="utf-8-sig") as file:
        rows = [row for row in csv.DictReader(file) if row["verdict"] in ("wrong", "last_digit")]
    return list(dict.fromkeys(map(_words, rows)))


def _words(row: dict[str, str]) -> str:
    printed = row["printed"].removeprefix("列有")
    if row["claim_kind"] == "completion_zero_budget":
        return (
            "费支出决算为0.00万元，完成预算的0.00%" if "车" in row["sentence"] else "费决算为0.00万元，完成预算的0.00%"
        )
    if row["claim_kind"] == "punctuation":
        return "（其中，绩效评级"
    if row["claim_kind"] in ("template", "unit") and "部门（单位）" not in printed:
        return printed.removesuffix("公务接待") if "列明" in printed else printed
    return "部门（单位）" if "部门（单位）" in printed else printed


def about(finding: Finding, words: str) -> bool:
    """Say whether a finding is about the words of a fault."""
    quoted, wanted = bare(f"{finding.quote}|{finding.printed}|{finding.message}"), bare(words)
    return wanted in quoted


def bare(text: str) -> str:
    return re.sub(r"\s", "", text).replace(",", "，").replace("(", "（").replace(")", "）")


def alter(file: Path, known: Classification) -> None:
    """Alter each number of the narrative that was checked, then each cell that is not zero, one at a time."""
    document = read_document(file)
    begun = time.perf_counter()
    before = {key(one) for one in judge(read_claims(document), known).bench.findings}
    seen = missed = 0
    left: list[str] = []
    for changed, number, words in altered_paragraphs(document):
        findings = judge(read_claims(changed), known).bench.findings
        here = any(one.paragraph == number and key(one) not in before for one in findings)
        seen, missed = seen + 1, missed + (not here)
        left += [] if here else [words]
    cells = lost = 0
    for changed, words in altered_cells(document):
        findings = judge(read_claims(changed), known).bench.findings
        here = any(key(one) not in before for one in findings)
        cells, lost = cells + 1, lost + (not here)
        left += [] if here else [words]
    print(
        f"{file.name} 逐个改动：陈述中的数字 {seen - missed}/{seen}，表中非零数 {cells - lost}/{cells}，{time.perf_counter() - begun:.1f} 秒"
    )
    for words in left:
        print(f"    没有发现：{words}")


def key(finding: Finding) -> tuple[str, str, str, str]:
    return finding.rule, finding.place, finding.printed, finding.recomputed


def altered_paragraphs(document: Document) -> Iterator[tuple[Document, int, str]]:
    reading = read_claims(document)
    for number, said in enumerate(reading.said):
        for figure in said.figures:
            if not figure.is_value or not figure.role:
                continue
            text = said.paragraph.text
            new = text[: figure.start] + other_digit(text[figure.start : figure.end]) + text[figure.end :]
            blocks = [replace(one, text=new) if one is said.paragraph else one for one in document.blocks]
            around = bare(text[max(0, figure.start - 16) : figure.end])
            yield Document(document.file, blocks), number, around


def altered_cells(document: Document) -> Iterator[tuple[Document, str]]:
    for place, block in enumerate(document.blocks):
        if not isinstance(block, Table) or not re.search(r"决算", block.title):
            continue
        for line, row in enumerate(block.rows):
            for column, text in enumerate(row):
                if re.fullmatch(r"\d+\.\d\d", text) and float(text):
                    cells = (*row[:column], other_digit(text), *row[column + 1 :])
                    rows = (*block.rows[:line], cells, *block.rows[line + 1 :])
                    blocks: list[Paragraph | Table] = list(document.blocks)
                    blocks[place] = replace(block, rows=rows)
                    yield Document(document.file, blocks), f"{block.title} {line + 1},{column + 1} {text}"


def other_digit(text: str) -> str:
    """Return the number with its first digit that counts raised by one (9 becomes 1)."""
    at = next((position for position, one in enumerate(text) if one in "123456789"), None)
    if at is None:
        at = text.index("0")
    digit = text[at]
    return text[:at] + ("1" if digit == "9" else str(int(digit) + 1)) + text[at + 1 :]


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/published"))
