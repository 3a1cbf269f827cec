# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Compare answers with what their routes declare.

Both test suites do so with every answer that they receive.
"""

import inspect
import json
from functools import cache
from urllib.parse import unquote, urlsplit

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule

from odoo.http import Controller

from .. import controllers
from ..errors import (
    DatabaseUnavailable,
    InternalError,
    InvalidParameter,
    MethodNotAllowed,
    NotFound,
)
from ..errors.quota import QuotaExceeded
from ..operations import description
from ..protocol.addresses import PREFIX
from ..protocol.headers import RESPONSE_HEADERS

# What any path can answer with.
FALLBACK_ERRORS = {
    DatabaseUnavailable,
    InternalError,
    InvalidParameter,
    MethodNotAllowed,
    NotFound,
    QuotaExceeded,
}
PROBLEM_TYPE = "application/problem+json"
# Headers that servers and proxies add to whatever is sent.
SERVER_HEADERS = {
    "connection",
    "content-length",
    "date",
    "keep-alive",
    "server",
    "transfer-encoding",
}


def declared_rules():
    """Yield pairs of a path and the routing of an endpoint, for all endpoints."""
    for module in vars(controllers).values():
        if not inspect.ismodule(module):
            continue
        for _name, cls in inspect.getmembers(module, inspect.isclass):
            if issubclass(cls, Controller) and cls.__module__ == module.__name__:
                for endpoint in vars(cls).values():
                    routing = getattr(endpoint, "original_routing", {})
                    if description.is_ours(routing):
                        for path in routing["routes"]:
                            yield path, routing


def find_routing(method, url):
    """Return the routing that a request leads to, and the names in its path.

    :return: a pair of None where no endpoint takes the request
    """
    try:
        path = unquote(urlsplit(url).path)
        position, arguments = _adapter().match(path, method=method)
    except HTTPException:
        return None, None
    return _rules()[position][1], set(arguments)


def check_declared(response):
    """Check the answer to a request of the library `requests`.

    :raise AssertionError: it has a status, a code, a header or a member that its route
        does not declare
    """
    request = response.request
    if not urlsplit(request.url).path.startswith(PREFIX):
        return
    _check_headers(response)
    if request.method in ("HEAD", "OPTIONS") or response.status_code == 304:
        return
    title = f"{request.method} {request.url[:200]}: {response.status_code}"
    routing, path_names = find_routing(request.method, request.url)
    schemas = _schemas(response, routing, path_names)
    if schemas is None:
        return
    body = response.json()
    _check_body(title, body, schemas)
    if _is_batch(response):
        _check_steps(json.loads(request.body)["steps"], body["data"]["results"])


def _check_body(title, body, schemas):
    problems = [best_match(_validator(repr(s), s).iter_errors(body)) for s in schemas]
    assert problems, f"{title} is not declared"
    if all(problems):
        best = problems[0]
        raise AssertionError(f"{title}: {best.json_path}: {best.message[:500]}")


def _is_batch(response):
    path = urlsplit(response.request.url).path
    return path.rstrip("/") == f"{PREFIX}/batch" and response.ok


def _check_steps(steps, results):
    """Check the result of each step of a batch like an answer of its own."""
    for step, result in zip(steps, results, strict=True):
        title = f"{step['method']} {step['path'][:200]} in a batch"
        routing, _names = find_routing(step["method"], PREFIX + step["path"])
        envelopes = description.success_schemas(routing, result["status"])
        schemas = [envelope["properties"]["data"] for envelope in envelopes]
        _check_body(title, result["data"], schemas)


def _check_headers(response):
    declared = {header.name.lower(): header for header in RESPONSE_HEADERS}
    for name in {name.lower() for name in response.headers} - SERVER_HEADERS:
        assert name in declared, f"Header {name} is not declared"
        allowed = declared[name].statuses or (response.status_code,)
        assert response.status_code in allowed, f"{name}: {response.status_code}"


def _schemas(response, routing, path_names):
    """Return the schemas one of which the answer must match; None for a file."""
    media_type = response.headers.get("Content-Type", "").partition(";")[0]
    if response.status_code < 400:
        assert routing, "No route is declared for a successful answer"
        files = description.media_types(routing)
        if files and (media_type in files or "*/*" in files):
            return None
        return list(description.success_schemas(routing, response.status_code))
    classes = FALLBACK_ERRORS
    if routing:
        classes = description.error_classes(routing, path_names)
    codes = {item.error_code for item in classes if item.code == response.status_code}
    if media_type == PROBLEM_TYPE:
        return [description.problem_schema(codes)]
    return [description.error_schema(codes)]


@cache
def _rules():
    return list(declared_rules())


@cache
def _adapter():
    rules = [
        Rule(path, methods=routing["methods"], endpoint=position)
        for position, (path, routing) in enumerate(_rules())
    ]
    return Map(rules, strict_slashes=False).bind("")


_validators = {}


def _validator(key, schema):
    if key not in _validators:
        Draft202012Validator.check_schema(schema)
        _validators[key] = Draft202012Validator(schema)
    return _validators[key]
