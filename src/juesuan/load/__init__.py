"""Files of `data/` become checked accounts."""

from juesuan.load.accounts import Accounts, Unit, load_accounts, read_units, years_of
from juesuan.load.check import Checked, check_data
from juesuan.load.kept import KeptOffices
from juesuan.load.notebook import accounts_in, accounts_of, accounts_until, all_accounts, mark, prices, years_of_office
from juesuan.load.prices import read_price_index
from juesuan.load.roll_forward import RollForwardError, ToDo, roll_forward, to_do, wanted_year
from juesuan.load.site_file import site_mark
from juesuan.rules import Finding, Rule

__all__ = [
    "Accounts",
    "Checked",
    "Finding",
    "KeptOffices",
    "RollForwardError",
    "Rule",
    "ToDo",
    "Unit",
    "accounts_in",
    "accounts_of",
    "accounts_until",
    "all_accounts",
    "check_data",
    "load_accounts",
    "mark",
    "prices",
    "read_price_index",
    "read_units",
    "roll_forward",
    "site_mark",
    "to_do",
    "wanted_year",
    "years_of",
    "years_of_office",
]
