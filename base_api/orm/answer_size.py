# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The size of an answer, counted before it is written as JSON.

It is bound to the cursor of the request, so that all steps of a batch count together.
Exports use other cursors and may have any size, as they are streamed.
"""

from __future__ import annotations

from odoo.sql_db import BaseCursor

from ..errors import AnswerTooLarge

_ATTRIBUTE = "_base_api_answer_size"


class AnswerSize:
    """The approximate size of an answer in bytes.

    :param most: bytes; 0 for no bound
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self.count = 0

    def add(self, count: int) -> None:
        """Add some bytes.

        :raise AnswerTooLarge: the answer exceeds its bound
        """
        self.count += count
        if self.count > self.most > 0:
            raise AnswerTooLarge(
                f"The answer would be larger than {self.most} bytes (max_answer_bytes):"
                " choose fewer fields, a lower limit or a lower nested_limit, or read "
                "files with /binary and lists with /export"
            )


def count_answer(cr: BaseCursor, most: int) -> None:
    """Start counting the answer of a request at zero.

    :param most: bytes; 0 for no bound
    """
    setattr(cr, _ATTRIBUTE, AnswerSize(most))


def answer_size(cr: BaseCursor) -> AnswerSize | None:
    """Return the `AnswerSize` of a cursor, or None."""
    return vars(cr).get(_ATTRIBUTE)
