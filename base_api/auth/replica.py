# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A short transaction beside the request's own, on the primary database."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from psycopg2 import OperationalError
from psycopg2.pool import PoolError

from odoo.api import Environment
from odoo.models import BaseModel
from odoo.sql_db import BaseCursor

from ..orm.side_effects import open_cursor

if TYPE_CHECKING:
    from .key_table import KeyRow


_logger = logging.getLogger(__name__)
# A request that notes a use holds two connections. Once a minute all that are served
# with one credential would do so at the same moment, and those that come meanwhile find
# none left. So a process takes at most one connection more than it has requests.
_noting = threading.Lock()


@contextmanager
def primary_cursor(env: Environment) -> Iterator[BaseCursor]:
    """Yield a read/write cursor of its own, committed at the end.

    Only for the time before a request's own work: its transaction starts anew, so that
    it sees what is written here, and does not collide with it.
    """
    env.cr.rollback()
    with open_cursor(env) as cr:
        yield cr


def fetch_credential(model: BaseModel, read: Callable) -> KeyRow | None:
    """Return what `read` finds with the model, or None.

    A replica that lags behind may not know a credential made a moment ago: where it has
    none, the primary is asked.
    """
    found = read(model)
    if found is None and model.env.cr.readonly:
        with primary_cursor(model.env) as cr:
            found = read(model.with_env(model.env(cr=cr)))
    return found


def note_on_primary(env: Environment, query: Any) -> None:
    """Run an UPDATE that notes a use, in a transaction of its own, if that is possible.

    Where another request of this process is noting one, or no connection is free, the
    request goes on without: the next one will note it.
    """
    if not _noting.acquire(blocking=False):
        return
    try:
        with primary_cursor(env) as cr:
            cr.execute(query, log_exceptions=False)
    except (OperationalError, PoolError) as exc:
        _logger.info("A use was not noted: %s", exc)
    finally:
        _noting.release()
