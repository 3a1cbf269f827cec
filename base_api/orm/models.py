# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Changes of the models in a registry, by new fields and models.

A registry belongs to a process, not to a transaction: a savepoint does not undo its
changes.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from odoo.api import Environment


@contextmanager
def models_noted(registry: Any) -> Iterator[Callable]:
    """Yield a function that tells whether the block has changed the models."""
    before = registry.registry_invalidated
    registry.registry_invalidated = False
    changed = False
    try:
        yield lambda: changed
    finally:
        changed = registry.registry_invalidated
        registry.registry_invalidated = before or changed


def set_up_models(env: Environment) -> None:
    """Load the models again, as they are in the transaction."""
    env.registry._setup_models__(env.cr)
