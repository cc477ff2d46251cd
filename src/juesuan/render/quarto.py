"""Quarto itself, where it is to be had, and the choice between it and the embedded renderer."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from juesuan.render import embedded
from juesuan.render.assets import write_assets
from juesuan.render.embedded import Progress, RenderError
from juesuan.render.notebook import read_front
from juesuan.render.project import Page, read_project
from juesuan.render.word import finish_word

RENDERERS = ("auto", "quarto", "embedded")


class RendererUnavailableError(RuntimeError):
    """The renderer that was asked for is not on this machine."""


@dataclass(frozen=True)
class Renderer:
    """A way to make the site: `render(root, site, report_progress=…)`; `why` says in a line why this one."""

    name: str
    why: str
    render: Callable[..., list[Path]]


def find_quarto() -> str | None:
    """Return the path of the `quarto` command: beside this Python first (an environment's own), else on PATH."""
    beside = shutil.which("quarto", path=str(Path(sys.executable).parent))
    return beside or shutil.which("quarto")


def quarto_version(command: str) -> str:
    """Return what `quarto --version` says."""
    ran = subprocess.run([command, "--version"], capture_output=True, text=True, check=False)
    return ran.stdout.strip() or "未知"


def choose_renderer(name: str = "auto") -> Renderer:
    """Return the renderer called `name`; `auto` takes Quarto where it is found.

    Raises `RendererUnavailableError` for Quarto where it is not, and `ValueError` for another name.
    """
    if name not in RENDERERS:
        raise ValueError(f"渲染器 {name!r} 不存在；应为 {'、'.join(RENDERERS)} 之一。")
    command = find_quarto()
    if name == "quarto" and command is None:
        raise RendererUnavailableError(
            "没有找到 quarto；请运行 make quarto（需能访问 GitHub），或改用 --renderer embedded。"
        )
    if name == "embedded" or command is None:
        why = "按要求使用内置渲染器" if name == "embedded" else "没有找到 Quarto，使用内置渲染器"
        return Renderer("embedded", f"{why}（pandoc、typst）", embedded.render_site)
    return Renderer("quarto", f"使用 Quarto {quarto_version(command)}", render_site)


def render_site(root: Path, site: Path, *, report_progress: Progress | None = None) -> list[Path]:
    """Run `quarto render` at `root` into `site`; return the files. Raises `RenderError` with Quarto's last words."""
    command = find_quarto()
    if command is None:
        raise RendererUnavailableError("没有找到 quarto；请运行 make quarto。")
    if report_progress:
        report_progress("quarto render")
    made = root / "_site"
    write_assets(root)
    ran = subprocess.run(
        [command, "render", "--output-dir", os.path.relpath(site, root)],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        env={"SOURCE_DATE_EPOCH": embedded.FIXED_TIME, **os.environ},
    )
    if ran.returncode:
        raise RenderError(f"quarto render 失败（状态 {ran.returncode}）：{ran.stderr.strip()[-2000:]}")
    if not any(site.iterdir()) and made.is_dir():
        raise RenderError(f"quarto 没有写入 {site}；请检查 _quarto.yml 的 output-dir。")
    project = read_project(root)
    for page in (Page(source, read_front(root / source)) for source in project.sources):
        if "docx" in page.formats:
            finish_word(site / page.output("docx"), page.front)
    return sorted(path for path in site.rglob("*") if path.is_file())
