"""Facts become things that can be shown: sentences, tables, charts, and the one door through which they are shown."""

from juesuan.present.charts import Chart
from juesuan.present.charts_columns import ChangeGroup, Step, change_columns, waterfall
from juesuan.present.display import LedgerView, Text, fact_span
from juesuan.present.tables import Column, Row, Table, make_table
from juesuan.present.theme import enable_theme

__all__ = [
    "ChangeGroup",
    "Chart",
    "Column",
    "LedgerView",
    "Row",
    "Step",
    "Table",
    "Text",
    "change_columns",
    "enable_theme",
    "fact_span",
    "make_table",
    "waterfall",
]
