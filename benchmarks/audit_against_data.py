"""How many altered figures `juesuan audit --data` notices in exported reports, and how fast it is.

    python benchmarks/audit_against_data.py [--site _site] [--sample 60]

Takes the finished reports of a built site, alters one figure at a time (a digit, seeded) and asks for a finding that
prints the altered number. `--sample 0` alters every figure that stands in a file.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from juesuan.audit import audit_document
from juesuan.audit.against import Expectation
from juesuan.cli.accounts import expectation_of
from juesuan.reading.document import Paragraph, read_document

REPORTS = ("2021/nanjiang-zwxx", "2024/putuo-guihua")
Alter = Callable[[str], str]
_BOOKMARK = re.compile(
    r'(<w:bookmarkStart w:id="\d+" w:name="fact_[0-9a-f]{16}(?:_\d+)?" />)((?:(?!bookmark).)*?<w:t[^>]*>)(-?[\d.]+)(</w:t></w:r>)(<w:bookmarkEnd w:id="\d+" />)',
    re.DOTALL,
)
_SPAN = re.compile(r'(<span class="fact" data-fact="[^"]+">)(-?[\d.]+)(</span>)')
_NUMBER = re.compile(r"(?<![\d.A-Za-z])\d+\.\d{2}(?![\d.])")


def altered(number: str, chance: random.Random) -> str:
    """Return the number with one digit another; the first of several digits does not become zero."""
    places = [place for place, sign in enumerate(number) if sign.isdigit()]
    place = chance.choice(places)
    first = place == places[0] and len(places) > 1 and number[place + 1 : place + 2] != "."
    others = [one for one in ("123456789" if first else "0123456789") if one != number[place]]
    return number[:place] + chance.choice(others) + number[place + 1 :]


def word_cases(file: Path, chance: random.Random, sample: int, *, keep: bool) -> Iterator[tuple[str, str, bytes]]:
    """Yield what stood there, what stands there now and the Word file, with the figure's bookmark or without."""
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    body = members["word/document.xml"].decode()
    for match in chosen(list(_BOOKMARK.finditer(body)), chance, sample):
        begin, run, number, end, close = match.groups()
        new = altered(number, chance)
        inside = f"{run}{new}{end}"
        made = body[: match.start()] + (f"{begin}{inside}{close}" if keep else inside) + body[match.end() :]
        with tempfile.SpooledTemporaryFile() as held:
            with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
                for name, raw in members.items():
                    archive.writestr(name, made.encode() if name == "word/document.xml" else raw)
            held.seek(0)
            yield number, new, held.read()


def text_cases(
    text: str, pattern: re.Pattern[str], chance: random.Random, sample: int
) -> Iterator[tuple[str, str, bytes]]:
    """Yield the same for a file of text; the number is the pattern's second group, or all of it."""
    group = 2 if pattern.groups else 0
    for match in chosen(list(pattern.finditer(text)), chance, sample):
        new = altered(match[group], chance)
        yield match[group], new, (text[: match.start(group)] + new + text[match.end(group) :]).encode()


def chosen(matches: list[re.Match[str]], chance: random.Random, sample: int) -> list[re.Match[str]]:
    return matches if not sample or len(matches) <= sample else chance.sample(matches, sample)


def plain_text(file: Path) -> str:
    """Return a report as lines, the cells of a table parted by upright strokes."""
    lines = []
    for block in read_document(file).blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text)
        else:
            lines += [block.title, f"单位：{block.unit or '万元'}", *(" | ".join(row) for row in block.rows)]
    return "\n".join(lines)


def noticed(raw: bytes, ending: str, old: str, new: str, expectation: Expectation) -> bool:
    """Say whether some finding against the accounts prints the altered number."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"report{ending}"
        file.write_bytes(raw)
        findings = audit_document(file, expectation=expectation).findings
    return any(one.rule in ("D01", "D02") and new.lstrip("-") in one.printed for one in findings)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--site", type=Path, default=Path("_site"))
    asked.add_argument("--data", type=Path, default=Path("data"))
    asked.add_argument("--sample", type=int, default=60)
    given = asked.parse_args()
    for name in REPORTS:
        year, unit = name.split("/")
        expectation = expectation_of(given.data / unit / year)
        folder = given.site / "pages" / name
        for ending in (".docx", ".html", ".pdf"):
            begun = time.perf_counter()
            result = audit_document(folder / f"report{ending}", expectation=expectation)
            found = [one.rule for one in result.findings if one.rule.startswith("D")]
            print(f"{name}{ending} 原样：{result.comparison} 发现 {found} {time.perf_counter() - begun:.2f} 秒")
        chance = random.Random(7)
        word, web = folder / "report.docx", (folder / "report.html").read_text(encoding="utf-8")
        cases = {
            "docx，书签还在": (".docx", word_cases(word, chance, given.sample, keep=True)),
            "docx，书签没了": (".docx", word_cases(word, chance, given.sample, keep=False)),
            "html": (".html", text_cases(web, _SPAN, chance, given.sample)),
            "txt": (".txt", text_cases(plain_text(word), _NUMBER, chance, given.sample)),
        }
        for what, (ending, made) in cases.items():
            outcomes = [(noticed(raw, ending, old, new, expectation), old, new) for old, new, raw in made]
            missed = [f"{old}→{new}" for seen, old, new in outcomes if not seen]
            print(f"{name} {what}：改动 {len(outcomes)} 处，发现 {len(outcomes) - len(missed)} 处；漏 {missed}")


if __name__ == "__main__":
    main()
