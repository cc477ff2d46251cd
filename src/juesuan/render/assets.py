"""What every page of a site shares: the Vega bundle that makes charts live, written once, 0.9 MB."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import vl_convert

BUNDLE = Path("build/assets/vega.js")


def write_assets(root: Path) -> Path:
    """Write the Vega bundle below `root`, where `charts.js` looks for it, unless this version's lies there; return it."""
    bundle = root / BUNDLE
    mark = f"// vl-convert {version('vl-convert-python')}\n"
    if bundle.exists() and bundle.read_text(encoding="utf-8").startswith(mark):
        return bundle
    bundle.parent.mkdir(parents=True, exist_ok=True)
    fresh = bundle.with_suffix(".new")
    fresh.write_text(mark + vl_convert.javascript_bundle(None), encoding="utf-8")  # type: ignore[arg-type]  # its stub forgets the default
    return fresh.replace(bundle)
