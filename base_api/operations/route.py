# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The decorator that every route of the API is declared with."""

from collections.abc import Callable, Sequence
from typing import Any

from odoo import http
from odoo.http import request

from ..auth.replica import may_use_replica
from ..auth.restrictions import METHOD_OPERATIONS
from ..errors import ApiError
from ..protocol.addresses import PREFIX
from ..protocol.bodies import Body
from ..protocol.parameters import Parameter
from ..settings import MEBIBYTE
from .operation import SAFE_METHODS
from .schemas import FileAnswer, JsonAnswer

# Credentials that a route accepts -> the method of ir.http that checks them.
AUTH_METHODS = {
    "none": "none",
    "both": "base_api",
    "key": "base_api_key",
    "session": "base_api_session",
    "refresh": "base_api_refresh",
    "optional": "base_api_optional",
}


# Of a body that holds no files.
MAX_JSON_BYTES = 16 * MEBIBYTE


def api_route(
    path: Any,
    *,
    methods: Sequence[str],
    answer: JsonAnswer | FileAnswer | Sequence[JsonAnswer | FileAnswer] = (),
    errors: Sequence[type[ApiError]] = (),
    auth: str = "both",
    parameters: Sequence[Parameter] = (),
    filters: bool = False,
    body: Body | None = None,
    preferences: Sequence[str] = (),
    session_endpoint: str | None = None,
    operation: str | None = None,
    may_need: Sequence[str] = (),
    model: str | None = None,
    own: bool = False,
    administrators: bool = False,
    batch: bool = False,
    may_roll_back: bool = False,
    has_steps: bool = False,
    needs_database: bool = True,
    catch_all: bool = False,
    low_priority: bool = False,
    **routing: Any,
) -> Callable:
    """Declare a route of the API: a thin layer over `odoo.http.route`.

    It neither authenticates nor catches exceptions; it declares what the dispatcher,
    the runner and the description of the API have to know.

    :param path: after `/api/v2`; with `catch_all`, the whole path
    :param answer: the successful answers, see `schemas`
    :param errors: error classes beyond those that follow from the other declarations,
        see `description.error_classes`
    :param auth: `none`, `both` (session token or API key), `key`, `session`, `refresh`
        (a session token that may have expired) or `optional` (both, or nothing)
    :param parameters: of the query string, and headers
    :param filters: whether any other query parameter is a filter on a field
    :param body: the JSON body, for a route that takes one
    :param preferences: the preferences of `Prefer` that are honoured, see
        `protocol.preferences`
    :param operation: what an API key must allow, see `auth.restrictions`; by default
        the operation of the HTTP methods
    :param may_need: other operations that some requests need on the same model; an
        error about `operation` names them, too
    :param model: the model of that operation; by default the `model_name` in the path;
        without one, the request is about the caller alone
    :param own: whether the caller's own keys, sessions or profile are not
        administrative here, see `auth.administration`. They are the caller's where the
        path names no other user; what the path does not tell, the endpoint checks.
    :param administrators: whether it needs the group Access Rights
    :param batch: whether it can be a step of `POST /batch`; it then returns an
        `Answer`, and no secrets
    :param may_roll_back: whether its answer is right even if what it runs rolls back
        the whole transaction; other routes that write refuse a rollback
    :param has_steps: whether it runs other routes, each of which reads or writes
    :param needs_database: false if it is also served where no database is chosen and
        the addon is one of Odoo's `server_wide_modules`
    :param session_endpoint: where `auth` is `key`, the path that accepts sessions
    :param catch_all: whether it only answers what no other route does
    :param low_priority: whether this read is refused first under pressure, without
        `Priority: u=6` too
    """
    reads = routing.get("readonly", set(methods) <= set(SAFE_METHODS))
    routing["readonly"] = may_use_replica if reads else False
    paths = path if catch_all else PREFIX + path
    return http.route(
        paths,
        type="base_api",
        auth=AUTH_METHODS[auth],
        # None stands for every method.
        methods=list(methods) or None,
        answers=answer if isinstance(answer, Sequence) else (answer,),
        errors=errors,
        parameters=parameters,
        filters=filters,
        body=body,
        preferences=preferences,
        session_endpoint=session_endpoint and PREFIX + session_endpoint,
        operation=operation or operation_of(methods),
        may_need=may_need,
        model=model,
        own=own,
        administrators=administrators,
        batch=batch,
        may_roll_back=may_roll_back,
        has_steps=has_steps,
        needs_database=needs_database,
        catch_all=catch_all,
        low_priority=low_priority,
        save_session=False,
        **routing,
    )


def operation_of(methods: Sequence[str]) -> str:
    """Return the operation that an API key must allow for some HTTP methods.

    :raise ValueError: they are different operations, so that the route has to say it
    """
    operations = {METHOD_OPERATIONS[method] for method in methods}
    if len(operations) != 1:
        raise ValueError(
            f"Declare operation: {', '.join(methods)} are different operations"
        )
    return operations.pop()


def without_files(_controller: http.Controller) -> int:
    """Return the maximum size in bytes of a body that holds no files.

    For the parameter `max_content_length` of `odoo.http.route`.
    """
    return min(MAX_JSON_BYTES, request.httprequest.max_content_length)
