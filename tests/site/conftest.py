"""One site, built once, that every test of this folder reads."""

from __future__ import annotations

import contextlib
import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from explorer import ARGUMENTS, DESK, Visit
from ledger_of_data import Books
from opened import REPORT, SCREEN, Open
from playwright.sync_api import Browser, Page, sync_playwright

_HERE = Path(__file__).parent
_A_DAY = "1640995200"

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of each site in one process under `--dist loadgroup`, so that it is built once: two on two cores."""
    for item in items:
        if item.path.is_relative_to(_HERE):
            of_county = "visitor" in getattr(item, "fixturenames", ())
            item.add_marker(pytest.mark.xdist_group("county" if of_county else "site"))


@pytest.fixture(scope="session")
def made(juesuan: Run) -> Run:
    """The command on a fixed day: `made("build", cwd=root)`."""
    return lambda *arguments, cwd: juesuan(*arguments, cwd=cwd, SOURCE_DATE_EPOCH=_A_DAY)


@pytest.fixture(scope="session")
def root(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory, made: Run) -> Path:
    """A project that was built; no test may change it."""
    shared = pytestconfig.pluginmanager.get_plugin(str(_HERE.parent / "conftest.py"))
    project: Path = shared.copy_project(tmp_path_factory.mktemp("built") / "project")
    ran = made("build", "--renderer", "embedded", "-v", cwd=project)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return project


@pytest.fixture(scope="session")
def site(root: Path) -> Path:
    """The site of that project."""
    return root / "_site"


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up county's project with the explorer's pages, and some reports as HTML alone; no test may change it."""
    place = tmp_path_factory.mktemp("county") / "project"
    ran = subprocess.run(
        [sys.executable, str(_HERE / "make_county.py"), str(place)],
        env={**os.environ, "SOURCE_DATE_EPOCH": _A_DAY},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return place


@pytest.fixture(scope="session")
def books(county: Path) -> Books:
    """The county's figures, from its files."""
    return Books(county / "data")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, or the one that CHROMIUM names."""
    with sync_playwright() as playwright:
        where = os.environ.get("CHROMIUM") or shutil.which("chromium")
        opened = playwright.chromium.launch(executable_path=where, args=ARGUMENTS.split())
        yield opened
        opened.close()


class _QuietServer(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Keep the report of the tests clean."""


@contextlib.contextmanager
def _server(site: Path) -> Iterator[str]:
    handler = functools.partial(_QuietServer, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def origins(site: Path) -> Iterator[dict[str, str]]:
    """Where the site's root is, from the disk and from a server on this machine."""
    with _server(site) as address:
        yield {"file": f"{site.as_uri()}/", "http": address}


@contextlib.contextmanager
def _readers(chromium: Browser, site: Path) -> Iterator[Callable[..., Visit]]:
    """Readers of a site whose machines reach nothing else; in the end nothing was asked for outside it, and nothing
    was complained of."""
    visits: list[Visit] = []
    with _server(site) as address:

        def visit(way: str = "file", **about: Any) -> Visit:
            context = chromium.new_context(**{"viewport": DESK, "reduced_motion": "reduce", **about})
            context.set_default_timeout(60_000)  # a busy machine is no fault of the page
            if way == "file":
                context.set_offline(True)
            else:
                context.route(lambda url: not url.startswith(address), lambda route: route.abort())
            opened = Visit(context.new_page(), address if way == "http" else f"{site.as_uri()}/")
            opened.listen()
            visits.append(opened)
            return opened

        yield visit
        for one in visits:
            one.tab.context.close()
    assert [told for one in visits for told in one.complaints] == []
    asked = [(one.root, url) for one in visits for url in one.asked]
    assert [url for root, url in asked if not url.startswith((root, "data:", "blob:", "about:"))] == []


@pytest.fixture
def visitor(chromium: Browser, county: Path) -> Iterator[Callable[..., Visit]]:
    """Open the county's site, from its folder or by `visitor("http")` from a server, in a context of its own."""
    with _readers(chromium, county / "_site") as readers:
        yield readers


@pytest.fixture
def visitor_of_real_data(chromium: Browser, site: Path) -> Iterator[Callable[..., Visit]]:
    """Open the project's own site likewise."""
    with _readers(chromium, site) as readers:
        yield readers


@pytest.fixture
def open_page(chromium: Browser, origins: dict[str, str]) -> Iterator[Open]:
    """Open a page; in the end nothing was asked for outside the site, and nothing was complained of.

    What matches `lacks` is kept from the page, whose complaints of that are then no trouble.
    """
    opened, troubles = [], []

    def trouble(of: str, about: str = "") -> None:
        if not about.endswith("/favicon.ico"):  # every browser asks a server for it, whatever the page says
            troubles.append(of)

    def open_one(page: str = REPORT, *, way: str = "file", lacks: str = "", **about: Any) -> Page:
        context = chromium.new_context(**{"viewport": SCREEN, "reduced_motion": "reduce", **about})
        opened.append(context)
        tab = context.new_page()
        tab.on("request", lambda asked: asked.url.startswith((origins[way], "data:", "blob:")) or trouble(asked.url))
        tab.on("pageerror", lambda error: trouble(str(error)))
        if lacks:
            tab.route(lacks, lambda route: route.abort())
        else:
            tab.on(
                "requestfailed",
                lambda asked: asked.failure == "net::ERR_ABORTED" or trouble(f"{asked.url}: {asked.failure}"),
            )
            tab.on("console", lambda said: said.type == "error" and trouble(said.text, said.location["url"]))
        tab.goto(origins[way] + page)
        return tab

    yield open_one
    for context in opened:
        context.close()
    assert troubles == []
