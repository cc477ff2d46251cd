"""Facts become things that can be shown: sentences, tables, charts, and the one door through which they are shown."""

from juesuan.present.charts import Chart
from juesuan.present.charts_bars import Bar, ExecutionItem, execution_bars, ranked_bars
from juesuan.present.charts_columns import ChangeGroup, Step, change_columns, waterfall
from juesuan.present.charts_lines import Series, trend_lines
from juesuan.present.charts_pie import Slice, structure_pie
from juesuan.present.display import LedgerView, Text, fact_span
from juesuan.present.tables import Column, Row, Table, make_table
from juesuan.present.theme import enable_theme

__all__ = [
    "Bar",
    "ChangeGroup",
    "Chart",
    "Column",
    "ExecutionItem",
    "LedgerView",
    "Row",
    "Series",
    "Slice",
    "Step",
    "Table",
    "Text",
    "change_columns",
    "enable_theme",
    "execution_bars",
    "fact_span",
    "make_table",
    "ranked_bars",
    "structure_pie",
    "trend_lines",
    "waterfall",
]
