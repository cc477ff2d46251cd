"""Which notebook runs for which office and year, and running it."""

from juesuan.execute.cache import Keys, site_key
from juesuan.execute.plan import Job, plan_jobs
from juesuan.execute.run import Failure, RunResult, TemplateError, check_parameters, run_jobs, stale_jobs, swap_in

__all__ = [
    "Failure",
    "Job",
    "Keys",
    "RunResult",
    "TemplateError",
    "check_parameters",
    "plan_jobs",
    "run_jobs",
    "site_key",
    "stale_jobs",
    "swap_in",
]
