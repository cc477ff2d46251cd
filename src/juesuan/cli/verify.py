"""`juesuan verify`: nothing unaccounted. What was found in each finished file, as tables or as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from juesuan.cli.coverage import show_results
from juesuan.cli.voice import COULD_NOT_RUN, FAULTY, Voice
from juesuan.paths import find_project
from juesuan.verify import NothingToVerifyError, result_record, verify_site


def verify(
    data: Annotated[
        Path | None, typer.Option("--data", help="数据文件夹；默认为项目的 data/", show_default=False)
    ] = None,
    site: Annotated[Path | None, typer.Option("--site", help="站点；默认为项目的 _site/", show_default=False)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON，供程序读取")] = False,
) -> None:
    """逐个核对成品文件中的数字：每个数字都有出处，该印的都印了。"""
    project, voice = find_project(data, site), Voice()
    try:
        results = verify_site(project)
    except NothingToVerifyError as error:
        voice.errors.print(str(error), markup=False)
        raise typer.Exit(COULD_NOT_RUN) from None
    if as_json:
        print(json.dumps([result_record(one) for one in results], ensure_ascii=False, indent=1))
    else:
        show_results(results, project, voice)
    raise typer.Exit(0 if all(one.good for one in results) else FAULTY)
