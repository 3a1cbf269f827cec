# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Keep descriptions, which are expensive to make."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from time import monotonic
from typing import Any

from odoo.api import Environment
from odoo.models import BaseModel

from ..auth.api_key import current_key
from ..orm.access import group_ids
from ..orm.declarations import choices_of

MAX_AGE = 60  # seconds, of choices that code computes


def keep(
    env: Environment,
    model_names: list[str],
    describe: Callable[[Environment, list[str]], str],
) -> str:
    """Return a description, made only if there is none for the same caller and rights.

    :param describe: a function that makes the text, called with the other arguments
    """
    key = (describe.__name__, *model_names, *_what_it_depends_on(env, model_names))
    kept = env["api.description"]._kept()
    text = kept.get(key)
    if text is None:
        text = kept[key] = describe(env, model_names)
    return text


def _what_it_depends_on(env: Environment, model_names: list[str]) -> list[Hashable]:
    """Return what a description depends on, besides what Odoo's caches do."""
    key = current_key(env)
    groups = group_ids(env.user) if env.uid else ()
    companies = tuple(env.context.get("allowed_company_ids") or ())
    found: list[Hashable] = [env.uid, groups, env.lang, companies]
    choices: list[Hashable] = [
        _computed_choices(env[name], tuple(found)) for name in model_names
    ]
    if key:
        has_learned = key.learning is not None and key.has_learned
        uses = key.learning.uses if key.learning and has_learned else None
        found += [key.restrictions, key.strict_types, uses]
    return found + choices


def _computed_choices(model: BaseModel, caller: tuple[Hashable, ...]) -> Hashable:
    """Return the choices that code computes, which may depend on any data.

    Some are slow, such as those of charts of accounts: they may be a minute old.
    """
    kept: Any = model.env["api.description"]._kept_choices()
    key, now = (model._name, *caller), monotonic()
    made, choices = kept.get(key, (0, None))
    if choices is None or now - made >= MAX_AGE:
        choices = tuple(
            tuple(choices_of(field, model.env))
            for field in model._fields.values()
            if field.type == "selection" and not isinstance(field.selection, list)
        )
        kept[key] = (now, choices)
    return choices
