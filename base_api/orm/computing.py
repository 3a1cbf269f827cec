# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Remove what an aborted compute method leaves in the cache.

A method can compute several fields and assign some of them before it reads something
that the caller may not see. The ORM keeps those values: `Field.__get__`
(odoo/orm/fields.py) even catches the error if it computes many records at once. The
fields of a record would depend on their order and on the other records.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from odoo.api import Environment
from odoo.fields import Field
from odoo.models import BaseModel

_ATTRIBUTE = "_base_api_drops_leftovers"


@contextmanager
def without_leftovers(env: Environment) -> Iterator[None]:
    """Read records in a block as if each field were the first to be read.

    It is bound to the cursor, which all environments of a request share. Elsewhere the
    values stay, as views of Odoo show them.
    """
    cr = env.cr
    outer = getattr(cr, _ATTRIBUTE, False)
    setattr(cr, _ATTRIBUTE, True)
    try:
        yield
    finally:
        setattr(cr, _ATTRIBUTE, outer)


def drop_leftovers(records: BaseModel, field: Field) -> None:
    """Remove the values that an aborted method assigned to the fields that it computes.

    Those that are stored stay: Odoo computes them again before it reads them.

    :param records: those that the method was called on
    :param field: the field that was asked for
    """
    if getattr(records.env.cr, _ATTRIBUTE, False):
        fields = records.pool.field_computed[field]
        names = [other.name for other in fields if not other.store]
        records.invalidate_recordset(names, flush=False)
