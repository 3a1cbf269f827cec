# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What became of the records that a request wrote."""

from .aliases import current_name
from .serializers import default_fields, serialize_readable


def echo(records, bodies):
    """Return what became of written records: their names and the fields that were sent.

    Without what the caller may write but not read; of a record as a whole, only the id.

    :param bodies: for each record the names of its fields, or an object that has them
    """
    visible = records._filtered_access("read")
    model = records.browse()
    rows = []
    for record, body in zip(records, bodies, strict=True):
        if record not in visible:
            rows.append({"id": record.id})
            continue
        names = default_fields(model)
        for name in body:
            field = model._fields[current_name(model._name, name)]
            if field.type != "binary" and model._has_field_access(field, "read"):
                names[name] = field.name
        rows.append(serialize_readable(record, names))
    return rows
