"""Chinese type for the charts, whatever the machine has installed."""

from __future__ import annotations

from functools import cache

import pylopdf_fonts_zh_cn
import vl_convert

CHART_FONTS = (
    "'Noto Sans SC', 'Noto Sans CJK SC', 'Source Han Sans SC', 'Microsoft YaHei', 'PingFang SC', SimHei, sans-serif"
)


@cache
def register_fonts() -> None:
    """Let the converter find Noto Sans SC in its package; done once a process, and not at import."""
    vl_convert.register_font_directory(str(pylopdf_fonts_zh_cn.sans_path().parent))
