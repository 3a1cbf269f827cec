# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Creating records, and telling what was missing."""

from .errors import InvalidValue


def create(model, values_list):
    """Create records like ``model.create``.

    An addon's code may trip over a value that is missing before PostgreSQL can say so:
    then the error is the caller's. Any other error stays what it is.

    :raise InvalidValue: required fields are missing, each in ``details``
    """
    try:
        return model.create(values_list)
    except (AttributeError, KeyError, TypeError, ValueError) as exc:
        missing = [
            {"field": name, "message": f"{name}: required"}
            for values in values_list
            for name in _missing_fields(model, values)
        ]
        if not missing:
            raise
        raise InvalidValue(missing[0]["message"], details=missing) from exc


def _missing_fields(model, values):
    """Return the required fields that neither ``values`` nor a default fills."""
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
