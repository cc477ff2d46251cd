"""What some offices take without juesuan: stock papermill for each notebook, then Quarto, or pandoc and typst; one by one.

python -m benchmarks.stock_chain TASK.json: the loop that anyone would write, in a process of its own that is measured from
outside. Papermill is imported once; each rendering is a process. No filters, templates or Chinese styles, no checking of
the finished files: it does less than a build. Where there is no Quarto, pandoc makes each format, and typst the PDF.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import papermill
import pypandoc

from benchmarks.process_tree import cpu_seconds
from juesuan.execute import Job
from juesuan.scope import VARIABLE

_TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]])"
_ENDINGS = {"html": ".html", "docx": ".docx", "typst": ".typ"}


def found_renderer() -> str:
    """Return what this machine's stock chain ends with."""
    return "Quarto" if shutil.which("quarto") else "pandoc + typst"


def told_to(root: Path, only: str) -> dict[str, str]:
    """Return what a notebook is told by the environment: the project it is of, the part of it that is asked for."""
    return {"JUESUAN_ROOT": str(root), VARIABLE: only}


def step_of(job: Job) -> dict[str, Any]:
    """Return a job in plain words."""
    return {"notebook": job.notebook, "parameters": job.parameters, "formats": job.formats, "only": job.only}


def write_task(path: Path, root: Path, offices: Mapping[str, Iterable[Job]]) -> None:
    """Write down which pages the chain is to make of each office."""
    steps = {office: [step_of(job) for job in jobs] for office, jobs in offices.items()}
    path.write_text(json.dumps({"root": str(root), "offices": steps}, ensure_ascii=False), encoding="utf-8")


def run_notebook(root: Path, step: Mapping[str, Any], into: Path) -> None:
    """Run one notebook with stock papermill, a kernel of its own."""
    os.environ.update(told_to(root, step["only"]))
    template = root / "notebooks" / f"{step['notebook']}.ipynb"
    papermill.execute_notebook(
        str(template), str(into), step["parameters"], progress_bar=False, cwd=str(template.parent)
    )


def render(notebook: Path, to: str, renderer: str, fonts: Path) -> None:
    """Render a notebook that ran in one format, beside it."""
    if renderer == "Quarto":
        _run(["quarto", "render", notebook.name, "--to", to, "--no-execute"], notebook.parent)
        return
    target = notebook.with_suffix(_ENDINGS[to])
    options = ["--standalone", f"--extract-media={notebook.stem}-{to}", "--variable=mainfont:Noto Serif SC"]
    _run([pypandoc.get_pandoc_path(), notebook.name, *options, "-o", target.name], notebook.parent)
    if to == "typst":
        _run([sys.executable, "-c", _TYPST, target.name, target.with_suffix(".pdf").name, str(fonts)], notebook.parent)


def _run(command: Sequence[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr[-2000:]}")


def make_offices(task: Mapping[str, Any], folder: Path) -> list[dict[str, float]]:
    """Make every office's pages below `folder`; return what each took, by the clock and of CPU."""
    root, renderer, took = Path(task["root"]), found_renderer(), []
    for office, steps in task["offices"].items():
        used, begun = cpu_seconds(), time.perf_counter()
        for step in steps:
            notebook = folder / office / f"{step['notebook']}.ipynb"
            notebook.parent.mkdir(parents=True, exist_ok=True)
            run_notebook(root, step, notebook)
            for to in step["formats"]:
                render(notebook, to, renderer, root / "build" / "fonts")
        took.append({"seconds": time.perf_counter() - begun, "cpu_seconds": cpu_seconds() - used})
        print(f"{office}: {took[-1]['seconds']:.1f} s", file=sys.stderr, flush=True)
    return took


def main() -> None:
    path = Path(sys.argv[1])
    took = make_offices(json.loads(path.read_text(encoding="utf-8")), path.parent / "stock")
    path.with_suffix(".took.json").write_text(json.dumps(took), encoding="utf-8")


if __name__ == "__main__":
    main()
