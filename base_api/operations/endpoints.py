# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Find the endpoint of a method and a path."""

import threading
from typing import Any

from werkzeug.exceptions import HTTPException

from odoo.api import Environment

from ..auth.restrictions import METHODS


def find_endpoint(env: Environment, method: str, path: str) -> tuple[Any, ...]:
    """Return the endpoint of a path, and the variable parts of the path.

    :param path: after the host, decoded, without the query string
    :return: a pair of None without an endpoint for this method
    """
    adapter = routing_map(env).bind("")
    try:
        endpoint, path_arguments = adapter.match(path, method=method)
    except HTTPException:
        return None, None
    if endpoint.routing.get("catch_all"):
        return None, None
    return endpoint, path_arguments


def routing_map(env: Environment) -> Any:
    """Return the routes of a database, a `werkzeug.routing.Map`."""
    thread: Any = threading.current_thread()
    if not hasattr(thread, "dbname"):
        # `ir.http.routing_map` finds the database there. Odoo sets it for requests.
        thread.dbname = env.cr.dbname
    return env["ir.http"].routing_map()


def allowed_methods(env: Environment, path: str) -> list[str]:
    """Return the HTTP methods that a path supports."""
    return [method for method in METHODS if find_endpoint(env, method, path)[0]]
