"""Which notebook runs for which office and year, and running it."""

from juesuan.execute.cache import Keys, site_key
from juesuan.execute.plan import Job, Parts, PartsError, plan_jobs
from juesuan.execute.run import Failure, RunResult, run_jobs, stale_jobs
from juesuan.execute.templates import TemplateError, check_parameters

__all__ = [
    "Failure",
    "Job",
    "Keys",
    "Parts",
    "PartsError",
    "RunResult",
    "TemplateError",
    "check_parameters",
    "plan_jobs",
    "run_jobs",
    "site_key",
    "stale_jobs",
]
