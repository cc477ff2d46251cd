"""What this machine has of what rendering needs, and how to get what it lacks."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

import pypandoc

from juesuan.render.fonts import font_folders
from juesuan.render.quarto import find_quarto, quarto_version


@dataclass(frozen=True)
class Engine:
    """One thing that `juesuan doctor` looks for; `needed` says whether a build can do without it."""

    name: str
    found: str | None
    needed: bool
    remedy: str


def engines() -> list[Engine]:
    """Return what was found, in the order in which a build would need it."""
    quarto = find_quarto()
    fonts = "、".join(sorted(font.stem for folder in font_folders() for font in folder.glob("*.otf")))
    return [
        Engine("pandoc", _pandoc(), True, "pip install pypandoc-binary"),
        Engine("typst", _package("typst"), True, "pip install typst"),
        Engine("中文字体", fonts or None, True, "pip install pylopdf-fonts-zh-cn"),
        Engine("papermill", _package("papermill"), True, "pip install papermill"),
        Engine("jupyter 内核", _package("ipykernel"), True, "pip install ipykernel"),
        Engine(
            "quarto",
            quarto and f"{quarto_version(quarto)}（{quarto}）",
            False,
            "make quarto（需能访问 GitHub）；没有它时用内置渲染器",
        ),
    ]


def _pandoc() -> str | None:
    if importlib.util.find_spec("pypandoc") is None:
        return None
    try:
        return str(pypandoc.get_pandoc_version())
    except OSError:
        return None


def _package(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
