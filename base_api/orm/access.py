# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Access rights of the user of an environment."""

from collections.abc import Callable
from typing import Any

from odoo.api import Environment
from odoo.fields import Field
from odoo.models import BaseModel


def has_field_access(model: BaseModel, field: Field, operation: str = "read") -> bool:
    """Tell whether the groups of a field let the user `read` or `write` it."""
    return model._has_field_access(field, operation)


def check_field_access(model: BaseModel, field: Field, operation: str = "read") -> None:
    """Refuse a field that the user may not `read` or `write`.

    :raise odoo.exceptions.AccessError: naming the field
    """
    model._check_field_access(field, operation)


def filter_access(records: BaseModel, operation: str = "read") -> BaseModel:
    """Return the records on which an operation is allowed.

    :param operation: `read`, `write` or `unlink`
    """
    return records._filtered_access(operation)


def allowed_models(env: Environment, operation: str) -> frozenset[str]:
    """Return the names of the models on which access rights allow an operation.

    :param operation: `read`, `create`, `write` or `unlink`
    """
    return env["ir.model.access"]._get_allowed_models(operation)


def is_in_group(user: BaseModel, group: str) -> bool:
    """Tell whether a user is in a group, ignoring the API key."""
    return user._has_group(group)


def is_internal(user: BaseModel) -> bool:
    return user._is_internal()


def company_ids(user: BaseModel) -> tuple[Any, ...]:
    """Return the ids of the companies of a user."""
    return user._get_company_ids()


def asks_identity(method: Callable) -> bool:
    """Tell whether Odoo asks for the password before it runs a method.

    The mark is that of `odoo.addons.base.models.res_users.check_identity`.
    """
    return getattr(method, "__has_check_identity", False)


def group_ids(user: BaseModel) -> tuple[int, ...]:
    """Return the ids of all groups of a user, also implied ones, in order."""
    return tuple(sorted(user._get_group_ids()))
