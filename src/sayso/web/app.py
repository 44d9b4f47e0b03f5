"""The application: routes, guard and error pages put together."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from time import monotonic

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException as StarletteHTTPException

from sayso import __version__
from sayso.errors import SaysoError, StoreError, UsageError
from sayso.store.accounts import Accounts
from sayso.store.base import Store
from sayso.web.door import TokenDoor
from sayso.web.guard import Guard
from sayso.web.jobs import Jobs
from sayso.web.judging import Undoing
from sayso.web.pages import render
from sayso.web.people import Person, Role, role_of
from sayso.web.routes import ROUTERS, TEAM_ROUTERS
from sayso.web.team.door import TeamDoor
from sayso.web.team.passwords import Passwords
from sayso.web.team.site import Site


def create_app(
    store: Store,
    *,
    token: str,
    coder: str,
    role: Role = Role.ADMIN,
    port: int = 8000,
) -> FastAPI:
    """Return the reader of a project, for one person on this machine.

    Args:
        store: The project; stays open as long as the application runs.
        token: The way in, once: `/enter?token=…` gives the cookie of a session.
        coder: Whose name stands under judgements.
        role: What this person may do.
        port: That it is served at; requests must name it.
    """
    app = _make_app(store, ROUTERS)
    person = Person(name=coder, role=role)
    app.add_middleware(
        Guard,
        door=TokenDoor(token, person, cookie=f"sayso-{port}"),
        hosts=[f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")],
    )
    return app


def create_team_app(
    store: Store,
    accounts: Accounts,
    site: Site,
    *,
    passwords: Passwords,
    clock: Callable[[], float] = monotonic,
) -> FastAPI:
    """Return the reader of a project, for all who have an account.

    Args:
        store: The project; stays open as long as the application runs.
        accounts: Of the project; stay open likewise.
        site: Where browsers find it.
        passwords: Hashes them.
        clock: Gives seconds, by which sessions end and guessing is slowed down.
    """
    app = _make_app(store, TEAM_ROUTERS)
    app.state.door = door = TeamDoor(
        accounts,
        passwords,
        site=site,
        open_paths=_open_paths(TEAM_ROUTERS),
        clock=clock,
    )
    app.add_middleware(Guard, door=door, hosts=site.hosts, scheme=site.scheme)
    return app


def _make_app(store: Store, routers: Sequence[APIRouter]) -> FastAPI:
    """Return the routes and all that they work with, without a guard."""
    app = FastAPI(
        title="sayso reader",
        version=__version__,
        docs_url=None,  # its page loads scripts from another host
        redoc_url=None,
        openapi_url=None,
        lifespan=_lifespan,
        dependencies=[Depends(check_role)],
    )
    for router in routers:
        app.include_router(router)
    routes = all_routes(routers)
    _check_routes(routes)
    app.mount("/static", StaticFiles(packages=[("sayso.web", "static")]))
    app.state.store = store
    app.state.jobs = Jobs(store)
    app.state.undoing = Undoing()
    app.state.paths = {
        route.path: needed
        for route in routes
        if (needed := role_of(route.openapi_extra)) and "GET" in (route.methods or ())
    }
    _add_error_pages(app)
    return app


def check_role(request: Request) -> None:
    """Refuse a person whose role is below that of the route."""
    needed = role_of(request.scope["route"].openapi_extra)
    person: Person = request.state.person
    if needed is None or person.role < needed:
        raise HTTPException(403, _FIRST if person.role is Role.NEWCOMER else _TOO_LOW)


_TOO_LOW = "Your role does not allow this."
_FIRST = "First choose a password of your own: follow your name at the top."


def all_routes(routers: Sequence[APIRouter] = ROUTERS) -> tuple[APIRoute, ...]:
    """Return the routes of all screens; `TEAM_ROUTERS` has those of a team as well."""
    return tuple(
        route
        for router in routers
        for route in router.routes
        if isinstance(route, APIRoute)
    )


def _check_routes(routes: Iterable[APIRoute]) -> None:
    for route in routes:
        if role_of(route.openapi_extra) is None:
            raise RuntimeError(f"the route {route.path} declares no role")


def _open_paths(routers: Sequence[APIRouter]) -> frozenset[str]:
    """Return the paths that need no session."""
    return frozenset(
        route.path
        for route in all_routes(routers)
        if role_of(route.openapi_extra) is Role.NOBODY
    )


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    yield
    app.state.jobs.close()


def _add_error_pages(app: FastAPI) -> None:
    @app.exception_handler(SaysoError)
    def tell_error(request: Request, error: SaysoError) -> Response:
        return _error_page(request, _status(error), error.message, error.mend)

    @app.exception_handler(StarletteHTTPException)
    def tell_http(request: Request, error: StarletteHTTPException) -> Response:
        mend = "Go back, or take another page from the menu."
        told = "There is no such page." if error.status_code == 404 else error.detail
        return _error_page(request, error.status_code, told, mend)

    @app.exception_handler(RequestValidationError)
    def tell_invalid(request: Request, error: RequestValidationError) -> Response:
        told = "; ".join(str(one["msg"]) for one in error.errors())
        return _error_page(request, 422, told, "Look at the address again.")


def _error_page(request: Request, status: int, told: str, mend: str) -> Response:
    return render(request, "error.html", status=status, told=told, mend=mend)


def _status(error: SaysoError) -> int:
    if isinstance(error, UsageError):
        return 400
    if isinstance(error, StoreError):
        return 404 if "has no" in error.message else 409
    return 422
