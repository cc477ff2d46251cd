"""Chinese type for the charts, whatever the machine has installed."""

from __future__ import annotations

CHART_FONTS = (
    "'Noto Sans SC', 'Noto Sans CJK SC', 'Source Han Sans SC', 'Microsoft YaHei', 'PingFang SC', SimHei, sans-serif"
)
