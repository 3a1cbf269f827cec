# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The methods of a model that `/call` accepts."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from odoo.exceptions import AccessError
from odoo.models import BaseModel

from ..errors import ApiError
from .calls import get_method, is_generic

_VARIABLE = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
_JSON_TYPES = (bool, int, float, str, type(None))


def list_methods(model: BaseModel, generic: bool) -> list[dict[str, Any]]:
    """Return an object for each method that the caller and the API key may call.

    :param generic: whether to list the methods that every model has, too
    """
    rows = []
    for name in sorted(dir(type(model))):
        if name.startswith("_") or is_generic(model, name) > generic:
            continue
        method = find_method(model, name)
        if method is not None:
            rows.append(_describe(name, method))
    return rows


def find_method(model: BaseModel, name: str) -> Callable | None:
    """Return a method if the caller and the API key may call it, see `get_method`."""
    if not inspect.isfunction(inspect.getattr_static(type(model), name, None)):
        return None
    try:
        return get_method(model, name)
    except (AccessError, ApiError):
        return None


def _describe(name: str, method: Callable) -> dict[str, Any]:
    _records, *parameters = inspect.signature(method).parameters.values()
    doc = inspect.getdoc(method) or ""
    return {
        "name": name,
        "parameters": list(map(_describe_one, parameters)),
        "doc": doc,
    }


def _describe_one(parameter: inspect.Parameter) -> dict[str, Any]:
    """Return the name of a parameter, whether it must be sent, and its default."""
    is_variable = parameter.kind in _VARIABLE
    has_default = parameter.default is not inspect.Parameter.empty
    row = {"name": parameter.name, "required": not (is_variable or has_default)}
    if is_variable:
        row["variable"] = True
    if has_default and isinstance(parameter.default, _JSON_TYPES):
        row["default"] = parameter.default
    return row
