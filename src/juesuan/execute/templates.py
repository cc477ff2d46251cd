"""What a notebook template declares: the parameters it can be run with, and the modules it imports."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from contextlib import suppress
from importlib import import_module
from pathlib import Path

_LATE = (
    "IPython.core.application", "IPython.core.completerlib", "IPython.core.crashhandler", "IPython.core.logger",
    "IPython.core.oinspect", "bdb", "pandas.core.methods.to_dict", "pandas.io.formats.html", "pandas.io.formats.string",
    "pyarrow.pandas_compat",
)  # fmt: skip
"""What IPython and pandas import when the first cell runs and the first frame is shown."""


class TemplateError(ValueError):
    """A notebook template cannot be read, or does not have the parameters that it is to be run with."""


def check_parameters(template: Path, given: set[str]) -> None:
    """Raise `TemplateError` where `template` has no cell tagged parameters, or none of a name that it is given.

    Papermill would only warn and run the default year.
    """
    shown = f"notebooks/{template.name}"
    tagged = [source for source, tags in _code_cells(template) if "parameters" in tags]
    if len(tagged) != 1:
        raise TemplateError(f"{shown}：有 {len(tagged)} 个标为 parameters 的单元格；应恰有一个。")
    try:
        declared = _assigned(tagged[0])
    except SyntaxError as error:
        raise TemplateError(f"{shown}：参数单元格第 {error.lineno} 行不是 Python：{error.msg}；请改正。") from None
    if unknown := sorted(given - declared):
        there_are = "、".join(sorted(declared)) or "（空）"
        raise TemplateError(f"{shown}：没有参数 {'、'.join(unknown)}；现有 {there_are}；请改正其一。")


def import_for(templates: Iterable[Path]) -> None:
    """Import what the templates import, before processes are forked: none of the runs then pays for it again."""
    wanted = {name for template in templates for name in _imported(template)}
    for name in ("papermill", *_LATE, *sorted(wanted)):
        with suppress(ImportError):  # the notebook itself says what it lacks, at its cell
            import_module(name)


def _imported(template: Path) -> set[str]:
    names: set[str] = set()
    for source, _ in _code_cells(template):
        with suppress(SyntaxError):
            for node in ast.walk(ast.parse(source)):
                if isinstance(node, ast.Import):
                    names |= {alias.name for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module:
                    names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def _assigned(source: str) -> set[str]:
    targets: list[ast.expr] = []
    for line in ast.parse(source).body:
        if isinstance(line, ast.Assign):
            targets += line.targets
        elif isinstance(line, ast.AnnAssign):
            targets.append(line.target)
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _code_cells(template: Path) -> list[tuple[str, list[str]]]:
    """Return source and tags of every code cell."""
    import nbformat  # noqa: PLC0415  a build with nothing to run need not pay

    shown = f"notebooks/{template.name}"
    if not template.is_file():
        raise TemplateError(f"{shown}：没有这个笔记本。")
    try:
        cells = nbformat.read(template, as_version=4).cells  # type: ignore[no-untyped-call]
    except Exception as error:
        raise TemplateError(
            f"{shown}：不是 Jupyter 笔记本（{type(error).__name__}）；请从备份恢复，或重新保存。"
        ) from None
    return [(cell.source, cell.metadata.get("tags", [])) for cell in cells if cell.cell_type == "code"]
