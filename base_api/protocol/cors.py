# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""CORS: the web pages of other origins that may use the API (Fetch standard).

Cookies do not authenticate: CORS protects the answers, not the user.
"""

from typing import Any

from odoo.api import Environment

from ..settings import ANY_ORIGIN, allowed_origins
from .headers import REQUEST_HEADERS, RESPONSE_HEADERS, for_browsers

MAX_AGE = 24 * 60 * 60  # seconds for which browsers cache the answer


def cors_headers(env: Environment, headers: Any) -> dict[str, Any]:
    """Return the headers that let an allowed origin read the answer.

    :param headers: of the request
    """
    origin = headers.get("Origin")
    if not origin or env is None:
        return {}
    allowed = allowed_origins(env)
    if ANY_ORIGIN not in allowed and origin not in allowed:
        return {"Vary": "Origin"} if allowed else {}
    return {
        "Access-Control-Allow-Origin": ANY_ORIGIN if ANY_ORIGIN in allowed else origin,
        "Access-Control-Expose-Headers": for_browsers(RESPONSE_HEADERS),
        "Vary": "Origin",
    }


def preflight_headers(allowed_methods: list[str]) -> dict[str, Any]:
    """Return the headers of the answer to a preflight request."""
    return {
        "Access-Control-Allow-Methods": ", ".join(allowed_methods),
        "Access-Control-Allow-Headers": for_browsers(REQUEST_HEADERS),
        "Access-Control-Max-Age": str(MAX_AGE),
    }
