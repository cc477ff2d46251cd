"""The site is made: what changed is rendered and verified, the rest taken over, the whole swapped in."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import typer

from juesuan.building import Digests, digest_of, lay_out
from juesuan.cli.coverage import show_results, summary
from juesuan.cli.verified import Verified
from juesuan.cli.voice import COULD_NOT_RUN, FAULTY, Voice
from juesuan.execute import page_store
from juesuan.paths import Project, names_below
from juesuan.render import (
    AskedFile,
    Renderer,
    asked_files,
    lay_out_fonts,
    lay_out_made,
    lay_out_resources,
    publish_accounts,
    read_project,
    render_asked,
    resources,
    write_assets,
)  # fmt: skip
from juesuan.scope import Scope
from juesuan.swap import staging_folder, swap_in
from juesuan.verify import verify_site

_KEPT = "sites.json"
_EMBEDDED = "embedded"


@dataclass(frozen=True)
class Site:
    """One site to be made: of which project, by which renderer, over which offices and years, in how many processes."""

    project: Project
    chosen: Renderer
    scope: Scope
    jobs: int
    digests: Digests
    whole: bool = True

    @property
    def name(self) -> str:
        """What the site is called among those of the project: a project that was moved keeps its own."""
        return os.path.relpath(self.project.site, self.project.root)

    @property
    def place(self) -> Path:
        """Where the site lies."""
        return self.project.site


def make_site(site: Site, voice: Voice, *, explain: bool = False) -> None:
    """Make the site aside and put it in place whole; what is there stays where nothing changed or something fails."""
    project, store = site.project, page_store(site.project)
    refuse_to_lose(project)
    write_assets(project.root)
    asked = asked_files(project.root, site.chosen.name, site.digests)
    held = resources(read_project(project.root))
    key = _key(site, asked, held)
    if _stands(site, key):
        voice.out.print("页面没有变化，站点沿用原样。")
        return
    voice.out.print(site.chosen.why)
    lay_out_fonts(project.build / "fonts")
    staging = staging_folder(project.site.parent, ".site-")  # beside it: a swap must not cross file systems
    try:
        if site.chosen.name == _EMBEDDED:
            new = _put_together(site, asked, held, staging, voice, explain=explain)
            files = len(asked) + len(held)
        else:
            new = list(asked)
            files = len(_render_whole(site, staging, voice))
        _publish(site, staging)
        stamp = _verify(replace(project, site=staging), asked, site, voice)
        swap_in(staging, project.site)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    _remember(site, key, stamp)
    store.prune("site/", {one.name: one.key for one in asked}, others=not site.whole)
    voice.out.print(f"渲染 {len(new)} 个文件，沿用 {len(asked) - len(new)} 个；站点共 {files} 个文件。")


def _put_together(
    site: Site, asked: Sequence[AskedFile], held: Sequence[str], staging: Path, voice: Voice, *, explain: bool
) -> list[AskedFile]:
    """Lay out below `staging` what is kept and what is held as it is, while what is not kept is made; return that."""
    project, store = site.project, page_store(site.project)
    kept = {one.name: item for one in asked if (item := one.kept(store)) is not None}
    new = [one for one in asked if one.name not in kept]
    for one in new if explain else ():
        why = store.why(one.name, one.inputs)
        voice.out.print(f"渲染 {one.output.as_posix()}：{'；'.join(why[:6]) or '没有做过'}", markup=False)

    def lay_out_known() -> None:
        lay_out(kept.values(), staging)
        lay_out_resources(project.root, held, staging, project.site)

    _render(site, new, voice, lay_out_known)
    lay_out_made(new, store, staging)
    return new


def _render(site: Site, new: Sequence[AskedFile], voice: Voice, meanwhile: Callable[[], None]) -> None:
    with voice.bar("渲染") as progress:
        task = progress.add_task("", total=len(new)) if progress else None

        def report(name: str) -> None:
            voice.detail(name)
            if progress and task is not None:
                progress.update(task, description=name, advance=1)

        render_asked(site.project.root, new, page_store(site.project), site.jobs, report, meanwhile)


def _render_whole(site: Site, staging: Path, voice: Voice) -> list[Path]:
    with voice.bar("渲染"):
        return site.chosen.render(site.project.root, staging, report_progress=voice.detail)


def _publish(site: Site, staging: Path) -> None:
    """Publish the accounts that the site is of: those of another folder, and of the offices asked for."""
    project, units = site.project, site.scope.units
    if project.data != project.root / "data":
        publish_accounts(project.data, staging)
    if units is None:
        return
    for folder in (staging / "data").iterdir():
        if folder.is_dir() and folder.name != "classification" and folder.name not in units:
            shutil.rmtree(folder)


def _verify(staged: Project, asked: Sequence[AskedFile], site: Site, voice: Voice) -> str:
    """Return the stamp of the made site; exit with 1 where a number of it has no source, or a figure is not there."""
    verified = Verified(site.project, site.digests)
    known = verified.known(asked)
    there = {Path(name) for name in names_below(staged.site) if name.endswith((".html", ".docx", ".pdf"))}
    with voice.bar("核对成品数字"):
        wanted = {*there, *(one.output for one in asked)} - set(known)
        stamps: list[str] = []
        results = verify_site(
            staged, only=wanted, workers=site.jobs, meanwhile=lambda: stamps.append(_stamp(staged.site))
        )
    verified.keep(asked, results, staged.site)
    if all(one.good for one in results):
        voice.out.print(summary([*known.values(), *results]))
        return stamps[0]
    show_results(results, staged, voice)
    voice.errors.print("成品数字核对没有通过，站点保持原样。")
    raise typer.Exit(FAULTY)


def _key(site: Site, asked: Sequence[AskedFile], held: Sequence[str]) -> str:
    """Return the key of the whole site: of every file that is rendered, and of every one that it holds as it is."""
    root, project = site.project.root, site.project
    words = [word for one in asked for word in (one.name, one.key)]
    words += [word for name in held for word in (name, site.digests.of(f"{root}{os.sep}{name}"))]
    if project.data != root / "data":
        words.append(site.digests.tree(project.data).digest)
    return digest_of([*words, str(site.scope), Verified(project, site.digests).verifier])


def _stands(site: Site, key: str) -> bool:
    """Say whether the site there was made of just this and is still whole."""
    told = _kept(site.project).get(site.name, {})
    return bool(told.get("key") == key and told.get("files") == _stamp(site.place))


def _stamp(folder: Path) -> str:
    """Return one digest over names, sizes and times of change of all files below a folder."""
    return digest_of(word for name in sorted(names_below(folder)) for word in (name, *_size_and_time(folder, name)))


def _size_and_time(folder: Path, name: str) -> tuple[str, str]:
    stat = os.stat(f"{folder}{os.sep}{name}")  # noqa: PTH116  thousands of files
    return str(stat.st_size), str(stat.st_mtime_ns)


def _kept(project: Project) -> dict[str, Any]:
    with suppress(OSError, ValueError, TypeError):
        return dict(json.loads((project.build / _KEPT).read_bytes()))
    return {}


def _remember(site: Site, key: str, stamp: str) -> None:
    path = site.project.build / _KEPT
    aside = path.with_suffix(".new")
    told = {**_kept(site.project), site.name: {"key": key, "files": stamp}}
    aside.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    aside.replace(path)


def refuse_to_lose(project: Project) -> None:
    """Exit with 2 where the site would take the place of the project, or of a folder that is no site."""
    site, root = project.site, project.root
    kept = [root, project.data, *(root / part for part in ("notebooks", "report", "src", "tests", "pages", "build"))]
    if any(one.is_relative_to(site) or (one != root and site.is_relative_to(one)) for one in kept):
        found = "这里是项目自己的文件夹"
    elif site.exists() and not site.is_dir():
        found = "这里是一个文件"
    elif site.is_dir() and any(site.iterdir()) and not (site / "index.html").is_file():
        found = "这个文件夹不空，也不是站点（没有 index.html）"
    else:
        return
    Voice().errors.print(f"{site}：{found}；生成站点会替换整个文件夹；请用 --site 另指一处。", markup=False)
    raise typer.Exit(COULD_NOT_RUN)
