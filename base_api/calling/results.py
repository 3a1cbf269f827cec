# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Results of methods as JSON."""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, time, timezone
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from odoo import fields
from odoo.models import BaseModel
from odoo.tools import lazy
from odoo.tools.translate import LazyGettext

from ..errors import ResultNotJson
from ..json_text import json_default
from ..reading.json_bytes import NUMBER, text_bytes
from ..reading.strict_types import strict_datetime

if TYPE_CHECKING:
    from ..orm.answer_size import AnswerSize


MAX_VALUES = 1_000_000  # in one answer; generators may be endless
MAX_RESULT_DEPTH = 100

_TEXTS = (LazyGettext, Decimal, UUID, time)


class JsonConverter:
    """Converts the values of one answer, whose total size is bounded.

    Records become their ids, bytes base64 (unless they are base64 already), NaN and
    infinity null (RFC 8259, section 6), dates Odoo's text, and other collections lists.

    :param strict_types: dates and times as ISO 8601 with `Z`
    :param size: an `AnswerSize` to add the values to
    """

    def __init__(
        self, strict_types: bool = False, size: AnswerSize | None = None
    ) -> None:
        self.strict_types = strict_types
        self.size = size
        self.left = MAX_VALUES

    def convert(self, value: Any, depth: int = 0) -> Any:
        """Return `value` in types that `json.dumps` accepts.

        :raise ResultNotJson: JSON cannot represent it, or it is too large
        :raise AnswerTooLarge: the answer exceeds its bound
        """
        self.left -= 1
        if depth > MAX_RESULT_DEPTH or self.left < 0:
            raise ResultNotJson("The result is nested too deeply, or too large")
        if value is None or isinstance(value, bool | int):
            return value
        if isinstance(value, str):
            return self._convert_text(value)
        if isinstance(value, float):
            return value if math.isfinite(value) else None
        if isinstance(value, lazy):
            return self.convert(value._value, depth + 1)
        if isinstance(value, BaseModel):
            return self.convert(value.ids, depth + 1)
        if isinstance(value, Mapping):
            return {
                self._name(name, depth): self.convert(item, depth + 1)
                for name, item in value.items()
            }
        return self._convert_object(value, depth)

    def _convert_text(self, text: Any) -> str:
        if self.size:
            self.size.add(NUMBER + text_bytes(text))
        return str(text)  # Markup is a subclass of str

    def _convert_object(self, value: Any, depth: int) -> str | list[Any]:
        if isinstance(value, bytes | bytearray | memoryview):
            return self._convert_text(_as_base64(bytes(value)))
        if isinstance(value, datetime):
            return self._convert_datetime(value)
        if isinstance(value, date):
            return json_default(value)
        if isinstance(value, _TEXTS):
            return self._convert_text(str(value))
        if isinstance(value, Collection | Iterator | fields.Domain):
            return [self.convert(item, depth + 1) for item in value]
        kind = type(value).__name__
        raise ResultNotJson(
            f"The result contains a {kind}, which JSON cannot represent"
        )

    def _convert_datetime(self, moment: datetime) -> str:
        if moment.tzinfo:
            moment = moment.astimezone(timezone.utc).replace(tzinfo=None)
        if self.strict_types:
            return strict_datetime(moment)
        return json_default(moment)

    def _name(self, name: str, depth: int) -> str:
        """Return the key of a dict as text: other types as JSON."""
        name = self.convert(name, depth + 1)
        return name if isinstance(name, str) else json.dumps(name)


def _as_base64(content: bytes) -> str:
    try:
        base64.b64decode(content, validate=True)
    except ValueError:
        content = base64.b64encode(content)
    return content.decode()
