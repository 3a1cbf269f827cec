# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Side effects outside the transaction of a request, which a dry run must prevent.

Functions of Odoo and Python that open connections or start threads are wrapped once,
when this module is imported. The wrappers do nothing unless the current thread is
`confined`. Connections made with psycopg2 itself, requests to other servers, and other
programs (such as wkhtmltopdf) are not detected.
"""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial, wraps
from multiprocessing.process import BaseProcess
from typing import Any

import psycopg2
from psycopg2.errors import ReadOnlySqlTransaction

from odoo.api import Environment
from odoo.modules.registry import Registry
from odoo.netsvc import PostgreSQLHandler
from odoo.sql_db import BaseCursor, ConnectionPool

from .scope import bind_scope, bound_scope
from .transactions import Refusal

OPENS_CURSOR = "opens a database cursor of its own"
STARTS_THREAD = "starts a thread or a process"

_current = threading.local()


@contextmanager
def confined(make_error: Callable) -> Iterator[None]:
    """Refuse to open read/write cursors and to start threads while a block runs.

    Only in this thread. Read-only cursors can be opened, and cannot write.

    :param make_error: see `Refusal`
    """
    with Refusal(make_error) as refusal, _confined_by(refusal):
        yield


def is_confined() -> bool:
    """Tell whether this thread is in a block of `confined`."""
    return bool(getattr(_current, "refusal", None))


def open_cursor(env: Environment, readonly: bool = False) -> BaseCursor:
    """Return a new cursor for code of this addon, which may open one at any time.

    It serves the same request, and so has the same scope, as the cursor of `env`.

    :param readonly: on a replica if there is one, see `Registry.cursor`
    """
    with _confined_by(None):
        cr = env.registry.cursor(readonly=readonly)
    bind_scope(cr, bound_scope(env.cr))
    return cr


@contextmanager
def _confined_by(refusal: Any) -> Iterator[None]:
    outer = getattr(_current, "refusal", None)
    _current.refusal = refusal
    try:
        yield
    finally:
        _current.refusal = outer


def _refuse(what: str) -> None:
    if is_confined():
        _current.refusal.refuse(what)


def _wrap(owner: type, name: str, wrap: Callable) -> None:
    method = getattr(owner, name)
    setattr(owner, name, wraps(method)(wrap(method)))


def _borrow(method: Callable) -> Callable:
    def borrow(pool: ConnectionPool, *args: Any, **kwargs: Any) -> Any:
        if not pool.readonly:
            _refuse(OPENS_CURSOR)
        return method(pool, *args, **kwargs)

    return borrow


def _cursor(method: Callable) -> Callable:
    def cursor(registry: Registry, /, readonly: bool = False) -> BaseCursor:
        if not (readonly and is_confined()):
            return method(registry, readonly=readonly)
        with _confined_by(None):
            cr = method(registry, readonly=True)
        try:
            # Without a replica it comes from the primary database, and could write.
            cr.connection.set_session(readonly=True)
        except psycopg2.Error:
            cr.close()
            raise
        cr.execute = partial(_execute_reading, cr.execute)
        return cr

    return cursor


def _execute_reading(execute: Callable, *args: Any, **kwargs: Any) -> Any:
    try:
        return execute(*args, **kwargs)
    except ReadOnlySqlTransaction:
        _refuse(OPENS_CURSOR)
        raise


def _start(method: Callable) -> Callable:
    def start(*args: Any, **kwargs: Any) -> Any:
        _refuse(STARTS_THREAD)
        return method(*args, **kwargs)

    return start


def _emit(method: Callable) -> Callable:
    # With --log-db each line of the log is written with a cursor of its own.
    def emit(handler: Any, record: Any) -> Any:
        with _confined_by(None):
            return method(handler, record)

    return emit


_wrap(ConnectionPool, "borrow", _borrow)
_wrap(Registry, "cursor", _cursor)
_wrap(threading.Thread, "start", _start)
_wrap(ThreadPoolExecutor, "submit", _start)
_wrap(BaseProcess, "start", _start)
_wrap(PostgreSQLHandler, "emit", _emit)
