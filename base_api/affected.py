# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""``Prefer: max-affected=N``: no more records than the caller expects."""

from .errors import MaxAffectedExceeded
from .preferences import current_preferences


def check_affected(env, count):
    """Refuse to write more records than the request allows, before anything is written.

    :param count: of the records that the request is about, without their lines
    :raise MaxAffectedExceeded: more than ``max-affected``
    """
    most = current_preferences(env).max_affected
    if most is not None and count > most:
        raise MaxAffectedExceeded(
            f"This would write {count} records, more than max-affected={most}: nothing "
            "was written"
        )
