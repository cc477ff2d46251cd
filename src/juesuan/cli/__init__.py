"""The command `juesuan`: thin commands over the rooms of the house."""

from juesuan.cli.commands import main

__all__ = ["main"]
