# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Run operations.

HTTP requests, the steps of a batch and requests without a database all use `run`. Code
of other addons can do so, too: it creates an `Operation` and a `RequestScope`, and
binds the scope to the cursor (`orm.scope.bind_scope`).
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from functools import partial
from typing import TYPE_CHECKING, Any

from odoo.api import Environment
from odoo.http import request

from .binding import bind
from .policies import POLICIES

if TYPE_CHECKING:
    from ..request_scope import RequestScope
    from .operation import Operation


_environment = ContextVar("base_api_environment", default=None)


def run(
    env: Environment,
    operation: Operation,
    scope: RequestScope,
    policies: tuple[Callable, ...] = POLICIES,
) -> Any:
    """Run an operation as the user of an environment.

    :param env: None where no database is chosen
    :param policies: what is done around the endpoint, the outermost first
    :return: an `Answer`, or a response of Odoo where the endpoint sends a file
    :raise Exception: any error, see `errors.table`
    """
    scope.references.clear()
    scope.line_names = None
    arguments = bind(env, operation, scope)
    call = partial(_call, env, operation.endpoint, arguments)
    for policy in reversed(policies):
        call = partial(policy, env, operation, scope, call)
    return call()


def _call(env: Environment, endpoint: Callable, arguments: dict[str, Any]) -> Any:
    token = _environment.set(env)
    try:
        return endpoint(**arguments)
    finally:
        _environment.reset(token)


class OperationController:
    """A mixin for controllers: `env` is that of the operation that runs."""

    @property
    def env(self) -> Environment:
        env = _environment.get()
        if env is None and request:  # a controller is used without `run`
            return request.env
        return env
