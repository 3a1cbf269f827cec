# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Values that Odoo stores in another form than they were sent.

Apps resize images, add a scheme to a website or format a number. Comparing such a value
with the stored one would find a difference for ever. So both are remembered, as hashes:
the same value is unchanged as long as nobody else has changed the record.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from odoo.models import BaseModel
from odoo.tools.misc import hmac

from ..auth.api_key import can_use
from ..field_types import X2MANY
from ..orm.access import has_field_access
from ..writing.translated import Translated
from .unchanged import changed_values

if TYPE_CHECKING:
    from .outcomes import Outcome


_SCOPE = "base_api-upsert-value"


def drop_known_values(model: BaseModel, items: list[Outcome]) -> None:
    """Remove the values from items that are stored as their last upsert left them.

    Not for an API key that may not read the records: it would learn their values.

    :param items: of existing records, with the values that seem to differ
    """
    if not can_use(model.env, "read", model._name):
        return
    hashes = _table(model)._read_hashes(model._name, [item.record.id for item in items])
    for item in items if hashes else ():
        item.values = {
            name: value
            for name, value in item.values.items()
            if not _is_known(item.record, name, value, hashes)
        }


def keep_normalized_values(model: BaseModel, items: list[Outcome]) -> None:
    """Remember the values of items that were just written and are stored differently.

    Not for an API key that may not read the records: all values differ for it.
    """
    if not can_use(model.env, "read", model._name):
        return
    rows = [
        (item.record.id, name, *_hashes(item.record, name, value))
        for item in items
        for name, value in changed_values(item.record, _stored_values(item)).items()
    ]
    if rows:
        _table(model)._keep(model._name, rows)


def _stored_values(item: Outcome) -> dict[str, Any]:
    return {
        name: value
        for name, value in item.values.items()
        if _is_kept(item.record, name, value)
    }


def _is_kept(record: BaseModel, name: str, value: Any) -> bool:
    """Tell whether the stored form of a value can be compared.

    A password, for example, is not stored as a field, and no hash of it is kept.
    Translations are stored in several languages.
    """
    field = record._fields[name]
    return bool(
        field.base_field.store
        and field.type not in X2MANY
        and not isinstance(value, Translated)
        and has_field_access(record, field)
    )


def _is_known(record: BaseModel, name: str, value: Any, hashes: dict[Any, Any]) -> bool:
    known = hashes.get((record.id, name))
    if known is None or not _is_kept(record, name, value):
        return False
    return known == _hashes(record, name, value)


def _hashes(record: BaseModel, name: str, value: Any) -> tuple[str, str]:
    """Return the hashes of a sent and of the stored value of a field."""
    field = record._fields[name]
    stored = field.convert_to_cache(record[name], record)
    return _hash(record, name, value), _hash(record, name, stored)


def _hash(record: BaseModel, name: str, value: Any) -> str:
    digest = hashlib.sha256(repr(value).encode()).hexdigest()
    # sudo: only administrators may read the secret of the database, which keeps the
    # values from being guessed.
    return hmac(record.env(su=True), _SCOPE, (record._name, record.id, name, digest))


def _table(model: BaseModel) -> BaseModel:
    return model.env["api.upsert.value"]
