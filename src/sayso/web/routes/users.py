"""Users: who belongs to the team, what each may do, and what was done about it."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from sayso.store.accounts import LOGGED, ROLES, Account
from sayso.web.pages import here, now, read_form, render
from sayso.web.people import Role, needs
from sayso.web.routes.sign_in import door_of
from sayso.web.team.passwords import make_password

router = APIRouter()
USERS = "/users"


@router.get(USERS, openapi_extra=needs(Role.ADMIN))
def users(request: Request) -> Response:
    """List the accounts and the last lines of their log."""
    return _page(request)


@router.post(USERS, openapi_extra=needs(Role.ADMIN))
async def add(request: Request) -> Response:
    """Add an account; shows its first password, once."""
    form = await read_form(request)
    return await run_in_threadpool(_add, request, form)


def _add(request: Request, form: dict[str, str]) -> Response:
    door, name = door_of(request), form.get("name", "").strip().casefold()
    password, time = make_password(), now()
    fresh = Account(
        name=name,
        role=form.get("role", ""),
        password=door.passwords.hash(password),
        made=time,
    )
    door.accounts.add(fresh, who=here(request).person.name, time=time)
    return _page(request, of=name, password=password)


@router.post(USERS + "/{name}/role", openapi_extra=needs(Role.ADMIN))
async def set_role(request: Request, name: str) -> Response:
    """Give an account another role."""
    role = (await read_form(request)).get("role", "")
    who = here(request).person.name
    accounts = door_of(request).accounts
    await run_in_threadpool(accounts.set_role, name, role, who=who, time=now())
    return _to_users()


@router.post(USERS + "/{name}/disable", openapi_extra=needs(Role.ADMIN))
def disable(request: Request, name: str) -> Response:
    """Shut an account out."""
    who = here(request).person.name
    door_of(request).accounts.disable(name, who=who, time=now())
    return _to_users()


@router.post(USERS + "/{name}/enable", openapi_extra=needs(Role.ADMIN))
def enable(request: Request, name: str) -> Response:
    """Let an account in again."""
    who = here(request).person.name
    door_of(request).accounts.enable(name, who=who, time=now())
    return _to_users()


@router.post(USERS + "/{name}/password", openapi_extra=needs(Role.ADMIN))
def reset(request: Request, name: str) -> Response:
    """Give an account a password to sign in with once; shows it, once."""
    door, who, password = door_of(request), here(request).person.name, make_password()
    hashed = door.passwords.hash(password)
    door.accounts.set_password(name, hashed, who=who, own=False, time=now())
    return _page(request, of=name, password=password)


def _page(request: Request, *, of: str = "", password: str = "") -> Response:
    accounts = door_of(request).accounts
    return render(
        request,
        "users.html",
        accounts=accounts.listed(),
        roles=ROLES,
        entries=accounts.log(),
        most=LOGGED,
        of=of,
        password=password,
    )


def _to_users() -> Response:
    return RedirectResponse(USERS, status_code=303)
