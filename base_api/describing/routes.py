# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The routes of a database that a caller may use."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from odoo.api import Environment

from ..auth.administration import CHANGES, MODES
from ..auth.administrators import manages_users
from ..auth.api_key import allows_operation, current_key, current_restrictions
from ..auth.restrictions import METHODS
from ..operations.description import is_ours
from ..operations.endpoints import routing_map
from ..protocol.addresses import PATH_VARIABLE, path_template

_KEY_ONLY = ("base_api_key",)
_SESSION_ONLY = ("base_api_session", "base_api_refresh")


@dataclass(frozen=True)
class Route:
    """One method of a path.

    :param path: after the prefix of the API, as a template of OpenAPI
    :param path_names: the names of its variable parts
    :param name: of the endpoint, in snake_case
    :param documentation: its docstring
    """

    method: str
    path: str
    path_names: tuple[str, ...]
    routing: dict[str, Any]
    name: str
    documentation: str

    @property
    def model_name(self) -> str | None:
        """The model in its declaration; None for one in the path, or for none."""
        return self.routing["model"]

    @property
    def is_for_models(self) -> bool:
        """Whether a variable part of the path is the name of a model."""
        return "model_name" in self.path_names


def allowed_routes(env: Environment) -> list[Route]:
    """Return the routes that the caller may use, by path and method."""
    return [route for route in all_routes(env) if _is_allowed(env, route)]


def all_routes(env: Environment) -> list[Route]:
    """Return the routes of the API, by path and method."""
    order = {method: position for position, method in enumerate(METHODS)}
    return sorted(
        _iterate_routes(env), key=lambda route: (route.path, order[route.method])
    )


def _iterate_routes(env: Environment) -> Iterator[Route]:
    seen = set()
    for rule in routing_map(env).iter_rules():
        routing = rule.endpoint.routing
        if not is_ours(routing):
            continue
        path = path_template(rule.rule)
        names = tuple(PATH_VARIABLE.findall(rule.rule))
        function = rule.endpoint.func
        for method in routing["methods"]:
            if (method, path) in seen:
                continue
            seen.add((method, path))
            text = inspect.getdoc(function) or ""
            yield Route(method, path, names, routing, function.__name__, text)


def _is_allowed(env: Environment, route: Route) -> bool:
    routing = route.routing
    if routing["auth"] in (_SESSION_ONLY if current_key(env) else _KEY_ONLY):
        return False
    if routing["administrators"] and not manages_users(env):
        return False
    operation, model_name = routing["operation"], route.model_name
    if routing["own"] or not model_name:
        # It may concern the caller alone, or any model that the path names.
        return current_restrictions(env).allows(operation, None)
    mode = operation in CHANGES and MODES.get(operation)
    if mode and model_name in env and not env[model_name].has_access(mode):
        return False
    return allows_operation(env, operation, model_name)
