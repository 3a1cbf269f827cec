# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`Prefer: max-affected=N`: limit the number of records that a request writes."""

from dataclasses import dataclass

from odoo.api import Environment

from ..errors.write import MaxAffectedExceeded
from ..orm.scope import bound_scope
from ..protocol.preferences import current_preferences


@dataclass
class Tally:
    """The number of records of all steps of a batch."""

    count: int = 0


def check_max_affected(env: Environment, count: int) -> None:
    """Refuse to write more records than the request allows, before anything is written.

    :param count: number of records of the request, without their lines
    :raise MaxAffectedExceeded: more than `max-affected`
    """
    scope = bound_scope(env.cr)
    if scope and scope.tally:
        scope.tally.count += count
        count = scope.tally.count
    most = current_preferences(env).max_affected
    if most is not None and count > most:
        raise MaxAffectedExceeded(
            f"This would write {count} records, more than max-affected={most}: nothing "
            "was written"
        )
