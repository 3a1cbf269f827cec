# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Errors as RFC 9457 problem documents, for clients that ask for them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

PROBLEM_TYPE = "application/problem+json"
JSON_TYPE = "application/json"
# RFC 9457, section 3.1.1: an identifier that need not be the address of a page.
# The anchors of the page are the codes.
ERROR_PAGE = "/api/v2/docs/errors.md#"
TYPE_PREFIX = "urn:problem-type:base_api:"


def wants_problem(accept: Any) -> bool:
    """Tell whether a client prefers problem documents to plain JSON.

    A wildcard does not count: most clients send one without knowing of them.

    :param accept: the header `Accept`, parsed by werkzeug
    """
    named = [
        quality
        for value, quality in accept
        if value.partition(";")[0].strip().lower() == PROBLEM_TYPE
    ]
    best = max(named, default=0)
    return best > 0 and best >= accept[JSON_TYPE]


def problem_body(error: Any, request_id: str | None = None) -> dict[str, Any]:
    """Return the problem document of an `ApiError`."""
    problem = {
        "type": TYPE_PREFIX + error.error_code,
        "title": error.error_code.replace("_", " ").capitalize(),
        "status": HTTPStatus(error.code),
        "detail": error.description,
        "code": error.error_code,
        "documentation": ERROR_PAGE + error.error_code.lower(),
    }
    if error.details:
        problem["errors"] = error.details
    if error.step:
        problem["step"] = error.step
    problem |= error.extra
    if request_id:
        problem["request_id"] = request_id
    return problem
