"""What every build is made of: digests of files, results kept by their content key, a pool of processes, one builder."""

from juesuan.building.digests import GRAIN_NS, Digests, Tree, digest_of
from juesuan.building.inputs import Inputs, changed
from juesuan.building.lock import BusyError, only_builder
from juesuan.building.pool import can_fork, end_with_parent, run_pool
from juesuan.building.store import Item, Store, lay_out, link, make_folders

__all__ = [
    "GRAIN_NS",
    "BusyError",
    "Digests",
    "Inputs",
    "Item",
    "Store",
    "Tree",
    "can_fork",
    "changed",
    "digest_of",
    "end_with_parent",
    "lay_out",
    "link",
    "make_folders",
    "only_builder",
    "run_pool",
]
