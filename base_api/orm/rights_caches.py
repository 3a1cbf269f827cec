# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Separate entries for restricted API keys in Odoo's caches by user.

Odoo caches menus and tracked fields, for example, by the id of the user
(`odoo.tools.cache.ormcache`). With a restricted key the same user sees less: the web
client must not get those entries, nor the key those of the web client.
"""

from typing import Any

from odoo.tools.cache import ormcache

from .scope import bound_scope

_USER = ("env.uid", "env.user")


def separate_caches(registry: Any) -> None:
    """Make caches that depend on the user also depend on the restrictions of a key.

    To be called when a registry is loaded. Caches that another database of the process
    has already changed are skipped.
    """
    classes = {parent for model in registry.values() for parent in model.mro()}
    for cls in classes:
        for attribute in vars(cls).values():
            cache = getattr(attribute, "__cache__", None)
            if isinstance(cache, ormcache) and _depends_on_user(cache):
                _separate(cache)


def _depends_on_user(cache: ormcache) -> bool:
    return any(name in argument for argument in cache.args for name in _USER)


def _separate(cache: ormcache) -> None:
    if getattr(cache.key, "is_separate", False):
        return
    make_key = cache.key

    def key(*args: Any, **kwargs: Any) -> tuple[str, Any, int]:
        values = make_key(*args, **kwargs)
        scope = bound_scope(args[0].env.cr)
        if scope and scope.key and scope.key.restrictions.limits_operations:
            return (*values, scope.key.restrictions)
        return values

    key.is_separate = True  # type: ignore[attr-defined]
    cache.key = key
