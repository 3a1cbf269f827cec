# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rows about writes that were refused or failed, and about failed logins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg2

from odoo.tools import SQL

from ..errors import DatabaseUnavailable
from ..errors.auth import AuthFailed, InactiveUser, MfaRequired
from .trail import insert_apart
from .written import describe_request

if TYPE_CHECKING:
    from odoo.api import Environment

    from ..errors import ApiError
    from ..observing.exchange import Exchange
    from ..request_scope import RequestScope

# Errors after a password was checked, which are throttled.
_FAILED_LOGINS = (AuthFailed, InactiveUser, MfaRequired)


def note_refused_write(
    env: Environment | None,
    scope: RequestScope,
    exchange: Exchange,
    error: ApiError,
) -> None:
    """Insert a row about an error, in a transaction of its own.

    Errors of requests without a valid credential are not noted, except failed logins.

    :param env: None where the database cannot be reached
    """
    operation, trail = exchange.operation, scope.trail
    if env is None or not (operation and trail and trail.is_on):
        return
    if operation.routing["readonly"] or isinstance(error, DatabaseUnavailable):
        return
    login = scope.caller is None and isinstance(error, _FAILED_LOGINS)
    if not (scope.caller or login):
        return
    entry = trail.new_entry(operation, scope)
    describe_request(env, entry, operation, scope)
    if login:
        entry.user_id = _user_of_login(scope.sent.body)
    entry.status, entry.error_code = int(error.code), error.error_code
    if not error.keep_changes and not _roll_back(env):
        return
    insert_apart(env, [entry])


def _roll_back(env: Environment) -> bool:
    """Release the locks of the refused request, before waiting for a connection."""
    try:
        env.cr.rollback()
    except psycopg2.Error:
        return False  # the connection is lost
    return True


def _user_of_login(body: Any) -> SQL | None:
    """Return a query for the id of the user, the same for known and unknown logins.

    The login itself is not stored: people type passwords in the wrong field.
    """
    login = body.get("username") if isinstance(body, dict) else None
    if not isinstance(login, str):
        return None
    return SQL("(SELECT id FROM res_users WHERE login = %s)", login)
