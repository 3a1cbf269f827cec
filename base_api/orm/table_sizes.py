# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The sizes and the trigram indexes of tables, as PostgreSQL knows them.

They are read at most once a minute for each table and process.
"""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass

from odoo.api import Environment
from odoo.fields import Field
from odoo.models import BaseModel

from ..field_types import TEXT_TYPES

KEPT_FOR = 60  # seconds

# Whose columns hold text.
_TYPES = (*TEXT_TYPES, "properties")
_SELECT = """
    SELECT reltuples::bigint,
           ARRAY(SELECT pg_get_indexdef(indexrelid) FROM pg_index
                  WHERE indrelid = pg_class.oid AND indisvalid AND indpred IS NULL)
      FROM pg_class WHERE oid = to_regclass(%s)"""


@dataclass(frozen=True)
class TableSize:
    """What a search of text in a table costs.

    :param rows: an estimate, from the last `ANALYZE`
    :param trigram_indexes: the definitions of their columns
    :param read_at: by `time.monotonic`
    """

    rows: int
    trigram_indexes: tuple[str, ...]
    read_at: float

    def has_trigram_index(self, column: str) -> bool:
        """Tell whether an index finds any part of the text in a column."""
        # A translated column is an expression with a comma (`odoo.tools.sql`).
        rest = r"(?:[^,]|, '\$\.\*')*_trgm_ops\b"
        name = re.compile(rf"\b{re.escape(column)}\b{rest}")
        return any(map(name.search, self.trigram_indexes))


_known: dict[tuple[str, str], TableSize] = {}


def table_size(env: Environment, table: str) -> TableSize:
    """Return the `TableSize` of a table."""
    key, now = (env.cr.dbname, table), time.monotonic()
    known = _known.get(key)
    if known is None or known.read_at + KEPT_FOR < now:
        env.cr.execute(_SELECT, [f'"{table}"'])
        rows, indexes = env.cr.fetchone() or (0, ())
        columns = [text.partition(" USING ")[2] for text in indexes]
        trigrams = [text for text in columns if "_trgm_ops" in text]
        known = _known[key] = TableSize(rows, tuple(trigrams), now)
    return known


def searched_columns(model: BaseModel, field: Field) -> Iterator[Field]:
    """Yield the stored fields in which a text pattern on a field is searched for.

    Those of a name are the ones that the model declares; a field with a search of its
    own has none.
    """
    if field.relational:
        # As Odoo does, by name.
        model = model.env[field.comodel_name]
        field = model._fields["display_name"]
    if field.name == "display_name" and not field.store:
        names = model._rec_names_search or [model._rec_name or "id"]
        for name in names:
            yield from _stored(model, name)
    else:
        yield from _stored(model, field.name)


def _stored(model: BaseModel, path: str) -> Iterator[Field]:
    for name in path.split("."):
        field = model._fields[name]
        if field.relational:
            model = model.env[field.comodel_name]
    while field.related_field and not field.store:
        field = field.related_field
    if field.store and field.type in _TYPES:
        yield field
