"""Facts become things that can be shown: sentences, tables, charts, and the one door through which they are shown."""

from juesuan.present.display import LedgerView, Text, fact_span
from juesuan.present.tables import Table, make_table
from juesuan.present.tables_model import Column, Row

__all__ = ["Column", "LedgerView", "Row", "Table", "Text", "fact_span", "make_table"]
