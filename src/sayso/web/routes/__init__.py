"""One module for each screen, each with a `router`."""

from __future__ import annotations

from sayso.web.routes import export, home, judge, ledger, reader, review

ROUTERS = (
    home.router,
    reader.router,
    ledger.router,
    review.router,
    judge.router,
    export.router,
)
"""All of them; a new screen is imported and named here."""
