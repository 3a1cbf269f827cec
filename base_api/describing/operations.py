# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Routes as operations of OpenAPI."""

from __future__ import annotations

from collections import defaultdict
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from odoo.api import Environment

from ..operations.description import error_classes, success_schemas
from ..operations.schemas import FileAnswer, JsonAnswer
from ..protocol.headers import RESPONSE_HEADERS
from ..protocol.parameters import Parameter, Schema
from ..protocol.read_after import READ_AFTER
from .components import holds_records
from .names import type_name

if TYPE_CHECKING:
    from .components import Components
    from .routes import Route

_JSON = "application/json"
_TEXT = {"type": "string"}
# Statuses of errors that any request of a kind can get.
_ANYWHERE = (401, 403, 413, 415, 500, 503)
_PATH_PARAMETERS = {
    "model_name": ("Technical name of a model", "res.partner"),
    "record_id": ("Id of a record, or @ and its external id", "1"),
    "user_id": ("Id of a user", "2"),
    "key_id": ("Id of an API key", "1"),
    "session_id": ("Id of a session", "1"),
    "method_name": ("Name of a public method", "name_search"),
    "version": ("Hash of the files of the page", "0123456789abcdef"),
    "file_name": ("Name of a file of the page", "main.js"),
    "field_name": ("Name of a binary field", "image_128"),
    "report_name": ("Name or external id of a report", "sale.report_saleorder"),
    "page": ("Name of a page of the documentation", "errors"),
    "ids": ("Ids of records, separated by commas", "1,2"),
}
SECURITY: dict[str, list[dict[str, list[str]]]] = {
    "none": [],
    "base_api": [{"apiKey": []}, {"sessionToken": []}, {"bearer": []}],
    "base_api_optional": [{"apiKey": []}, {"sessionToken": []}, {"bearer": []}, {}],
    "base_api_key": [{"apiKey": []}, {"bearer": []}],
    "base_api_session": [{"sessionToken": []}, {"bearer": []}],
    "base_api_refresh": [{"sessionToken": []}, {"bearer": []}],
}


def describe_operation(
    env: Environment | None,
    route: Route,
    components: Components,
    model_names: list[str] | None = None,
    is_template: bool = False,
) -> dict[str, Any]:
    """Return the operation object of a route, without its id and tags.

    :param model_names: the models that its path may name; None for any
    :param is_template: whether the path names one model, see `Components.for_model`
    """
    routing = route.routing
    summary, _, rest = route.documentation.partition("\n\n")
    parameters = _path_parameters(route, model_names, is_template)
    parameters += _parameters(env, route)
    operation: dict[str, Any] = {
        "summary": " ".join(summary.split()).rstrip("."),
        "parameters": [components.parameter(item) for item in parameters],
        "responses": _responses(route, components, is_template),
    }
    if routing["auth"] != "base_api":  # the default of the document
        operation["security"] = SECURITY[routing["auth"]]
    if rest:
        operation["description"] = rest
    if routing["body"]:
        operation["requestBody"] = _request_body(route, components, is_template)
    return operation


def is_typed(route: Route) -> bool:
    """Tell whether the fields of the model in the path matter to the description."""
    routing = route.routing
    schemas = [item.data for item in routing["answers"] if isinstance(item, JsonAnswer)]
    if routing["body"]:
        schemas.append(routing["body"].json_schema())
    return any(map(holds_records, schemas))


def tag_of(route: Route) -> str:
    """Return the tag of a route for any model: the first part of its path."""
    return route.path.split("/")[1]


def operation_id(route: Route, model_name: str | None = None) -> str:
    """Return the name of an operation, which is unique."""
    parts = [route.name]
    if route.method != route.routing["methods"][0]:
        parts.append(route.method.lower())
    if model_name:
        parts.append(model_name.replace(".", "_"))
    return "_".join(parts)


def _path_parameters(
    route: Route, model_names: list[str] | None, is_template: bool
) -> list[dict[str, Any]]:
    found = [_path_parameter(name) for name in route.path_names]
    if is_template:
        return [item for item in found if item["name"] != "model_name"]
    for item in found:
        if model_names and item["name"] == "model_name":
            item["schema"] = _TEXT | {"enum": model_names}
            item["example"] = model_names[0]
    return found


def _parameters(env: Environment | None, route: Route) -> list[dict[str, Any]]:
    described = [_parameter(env, item) for item in route.routing["parameters"]]
    if route.routing["filters"]:
        described.append(_FILTERS)
    if route.routing["preferences"]:
        described.append(_header("Prefer", _preferences(route)))
    if route.routing["readonly"] and route.routing["auth"] != "none":
        described.append(_header(READ_AFTER, "From an earlier write, to read it"))
    return described


def _path_parameter(name: str) -> dict[str, Any]:
    described = {"name": name, "in": "path", "required": True, "schema": _TEXT}
    # Other addons have other names in their paths.
    if name in _PATH_PARAMETERS:
        described["description"], described["example"] = _PATH_PARAMETERS[name]
    return described


def _parameter(env: Environment | None, parameter: Parameter) -> dict[str, Any]:
    if parameter.header:
        return _header(parameter.header, parameter.description)
    described: dict[str, Any] = {
        "name": parameter.name,
        "in": "query",
        "description": parameter.description,
        # Lists are sent as text, separated by commas, or as JSON.
        "schema": _in_query(parameter.json_schema(env)),
    }
    if parameter.required:
        described["required"] = True
    if isinstance(parameter.example, str):
        described["example"] = parameter.example
    return described


def _in_query(schema: Schema) -> Schema:
    if schema.get("type") in ("boolean", "integer", "number", "string"):
        return schema
    return _TEXT


def _header(name: str, description: str) -> dict[str, Any]:
    return {"name": name, "in": "header", "description": description, "schema": _TEXT}


def _preferences(route: Route) -> str:
    names = ", ".join(route.routing["preferences"])
    return f"Preferences (RFC 7240), separated by commas: {names}"


_FILTERS = {
    "name": "filters",
    "in": "query",
    "description": "Filters: fields with operators, as in name__ilike=desk",
    "style": "form",
    "explode": True,
    "schema": {"type": "object", "additionalProperties": {"type": "string"}},
}


def _request_body(
    route: Route, components: Components, is_template: bool
) -> dict[str, Any]:
    body = route.routing["body"]
    name = f"{type_name(route.name)}Body"
    schema = components.refer_to_body(name, body.json_schema(), is_template)
    content = {_JSON: {"schema": schema}}
    # Clients of openapi-python-client could not send one of several media types if one
    # of them were a list: /create is described without files.
    if body.multipart == "files" or (body.multipart and not body.items):
        content["multipart/form-data"] = {"schema": {"type": "object"}}
    return {"required": not body.optional, "content": content}


def _responses(
    route: Route, components: Components, is_template: bool
) -> dict[str, Any]:
    """Return the responses by status.

    In a template, which is repeated for each model, errors that any request can get are
    the `default`.
    """
    responses = {}
    for status in sorted({answer.status for answer in route.routing["answers"]}):
        responses[str(int(status))] = _success(route, components, is_template, status)
    anywhere: set[str] = set()
    for status, codes in sorted(_error_codes(route).items()):
        if is_template and status in _ANYWHERE:
            anywhere |= codes
        else:
            error = _error(components, codes) | _response_headers(status)
            responses[str(int(status))] = components.response(int(status), error)
    if anywhere:
        error = _error(components, anywhere)
        responses["default"] = components.response("default", error)
    return responses


def _error(components: Components, codes: set[str]) -> dict[str, Any]:
    content = {_JSON: {"schema": components.error(codes)}}
    return {"description": ", ".join(sorted(codes)), "content": content}


def _success(
    route: Route, components: Components, is_template: bool, status: int
) -> dict[str, Any]:
    answers = [item for item in route.routing["answers"] if item.status == status]
    names = [item.name for item in answers if isinstance(item, JsonAnswer)]
    content: dict[str, Any] = {
        media_type: {"schema": _file_schema(media_type)}
        for item in answers
        if isinstance(item, FileAnswer)
        for media_type in item.media_types
    }
    suffix = "OrDryRun" if "dry-run" in route.routing["preferences"] else ""
    found = [
        components.refer(f"{name}{suffix}Answer", schema, is_template)
        for name, schema in zip(
            names, success_schemas(route.routing, status), strict=True
        )
    ]
    if found:
        content[_JSON] = {"schema": found[0] if len(found) == 1 else {"anyOf": found}}
    described = {"description": HTTPStatus(status).phrase}
    return (
        described
        | ({"content": content} if content else {})
        | _response_headers(status, () if route.routing["readonly"] else (READ_AFTER,))
    )


def _file_schema(media_type: str) -> Schema:
    """Return the schema of a file, from which generators choose a type for it."""
    if media_type == _JSON:
        return {"type": "object", "additionalProperties": True}
    is_text = media_type.startswith("text/") or media_type.endswith("ndjson")
    return _TEXT if is_text else _TEXT | {"format": "binary"}


def _error_codes(route: Route) -> dict[int, set[str]]:
    found: defaultdict[int, set[str]] = defaultdict(set)
    for item in error_classes(route.routing, set(route.path_names)):
        found[item.code].add(item.error_code)
    return found


def _response_headers(status: int, names: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the headers that only answers with this status and a few others have.

    :param names: of further headers
    """
    headers = {
        header.name: {"description": header.description, "schema": _TEXT}
        for header in RESPONSE_HEADERS
        if status in header.statuses or header.name in names
    }
    return {"headers": headers} if headers else {}
