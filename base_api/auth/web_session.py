# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The web session of a browser: the cookie that Odoo's own pages use.

It authenticates nothing here. `POST /auth/web-session` exchanges it for a short session
of the API, for a page of this server only. `ir.http` has already ended a web session
that does not fit its user any more: after a new password, or of an archived user.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from odoo.api import Environment
from odoo.http import request
from odoo.models import BaseModel

from ..errors import Forbidden
from ..errors.auth import CsrfFailed, InactiveUser, InvalidSession, MfaRequired
from ..orm.identity import must_confirm_identity
from .api_key import current_session_id

LIFETIME = timedelta(minutes=15)  # of the session of the API
TOKEN_SECONDS = 60  # how long a page may wait before it sends its CSRF token
NOT_SIGNED_IN = "No user is signed in to Odoo in this browser"
IS_LOCKED = "This Odoo session is locked: open Odoo and confirm your identity"
NO_SECOND_FACTOR = "This Odoo session is waiting for its second factor"


def check_same_origin(headers: Any, host: str, needs_origin: bool) -> None:
    """Refuse a request that does not come from a page of this server.

    Browsers set both headers, and no page can change them. `Sec-Fetch-Site` compares
    scheme, host and port of the page with those of the request (Fetch Metadata), so a
    page of another port or subdomain is refused, too.

    :param host: that the request was sent to
    :param needs_origin: whether browsers send `Origin`, as they do with a POST
    :raise CsrfFailed: another origin, or not a browser
    """
    origin = headers.get("Origin")
    if headers.get("Sec-Fetch-Site") != "same-origin":
        raise CsrfFailed()
    if (origin or needs_origin) and _host_of(origin) != host:
        raise CsrfFailed()


def make_csrf_token() -> str:
    """Return a CSRF token of the web session.

    :raise ApiError: see `get_web_user`
    """
    get_web_user()
    return request.csrf_token(TOKEN_SECONDS)


def check_csrf_token(token: Any) -> None:
    """Refuse a token that was not made for this web session, or is too old.

    :raise CsrfFailed: it is wrong or missing
    """
    # The comparison fails for text that is not ASCII.
    is_text = isinstance(token, str) and token.isascii()
    if not (is_text and request.validate_csrf(token)):
        raise CsrfFailed()


def get_web_user() -> BaseModel:
    """Return the user of the web session.

    :raise InvalidSession: no user is signed in, or the session has ended or is locked
    :raise MfaRequired: the second factor is missing
    :raise InactiveUser: the session is in superuser mode
    """
    session = request.session
    if not session.uid:
        if session.get("pre_uid"):
            raise MfaRequired(NO_SECOND_FACTOR)
        raise InvalidSession(NOT_SIGNED_IN)
    user = request.env(user=session.uid).user
    if not user.active:  # superuser mode
        raise InactiveUser()
    if must_confirm_identity(user.env):
        raise InvalidSession(IS_LOCKED)
    return user


def check_gives_credentials(env: Environment) -> None:
    """Refuse to give lasting credentials to a session that was exchanged.

    Odoo asks for the password before it does (`check_identity`), and a browser may have
    been left alone since then.

    :raise Forbidden: the session of the request comes from a web session
    """
    session_id = current_session_id(env)
    if session_id and env["api.session"].browse(session_id).is_not_refreshable:
        raise Forbidden(
            "This session comes from a web session, and changes no keys or passwords: "
            "log in with a password, or use Odoo's own dialogs"
        )


def _host_of(origin: str | None) -> str | None:
    """Return host and port of an origin; None for one that has none, such as `null`."""
    try:
        return urlsplit(origin or "").netloc or None
    except ValueError:
        return None
