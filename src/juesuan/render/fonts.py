"""Where the free Chinese fonts lie that come with the project's dependencies."""

from __future__ import annotations

import importlib.util
from pathlib import Path

_FONT_PACKAGE = "pylopdf_fonts_zh_cn"


def font_folders() -> list[Path]:
    """Return the folders of Noto Sans SC and Noto Serif SC; none where the package is not installed."""
    found = importlib.util.find_spec(_FONT_PACKAGE)
    places = found.submodule_search_locations if found else None
    return sorted({font.parent for place in places or [] for font in Path(place).rglob("*.otf")})
