"""Facts become things that can be shown: sentences, tables, charts, and the one door through which they are shown."""

from juesuan.present.charts import Chart
from juesuan.present.charts_bars import Bar, ExecutionItem, execution_bars, ranked_bars
from juesuan.present.charts_columns import ChangeGroup, Step, change_columns, waterfall
from juesuan.present.charts_lines import Series, trend_lines
from juesuan.present.charts_pie import Slice, structure_pie
from juesuan.present.checklist import CHECKLIST_COLUMNS, Checklist, checklist
from juesuan.present.checklist_words import checklist_conclusion, checklist_totals, disclosure_date
from juesuan.present.display import DataScript, LedgerView, Text, fact_span
from juesuan.present.document import Document, document
from juesuan.present.front import build_note, front_chart, office_cards, year_links
from juesuan.present.narrative import control_totals, notes, paragraph, section, sentence
from juesuan.present.parts import change_groups, execution_items, slices, steps, trend_series, unit_bars
from juesuan.present.profile import ProfileError, read_profile
from juesuan.present.rows import (
    EXECUTION_COLUMNS,
    UNIT_COLUMNS,
    change_table_columns,
    driver_rows,
    driver_table_columns,
    execution_rows,
    headline_rows,
    series_columns,
    series_rows,
    unit_rows,
)
from juesuan.present.search import search_script
from juesuan.present.tables import Column, Row, Table, make_table
from juesuan.present.terms import Term, all_terms, terms_script
from juesuan.present.terms_page import (
    data_sources,
    data_tables,
    glossary,
    price_index,
    renamed_items,
    terms_summary,
)
from juesuan.present.theme import enable_theme
from juesuan.present.views import View, view
from juesuan.present.views_data import (
    catalogue_script,
    details_script,
    findings_script,
    office_script,
    year_script,
)
from juesuan.present.views_tables import office_columns, office_rows
from juesuan.present.views_words import checks_note, office_note

__all__ = [
    "CHECKLIST_COLUMNS",
    "EXECUTION_COLUMNS",
    "UNIT_COLUMNS",
    "Bar",
    "ChangeGroup",
    "Chart",
    "Checklist",
    "Column",
    "DataScript",
    "Document",
    "ExecutionItem",
    "LedgerView",
    "ProfileError",
    "Row",
    "Series",
    "Slice",
    "Step",
    "Table",
    "Term",
    "Text",
    "View",
    "all_terms",
    "build_note",
    "catalogue_script",
    "change_columns",
    "change_groups",
    "change_table_columns",
    "checklist",
    "checklist_conclusion",
    "checklist_totals",
    "checks_note",
    "control_totals",
    "data_sources",
    "data_tables",
    "details_script",
    "disclosure_date",
    "document",
    "driver_rows",
    "driver_table_columns",
    "enable_theme",
    "execution_bars",
    "execution_items",
    "execution_rows",
    "fact_span",
    "findings_script",
    "front_chart",
    "glossary",
    "headline_rows",
    "make_table",
    "notes",
    "office_cards",
    "office_columns",
    "office_note",
    "office_rows",
    "office_script",
    "paragraph",
    "price_index",
    "ranked_bars",
    "read_profile",
    "renamed_items",
    "search_script",
    "section",
    "sentence",
    "series_columns",
    "series_rows",
    "slices",
    "steps",
    "structure_pie",
    "terms_script",
    "terms_summary",
    "trend_lines",
    "trend_series",
    "unit_bars",
    "unit_rows",
    "view",
    "waterfall",
    "year_links",
    "year_script",
]
