# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Models by attributes: `client.models.res.partner`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

M = TypeVar("M")


class Namespace(Generic[M]):
    """The models of a client by attributes.

    `client.models.res.partner` is the model `res.partner`, and its attribute `bank` the
    model `res.partner.bank`. A model whose last name is that of a method, such as
    `ir.model.fields`, is only found as `client["ir.model.fields"]`.
    """

    def __init__(self, make: Callable[[str], M]) -> None:
        self._make = make

    def __getattr__(self, name: str) -> M:
        if name.startswith("_"):
            raise AttributeError(name)
        return self._make(name)
