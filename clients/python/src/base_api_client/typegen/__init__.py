# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Types of the models of a database, as a Python module.

Its `Client` and `AsyncClient` know the fields of the models, so that a type checker
reports a wrong name.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from .module import write_module
from .schemas import ModelSchema, read_models

if TYPE_CHECKING:
    from ..async_client import AsyncClient
    from ..client import Client

MODELS_AT_ONCE = 50

__all__ = ["generate_types", "generate_types_async", "write_module"]


def generate_types(client: Client, models: Sequence[str]) -> str:
    """Return the source of a module with the types of some models.

    :raises ApiError: a model does not exist, or the caller may not read it
    :raises ValueError: there are no models
    """
    found: list[ModelSchema] = []
    for part in _split(models):
        found += read_models(_load(client.read_file(_path(part)).content), part)
    return write_module(found)


async def generate_types_async(client: AsyncClient, models: Sequence[str]) -> str:
    """Return the source of a module, see `generate_types`."""
    found: list[ModelSchema] = []
    for part in _split(models):
        found += read_models(_load((await client.read_file(_path(part))).content), part)
    return write_module(found)


def _split(models: Sequence[str]) -> Iterator[list[str]]:
    names = sorted(set(models))
    if not names:
        raise ValueError("Types are generated for at least one model")
    for start in range(0, len(names), MODELS_AT_ONCE):
        yield names[start : start + MODELS_AT_ONCE]


def _path(models: Sequence[str]) -> str:
    return f"/openapi.json?models={','.join(models)}"


def _load(content: bytes) -> Any:
    return json.loads(content)
