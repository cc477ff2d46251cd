"""A project folder of its own for the made-up county: the project's notebooks and sentences beside made-up `data/`."""

from __future__ import annotations

import shutil
from pathlib import Path

from juesuan.paths import PROJECT_MARK
from juesuan.swap import staging_folder, swap_in
from juesuan.synthetic.county import make_county, refuse_to_lose

_FILES = (PROJECT_MARK, "index.qmd")
_FOLDERS = ("notebooks", "report")
_LEFT_OUT = shutil.ignore_patterns(".ipynb_checkpoints", "__pycache__")


def make_demo(root: Path, into: Path, units: int, years: range, seed: int) -> None:
    """Make `into` a project with a made-up county; what was built there from an earlier one stays, to be built on.

    Raises `FileExistsError` where `into` is the project `root` itself, lies around it, or holds something else.
    """
    root, into = root.resolve(), into.resolve()
    if root.is_relative_to(into):
        raise FileExistsError(f"{into}：这里是项目自己的文件夹；请用 --into 另指一处。")
    refuse_to_lose(into, into / "data")
    make_county(into / "data", units, years, seed, root / "data" / "classification")
    for name in _FOLDERS:
        _replace_folder(root / name, into / name)
    for name in _FILES:
        shutil.copyfile(root / name, into / name)


def _replace_folder(source: Path, place: Path) -> None:
    staged = staging_folder(place.parent, f".{place.name}-")
    try:
        shutil.copytree(source, staged, dirs_exist_ok=True, ignore=_LEFT_OUT)
        swap_in(staged, place)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
