"""The command `juesuan`. Exit status: 0 good, 1 faults found, 2 could not run."""

from __future__ import annotations

import atexit
import gc
import sys
from importlib import import_module

import typer

from juesuan.cli.voice import COULD_NOT_RUN, FAULTY, Voice

_COMMANDS = {
    "check": "data:check",
    "new": "data:new",
    "doctor": "data:doctor",
    "schema": "data:schema",
    "demo": "data:demo",
    "run": "build:run",
    "render": "build:render",
    "build": "build:build",
    "serve": "build:serve",
    "verify": "verify:verify",
    "audit": "audit:audit",
    "facts": "facts:facts",
    "import": "ingest:import_file",
}
"""Where each command stands in this room: only what the one asked for needs is imported, a second less."""
_BETWEEN_COLLECTIONS = 100_000
"""A build makes a million small things and few circles: at Python's own 700 a twentieth of its time goes into looking."""


def command_line(wanted: str = "") -> typer.Typer:
    """Return the command with the subcommand `wanted` alone, or with all where that is none of them."""
    made = typer.Typer(no_args_is_help=True, add_completion=False)
    made.callback(help="部门决算：从一年的账到公开的报告和可比较的站点。")(_with_commands)
    for name in [wanted] if wanted in _COMMANDS else _COMMANDS:
        module, function = _COMMANDS[name].split(":")
        made.command(name)(getattr(import_module(f"juesuan.cli.{module}"), function))
    return made


def _with_commands() -> None:
    """Let a command that stands alone be named still."""


def main() -> None:
    """Run the command; what could not run says why and exits with 2."""
    gc.set_threshold(_BETWEEN_COLLECTIONS)
    atexit.register(
        gc.freeze
    )  # else Python, ending, looks through all there is for circles: half a second after a build
    try:
        command_line(sys.argv[1] if len(sys.argv) > 1 else "")()
    except Exception as error:
        status = _status(error)
        if status is None:
            raise
        Voice().errors.print(str(error), markup=False)
        sys.exit(status)


def _status(error: Exception) -> int | None:
    """Return the exit status for what can happen to anyone; None for a fault of this program."""
    from juesuan.cli.build import COULD_NOT  # noqa: PLC0415  only where something went wrong
    from juesuan.faults import FaultsError  # noqa: PLC0415

    if isinstance(error, FaultsError):
        return FAULTY
    return COULD_NOT_RUN if isinstance(error, COULD_NOT) else None
