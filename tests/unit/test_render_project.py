"""`_quarto.yml` is one description for two renderers: it stays within what Quarto knows."""

from pathlib import Path

import pytest
import yaml

from juesuan.paths import find_root
from juesuan.render.project import Page, ProjectError, SiteProject, read_project

# Names from src/resources/schema/*.yml of quarto-cli; a misspelt key is ignored by Quarto without a word.
TOP = {"project", "website", "lang", "execute", "format"}
PROJECT = {"type", "output-dir", "render", "resources"}
WEBSITE = {"title", "search", "page-navigation", "navbar"}
SHARED = {"toc", "toc-title", "toc-depth", "filters", "shift-heading-level-by"}
FORMATS = {
    "html": SHARED
    | {
        "theme",
        "css",
        "html-math-method",
        "code-copy",
        "anchor-sections",
        "include-after-body",
        "include-in-header",
        "search",
        "format-links",
    },
    "docx": SHARED | {"reference-doc"},
    "typst": SHARED | {"papersize", "font-paths", "template-partials", "pdf-standard"},
}
PARTIALS = {
    "numbering.typ",
    "definitions.typ",
    "typst-template.typ",
    "page.typ",
    "typst-show.typ",
    "notes.typ",
    "biblio.typ",
}


@pytest.fixture
def stated():
    return yaml.safe_load((find_root() / "_quarto.yml").read_text(encoding="utf-8"))


def test_every_key_is_one_that_quarto_knows(stated):
    assert set(stated) <= TOP
    assert set(stated["project"]) <= PROJECT
    assert set(stated["website"]) <= WEBSITE
    for name, options in stated["format"].items():
        assert set(options) <= FORMATS[name], name


def test_no_key_is_given_twice():
    class Strict(yaml.SafeLoader):
        def construct_mapping(self, node, deep=False):
            keys = [key.value for key, _ in node.value]
            assert len(keys) == len(set(keys)), keys
            return super().construct_mapping(node, deep)

    yaml.load((find_root() / "_quarto.yml").read_text(encoding="utf-8"), Strict)


def test_every_file_that_a_format_names_exists(stated):
    formats = stated["format"]
    named = [*formats["html"]["css"], formats["docx"]["reference-doc"], *formats["typst"]["template-partials"]]
    named += [name for options in formats.values() for name in options.get("filters", [])]
    assert [name for name in named if not (find_root() / name).is_file()] == []


def test_partials_bear_the_names_of_those_they_replace(stated):
    assert {Path(name).name for name in stated["format"]["typst"]["template-partials"]} <= PARTIALS


def test_quarto_executes_nothing_and_shows_no_code(stated):
    assert stated["execute"] == {"enabled": False, "echo": False}


def test_what_is_nearest_to_the_page_wins():
    project = SiteProject(Path(), {"lang": "zh", "format": {"html": {"toc": True, "toc-depth": 3}}})
    page = Page(Path("a.qmd"), {"toc": False, "format": {"html": {"toc-depth": 1}}})
    assert project.options(page, "html") == {"lang": "zh", "toc": False, "toc-depth": 1}


def test_pages_lie_in_the_site_as_their_sources_lie_in_the_project():
    page = Page(Path("pages/2021/x/report.ipynb"), {"format": {"html": "default", "typst": "default"}})
    assert [page.output(to).as_posix() for to in page.formats] == [
        "pages/2021/x/report.html",
        "pages/2021/x/report.pdf",
    ]


@pytest.mark.parametrize(
    ("text", "says"), [("project: [", "不是 YAML"), ("project:\n  type: website\n", "缺少 project.render")]
)
def test_a_faulty_description_is_refused_with_its_place(tmp_path, text, says):
    (tmp_path / "_quarto.yml").write_text(text, encoding="utf-8")
    with pytest.raises(ProjectError, match=says):
        read_project(tmp_path)


def test_a_missing_description_is_named(tmp_path):
    with pytest.raises(ProjectError, match=r"_quarto\.yml：没有这个文件"):
        read_project(tmp_path)
