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

if TYPE_CHECKING:
    from .components import Components
    from .routes import Route

_JSON = "application/json"
_TEXT = {"type": "string"}
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
    "ids": ("Ids of records, separated by commas", "1,2"),
}
_SECURITY: dict[str, list[dict[str, list[str]]]] = {
    "none": [],
    "base_api": [{"apiKey": []}, {"sessionToken": []}, {"bearer": []}],
    "base_api_key": [{"apiKey": []}, {"bearer": []}],
    "base_api_session": [{"sessionToken": []}, {"bearer": []}],
    "base_api_refresh": [{"sessionToken": []}, {"bearer": []}],
}


def describe_operation(
    env: Environment, route: Route, components: Components, model_name: str | None
) -> dict[str, Any]:
    """Return the operation object of a route.

    :param model_name: the model that its path names; None if that is a parameter
    """
    routing = route.routing
    summary, _, rest = route.documentation.partition("\n\n")
    operation: dict[str, Any] = {
        "operationId": _operation_id(route, model_name),
        "summary": " ".join(summary.split()).rstrip("."),
        "tags": [tag_of(route, model_name)],
        "parameters": [
            components.parameter(item) for item in _parameters(env, route, model_name)
        ],
        "responses": _responses(route, components, model_name),
        "security": _SECURITY[routing["auth"]],
    }
    if rest:
        operation["description"] = rest
    if routing["body"]:
        operation["requestBody"] = _request_body(route, components, model_name)
    return operation


def tag_of(route: Route, model_name: str | None) -> str:
    """Return the tag of an operation: the model, or the first part of the path."""
    return model_name or route.path.split("/")[1]


def _operation_id(route: Route, model_name: str | None) -> str:
    parts = [route.name]
    if route.method != route.routing["methods"][0]:
        parts.append(route.method.lower())
    if model_name:
        parts.append(model_name.replace(".", "_"))
    return "_".join(parts)


def _parameters(
    env: Environment, route: Route, model_name: str | None
) -> list[dict[str, Any]]:
    described = [
        _path_parameter(name)
        for name in route.path_names
        if not (model_name and name == "model_name")
    ]
    described += [_parameter(env, item) for item in route.routing["parameters"]]
    if route.routing["filters"]:
        described.append(_FILTERS)
    if route.routing["preferences"]:
        described.append(_header("Prefer", _preferences(route)))
    return described


def _path_parameter(name: str) -> dict[str, Any]:
    described = {"name": name, "in": "path", "required": True, "schema": _TEXT}
    # Other addons have other names in their paths.
    if name in _PATH_PARAMETERS:
        described["description"], described["example"] = _PATH_PARAMETERS[name]
    return described


def _parameter(env: Environment, parameter: Parameter) -> dict[str, Any]:
    if parameter.header:
        return _header(parameter.header, parameter.description)
    described: dict[str, Any] = {
        "name": parameter.name,
        "in": "query",
        "description": parameter.description,
        # Lists are sent as text, separated by commas, or as JSON.
        "schema": _in_query(parameter.json_schema(env)),
    }
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
    route: Route, components: Components, model_name: str | None
) -> dict[str, Any]:
    body = route.routing["body"]
    content = {_JSON: {"schema": components.inline(body.json_schema(), model_name)}}
    if body.multipart:
        content["multipart/form-data"] = {"schema": {"type": "object"}}
    return {"required": not body.optional, "content": content}


def _responses(
    route: Route, components: Components, model_name: str | None
) -> dict[str, Any]:
    responses = {}
    for status in sorted({answer.status for answer in route.routing["answers"]}):
        responses[str(int(status))] = _success(route, components, model_name, status)
    for status, codes in sorted(_error_codes(route).items()):
        described = {
            "description": ", ".join(sorted(codes)),
            "content": {_JSON: {"schema": components.error(codes)}},
        } | _response_headers(status)
        responses[str(int(status))] = components.response(int(status), described)
    return responses


def _success(
    route: Route, components: Components, model_name: str | None, status: int
) -> dict[str, Any]:
    answers = [item for item in route.routing["answers"] if item.status == status]
    names = [item.name for item in answers if isinstance(item, JsonAnswer)]
    content: dict[str, Any] = {
        media_type: {"schema": {"type": "string", "contentMediaType": media_type}}
        for item in answers
        if isinstance(item, FileAnswer)
        for media_type in item.media_types
    }
    suffix = "OrDryRun" if "dry-run" in route.routing["preferences"] else ""
    owner = model_name if route.is_for_models else None
    found = [
        components.refer(f"{name}{suffix}Answer", schema, owner)
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
        | _response_headers(status)
    )


def _error_codes(route: Route) -> dict[int, set[str]]:
    found: defaultdict[int, set[str]] = defaultdict(set)
    for item in error_classes(route.routing, set(route.path_names)):
        found[item.code].add(item.error_code)
    return found


def _response_headers(status: int) -> dict[str, Any]:
    """Return the headers that only answers with this status and a few others have."""
    headers = {
        header.name: {"description": header.description, "schema": _TEXT}
        for header in RESPONSE_HEADERS
        if status in header.statuses
    }
    return {"headers": headers} if headers else {}
