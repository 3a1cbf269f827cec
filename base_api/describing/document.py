# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The description of the API as an OpenAPI document, for one caller.

It is made from the declarations of the routes and from the registry: nothing is written
twice. https://spec.openapis.org/oas/v3.1.1
"""

from __future__ import annotations

from typing import Any

from odoo.api import Environment
from odoo.modules import get_manifest

from ..auth.administration import MODES
from ..auth.api_key import allows_operation, check_operation, current_key
from ..lookup import get_model
from ..protocol.addresses import PREFIX
from ..reading.field_descriptions import declare_fields
from .components import Components
from .operations import describe_operation, tag_of
from .routes import Route, allowed_routes

OPENAPI_VERSION = "3.1.1"
_LICENSE = {"name": "LGPL-3.0", "identifier": "LGPL-3.0-or-later"}
_SECURITY_SCHEMES = {
    "apiKey": {"type": "apiKey", "in": "header", "name": "api-key"},
    "sessionToken": {"type": "apiKey", "in": "header", "name": "session-token"},
    "bearer": {"type": "http", "scheme": "bearer"},
}


def make_document(env: Environment, model_names: list[str]) -> dict[str, Any]:
    """Return the description of what the caller and the API key may do.

    :param model_names: models that get paths and schemas of their own; without any, the
        paths have the name of the model as a parameter
    :raise ModelNotFound: a model does not exist
    :raise KeyRestricted: the API key may not read it
    :raise odoo.exceptions.AccessError: the caller may not read it
    """
    key = current_key(env)
    components = Components(bool(key and key.strict_types))
    for name in model_names:
        model = get_model(env, name)
        check_operation(env, "read", name)
        model.check_access("read")
        components.add_model(name, model._description, declare_fields(model, []))
    paths: dict[str, Any] = {}
    tags = {}
    for route, model_name in _operations(env, model_names):
        path = route.path
        if model_name:
            path = path.replace("{model_name}", model_name)
        methods, method = paths.setdefault(path, {}), route.method.lower()
        if method in methods:
            continue  # a route for this model alone comes first, as in the router
        methods[method] = describe_operation(env, route, components, model_name)
        tags[tag_of(route, model_name)] = _tag_description(env, route, model_name)
    return {
        "openapi": OPENAPI_VERSION,
        "info": _info(),
        "servers": [{"url": PREFIX}],
        "tags": [{"name": name, "description": text} for name, text in tags.items()],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(components.schemas.items())),
            "parameters": components.parameters,
            "responses": components.responses,
            "securitySchemes": _SECURITY_SCHEMES,
        },
    }


def _operations(
    env: Environment, model_names: list[str]
) -> list[tuple[Route, str | None]]:
    """Return pairs of a route and the model to name in its path, or None."""
    found: list[tuple[Route, str | None]] = []
    for route in allowed_routes(env):
        if not (route.is_for_models and model_names):
            found.append((route, None))
            continue
        operation = route.routing["operation"]
        for name in model_names:
            is_granted = env[name].has_access(MODES.get(operation, "read"))
            if is_granted and allows_operation(env, operation, name):
                found.append((route, name))
    return found


def _info() -> dict[str, Any]:
    return {
        "title": "REST API for Odoo",
        "version": get_manifest("base_api")["version"],
        "description": (
            "Answers have success, data and message; errors have success and error. "
            "With Accept: application/problem+json errors are problem documents "
            "(RFC 9457)."
        ),
        "license": _LICENSE,
    }


def _tag_description(env: Environment, route: Route, model_name: str | None) -> str:
    if model_name:
        return env[model_name]._description
    return f"Paths that begin with /{tag_of(route, None)}"
