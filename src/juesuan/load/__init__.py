"""Files of `data/` become checked accounts."""

from juesuan.load.accounts import Accounts, Unit, load_accounts, read_units, years_of
from juesuan.load.check import Checked, check_data
from juesuan.load.notebook import accounts_in, accounts_of, accounts_until, all_accounts

__all__ = [
    "Accounts",
    "Checked",
    "Unit",
    "accounts_in",
    "accounts_of",
    "accounts_until",
    "all_accounts",
    "check_data",
    "load_accounts",
    "read_units",
    "years_of",
]
