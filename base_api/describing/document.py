# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The description of the API as an OpenAPI document, for one caller.

It is made from the declarations of the routes and from the registry: nothing is written
twice. https://spec.openapis.org/oas/v3.1.1
"""

from __future__ import annotations

import json
from typing import Any

from odoo.api import Environment
from odoo.modules import get_manifest

from ..auth.administration import MODES
from ..auth.api_key import allows_operation, current_key
from ..json_text import json_default
from ..protocol.addresses import PREFIX
from ..reading.field_descriptions import declare_fields
from ..writing.create import names_without_default
from .components import Components
from .operations import SECURITY, describe_operation, is_typed, operation_id, tag_of
from .routes import Route, all_routes, allowed_routes

OPENAPI_VERSION = "3.1.1"
_LICENSE = {"name": "LGPL-3.0", "identifier": "LGPL-3.0-or-later"}
_SECURITY_SCHEMES = {
    "apiKey": {"type": "apiKey", "in": "header", "name": "api-key"},
    "sessionToken": {"type": "apiKey", "in": "header", "name": "session-token"},
    "bearer": {"type": "http", "scheme": "bearer"},
}


def openapi_text(env: Environment, model_names: list[str]) -> str:
    """Return the document as JSON text, see `make_document`."""
    return _to_text(make_document(env, model_names))


def public_openapi_text(env: Environment, _model_names: list[str]) -> str:
    """Return the document about all endpoints as JSON text."""
    return _to_text(make_public_document(env))


def make_document(env: Environment, model_names: list[str]) -> dict[str, Any]:
    """Return the description of what the caller and the API key may do.

    :param model_names: models that the caller may read. They get paths and schemas of
        their own where their fields matter; without any, the name of the model is a
        parameter of the path.
    """
    key = current_key(env)
    components = Components(bool(key and key.strict_types))
    for name in model_names:
        model, rows = env[name], declare_fields(env[name], [])
        required = names_without_default(model)
        components.add_model(name, model._description, rows, required)
    components.add_field_types()
    paths = Paths(env, components)
    for route in allowed_routes(env):
        paths.add(route, model_names)
    return _assemble(paths)


def make_public_document(env: Environment) -> dict[str, Any]:
    """Return the description of all endpoints, without models, fields or records."""
    # The maxima of parameters are the defaults, not those of the settings.
    paths = Paths(None, Components(strict_types=False))
    for route in all_routes(env):
        paths.add(route, [])
    return _assemble(paths)


class Paths:
    """The paths of a description, and their tags.

    :param env: that of the caller; None for nothing of the database
    """

    def __init__(self, env: Any, components: Components) -> None:
        self.env = env
        self.components = components
        self.items: dict[str, dict[str, Any]] = {}
        self.tags: dict[str, str] = {}

    def add(self, route: Route, model_names: list[str]) -> None:
        """Add a route, once for each model if it is typed."""
        if not (route.is_for_models and model_names):
            self._add_generic(route)
            return
        allowed = [name for name in model_names if _is_allowed(self.env, route, name)]
        if allowed and is_typed(route):
            self._add_typed(route, allowed)
        elif allowed:
            self._add_generic(route, allowed)

    def _add_generic(self, route: Route, model_names: list[str] | None = None) -> None:
        """Add a route.

        :param model_names: that its path may name; None for any
        """
        operation = describe_operation(
            self.env, route, self.components, model_names=model_names
        )
        tag = tag_of(route)
        self.tags[tag] = f"Paths that begin with /{tag}"
        self._put(route.path, route.method, operation, tag, operation_id(route))

    def _add_typed(self, route: Route, model_names: list[str]) -> None:
        template = describe_operation(
            self.env, route, self.components, is_template=True
        )
        for name in model_names:
            operation = self.components.for_model(template, name)
            path = route.path.replace("{model_name}", name)
            self.tags[name] = self.env[name]._description
            self._put(path, route.method, operation, name, operation_id(route, name))

    def _put(
        self, path: str, method: str, operation: dict[str, Any], tag: str, name: str
    ) -> None:
        # A route for this model alone comes first, as in the router.
        methods = self.items.setdefault(path, {})
        methods.setdefault(
            method.lower(), {"operationId": name, "tags": [tag]} | operation
        )


def _is_allowed(env: Environment, route: Route, model_name: str) -> bool:
    operation = route.routing["operation"]
    is_granted = env[model_name].has_access(MODES.get(operation, "read"))
    return is_granted and allows_operation(env, operation, model_name)


def _assemble(paths: Paths) -> dict[str, Any]:
    components = paths.components
    tags = [{"name": name, "description": text} for name, text in paths.tags.items()]
    return {
        "openapi": OPENAPI_VERSION,
        "info": _info(),
        "servers": [{"url": PREFIX}],
        "security": SECURITY["base_api"],
        "tags": tags,
        "paths": paths.items,
        "components": {
            "schemas": dict(sorted(components.schemas.items())),
            "parameters": components.parameters,
            "responses": components.responses,
            "securitySchemes": _SECURITY_SCHEMES,
        },
    }


def _to_text(document: dict[str, Any]) -> str:
    """Return JSON text without whitespace between its parts, a tenth of its size."""
    options: dict[str, Any] = {"separators": (",", ":"), "default": json_default}
    return json.dumps(document, ensure_ascii=False, **options)


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
