# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The models of a registry, which new fields and models change at once.

A registry belongs to a process, not to a transaction: what a savepoint undoes in the
database stays in it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from odoo.api import Environment


@contextmanager
def models_noted(registry: Any) -> Iterator[Callable]:
    """Give a function that tells whether a block has changed the models so far."""
    before = registry.registry_invalidated
    registry.registry_invalidated = False
    changed = False
    try:
        yield lambda: changed
    finally:
        changed = registry.registry_invalidated
        registry.registry_invalidated = before or changed


def set_up_models(env: Environment) -> None:
    """Make the models what the transaction says that they are."""
    env.registry._setup_models__(env.cr)
