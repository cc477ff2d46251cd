"""Budget execution: how far a budget was carried out."""

from fractions import Fraction

import pandas as pd
import pytest

from juesuan.analysis import budget_execution


def budgeted(*rows: tuple[str, int | None, int | None, int]) -> pd.DataFrame:
    columns = ["code", "initial_budget_fen", "adjusted_budget_fen", "final_fen"]
    amounts = dict.fromkeys(columns[1:], "Int64")
    return pd.DataFrame(list(rows), columns=columns).astype(amounts)


def test_execution_goes_from_the_first_budget_by_the_last_to_the_outcome() -> None:
    row = budget_execution(budgeted(("201", 80, 100, 90)), ["code"]).iloc[0]
    assert (row["adjustment_fen"], row["deviation_fen"]) == (20, -10)
    assert row["completion_pct"] == 90
    assert row["initial_completion_pct"] == Fraction(225, 2)


@pytest.mark.parametrize("budget", [0, None])
def test_a_zero_or_unknown_budget_has_no_completion(budget: int | None) -> None:
    row = budget_execution(budgeted(("201", budget, budget, 90)), ["code"]).iloc[0]
    assert row["completion_pct"] is None
    assert row["initial_completion_pct"] is None


def test_an_unknown_budget_makes_the_sum_unknown_and_leaves_the_outcome_known() -> None:
    row = budget_execution(budgeted(("201", 10, None, 9), ("201", 10, 10, 9)), ["code"]).iloc[0]
    assert row["initial_budget_fen"] == 20
    assert row["adjusted_budget_fen"] is pd.NA
    assert row["deviation_fen"] is pd.NA
    assert row["final_fen"] == 18
    assert row["initial_completion_pct"] == 90


def test_execution_leaves_its_frame_as_it_was() -> None:
    frame = budgeted(("201", 80, None, 90))
    before = frame.copy(deep=True)
    budget_execution(frame, ["code"])
    pd.testing.assert_frame_equal(frame, before)


def test_a_missing_column_is_named_with_those_there_are() -> None:
    with pytest.raises(ValueError, match=r"缺少列 .*initial_budget_fen.*；现有 code"):
        budget_execution(pd.DataFrame({"code": []}), ["code"])
