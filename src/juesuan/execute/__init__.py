"""Which notebook runs for which office and year, and running it."""

from juesuan.execute.cache import Catalogue, code_key, job_key
from juesuan.execute.kept_plan import KeptPlan
from juesuan.execute.one import Failure, run_one
from juesuan.execute.plan import Job, Parts, PartsError, plan_jobs
from juesuan.execute.run import (
    CHUNK,
    Runner,
    RunResult,
    Standing,
    kept_digests,
    page_store,
    reasons,
    run_jobs,
    run_standing,
    stale_jobs,
    standings,
)
from juesuan.execute.templates import TemplateError, check_parameters

__all__ = [
    "CHUNK",
    "Catalogue",
    "Failure",
    "Job",
    "KeptPlan",
    "Parts",
    "PartsError",
    "RunResult",
    "Runner",
    "Standing",
    "TemplateError",
    "check_parameters",
    "code_key",
    "job_key",
    "kept_digests",
    "page_store",
    "plan_jobs",
    "reasons",
    "run_jobs",
    "run_one",
    "run_standing",
    "stale_jobs",
    "standings",
]
