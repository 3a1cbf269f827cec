# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Find the values that are of the right type and still cannot be stored."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from PIL.Image import DecompressionBombError
from psycopg2.errors import ProgramLimitExceeded

from odoo.exceptions import UserError
from odoo.fields import Field, Image
from odoo.tools.image import ImageProcess

from ..aliases import current_name
from .details import WRONG_TYPE, detail, join
from .tracebacks import raising_module

if TYPE_CHECKING:
    from .sent_body import SentBody


_INDEX = re.compile(r'index "(?P<name>\w+)"')
# A value in a b-tree has at most a third of a page of 8 KiB, compressed.
_INDEXED_BYTES = 2500


def find_unfit_images(exc: Any, sent: SentBody) -> list[dict[str, Any]]:
    """Return the `details` of the sent images that Odoo cannot read.

    :param exc: an error that Odoo raised
    """
    if raising_module(exc) != ImageProcess.__module__:
        return []
    return [
        detail(name, reason, WRONG_TYPE, pointer)
        for name, field, value, pointer in _sent_fields(sent)
        if isinstance(field, Image) and (reason := _refusal(value))
    ]


def find_unindexable(exc: Any, sent: SentBody) -> list[dict[str, Any]]:
    """Return the `details` of the sent texts that are too long for an index."""
    if not isinstance(exc, ProgramLimitExceeded):
        return []
    match = _INDEX.search(str(exc))  # PostgreSQL does not always name the index
    return [
        detail(name, f"{name}: too long for the index of this field", WRONG_TYPE, place)
        for name, field, value, place in _sent_fields(sent)
        if (f"_{field.name}_" in match["name"] if match else field.base_field.index)
        and isinstance(value, str)
        and len(value.encode()) > _INDEXED_BYTES
    ]


def _sent_fields(sent: SentBody) -> Iterator[tuple[str, Field, Any, str]]:
    """Yield the sent name, the field, the value and the pointer of each value."""
    for item in sent.objects():
        for name, value in item.values.items():
            field = item.model._fields.get(current_name(item.model._name, name))
            if field is not None:
                yield name, field, value, join(item.pointer, name)


def _refusal(value: Any) -> str | None:
    """Return Odoo's reason for refusing an image, or None."""
    if not isinstance(value, str):
        return None
    try:
        ImageProcess(base64.b64decode(value))
    except UserError as error:
        return str(error.args[0])
    except (DecompressionBombError, ValueError):
        return None
    return None
