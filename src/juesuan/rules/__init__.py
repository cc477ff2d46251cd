"""What every account must satisfy: `rules.csv` says it, one evaluator asks it."""
