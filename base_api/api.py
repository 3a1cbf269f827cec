# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The public interface for other addons.

An endpoint is a method of a controller that mixes in `OperationController`, declared
with `api_route`. It returns an `Answer`, and raises an `ApiError` or Odoo's own
exceptions. `run` runs an endpoint without an HTTP request, as any user or API key.
`docs/how-to/extend.md` shows both.

Everything else in this addon may change in any version without notice.
"""

from .doctoring.finding import Finding
from .envelope import Answer
from .errors import ApiError
from .operations.endpoints import find_endpoint
from .operations.operation import JsonContent, Operation
from .operations.route import api_route
from .operations.runner import OperationController, run
from .operations.schemas import FileAnswer, JsonAnswer
from .orm.scope import bind_scope
from .protocol.bodies import Body
from .protocol.parameters import Parameter
from .request_scope import Caller, RequestScope

__all__ = [
    "Answer",
    "ApiError",
    "Body",
    "Caller",
    "FileAnswer",
    "Finding",
    "JsonAnswer",
    "JsonContent",
    "Operation",
    "OperationController",
    "Parameter",
    "RequestScope",
    "api_route",
    "bind_scope",
    "find_endpoint",
    "run",
]
