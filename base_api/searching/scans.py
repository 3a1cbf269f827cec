# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Text patterns for which PostgreSQL has to read a whole table."""

from odoo.api import Environment
from odoo.fields import Field

from ..errors import InvalidFilter
from ..orm.table_sizes import searched_columns, table_size
from ..settings import bound

_WILDCARDS = ("%", "_")


def is_anchored(operator: str, pattern: str) -> bool:
    """Tell whether a pattern begins with fixed text, for one of Odoo's operators."""
    return "=" in operator and not pattern.startswith(_WILDCARDS)


def check_scan(env: Environment, field: Field) -> None:
    """Refuse a pattern that does not begin with fixed text, on a large table.

    :param field: the last one of its path
    :raise InvalidFilter: the table is larger than `max_scan_rows`, and the field has no
        trigram index
    """
    most = bound(env, "max_scan_rows")
    if not most:
        return
    for column in searched_columns(env[field.model_name], field):
        size = table_size(env, env[column.model_name]._table)
        if size.rows > most and not size.has_trigram_index(column.name):
            raise InvalidFilter(
                f"Searching for a part of the text in '{column.name}' would read all "
                f"of about {size.rows} records of {column.model_name}: at most {most} "
                "without a trigram index (max_scan_rows). Search for the beginning "
                "(__startswith, =like 'text%') or the whole text, or ask the "
                "administrator for an index"
            )
