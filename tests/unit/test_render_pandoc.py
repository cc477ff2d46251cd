"""Pandoc kept warm makes the bytes that a new pandoc makes, whatever came before."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from dataclasses import replace
from pathlib import Path

import pypandoc
import pytest

from juesuan.paths import find_root
from juesuan.render import pandoc
from juesuan.render.pandoc import Conversion, PandocError, convert

SOURCE = "markdown-smart-yaml_metadata_block+east_asian_line_breaks"
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"
)
TEXT = """---
不是: 元数据
---

# 一、收入 {#sec}

第一行是中文
第二行也是，*强调*
**加粗**之后 Latin
words
再是中文。脚注[^1]，“引号”与 "quotes"，$x^2$，`代码`，<https://example.org>。

> 引文
> 换行

1. 甲
2. 乙

   段

- 丙

```python
def f(): return 1
```

词
:   释义

| 项目 | 数 |
|:-----|---:|
| 甲   | 1.00 |

: 表题

![图1](p.png){width=50% fig-alt="说明"}

[某数]{.fact data-fact="income.2021"}

::: {.content-visible when-format="html"}
只在网页
:::

```{=html}
<table><tr><td>格</td></tr></table>
```

[^1]: 注。
"""


@pytest.fixture
def page(tmp_path: Path) -> Conversion:
    (tmp_path / "p.png").write_bytes(PICTURE)
    return Conversion(
        text=TEXT,
        source=SOURCE,
        to="html5",
        output=tmp_path / "warm",
        folder=tmp_path,
        resource_path=[tmp_path],
        metadata={
            "title": "某局2021年度部门决算",
            "lang": "zh-Hans",
            "toc": True,
            "other-formats": [{"href": "a.docx", "text": "Word"}],
        },
        filters=[find_root() / "report/filters/embedded.lua"],
        source_date_epoch="1609459200",
        toc_depth=2,
    )


def in_format(page: Conversion, to: str) -> Conversion:
    report = find_root() / "report"
    filters = [report / "filters/embedded.lua"]
    if to == "html5":
        return replace(page, to=to, template=report / "html/template.html")
    filters += [report / "filters/headings.lua", report / f"filters/{'word' if to == 'docx' else to}.lua"]
    if to == "docx":
        return replace(page, to=to, filters=filters, reference=report / "word/reference.docx")
    return replace(page, to=to, filters=filters, template=report / "typst/template.typ")


def by_command(page: Conversion) -> bytes:
    """Return what `pandoc` on its command line makes of it."""
    metadata, output = page.folder / "metadata.json", page.folder / "cold"
    metadata.write_text(json.dumps(page.metadata), encoding="utf-8")
    command = [pypandoc.get_pandoc_path(), f"--from={page.source}", f"--to={page.to}", "--standalone", "--wrap=none"]
    command += [f"--metadata-file={metadata}", f"--resource-path={page.folder}", f"--output={output}"]
    command += ["--toc", f"--toc-depth={page.toc_depth}", *(f"--lua-filter={path}" for path in page.filters)]
    command += [f"--template={page.template}"] if page.template else []
    command += [f"--reference-doc={page.reference}"] if page.reference else []
    environment = {**os.environ, "SOURCE_DATE_EPOCH": page.source_date_epoch}
    subprocess.run(command, input=page.text.encode(), env=environment, cwd=page.folder, check=True)
    return output.read_bytes()


@pytest.mark.parametrize("to", ["html5", "docx", "typst"])
def test_a_warm_pandoc_writes_what_a_new_one_writes(page: Conversion, to: str) -> None:
    asked = in_format(page, to)
    convert(asked)
    assert asked.output.read_bytes() == by_command(asked)


def test_nothing_of_one_page_is_left_in_the_next(page: Conversion, tmp_path: Path) -> None:
    first = in_format(page, "docx")
    convert(first)
    elsewhere = tmp_path / "other"
    elsewhere.mkdir()
    (elsewhere / "p.png").write_bytes(PICTURE[:-12] + b"\0\0\0\0tEXt" + PICTURE[-12:])  # another picture of that name
    second = replace(
        first,
        folder=elsewhere,
        resource_path=[elsewhere],
        output=elsewhere / "warm",
        metadata={"lang": "en"},
        source_date_epoch="86400",
    )
    convert(second)
    assert second.output.read_bytes() == by_command(second)
    convert(first)
    assert first.output.read_bytes() == by_command(first)


@pytest.mark.parametrize("to", ["html5", "docx", "typst"])
def test_metadata_is_what_a_new_pandoc_reads_on_every_page(page: Conversion, to: str, tmp_path: Path) -> None:
    in_place = tmp_path / "in-place.lua"
    in_place.write_text(
        "function Meta(meta) meta.title:insert(1, pandoc.Str('改')); meta['site-title']:insert(pandoc.Str('改')); return meta end",
        encoding="utf-8",
    )
    asked = replace(in_format(page, to), text="段。\n")
    common = {
        "site-title": "*某* 站",
        "toc": True,
        "charts": False,
        "navigation": [{"href": "a.html", "text": "甲 & 乙"}],
    }
    others = [
        {"title": "第一行\n第二行"},
        {"title": "Two\nlines", "charts": True},
        {"title": "*某* 站", "navigation": []},
    ]
    for own in [*others, *others]:
        made = replace(asked, metadata={**common, **own})
        convert(made)
        assert made.output.read_bytes() == by_command(made)
        convert(replace(made, filters=[*made.filters, in_place]))


def test_a_template_and_what_it_takes_in_may_change_between_pages(page: Conversion, tmp_path: Path) -> None:
    template, partial = tmp_path / "page.html", tmp_path / "part.html"
    asked = replace(page, template=template)
    for text, part in (("$title$", ""), ("$title$$part()$", "甲"), ("$title$$part()$", "乙"), ("$title$", "")):
        template.write_text(text, encoding="utf-8")
        partial.write_text(part, encoding="utf-8")
        convert(asked)
        assert asked.output.read_bytes() == by_command(asked)


def test_a_refused_page_says_why_and_the_next_is_made(page: Conversion, tmp_path: Path) -> None:
    bad = tmp_path / "bad.lua"
    bad.write_text("function Para() error('坏了') end", encoding="utf-8")
    with pytest.raises(PandocError, match="坏了"):
        convert(replace(page, filters=[bad]))
    assert not page.output.exists()
    convert(page)
    assert page.output.exists()


def test_a_process_that_ended_is_told_and_replaced(page: Conversion) -> None:
    convert(page)
    process = pandoc._idle[-1]
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    with pytest.raises(PandocError, match="意外结束"):
        convert(page)
    convert(page)
    assert pandoc._idle[-1].pid != process.pid


def test_a_forked_process_asks_a_pandoc_of_its_own(page: Conversion) -> None:
    convert(page)
    child = os.fork()
    if child == 0:
        os._exit(len(pandoc._idle))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert pandoc._idle
