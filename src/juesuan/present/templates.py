"""Templates of sentences: what they may call, and what is said where they ask for something that there is not."""

from __future__ import annotations

import marshal
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import jinja2
from jinja2.sandbox import SandboxedEnvironment

from juesuan.facts import Findings, UnknownFactError
from juesuan.present.findings_words import FindingsWording
from juesuan.present.kept import Kept
from juesuan.present.wording import Wording, because_words

_TEMPLATES = 1024
# An office's own words ask for figures and nothing else, and no other office has them: they are not worth compiling.
_FIGURE = re.compile(r'\{\{ fact\("([^"\\\n]*)"\) \}\}')
_OTHER_NOTATION = re.compile(r"[{\r]")


class SectionError(ValueError):
    """A section cannot be written; the message says which file and what to do."""


@dataclass(frozen=True)
class Writer:
    """Fills in templates for one office and year."""

    findings: Findings

    def fill(self, template: str, where: str, more: Mapping[str, Any] | None = None) -> str:
        """Return `template` with its figures; `more` are names that this one may use besides. Raises `SectionError`."""
        vocabulary = {**self._vocabulary(), **(more or {})}
        try:
            if not _OTHER_NOTATION.search(_FIGURE.sub("", template)):
                return _FIGURE.sub(lambda call: str(vocabulary["fact"](call.group(1))), template)
            return str(compiled(template).render(vocabulary))
        except jinja2.TemplateSyntaxError as error:
            raise SectionError(f"{where} 第 {error.lineno} 行：{error.message}；请改正模板语法。") from None
        except jinja2.UndefinedError as error:
            raise SectionError(f"{where}：{error.message}；可用的名称有 {'、'.join(sorted(vocabulary))}。") from None
        except UnknownFactError as error:
            raise SectionError(f"{where}：{error}") from None

    def words(self, key: str) -> str:
        """Return the office's own passage `key` of narrative.md, empty where it wrote none."""
        text = self.findings.words.get(key)
        return "" if text is None else self.fill(text, f"narrative.md 的 {key}")

    def reason(self, key: str) -> str:
        """Return the office's reason `reason.<key>` without its full stop, empty where it gave none."""
        return self.words(f"reason.{key}").strip().rstrip("。")

    def reason_words(self, key: str) -> str:
        """Give the office's own reason, or say that there is none."""
        return f"单位说明：{self.reason(key)}。" if self.reason(key) else "单位没有说明原因。"

    def because(self, key: str, prefix: str) -> str:
        """Say why the outcome of `prefix` differs from its budget, in the office's words; nothing where it does not."""
        return because_words(self.findings, prefix, self.reason(key))

    def data_sources(self) -> list[dict[str, object]]:
        """Return where each table was taken from, its note filled in."""
        return [
            {
                "table": one.table,
                "title": one.title,
                "derived": one.derived,
                "origin": self._source(one.origin),
                "note": self._source(one.note),
            }
            for one in self.findings.data_sources
        ]

    def _source(self, text: str) -> str:
        return self.fill(text, "source.toml")

    def _vocabulary(self) -> dict[str, Any]:
        own = (self.words, self.reason, self.reason_words, self.because, self.data_sources)
        named = {method.__name__: method for method in own}
        return {**Wording(self.findings).vocabulary(), **FindingsWording(self.findings).vocabulary(), **named}


@lru_cache(maxsize=_TEMPLATES)
def compiled(template: str) -> jinja2.Template:
    """Return a template ready to be filled in: compiling takes twenty times as long as filling in."""
    environment = _environment()
    code = marshal.loads(_bytecode(template))
    return jinja2.Template.from_code(environment, code, environment.make_globals(None))


@Kept
def _bytecode(template: str) -> bytes:
    return marshal.dumps(_environment().compile(template))


@cache
def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(
        undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
