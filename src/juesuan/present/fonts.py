"""Chinese type for the charts, whatever the machine has installed."""

from __future__ import annotations

import os
from functools import cache

import pylopdf_fonts_zh_cn
import vl_convert

CHART_FONTS = (
    "'Noto Sans SC', 'Noto Sans CJK SC', 'Source Han Sans SC', 'Microsoft YaHei', 'PingFang SC', SimHei, sans-serif"
)


class ForkedConverterError(RuntimeError):
    """A process asks for a drawing after its parent had already drawn: the converter would wait for ever."""


def prepare_converter() -> None:
    """Let the converter find Noto Sans SC in its package; done once a process, and not at import.

    The converter works in a thread of its own, which a fork does not take along. Raises `ForkedConverterError` where
    it would hang.
    """
    starter = _register_fonts()
    if starter != os.getpid():
        raise ForkedConverterError(
            f"进程 {os.getpid()} 画图：其父进程 {starter} 在派生之前已经画过图，转换器在此会一直等待；"
            "请在父进程画图之前派生，或改用 spawn 启动进程。"
        )


@cache
def _register_fonts() -> int:
    vl_convert.register_font_directory(str(pylopdf_fonts_zh_cn.sans_path().parent))
    return os.getpid()
