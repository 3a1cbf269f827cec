# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a compute method leaves in the cache when Odoo refuses to run it to its end.

One method computes several fields, and assigns some of them before it reaches what the
caller may not see. The ORM keeps those values: `Field.__get__` (odoo/orm/fields.py)
even catches the refusal, where it computes many records at once, and reads them. What a
record shows would depend on the order of its fields and on the records around it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from odoo.api import Environment
from odoo.fields import Field
from odoo.models import BaseModel

_ATTRIBUTE = "_base_api_drops_leftovers"


@contextmanager
def without_leftovers(env: Environment) -> Iterator[None]:
    """Read records in a block as if each field was the first one to be read.

    Bound to the cursor, which is the same for all environments of a request. Elsewhere
    the values stay: views of Odoo show them, where a second refusal would be an error.
    """
    cr = env.cr
    outer = getattr(cr, _ATTRIBUTE, False)
    setattr(cr, _ATTRIBUTE, True)
    try:
        yield
    finally:
        setattr(cr, _ATTRIBUTE, outer)


def drop_leftovers(records: BaseModel, field: Field) -> None:
    """Forget what a refused method assigned to the fields that it computes.

    Those that are stored stay: Odoo computes them again before it reads them.

    :param records: those that the method was called on
    :param field: the field that was asked for
    """
    if getattr(records.env.cr, _ATTRIBUTE, False):
        fields = records.pool.field_computed[field]
        names = [other.name for other in fields if not other.store]
        records.invalidate_recordset(names, flush=False)
