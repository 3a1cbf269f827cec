# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Erase the personal data of a user in the audit trail (GDPR, article 17).

The rows remain, with the id of the user, but without address, client, names of keys and
sent values. The seals remain valid, see `chain`, and a sealed record says whose data
was erased.
"""

from odoo.sql_db import BaseCursor
from odoo.tools import SQL

from .chain import lock_chain
from .removals import ERASURE, Removal, seal_removals, utc_now
from .table import PERSONAL, TABLE


def erase_user(cr: BaseCursor, user_id: int) -> int | None:
    """Erase the personal columns of all rows of a user.

    :return: how many rows had any; None where rows are being sealed at the moment
    """
    if not lock_chain(cr):
        return None
    columns = [SQL.identifier(name) for name in PERSONAL]
    cr.execute(
        SQL(
            """UPDATE %s SET personal_salt = NULL, %s
                WHERE user_id = %s AND num_nonnulls(%s) > 0""",
            TABLE,
            SQL(", ").join(SQL("%s = NULL", column) for column in columns),
            user_id,
            SQL(", ").join(columns),
        )
    )
    if count := cr.rowcount:
        seal_removals(cr, [Removal(ERASURE, utc_now(), count, user_id=user_id)])
    return count
