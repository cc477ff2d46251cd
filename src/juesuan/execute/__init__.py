"""Which notebook runs for which office and year, and running it."""
