"""Which reader reads which file, and how a file that cannot be read is refused."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from juesuan.faults import UnreadableError
from juesuan.reading.document.from_pdf import blocks_of_pdf
from juesuan.reading.document.from_web import blocks_of_web
from juesuan.reading.document.from_word import blocks_of_word
from juesuan.reading.document.heads import headed
from juesuan.reading.document.limits import LARGEST_FILE, LARGEST_TEXT, LONGEST_PARAGRAPH, MOST_PARAGRAPHS
from juesuan.reading.document.lines import Line, blocks_of_lines
from juesuan.reading.document.model import Block, Document, Paragraph, cleaned

ENDINGS = (".docx", ".html", ".htm", ".pdf", ".txt", ".md", ".doc", ".wps")
_OFFICE_SECONDS = 60


def read_document(path: Path) -> Document:
    """Return the file's blocks; raises `UnreadableError` with one line that says why not."""
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise UnreadableError(f"{path}：不认识的文件；应为 {' '.join(ENDINGS)}；请另存为其中之一。")
    if not path.is_file():
        raise UnreadableError(f"{path}：没有这个文件；请检查路径。")
    if (size := path.stat().st_size) > (LARGEST_TEXT if ending in (".txt", ".md", ".html", ".htm") else LARGEST_FILE):
        raise UnreadableError(f"{path}：有 {size >> 20} MB，太大；决算公开文件不应有这么大；请检查文件。")
    blocks = _bounded(path, [headed(one) for one in _blocks(path, ending)])
    if not blocks:
        raise UnreadableError(f"{path}：没有正文（没有一段文字、一张表）；应为部门决算的公开文件；请检查文件。")
    cut = any("(截断)" in one.plain for one in Document(path, blocks).paragraphs[-1:])
    return Document(path, blocks, cut)


def _blocks(path: Path, ending: str) -> list[Block]:
    if ending in (".doc", ".wps"):
        return _through_office(path)
    if ending == ".docx":
        return blocks_of_word(path)
    if ending == ".pdf":
        return blocks_of_pdf(path)
    text = _decoded(path)
    if ending in (".html", ".htm"):
        try:
            return blocks_of_web(text)
        except UnreadableError as error:
            raise UnreadableError(f"{path}：{error}") from None
    return blocks_of_lines([Line(cleaned(line)) for line in text.splitlines()])


def _bounded(path: Path, blocks: list[Block]) -> list[Block]:
    """Return the blocks; raises `UnreadableError` where they are more or longer than any report's."""
    longest = max((len(one.text) for one in blocks if isinstance(one, Paragraph)), default=0)
    if len(blocks) > MOST_PARAGRAPHS or longest > LONGEST_PARAGRAPH:
        raise UnreadableError(
            f"{path}：有 {len(blocks)} 段，最长的 {longest} 字；"
            f"应不超过 {MOST_PARAGRAPHS} 段、每段 {LONGEST_PARAGRAPH} 字；请检查文件或拆开。"
        )
    return blocks


def _decoded(path: Path) -> str:
    raw = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableError(f"{path}：文字编码读不出；应为 UTF-8 或 GB18030；请另存为 UTF-8。")


def _through_office(path: Path) -> list[Block]:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if not office:
        raise UnreadableError(f"{path}：读 {path.suffix} 需要 LibreOffice，本机没有；请另存为 .docx。")
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = [office, profile, "--headless", "--convert-to", "docx", "--outdir", folder, str(path.resolve())]
        try:
            subprocess.run(command, check=False, capture_output=True, timeout=_OFFICE_SECONDS)
        except subprocess.TimeoutExpired:
            raise UnreadableError(f"{path}：LibreOffice 转换超过 {_OFFICE_SECONDS} 秒；请另存为 .docx。") from None
        made = Path(folder) / f"{path.stem}.docx"
        if not made.is_file():
            raise UnreadableError(f"{path}：LibreOffice 读不出；请另存为 .docx。")
        return blocks_of_word(made)
