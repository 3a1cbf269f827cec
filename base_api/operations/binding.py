# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Translate the sent values of an operation to the arguments of its endpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from odoo.api import Environment

from ..auth.api_key import check_operation, check_operations
from ..auth.owners import check_admin
from ..errors import KeyRestricted
from ..errors.sent_body import SentBody
from ..protocol.parameters import parse_headers, parse_query

if TYPE_CHECKING:
    from ..request_scope import RequestScope
    from .operation import Operation


def bind(env: Environment, operation: Operation, scope: RequestScope) -> dict[str, Any]:
    """Return the keyword arguments of the endpoint of an operation.

    :param env: None where no database is chosen
    :raise KeyRestricted: the API key does not allow the operation
    :raise Forbidden: it is for administrators
    :raise InvalidParameter: see `protocol.parameters`
    :raise ApiError: the body, see `protocol.bodies`
    """
    routing, path_arguments = operation.routing, operation.path_arguments
    if env is not None:
        check_key(env, operation)
        if routing["administrators"]:
            check_admin(env)
    parameters = routing["parameters"]
    arguments = path_arguments | parse_query(
        env, operation.query, parameters, with_filters=routing["filters"]
    )
    arguments |= parse_headers(env, operation.headers, parameters)
    if routing["body"]:
        arguments["body"] = operation.content.parse(env, routing, path_arguments)
    else:
        operation.content.check_absent(f"{operation.method} {operation.path[:80]}")
    if env is not None:
        scope.sent = _sent_body(env, operation, arguments.get("body"))
    return arguments


def check_key(env: Environment, operation: Operation) -> None:
    """Refuse an operation that the API key of the request does not allow.

    :raise KeyRestricted: naming model and operation, and others that may be needed
    """
    routing, user_id = operation.routing, operation.path_arguments.get("user_id")
    own = routing["own"] and user_id in (None, str(env.uid))
    needed, model_name = routing["operation"], operation.model_name
    try:
        check_operation(env, needed, model_name, own)
    except KeyRestricted:
        if routing["may_need"] and model_name:
            check_operations(env, (needed, *routing["may_need"]), model_name)
        raise


def _sent_body(
    env: Environment,
    operation: Operation,
    body: dict[str, Any] | list[dict[str, Any]] | None,
) -> SentBody:
    # The path names no record: the records in the body are new.
    is_new = operation.path_arguments.keys() <= {"model_name"}
    return SentBody(env.registry, operation.model_name, body, is_new)
