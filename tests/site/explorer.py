"""The explorer as a reader meets it: a page opened in Chromium, its controls, and what each view shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Download, Locator, Page, Request

ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run"
    " --disable-background-networking --disable-component-update --disable-sync"
)
DESK, TELEPHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
_IDLE = """() => document.documentElement.dataset.explored === "ready" && !document.querySelector(".view[aria-busy=true]")"""
_MARKS = """(place) => {
  const canvas = place.querySelector(".view-picture canvas");
  if (canvas) { // painted marks are counted by what they cover, a hundred dots of the screen each
    const dots = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
    let painted = 0;
    for (let at = 0; at < dots.length; at += 4) if (dots[at] + dots[at + 1] + dots[at + 2] < 600 && dots[at + 3]) painted += 1;
    return Math.floor(painted / 100);
  }
  return place.querySelectorAll(
  ".view-picture svg .mark-rect path, .view-picture svg .mark-symbol path, .view-picture svg .mark-rule line,"
  + " .view-picture svg .mark-line path, .view-picture svg .mark-path path").length;
}"""
_TABLE = """(place) => {
  const texts = (row) => [...row.cells].map((cell) => cell.textContent);
  const table = place.querySelector("table");
  return {
    heads: [...table.tHead.rows[0].cells].map((cell) => cell.querySelector(".title").textContent + (cell.querySelector(".unit")?.textContent || "")),
    rows: [...table.tBodies[0].rows].map(texts),
    totals: table.tFoot ? texts(table.tFoot.rows[0]) : null,
    links: [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.querySelector("a")?.href || "")),
  };
}"""


@dataclass(frozen=True)
class Shown:
    """A view's table: its headings (with their units), rows of texts, totals, where the cells lead."""

    heads: list[str]
    rows: list[list[str]]
    totals: list[str] | None
    links: list[list[str]]

    def column(self, head: str) -> list[str]:
        return [row[self.heads.index(head)] for row in self.rows]

    def by(self, head: str, key: str = "") -> dict[str, str]:
        """Return a column by the first one, or by that under `key`."""
        keys = self.column(key) if key else [row[0] for row in self.rows]
        return dict(zip(keys, self.column(head), strict=True))

    def total(self, head: str) -> str:
        assert self.totals is not None
        return self.totals[self.heads.index(head)]


@dataclass
class Visit:
    """A page that was opened; what it asked for and complained of."""

    tab: Page
    root: str
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def listen(self) -> None:
        self.tab.on("request", lambda request: self.asked.append(request.url))
        self.tab.on("requestfailed", self._failed)
        self.tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.tab.on("console", lambda said: said.type == "error" and self.complaints.append(said.text))

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # a page that is left gives up what it was loading
            self.complaints.append(f"{request.url}: {request.failure}")

    def go(self, page: str, **state: object) -> Visit:
        """Open a page of the explorer in the state given and wait until its views stand."""
        self.tab.goto("about:blank")  # else a new state alone would be a step within the page
        asked = "&".join(f"{name}={value}" for name, value in state.items())
        self.tab.goto(self.root + page + (f"#{asked}" if asked else ""))
        return self.rest()

    def rest(self) -> Visit:
        """Wait until no view is at work."""
        self.tab.wait_for_function(_IDLE)
        return self

    def place(self, view: str) -> Locator:
        return self.tab.locator(f"#view-{view}")

    def table(self, view: str) -> Shown:
        self.rest()
        return Shown(**self.place(view).evaluate(_TABLE))

    def sentence(self, view: str) -> str:
        self.rest()
        return self.place(view).locator(".view-sentence").inner_text()

    def heading(self, view: str) -> str:
        """Return the words that stand for the drawing."""
        self.rest()
        return self.place(view).locator(".view-picture").get_attribute("aria-label") or ""

    def marks(self, view: str) -> int:
        self.rest()
        return int(self.place(view).evaluate(_MARKS))

    # --- what a reader moves

    def control(self, name: str) -> Locator:
        return self.tab.locator(f".view-bar .control-{name}")

    def select(self, name: str, value: str) -> Visit:
        self.control(name).locator("select").select_option(value)
        return self.rest()

    def choose(self, name: str, words: str) -> Visit:
        self.control(name).get_by_text(words, exact=True).click()
        return self.rest()

    def press(self, name: str, *keys: str) -> Visit:
        slider = self.control(name).locator("input[type=range]")
        slider.focus()
        for key in keys:
            self.tab.keyboard.press(key)
        return self.rest()

    def pick_code(self, *codes: str) -> Visit:
        """Go down 类, 款, 项."""
        for level, code in enumerate(codes):
            self.control("code").locator("select").nth(level).select_option(code)
            self.rest()
        return self

    def type_unit(self, words: str) -> Visit:
        box = self.control("unit").get_by_role("combobox")
        box.click()
        box.fill("")
        box.press_sequentially(words)
        self.tab.keyboard.press("Enter")
        return self.rest()

    def sort(self, view: str, head: str) -> Shown:
        heads = self.table(view).heads
        self.place(view).locator("thead button").nth(heads.index(head)).click()
        return self.table(view)

    def download(self, view: str, kind: str) -> Download:
        with self.tab.expect_download() as started:
            self.place(view).locator(".view-downloads").get_by_text(kind, exact=True).click()
        return started.value

    @property
    def state(self) -> Mapping[str, str]:
        """What the address says."""
        return dict(re.findall(r"(\w+)=([^&]*)", self.tab.url.partition("#")[2]))


def saved(download: Download, folder: Path) -> Path:
    """Return the file that a reader would find, under the name that it was given."""
    path = folder / download.suggested_filename
    download.save_as(path)
    return path


def numbers_in(text: str) -> list[str]:
    """Return the amounts and rates of a sentence, as they are written."""
    return re.findall(r"-?\d+\.\d+", text)
