# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which reads the replica serves, and how far it must be for them.

Without a replica, nothing here costs a statement.
"""

from __future__ import annotations

import logging
import time
from functools import partial
from typing import TYPE_CHECKING, Any

import psycopg2

from odoo.api import Environment
from odoo.http import request

from ..errors import InvalidParameter
from ..orm.replication import (
    ServedByPrimary,
    check_signals,
    current_position,
    has_replica,
    replica_lag,
    wait_until_replayed,
)
from ..protocol.read_after import READ_AFTER, format_position, read_position
from ..settings import bound
from .credentials import Credentials, are_stored, have_a_form, read_credentials
from .recent_writes import RECENT_WRITES

if TYPE_CHECKING:
    from ..limiting.admission import Admission

PATIENCE = 0.5  # seconds for the replay, before a read goes to the primary
# Seconds for which no read of a process waits after one waited in vain: the replica
# lags, or the position does not exist.
REST = 5

_logger = logging.getLogger(__name__)
_rests_until: dict[str, float] = {}  # by database, on the monotonic clock


def may_use_replica(_controller: Any, rule: Any, _arguments: Any) -> bool:
    """Tell whether a read can be served by the replica; otherwise, the primary does.

    For the parameter `readonly` of `odoo.http.route`. Odoo calls it with a cursor on
    the replica, before it chooses the cursor of the request.
    """
    env = request.env
    if not (has_replica() and env.cr.readonly and "api.session" in env.registry):
        return True
    is_public = rule.endpoint.routing["auth"] == "none"
    if is_public or request.httprequest.method == "OPTIONS":
        return True
    try:
        return _is_fit(env, request.httprequest.headers)
    except psycopg2.Error as exc:
        _logger.info("The replica does not answer, so the primary does: %s", exc)
        return False


def _is_fit(env: Environment, headers: Any) -> bool:
    longest = bound(env, "max_replica_lag")
    if longest and replica_lag(env.cr) > longest:
        return False
    credentials = read_credentials(headers)
    if not have_a_form(credentials):
        return True  # it will be refused, so it must not wait for a replay
    # Where it does not have the credentials, it may not have their user either, and
    # caches would be filled without their rights.
    return are_stored(env.cr, credentials) and _has_replayed(env, headers, credentials)


def _has_replayed(env: Environment, headers: Any, credentials: Credentials) -> bool:
    sent = _sent_position(headers)
    position = max(sent, RECENT_WRITES.position(credentials))
    if not position:
        return True
    database = env.cr.dbname
    may_wait = bool(sent) and time.monotonic() >= _rests_until.get(database, 0)
    if not wait_until_replayed(env.cr, position, PATIENCE if may_wait else 0):
        if may_wait:
            _rests_until[database] = time.monotonic() + REST
        return False
    check_signals(env)
    return True


def _sent_position(headers: Any) -> int:
    try:
        return read_position(headers)
    except InvalidParameter:
        return 0  # refused later, once the caller is known


def require_position(env: Environment, position: int) -> None:
    """Let the primary serve a request, unless the replica has replayed a position.

    :raise ServedByPrimary: for Odoo, which repeats the request
    """
    if not position or not (has_replica() and env.cr.readonly):
        return
    if not wait_until_replayed(env.cr, position, 0):
        raise ServedByPrimary("The replica lags behind a write")
    check_signals(env)


def answer_position(
    env: Environment, headers: Any, response: Any, admission: Admission | None
) -> None:
    """Answer `Read-After`, once a write is committed.

    :param headers: of the request
    """
    if has_replica() and not env.cr.readonly:
        answer = partial(_answer_position, env, headers, response, admission)
        env.cr.postcommit.add(answer)


def _answer_position(
    env: Environment, headers: Any, response: Any, admission: Admission | None
) -> None:
    # Odoo does it after this; what is read after the position must not be cached.
    env.registry.signal_changes()
    try:
        position = current_position(env.cr)
    except psycopg2.Error as exc:
        # The write is stored, so the request must not fail.
        _logger.warning("No position after a write: %s", exc)
        return
    RECENT_WRITES.add(read_credentials(headers), position)
    if admission:
        admission.note_write(position)
    response.headers[READ_AFTER] = format_position(position)
