"""Tells people and machines what `data/` holds: `data/README.md` and `data/datapackage.json`, both from the schema."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from juesuan.money import FEN_PER_UNIT
from juesuan.schema import ORIGINS, PRICE_INDEX, UNITS, YEAR_TABLES, Column, Table, classification_table

_TYPE_NAMES = {
    "text": "文字",
    "code": "编码",
    "choice": "选项",
    "amount": "金额",
    "number": "数字",
    "year": "年度",
}
_FRICTIONLESS_TYPES = {"amount": "number", "number": "number", "year": "integer"}
_YEAR_FILES = {**YEAR_TABLES, ORIGINS.name: ORIGINS}
_CLASSIFICATIONS = (classification_table("function"), classification_table("economic"))
PASSAGES = {
    "functions": "主要职能",
    "work": "当年重点工作",
    "organisation": "机构设置",
    "reason.total": "收支总计变动原因",
    "reason.fiscal": "财政拨款变动原因",
    "reason.general_public": "一般公共预算支出变动原因",
    "reason.general_public.budget": "一般公共预算支出决算与预算不同的原因",
    "reason.function.<项级科目编码>": "该科目决算与预算不同的原因",
    "purpose.function.<项级科目编码>": "该科目的用途",
    "reason.three_public.budget": "“三公”经费决算与预算不同的原因",
    "reason.three_public": "“三公”经费变动原因",
    "purpose.three_public.reception": "公务接待费的用途",
    "reason.operating_funds": "机关运行经费变动原因",
    "performance.management": "绩效管理开展情况",
    "performance.project": "项目完成情况",
    "annex.overall": "整体支出评价结论",
    "annex.project": "项目评价结论",
}
_INTRODUCTION = f"""# 数据字典

本文件由 `juesuan schema` 按 `src/juesuan/schema.py` 写成，请勿手改；`datapackage.json` 同此。

## 文件夹

- `units.csv`：单位名录。`classification/function.csv`、`classification/economic.csv`：科目表。
- `cpi.csv`（可以没有）：居民消费价格指数。`site.toml`（可以没有）：全站各页都要印出的字样，只有一个键，如 `mark = "示例数据"`。
- `<单位编号>/<年度>/`：一个单位一年的决算。单位编号须在 `units.csv` 中，年度为四位数字（`2021`，不写“2021年”）。
- 每个年度文件夹必有 `source.toml` 和至少一张表；表公开了才有，没有文件即“未公开”。由本站出报告的单位应有 `totals.csv`，没有则提醒。
- 只有总数的年度：只放 `totals.csv` 和 `source.toml`。这一年不作明细分析，只用来与下一年比较。
- 不全的年度：收入、支出两表（`revenue.csv`、`expenditure.csv`）缺了任何一张。只印出结构的，填在 `totals.csv`；只按类印出的，填 `classes.csv`；只有“三公”的，填 `three_public.csv`，没有分项的填 `totals.csv`。
- 不由本站出报告的单位：`units.csv` 的 `profile` 空着，只用来与别的单位比较。

## 怎样填

- **金额**：以 `source.toml` 的 `amount_unit`（{"、".join(FEN_PER_UNIT)}）为单位，小数不多于 `decimals` 位。可写千分位（`1,234.56`，含逗号须加引号）和全角数字；负数只许用在标明“可为负”的列。
- **空白**：未公开，不是零。没有发生填 `0`。只有“可空白”的列可以空着；其余的列缺了数，整行删去。
- **没有的行**：标明“没有的行按零计”的表，少一行即没有发生；其他的表，少一行即未公开。
- **选项**：填代码（如 `general_public`）或中文名（如“一般公共预算财政拨款”）。
- **编码**：按文字存，不丢前面的零；科目须在 `classification/` 中，新设的先补科目表并写明依据。
- **存盘**：CSV，UTF-8（有无 BOM 均可）；WPS、Excel 存成的 GBK 也能读，但别的工具未必。列的次序不限，列名不能改。
- **舍入**：合计与各项之和只差在末位、可由四舍五入解释的，不算差错。
"""
_SOURCE_AND_WORDS = """## source.toml：数字的出处

| 键 | 含义 | 必填 |
|---|---|---|
| `amount_unit` | 金额单位：{units} | 是 |
| `decimals` | 金额的小数位数，0 到 6 | 是 |
| `title` | 所据文件的标题 | 否 |
| `publisher` | 公开者 | 否 |
| `retrieved` | 取得了文件的哪些部分 | 否 |
| `approved` | 批复日期：财政部门批复决算的日子，写成 `2022-09-01` | 否，不知道就不写；写了才能推算公开期限（批复后二十日内） |
| `published` | 公开日期，写法同上；晚于期限或早于批复则提醒 | 否，不知道就不写 |
| `[files.<表名>]` 的 `from` | 这张表取自文件何处 | 写了 `title` 就应有，缺则提醒 |
| `[files.<表名>]` 的 `derived` | `true` 表示由推算得来，非原文所印 | 否 |
| `[files.<表名>]` 的 `note` | 推算的办法、原文的疑误 | 否 |

## narrative.md：单位自己的话

可以没有。每段一个标题，写成 `## 主要职能 {{#functions}}`，花括号里是键：

| 键 | 内容 |
|---|---|
{passages}

段落中的数字照原文写，会与出处一同列入数字清单；没有的段，报告里不写。

`juesuan new` 从上年抄来的段，标题下有一行 `<!-- 待修订：2021年 -->`。改写后删去这一行；没有变化的也删去。这一行还在，`juesuan check` 就把这一段列为差错，报告不生成。没有这一行、却提到上一年的句子，会提醒核对。
"""


def data_dictionary() -> str:
    """Return `data/README.md`: every table, what a row is, its columns, and how a folder is filled in."""
    passages = "\n".join(f"| `{key}` | {title} |" for key, title in PASSAGES.items())
    parts = [_INTRODUCTION, _SOURCE_AND_WORDS.format(units="、".join(FEN_PER_UNIT), passages=passages)]
    parts += [_table_entry("units.csv", UNITS)]
    parts += [_table_entry(f"classification/{table.file}", table) for table in _CLASSIFICATIONS]
    parts += [_table_entry(PRICE_INDEX.file, PRICE_INDEX)]
    parts += [_table_entry(f"<单位编号>/<年度>/{table.file}", table) for table in _YEAR_FILES.values()]
    return "\n".join(parts)


def data_package(data: Path) -> dict[str, Any]:
    """Return a Frictionless data package (v1) with one resource for each known CSV file found in `data`."""
    return {
        "profile": "data-package",
        "name": "juesuan-data",
        "title": "部门决算数据",
        "description": "由 juesuan schema 写成，请勿手改；金额的单位见同文件夹 source.toml 的 amount_unit。",
        "resources": [_resource(path, table) for path, table in _files(data)],
    }


def write_descriptions(data: Path) -> list[Path]:
    """Write `README.md` and `datapackage.json` into `data`, each whole or not at all; return their paths."""
    package = json.dumps(data_package(data), ensure_ascii=False, indent=1) + "\n"
    return [
        _put_in_place(data / "README.md", data_dictionary()),
        _put_in_place(data / "datapackage.json", package),
    ]


def _put_in_place(path: Path, text: str) -> Path:
    aside = path.with_name(f".{path.name}.new")
    aside.write_text(text, encoding="utf-8", newline="\n")
    return aside.replace(path)


def _table_entry(file: str, table: Table) -> str:
    need = "必有此文件" if table.required else "可以没有此文件"
    if table.name in YEAR_TABLES:
        need += "；没有的行按零计" if table.sparse else "；没有的行是未公开"
    key = "、".join(f"`{name}`" for name in table.key)
    rows = "\n".join(_column_row(column) for column in table.columns)
    return (
        f"## {table.title}：`{file}`\n\n一行是：{table.row_is}。{need}；键：{key}（不可重复）。\n\n"
        f"| 名称 | 含义 | 类型 | 可否空白 | 取值 |\n|---|---|---|---|---|\n{rows}\n"
    )


def _column_row(column: Column) -> str:
    blank = "可空白" if column.blank else "必填"
    return f"| `{column.name}` | {column.title} | {_TYPE_NAMES[column.type]} | {blank} | {_values(column)} |"


def _values(column: Column) -> str:
    if column.choices:
        return "<br>".join(f"`{key}` {name}" for key, name in column.choices.items())
    if column.classification:
        return f"`classification/{column.classification}.csv` 中的编码"
    if column.type == "amount":
        return "可为负" if column.signed else "不为负"
    return {"number": "不为负", "year": "四位年度"}.get(column.type, "")


def _files(data: Path) -> Iterator[tuple[str, Table]]:
    places = [("units.csv", UNITS)]
    places += [(f"classification/{table.file}", table) for table in _CLASSIFICATIONS]
    places += [(PRICE_INDEX.file, PRICE_INDEX)]
    for year in sorted(path for path in data.glob("*/*") if path.is_dir()):
        places += [((year / table.file).relative_to(data).as_posix(), table) for table in _YEAR_FILES.values()]
    return ((path, table) for path, table in places if (data / path).is_file())


def _resource(path: str, table: Table) -> dict[str, Any]:
    return {
        "name": _resource_name(path),
        "title": table.title,
        "description": f"一行是：{table.row_is}",
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": _table_schema(table),
    }


def _resource_name(path: str) -> str:
    return path.removesuffix(".csv").lower().replace("/", "-")


def _table_schema(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    references = [_reference(column) for column in table.columns if column.classification]
    return {**schema, "foreignKeys": references} if references else schema


def _reference(column: Column) -> dict[str, Any]:
    resource = f"classification-{column.classification}"
    return {"fields": [column.name], "reference": {"resource": resource, "fields": ["code"]}}


def _field(column: Column) -> dict[str, Any]:
    kind = _FRICTIONLESS_TYPES.get(column.type, "string")
    constraints: dict[str, Any] = {} if column.blank else {"required": True}
    if column.choices:
        constraints["enum"] = [*column.choices, *column.choices.values()]
    if kind == "number" and not column.signed:
        constraints["minimum"] = 0
    field: dict[str, Any] = {"name": column.name, "title": column.title, "type": kind}
    if kind == "number":
        field["groupChar"] = ","
    return {**field, "constraints": constraints} if constraints else field
