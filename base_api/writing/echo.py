# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What became of the records that a request wrote."""

from ..aliases import current_name
from ..protocol.preferences import current_preferences
from ..reading.serializers import default_fields, serialize_all


def echo(records, bodies):
    """Return what became of written records: their names and the fields that were sent.

    Without what the caller may write but not read; of a record as a whole, only the id,
    and of all of them with ``Prefer: return=minimal`` (RFC 7240, section 4.2).

    :param bodies: for each record the names of its fields, or an object that has them
    """
    rows = [{"id": record_id} for record_id in records._ids]
    if current_preferences(records.env).minimal:
        return rows
    visible = set(records._filtered_access("read")._ids)
    alike = {}  # {names that were sent: where in records}
    for position, (row, body) in enumerate(zip(rows, bodies, strict=True)):
        if row["id"] in visible:
            alike.setdefault(tuple(body), []).append(position)
    for sent, positions in alike.items():
        some = records.browse([rows[position]["id"] for position in positions])
        names = _readable_names(records.browse(), sent)
        for position, row in zip(positions, serialize_all(some, names), strict=True):
            rows[position] = row
    return rows


def _readable_names(model, sent):
    """Return the fields of an echo: those of a list, and the readable ones sent."""
    names = default_fields(model)
    for name in sent:
        field = model._fields[current_name(model._name, name)]
        if field.type != "binary" and model._has_field_access(field, "read"):
            names[name] = field.name
    return names
