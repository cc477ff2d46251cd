"""Rows of a frame: whole numbers stay whole, what is missing is None, a table is turned once."""

from fractions import Fraction

import pandas as pd

from juesuan.rules import Records

FRAME = pd.DataFrame(
    {
        "item": ["a", None],
        "final_fen": pd.array([2**53 + 1, None], dtype="Int64"),
        "value": pd.Series([Fraction(1, 3), float("nan")], dtype="object"),
        "source_row": [2, 3],
    }
)


def test_missing_cell_is_none_and_a_whole_number_beside_it_is_exact() -> None:
    assert Records({"one": FRAME})["one"] == [
        {"item": "a", "final_fen": 2**53 + 1, "value": Fraction(1, 3), "source_row": 2},
        {"item": None, "final_fen": None, "value": None, "source_row": 3},
    ]


def test_table_that_was_not_published_is_not_there_and_an_empty_one_has_no_rows() -> None:
    records = Records({"one": FRAME.iloc[:0]})
    assert list(records) == ["one"]
    assert records["one"] == []
    assert "other" not in records
    assert records.get("other") is None


def test_table_is_turned_into_rows_once() -> None:
    records = Records({"one": FRAME})
    assert records["one"] is records["one"]
