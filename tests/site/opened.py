"""What the tests of single pages share: the page they begin with, the sizes, the two ways to open it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

REPORT = "pages/2021/nanjiang-zwxx/report.html"
SCREEN, TELEPHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
Open = Callable[..., Page]
each_way = pytest.mark.parametrize("way", ["file", "http"])
