"""Files of `data/` become checked accounts."""

from juesuan.load.accounts import Accounts, Unit, load_accounts, read_units, years_of
from juesuan.load.check import Checked, check_data
from juesuan.load.notebook import accounts_in, accounts_of, accounts_until, all_accounts
from juesuan.load.roll_forward import RollForwardError, ToDo, roll_forward, to_do, wanted_year

__all__ = [
    "Accounts",
    "Checked",
    "RollForwardError",
    "ToDo",
    "Unit",
    "accounts_in",
    "accounts_of",
    "accounts_until",
    "all_accounts",
    "check_data",
    "load_accounts",
    "read_units",
    "roll_forward",
    "to_do",
    "wanted_year",
    "years_of",
]
