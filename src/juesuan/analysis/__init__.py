"""Findings from accounts: pure functions, frame in and frame out; no file is opened here."""
