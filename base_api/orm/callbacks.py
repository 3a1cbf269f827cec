# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The functions that a cursor runs before or after its transaction ends."""

from typing import Any


def drop_callbacks(queue: Any, count: int) -> None:
    """Remove the functions that were added last.

    :param queue: the `odoo.tools.misc.Callbacks` of a cursor
    :param count: number of functions to keep
    """
    while len(queue) > count:
        queue._funcs.pop()
