"""The same accounts, built in two places, give the same site to the last byte."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path

import pytest
from read_back import contents


def test_two_builds_in_two_places_give_the_same_bytes(
    pytestconfig: pytest.Config, tmp_path: Path, made, site: Path
) -> None:
    shared = pytestconfig.pluginmanager.get_plugin(str(Path(__file__).parents[1] / "conftest.py"))
    elsewhere: Path = shared.copy_project(tmp_path / "a longer name" / "决算")
    ran = made("build", "--renderer", "embedded", cwd=elsewhere)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    once, again = contents(site), contents(elsewhere / "_site")
    assert sorted(once) == sorted(again)
    assert [_difference(name, once[name], again[name]) for name in once if once[name] != again[name]] == []


def _difference(name: str, one: bytes, other: bytes) -> str:
    offset = next(place for place, pair in enumerate(zip_longest(one, other)) if pair[0] != pair[1])
    around = slice(max(0, offset - 20), offset + 20)
    return f"{name}, byte {offset}: {one[around]!r} and {other[around]!r}"
