"""One module for each screen, each with a `router`."""

from __future__ import annotations

from sayso.web.routes import home

ROUTERS = (home.router,)
"""All of them; a new screen is imported and named here."""
