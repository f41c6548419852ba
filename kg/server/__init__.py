"""The graph on the web: a SPARQL 1.1 endpoint that is safe to share, and pages.

`serve` runs it, `make_app` gives the ASGI application to whoever runs servers themselves.
"""

from kg.server.app import Options, make_app
from kg.server.limits import Limits
from kg.server.serving import serve
from kg.server.source import Elsewhere
from kg.server.views import View

__all__ = ["Elsewhere", "Limits", "Options", "View", "make_app", "serve"]
