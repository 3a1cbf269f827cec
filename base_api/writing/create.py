# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Creating records, and telling what was missing."""

from typing import Any

from odoo.exceptions import AccessError, UserError
from odoo.models import BaseModel

from ..errors import InvalidValue
from ..errors.details import REQUIRED, detail, join


def create(
    model: BaseModel, values_list: list[dict[str, Any]], pointers: Any = ("",)
) -> BaseModel:
    """Create records like `model.create`.

    An addon's code may trip over a value that is missing before PostgreSQL can say so:
    then the error is the caller's. Any other error stays what it is. What is wrong with
    the values is not said to a caller who may not create records anyway.

    :param pointers: where the values are in the body, one for each record
    :raise InvalidValue: required fields are missing, each in `details`
    :raise odoo.exceptions.AccessError: no right to create records
    """
    try:
        return model.create(values_list)
    except AccessError:
        raise
    except UserError:
        model.check_access("create")
        raise
    except (AttributeError, KeyError, TypeError, ValueError) as exc:
        model.check_access("create")
        missing = [
            detail(name, f"{name}: required", REQUIRED, join(pointer, name))
            for pointer, values in zip(pointers, values_list, strict=True)
            for name in _missing_fields(model, values, exc)
        ]
        if not missing:
            raise
        raise InvalidValue(missing[0]["message"], details=missing) from exc


def _missing_fields(model: BaseModel, values: dict[str, Any], exc: Any) -> list[str]:
    """Return the required fields that neither `values` nor a default fills.

    :param exc: what went wrong: where it is the name of a field, it is that one
    """
    if isinstance(exc, KeyError) and str(exc.args[0]) in model._fields:
        # Whatever the default is: the code of an app looks for it before there is one.
        return [exc.args[0]] if exc.args[0] not in values else []
    candidates = [
        name
        for name, field in model._fields.items()
        if field.required
        and name not in values
        and not (field.compute and not field.related)
        and not getattr(field, "delegate", False)
    ]
    defaults = model.default_get(candidates)
    return [name for name in candidates if name not in defaults]
