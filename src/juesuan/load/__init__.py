"""Files of `data/` become checked accounts."""

from juesuan.load.accounts import (
    Accounts,
    Unit,
    load_accounts,
    load_years,
    read_units,
    years_of,
)
from juesuan.load.check import Checked, check_data

__all__ = ["Accounts", "Checked", "Unit", "check_data", "load_accounts", "load_years", "read_units", "years_of"]
