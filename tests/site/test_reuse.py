"""Nothing is reused that is no longer true: a site that was built on, edit after edit, is the site built from nothing."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from read_back import contents

from juesuan.synthetic import make_demo

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., subprocess.CompletedProcess[str]]
TIME = "1735689600"
FIRST, OTHER = "shili-zfb", "shili-qing-xi-zf"


@dataclass(frozen=True)
class Edit:
    """One input changed: a pattern in a file and what takes its place; `reaches` matches the files that may change."""

    file: str
    pattern: str
    new: str
    reaches: str = ""  # all


OF_DATA = [
    Edit(
        f"data/{FIRST}/2024/narrative.md",
        "的主要职能：",
        "的职能有：",
        rf"pages/2024/{FIRST}/|pages/explore/|data/|pages/(charts/)?front",
    ),
    Edit(
        f"data/{OTHER}/2024/source.toml",
        r"retrieved = .*",
        'retrieved = "另行取得"',
        rf"{OTHER}|pages/explore/|pages/(charts/)?front|index",
    ),
    Edit(
        "data/units.csv",
        f"(?<={OTHER},)[^,]*",
        "示例县青溪乡人民政府",
        rf"{OTHER}|pages/explore/|data/|index|pages/(charts/)?front",
    ),
    Edit("data/cpi.csv", r"(?<=2024,)[\d.]+", "103.1", r"pages/explore/|data/"),
]
OF_THE_HOUSE = [
    Edit("notebooks/checklist.ipynb", "## 公开期限", "## 公开的期限", r"/checklist\.html$"),
    Edit("report/filters/typst.lua", "size: 10.5pt", "size: 10pt", r"\.pdf$"),
    Edit("report/filters/word.lua", '"Table Note"', '"Compact"', r"\.docx$|report/"),
    Edit("report/html/template.html", "</body>", "<!-- 新 --></body>", r"\.html$"),
    Edit("report/html/site.css", r"\Z", "\n/* 新 */\n", r"report/html/site.css"),
    Edit("index.qmd", r"\Z", "\n新的一段。\n", r"index.html"),
]
OF_THE_WORDS = [
    Edit("report/sections/income.md", r"\Z", "\n\n新的一句。\n"),
    Edit("report/terms.toml", "本级财政当年拨给单位", "财政当年拨给单位"),
    Edit("report/profiles/sichuan-2021.toml", "收入决算", "收入的决算"),
    Edit("_quarto.yml", r"(?m)^  title: .*$", "  title: 新站名"),
]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up county of two offices and one year, free to be changed."""
    place = tmp_path_factory.mktemp("reuse") / "county"
    make_demo(ROOT, place, 2, range(2024, 2025), 5)
    return place


def build(place: Path, juesuan: Run) -> dict[str, bytes]:
    """Build what changed, and return the site."""
    ran = juesuan("build", "--renderer", "embedded", cwd=place, JUESUAN_ROOT=str(place), SOURCE_DATE_EPOCH=TIME)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return contents(place / "_site")


def built_from_nothing(place: Path, to: Path, juesuan: Run) -> dict[str, bytes]:
    shutil.copytree(place, to, ignore=shutil.ignore_patterns("build", "pages", "_site"))
    return build(to, juesuan)


def change(place: Path, edit: Edit) -> None:
    path = place / edit.file
    text = path.read_text(encoding="utf-8")
    changed = re.sub(edit.pattern, lambda _: edit.new, text, count=1)
    assert changed != text, f"{edit.file} no longer holds {edit.pattern}"
    path.write_text(changed, encoding="utf-8")
    if path.suffix == ".ipynb":
        json.loads(changed)


def differing(before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    return sorted(name for name in {*before, *after} if before.get(name) != after.get(name))


def test_every_input_is_seen_and_the_site_is_what_it_would_be_from_nothing(
    county: Path, tmp_path: Path, juesuan: Run
) -> None:
    site = build(county, juesuan)
    for name, edits in {"data": OF_DATA, "house": OF_THE_HOUSE, "words": OF_THE_WORDS}.items():
        for edit in edits:
            change(county, edit)
        made = build(county, juesuan)
        changed = differing(site, made)
        for edit in edits:
            reached = [one for one in changed if re.search(edit.reaches, one)]
            assert reached, f"nothing follows {edit.file}"
        beyond = [one for one in changed if not any(re.search(edit.reaches, one) for edit in edits)]
        assert beyond == [], f"{name} reached too far"
        assert differing(made, built_from_nothing(county, tmp_path / name, juesuan)) == []
        site = made
