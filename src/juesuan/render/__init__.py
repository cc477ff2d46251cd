"""Pages become HTML, Word and PDF, by Quarto or by the embedded renderer. This room knows notebooks, not accounts."""

from juesuan.render.accounts import publish_accounts
from juesuan.render.embedded import RenderError
from juesuan.render.engines import Engine, engines
from juesuan.render.expected import expected_files
from juesuan.render.fonts import lay_out_fonts
from juesuan.render.project import ProjectError
from juesuan.render.quarto import RENDERERS, Renderer, RendererUnavailableError, choose_renderer

__all__ = [
    "RENDERERS",
    "Engine",
    "ProjectError",
    "RenderError",
    "Renderer",
    "RendererUnavailableError",
    "choose_renderer",
    "engines",
    "expected_files",
    "lay_out_fonts",
    "publish_accounts",
]
