"""What `data/` says of itself is what the schema says, and other people's tools believe it."""

import json
import re
import shutil
from pathlib import Path

import frictionless
import pytest

from juesuan.describe import PASSAGES, data_dictionary, data_package, write_descriptions
from juesuan.load.narrative_file import parse_narrative
from juesuan.schema import PRICE_INDEX, UNITS, YEAR_TABLES

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
REMEDY = "is not what the schema writes; regenerate it with `juesuan schema` and commit it"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


@pytest.mark.parametrize("name", ["README.md", "datapackage.json"])
def test_the_committed_description_is_what_the_schema_writes(copy: Path, name: str) -> None:
    write_descriptions(copy)
    assert (DATA / name).read_bytes() == (copy / name).read_bytes(), f"data/{name} {REMEDY}"


def test_writing_leaves_nothing_half_done_beside_the_files(copy: Path) -> None:
    before = {path.name for path in copy.iterdir()}
    assert write_descriptions(copy) == [copy / "README.md", copy / "datapackage.json"]
    assert {path.name for path in copy.iterdir()} == before


@pytest.mark.parametrize("table", [UNITS, PRICE_INDEX, *YEAR_TABLES.values()], ids=lambda table: table.name)
def test_the_dictionary_has_a_row_for_every_column_and_every_choice(table) -> None:
    section = data_dictionary().split(f"## {table.title}：")[1].split("\n## ")[0]
    for column in table.columns:
        assert f"| `{column.name}` | {column.title} |" in section
        assert all(f"`{key}` {name}" in section for key, name in (column.choices or {}).items())


def test_the_dictionary_lists_every_passage_that_an_office_wrote_or_a_report_asks_for() -> None:
    asked = re.compile(r"""\b(words|reason|reason_words|because)\("([a-z_.]+)"[,)]""")
    sections = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "report").rglob("*.md"))
    keys = {key if kind == "words" else f"reason.{key}" for kind, key in asked.findall(sections)}
    for path in DATA.glob("*/*/narrative.md"):
        keys |= parse_narrative(path.read_text(encoding="utf-8")).keys()
    keys = {re.sub(r"\d{7}$", "<项级科目编码>", key) for key in keys}
    assert {"functions", "reason.total"} <= keys <= PASSAGES.keys()


def test_every_csv_file_is_a_resource_and_paths_are_relative() -> None:
    described = {resource["path"] for resource in data_package(DATA)["resources"]}
    assert described == {path.relative_to(DATA).as_posix() for path in DATA.rglob("*.csv")}


def test_frictionless_accepts_the_data() -> None:
    report = frictionless.validate(str(DATA / "datapackage.json"))
    assert report.valid, report.flatten(["resourceName", "rowNumber", "fieldName", "message"])


@pytest.mark.parametrize(
    ("file", "good", "bad", "error"),
    [
        ("expenditure.csv", "48.70,48.70", "48.70,48.7O", "type-error"),
        ("expenditure.csv", "48.70,48.70", "48.70,-48.70", "constraint-error"),
        ("expenditure.csv", "118.51,118.51", "118.51,", "constraint-error"),
        ("expenditure.csv", "2010350,", "9999999,", "foreign-key"),
        ("totals.csv", "income.total,", "income.totl,", "constraint-error"),
        ("totals.csv", "expenditure.total,", "income.total,", "primary-key"),
    ],
)
def test_frictionless_refuses_a_damaged_copy(copy: Path, file: str, good: str, bad: str, error: str) -> None:
    path = copy / "nanjiang-zwxx" / "2021" / file
    text = path.read_text(encoding="utf-8")
    assert good in text
    path.write_text(text.replace(good, bad, 1), encoding="utf-8")
    report = frictionless.validate(str(copy / "datapackage.json"))
    assert error in {kind for (kind,) in report.flatten(["type"])}


def test_the_descriptor_follows_the_files_that_are_there(copy: Path) -> None:
    (copy / "nanjiang-zwxx" / "2021" / "projects.csv").unlink()
    write_descriptions(copy)
    package = json.loads((copy / "datapackage.json").read_text(encoding="utf-8"))
    assert "nanjiang-zwxx-2021-projects" not in {resource["name"] for resource in package["resources"]}
    assert frictionless.validate(str(copy / "datapackage.json")).valid
