"""Where the free Chinese fonts lie that come with the project's dependencies."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

_FONT_PACKAGE = "pylopdf_fonts_zh_cn"


def font_folders() -> list[Path]:
    """Return the folders of Noto Sans SC and Noto Serif SC; none where the package is not installed."""
    found = importlib.util.find_spec(_FONT_PACKAGE)
    places = found.submodule_search_locations if found else None
    return sorted({font.parent for place in places or [] for font in Path(place).rglob("*.otf")})


def lay_out_fonts(folder: Path) -> None:
    """Put the fonts into `folder`, which `_quarto.yml` names: Quarto cannot know where Python keeps its packages."""
    folder.mkdir(parents=True, exist_ok=True)
    for font in (font for source in font_folders() for font in source.glob("*.otf")):
        target = folder / font.name
        if target.exists():
            continue
        try:
            target.symlink_to(font)
        except OSError:
            shutil.copyfile(font, target)
