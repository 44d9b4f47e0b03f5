"""One module for each screen, each with a `router`."""

from __future__ import annotations

from sayso.web.routes import (
    actor,
    coding,
    export,
    home,
    judge,
    ledger,
    network,
    place,
    reader,
    review,
    runs,
    sign_in,
    thread,
    timeline,
    users,
)
from sayso.web.routes import map as map_

ROUTERS = (
    home.router,
    reader.router,
    ledger.router,
    review.router,
    judge.router,
    coding.router,
    export.router,
    timeline.router,
    map_.router,
    network.router,
    thread.router,
    runs.router,
    actor.router,
    place.router,
)
"""All of them; a new screen is imported and named here."""
TEAM_ROUTERS = (*ROUTERS, sign_in.router, users.router)
"""And those of a team, where people sign in."""
