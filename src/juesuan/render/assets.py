"""What every page of a site shares: the Vega bundle that makes charts live, written once, 0.9 MB."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

BUNDLE = Path("build/assets/vega.js")
# A process of its own: the converter tells on the error output what it does, and keeps 200 MB.
_BUNDLER = "import sys, vl_convert; sys.stdout.buffer.write(vl_convert.javascript_bundle(None).encode())"


def write_assets(root: Path) -> Path:
    """Write the Vega bundle below `root`, where `charts.js` looks for it, unless this version's lies there; return it."""
    bundle = root / BUNDLE
    mark = f"// vl-convert {version('vl-convert-python')}\n"
    if bundle.exists() and bundle.read_text(encoding="utf-8").startswith(mark):
        return bundle
    bundle.parent.mkdir(parents=True, exist_ok=True)
    fresh = bundle.with_suffix(".new")
    fresh.write_bytes(mark.encode() + _bundled())
    return fresh.replace(bundle)


def _bundled() -> bytes:
    return subprocess.run([sys.executable, "-c", _BUNDLER], capture_output=True, check=True).stdout
