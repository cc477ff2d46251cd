"""A finished document, anyone's, checked from outside: which number is which, and what was to be printed and is not.

This room is a second author. It shares nothing with the code that wrote the text: it reads facts.json, the page that
ran and the finished file as plain JSON, HTML, Word and PDF.
"""

from juesuan.faults import UnreadableError
from juesuan.verify.background import read_background, told_by
from juesuan.verify.claims import Allowed, ClaimsError, read_allowed, read_ledger
from juesuan.verify.site import NothingToVerifyError, verify_site
from juesuan.verify.verify import Missing, Result, Unmatched, result_record, verify_file

__all__ = [
    "Allowed",
    "ClaimsError",
    "Missing",
    "NothingToVerifyError",
    "Result",
    "Unmatched",
    "UnreadableError",
    "read_allowed",
    "read_background",
    "read_ledger",
    "result_record",
    "told_by",
    "verify_file",
    "verify_site",
]
