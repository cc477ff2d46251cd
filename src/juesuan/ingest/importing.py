"""From a file to a folder: read, taken, written aside and moved to its place whole; nothing is lost by it."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from juesuan.classification import Classification
from juesuan.faults import UnreadableError
from juesuan.ingest.assemble import books_of, check_sides, take_expenditure, take_revenue, take_totals
from juesuan.ingest.budgets import budget_column, take_budgets, take_sums_said
from juesuan.ingest.carryover import take_carryover
from juesuan.ingest.economic import take_economic
from juesuan.ingest.files import difference_of, kept_of, year_files
from juesuan.ingest.items import take_performance, take_projects, take_three_public
from juesuan.ingest.passages import harmless, passages_of
from juesuan.ingest.repeats import compare_repeats
from juesuan.ingest.sentences import digits_of, take_disclosures, take_nothing_said, take_totals_said
from juesuan.ingest.sheets import Sheet, is_amount, plain, sheets_of
from juesuan.ingest.taken import Taken
from juesuan.ingest.workbook import WORKBOOKS, read_workbook
from juesuan.reading.document import ENDINGS, Document, read_document
from juesuan.reading.grammar import Reading, read_claims
from juesuan.swap import staging_folder, swap_in

_YEAR = re.compile(r"((?:19|20)\d{2})年度?")
_CODE = re.compile(r"[23]\d{2}(?:\d{2}){0,2}")
_WORDS = "narrative.md"
_HEAD_ROWS, _LONGEST_TITLE, _TITLES = 6, 60, 12


@dataclass
class Imported:
    """What an import came to: the files, the numbers of the document, what was not placed, what differs."""

    folder: Path
    files: dict[str, bytes]
    year: int
    office: str
    numbers: int = 0
    used: int = 0
    compared: int = 0
    unplaced: list[str] = field(default_factory=list)
    uncompared: list[str] = field(default_factory=list)
    contradictions: list[str] = field(default_factory=list)
    unsettled: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)
    existed: bool = False
    written: bool = False


class YearMismatchError(ValueError):
    """The document is of another year than was said."""


def read_for_import(path: Path) -> tuple[Document, list[str]]:
    """Return a document or workbook as blocks; raises `UnreadableError`."""
    ending = path.suffix.lower()
    if ending in WORKBOOKS:
        return read_workbook(path)
    if ending not in ENDINGS:
        raise UnreadableError(f"{path}：不认识的文件；应为 {' '.join((*ENDINGS, *WORKBOOKS))}；请另存为其中之一。")
    return read_document(path), []


def import_document(
    path: Path, data: Path, unit_id: str, year: int, classification: Classification, *, force: bool = False
) -> Imported:
    """Make `data/<unit_id>/<year>/` from a document, whole; a folder that is there is replaced only by `force`.

    Raises `UnreadableError` for a file that cannot be read or holds no account, `YearMismatchError` for another year's.
    """
    document, notes = read_for_import(path)
    reading, sheets = read_claims(document), sheets_of(document)
    of_document = _year_of(document, reading)
    if of_document and of_document != year and not force:
        raise YearMismatchError(
            f"{path}：文件是 {of_document} 年度的；--year 是 {year}；请改正年度，确要这样导入请加 --force。"
        )
    if not of_document:
        notes.append(f"文件没有印出年度，按 --year 当作 {year} 年度")
    _refuse_budget(document)
    notes += [
        f"表“{one.title}”没有行列（由别的格式转成的文字），不取；请导入原件" for one in document.tables if one.flowing
    ]
    taken = _taken(sheets, reading, classification, year)
    if not taken.prints_anything:
        raise UnreadableError(f"{path}：没有读出任何决算数；应为部门决算的公开文件或附表工作簿；请检查文件。")
    made = Imported(data / unit_id / str(year), {}, of_document, reading.office, notes=notes,
                    contradictions=taken.contradictions, unsettled=taken.unsettled)  # fmt: skip
    _count(made, document, reading, sheets, taken)
    _files(made, taken, document, reading, classification, year)
    _put(made, data, force=force)
    return made


def _taken(sheets: list[Sheet], reading: Reading, classification: Classification, year: int) -> Taken:
    taken, books = Taken(class_names=classification.classes(year)), books_of(sheets, classification, year)
    take_totals(books, taken)
    take_revenue(books, taken)
    take_expenditure(books, taken)
    take_carryover(books, taken)
    take_economic(books, taken)
    check_sides(books, taken)
    compare_repeats(books, taken)
    take_three_public(books, taken, budget_column(reading))
    take_projects(books, taken)
    take_performance(books, taken)
    take_budgets(reading, taken, classification)
    take_totals_said(reading, taken)
    take_disclosures(reading, taken)
    take_nothing_said(reading, taken)
    take_sums_said(reading, taken)
    return taken


def _refuse_budget(document: Document) -> None:
    """Raise for a document whose title is a budget's: it prints no outcome, though the same words."""
    texts = [re.sub(r"\s|预决算", "", one.plain) for one in document.paragraphs]
    texts += [re.sub(r"\s", "", cell) for table in document.tables for row in table.rows[:_HEAD_ROWS] for cell in row]
    titles = [one for one in texts[:_TITLES] if len(one) <= _LONGEST_TITLE and _YEAR.search(one)]
    budget = any("预算" in one for one in titles) and not any("决算" in one for one in titles)
    if texts and (budget or not any("决算" in one for one in [*texts, *(one.title for one in document.tables)])):
        raise UnreadableError(
            f"{document.file}：没有写明是决算（可能是预算或别的报告）；应为部门决算的公开文件；请检查文件。"
        )


def _year_of(document: Document, reading: Reading) -> int:
    if reading.year:
        return reading.year
    heads = [cell for table in document.tables for row in table.rows[:_HEAD_ROWS] for cell in row]
    years = {
        int(one) for cell in heads for one in _YEAR.findall(re.sub(r"\s", "", cell)) if len(cell) <= _LONGEST_TITLE
    }
    return max(years) if len(years) == 1 else 0


def _files(
    made: Imported, taken: Taken, document: Document, reading: Reading, classification: Classification, year: int
) -> None:
    source = made.folder / "source.toml"
    kept = kept_of(source.read_bytes()) if source.is_file() else {}
    title = f"{reading.office or ''}{year}年度部门决算"
    kind = "工作簿" if document.file.suffix.lower() in WORKBOOKS else "文件"
    made.files = year_files(taken, title, f"{kind} {harmless(document.file.name)}", kept)
    if words := passages_of(document, year, taken.said):
        made.files[_WORDS] = words.encode()


def _count(made: Imported, document: Document, reading: Reading, sheets: list[Sheet], taken: Taken) -> None:
    """Count the document's numbers: those taken, those compared or summed, those without a place."""
    known = {id(one.table): one for one in sheets}
    for table in document.tables:
        if (sheet := known.get(id(table))) is not None:
            for line, column, text in sheet.numbered_cells():
                if not _CODE.fullmatch(text.strip()):
                    _counted(made, taken, f"{sheet.place(line, column)}：{plain(text)}", in_table=True)
            continue
        for line, row in enumerate(table.rows):
            for column, text in enumerate(row):
                if is_amount(text) and not _CODE.fullmatch(text.strip()):
                    place = f"表“{table.title}”第{line + 1}行第{column + 1}列：{plain(text)}"
                    _counted(made, taken, place, in_table=False)
    for said in reading.said:
        for figure in said.figures:
            if figure.kind in ("money", "count"):
                _counted(made, taken, f"{said.paragraph.place}：{digits_of(figure.text)}", in_table=False)


def _counted(made: Imported, taken: Taken, at: str, *, in_table: bool) -> None:
    made.numbers += 1
    if at in taken.used:
        made.used += 1
    elif at in taken.checked:
        made.compared += 1
    elif in_table:
        made.uncompared.append(at)
    else:
        made.unplaced.append(at)


def _put(made: Imported, data: Path, *, force: bool) -> None:
    """Write the files aside and move them to their place, where there is no folder yet or `force` says so."""
    made.existed = made.folder.is_dir() and any(made.folder.iterdir())
    old = {one.name: one.read_bytes() for one in made.folder.iterdir() if one.is_file()} if made.existed else {}
    made.differences = difference_of(old, made.files) if made.existed else []
    if made.existed and (not force or not made.differences):
        return
    staged = staging_folder(data.resolve().parent, ".import-")  # beside data/: what a kill leaves is no accounts
    try:
        for name, raw in {**old, **made.files}.items():
            (staged / name).write_bytes(raw)
        if _WORDS in old and old[_WORDS] != made.files.get(_WORDS, old[_WORDS]):
            _keep_aside(staged, old)
        made.folder.parent.mkdir(parents=True, exist_ok=True)
        swap_in(staged, made.folder)
        made.written = True
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _keep_aside(staged: Path, old: dict[str, bytes]) -> None:
    """Keep the words that were there, under a name that is free: a second import loses no earlier ones."""
    if old[_WORDS] in (raw for name, raw in old.items() if name.startswith(f"{_WORDS}.bak")):
        return
    names = (f"{_WORDS}.bak{number or ''}" for number in range(1_000))
    free = next(one for one in names if one not in old)
    (staged / free).write_bytes(old[_WORDS])
