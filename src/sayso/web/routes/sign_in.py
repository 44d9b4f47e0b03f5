"""Sign in, sign out, and one's own account; of a team alone."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from sayso.errors import UsageError
from sayso.store.accounts import Act
from sayso.web.pages import go_back, here, now, read_form, render
from sayso.web.people import Role, needs
from sayso.web.team.door import LOGIN, Refusal, TeamDoor
from sayso.web.team.passwords import MIN_CHARS, check_password

router = APIRouter()
ACCOUNT = "/account"


def door_of(request: Request) -> TeamDoor:
    """Return the door that a team comes in by."""
    door: TeamDoor = request.app.state.door
    return door


@router.get(LOGIN, openapi_extra=needs(Role.NOBODY))
def login(request: Request, back: str = "/") -> Response:
    """Show where one signs in; who is in already goes on."""
    if here(request).person.role > Role.NOBODY:
        return go_back({"back": back})
    return render(request, "sign_in.html", back=back, name="", refusal=None)


@router.post(LOGIN, openapi_extra=needs(Role.NOBODY))
async def sign_in(request: Request) -> Response:
    """Open a session for the right name and password."""
    form, door = await read_form(request), door_of(request)
    name, back = form.get("name", ""), form.get("back", "/")
    told = await run_in_threadpool(
        door.sign_in,
        name,
        form.get("password", ""),
        address=request.client.host if request.client else "",
        time=now(),
    )
    if isinstance(told, Refusal):
        page = render(
            request,
            "sign_in.html",
            status=told.status,
            back=back,
            name=name,
            refusal=told.told,
        )
        if told.wait_s:
            page.headers["retry-after"] = str(told.wait_s)
        return page
    door.close(request.headers)  # nobody goes on in the session of another
    reply = go_back(form) if told.own else RedirectResponse(ACCOUNT, status_code=303)
    door.give(reply, told.cookie)
    return reply


@router.post("/logout", openapi_extra=needs(Role.NEWCOMER))
def sign_out(request: Request) -> Response:
    """End the session."""
    door, name = door_of(request), here(request).person.name
    door.close(request.headers)
    door.accounts.note(Act.SIGN_OUT, name, time=now())
    reply = RedirectResponse(LOGIN, status_code=303)
    door.take_back(reply)
    return reply


@router.get(ACCOUNT, openapi_extra=needs(Role.NEWCOMER))
def account(request: Request, done: str = "") -> Response:
    """Show who is signed in, and where the password is changed."""
    return render(
        request, "account.html", min_chars=MIN_CHARS, done=bool(done), refusal=None
    )


@router.post(f"{ACCOUNT}/password", openapi_extra=needs(Role.NEWCOMER))
async def change_password(request: Request) -> Response:
    """Change one's own password; all other sessions of one's own end."""
    form = await read_form(request)
    return await run_in_threadpool(_change_password, request, form)


def _change_password(request: Request, form: dict[str, str]) -> Response:
    door, name = door_of(request), here(request).person.name
    refusal = door.confirm(name, form.get("password", "")) or _misfit(form, name)
    if refusal is not None:
        return render(
            request,
            "account.html",
            status=refusal.status,
            min_chars=MIN_CHARS,
            done=False,
            refusal=refusal.told,
        )
    hashed = door.passwords.hash(form["fresh"])
    door.accounts.set_password(name, hashed, own=True, who=name, time=now())
    reply = RedirectResponse(f"{ACCOUNT}?done=1", status_code=303)
    door.renew(reply, name, hashed)
    return reply


def _misfit(form: Mapping[str, str], name: str) -> Refusal | None:
    """Tell why a new password cannot be taken."""
    fresh = form.get("fresh", "")
    if fresh != form.get("again", ""):
        return Refusal(told="The new password was typed in two ways.", status=400)
    if fresh == form.get("password"):
        return Refusal(told="This is the present password.", status=400)
    try:
        check_password(fresh, name)
    except UsageError as error:
        return Refusal(told=f"{error.message}: {error.mend}", status=400)
    return None
