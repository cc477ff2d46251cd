"""What a reader, or a reader's machine, finds in a file of the site; shares no code with what wrote it."""

from __future__ import annotations

import json
import re
import zipfile
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pypdf

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_POINTS = {"a": "href", "link": "href", "img": "src", "script": "src", "iframe": "src", "source": "src"}
_NOT_READ = ("script", "style")
_HAS_SCHEME = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)


class HtmlPage(HTMLParser):
    """A page's tags, its ids, what it points to, its facts as (id, printed) and the text that is read."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.facts: list[tuple[str, str]] = []
        self.text = ""
        self._inside = ""
        self._fact: str | None = None
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = tag
        self._fact = dict(attrs).get("data-fact")

    def handle_endtag(self, tag: str) -> None:
        self._inside, self._fact = "", None
        self.text += "" if tag in ("span", "strong", "a") else "\n"

    def handle_data(self, data: str) -> None:
        if self._inside not in _NOT_READ:
            self.text += data
        if self._fact is not None:
            self.facts.append((self._fact, data))

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] or "" for _, attributes in self.tags if "id" in attributes]

    @property
    def pointers(self) -> list[tuple[str, str]]:
        """Every (tag, address) that a browser would follow or load."""
        found = [(tag, attributes.get(_POINTS[tag])) for tag, attributes in self.tags if tag in _POINTS]
        return [(tag, address) for tag, address in found if address is not None]

    @property
    def elsewhere(self) -> list[tuple[str, str]]:
        """The pointers that leave the site; what the page brings with it (`data:`) does not."""
        return [(tag, one) for tag, one in self.pointers if _HAS_SCHEME.match(one) and not one.startswith("data:")]

    @property
    def within(self) -> list[str]:
        """The addresses that mean a file of the site."""
        return [address for _, address in self.pointers if not _HAS_SCHEME.match(address)]

    def target(self, address: str) -> tuple[Path, str]:
        """Return the file that an address `within` means, and the fragment."""
        parts = urlsplit(address)
        file = self.path.parent / unquote(parts.path) if parts.path else self.path
        return file.resolve(), unquote(parts.fragment)


@cache
def html_page(path: Path) -> HtmlPage:
    """Return the page at `path`."""
    return HtmlPage(path)


def html_pages(site: Path) -> list[HtmlPage]:
    """Return every page of the site."""
    return [html_page(path) for path in sorted(site.rglob("*.html"))]


def word_text(path: Path) -> str:
    """Return a Word file's paragraphs, one a line; a cell of a table is a paragraph."""
    with zipfile.ZipFile(path) as archive:
        body = ElementTree.fromstring(archive.read("word/document.xml"))
    return "\n".join("".join(run.text or "" for run in one.iter(f"{WORD}t")) for one in body.iter(f"{WORD}p"))


def pdf_text(path: Path) -> str:
    """Return a PDF's text as its lines break."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def ledger_of(page: Path) -> dict[str, dict[str, Any]]:
    """Return the facts, by id, of the ledger that lies beside a page of the site."""
    beside = {"report": page.with_name("facts.json"), "index": page.parent / "pages" / "front-facts.json"}
    ledger = beside.get(page.stem, page.with_name(f"{page.stem}-facts.json"))
    return {fact["id"]: fact for fact in json.loads(ledger.read_text(encoding="utf-8"))["facts"]}


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below `folder` with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
