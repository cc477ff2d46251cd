"""Pages become HTML, Word and PDF, by Quarto or by the embedded renderer. This room knows notebooks, not accounts."""

from juesuan.render.accounts import publish_accounts
from juesuan.render.assets import write_assets
from juesuan.render.embedded import RenderError
from juesuan.render.engines import Engine, engines
from juesuan.render.expected import expected_files
from juesuan.render.fonts import lay_out_fonts
from juesuan.render.project import ProjectError, read_project
from juesuan.render.quarto import RENDERERS, Renderer, RendererUnavailableError, choose_renderer
from juesuan.render.site import Asked as AskedFile
from juesuan.render.site import asked_files, lay_out_made, lay_out_resources, render_asked, resources

__all__ = [
    "RENDERERS",
    "AskedFile",
    "Engine",
    "ProjectError",
    "RenderError",
    "Renderer",
    "RendererUnavailableError",
    "asked_files",
    "choose_renderer",
    "engines",
    "expected_files",
    "lay_out_fonts",
    "lay_out_made",
    "lay_out_resources",
    "publish_accounts",
    "read_project",
    "render_asked",
    "resources",
    "write_assets",
]
