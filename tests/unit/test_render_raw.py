"""Raw HTML comes out of the renderer as pandoc would have written it."""

from pathlib import Path

import pytest

from juesuan.paths import find_root
from juesuan.render import embedded
from juesuan.render.project import Page, read_project
from juesuan.render.raw import with_raw, without_raw

TEXT = """# 一、收入

```{=html}
<p>甲</p>

<pre>
  空格   与 \\1 和 \\g<0>
</pre>
```

- 项

    ````{=html}
    <b>在列表中</b>
    ````

::: {.content-visible when-format="html"}
````{=html}
```
不是围栏
```
````
:::

`行内`{=html}，末尾。
"""


def test_a_page_with_raw_html_is_what_pandoc_makes_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    for held in (without_raw, lambda text: (text, [])):
        monkeypatch.setattr(embedded, "without_raw", held)
        task = embedded.Task(Page(Path("index.qmd"), {"title": "页"}), TEXT, "html")
        made.append(embedded.render_page(read_project(find_root()), task, tmp_path).read_text(encoding="utf-8"))
    assert made[0] == made[1]
    assert "  空格   与 \\1 和 \\g<0>" in made[0]


def test_blocks_come_back_in_their_places() -> None:
    text, blocks = without_raw(TEXT)
    assert len(blocks) == 2
    assert with_raw(text, blocks) == TEXT


def test_a_page_that_holds_such_marks_itself_is_left_alone() -> None:
    text = f"\ue0000\ue001\n\n{TEXT}"
    assert without_raw(text) == (text, [])
