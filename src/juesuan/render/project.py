"""The site as `_quarto.yml` describes it: which pages, in which formats, with which options."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from juesuan.render.patterns import files_matching

EXTENSIONS = {"html": ".html", "docx": ".docx", "typst": ".pdf"}


class ProjectError(ValueError):
    """`_quarto.yml` or a page's front matter cannot be used."""


@dataclass(frozen=True)
class Page:
    """One page: its source below the root, its front matter, the formats it asks for."""

    source: Path
    front: dict[str, Any]

    @property
    def formats(self) -> list[str]:
        """The formats named in the front matter; html where it names none."""
        stated = self.front.get("format", "html")
        return [stated] if isinstance(stated, str) else list(stated)

    def output(self, to: str) -> Path:
        """Return where the page lies in the site."""
        return self.source.with_suffix(EXTENSIONS[to])


@dataclass(frozen=True)
class SiteProject:
    """A Quarto website project."""

    root: Path
    stated: dict[str, Any]

    @property
    def title(self) -> str:
        """The site's title."""
        return str(self.stated["website"]["title"])

    @property
    def navigation(self) -> list[dict[str, str]]:
        """The links of the navigation bar: href (as written) and text."""
        return list(self.stated["website"].get("navbar", {}).get("left", []))

    @property
    def resources(self) -> list[str]:
        """Patterns of files that are copied as they are."""
        return [pattern.lstrip("/") for pattern in self.stated["project"].get("resources", [])]

    @property
    def sources(self) -> list[Path]:
        """The pages' sources, below the root, in the order of `render`."""
        found: list[Path] = []
        for pattern in self.stated["project"]["render"]:
            found += files_matching(self.root, [pattern.lstrip("/")])
        return list(dict.fromkeys(found))

    def options(self, page: Page, to: str) -> dict[str, Any]:
        """Return a format's options, nearest last as Quarto merges them: project, project's format, page, page's format."""
        top = {key: value for key, value in self.stated.items() if key not in ("project", "website", "format")}
        own = {key: value for key, value in page.front.items() if key != "format"}
        return {**top, **_format(self.stated, to), **own, **_format(page.front, to)}


def read_project(root: Path) -> SiteProject:
    """Return the project at `root`; raises `ProjectError` where `_quarto.yml` is missing or not a website's."""
    path = root / "_quarto.yml"
    try:
        stated = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ProjectError(f"{path}：没有这个文件；应为 Quarto 网站项目的描述。") from None
    except yaml.YAMLError as error:
        raise ProjectError(f"{path}：不是 YAML：{error}；请改正。") from None
    for key, of in (("project", "render"), ("website", "title")):
        if not isinstance(stated, dict) or of not in stated.get(key, {}):
            raise ProjectError(f"{path}：缺少 {key}.{of}；请补上。")
    return SiteProject(root, stated)


def _format(stated: dict[str, Any], to: str) -> dict[str, Any]:
    formats = stated.get("format", {})
    options = formats.get(to, {}) if isinstance(formats, dict) else {}
    return options if isinstance(options, dict) else {}
