# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rows of JSON as the bytes of a file."""

import csv
import io
import json
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any

from odoo.tools.json import json_default


@dataclass(frozen=True)
class Format:
    """How a file is written.

    :param encode: from the columns, ``{dotted name: its last field}``, and an iterable
        of lists of rows to an iterable of bytes
    """

    content_type: str
    encode: Any


def _encode_ndjson(columns, batches):
    """Yield a line of JSON for each row (https://github.com/ndjson/ndjson-spec)."""
    for rows in batches:
        yield "".join(f"{_to_json(row)}\n" for row in rows).encode()


def _encode_csv(columns, batches):
    """Yield CSV as RFC 4180 has it, with a header.

    Texts are as they are: none is changed for fear that a spreadsheet takes it for a
    formula.
    """
    yield _to_csv([columns])
    for rows in batches:
        yield _to_csv(
            [
                _to_cell(field, reduce(_follow, path.split("."), row))
                for path, field in columns.items()
            ]
            for row in rows
        )


FORMATS = {
    "ndjson": Format("application/x-ndjson", _encode_ndjson),
    "csv": Format("text/csv; charset=utf-8", _encode_csv),
}


def _to_csv(lines):
    file = io.StringIO()
    csv.writer(file).writerows(lines)
    return file.getvalue().encode()


def _follow(value, name):
    """Return what an object has under a name; of a list of them a list."""
    if isinstance(value, list):
        return [_follow(item, name) for item in value]
    return value.get(name) if isinstance(value, dict) else None


def _to_cell(field, value):
    """Return what stands for a value in a table: of a record its name, of many ids."""
    if value is None or value is False or value is True:
        return _to_json(value) if field and field.type == "boolean" else None
    if isinstance(value, date):
        return json_default(value)
    if isinstance(value, dict) and "display_name" in value:
        return value["display_name"]
    if isinstance(value, list | tuple):
        if field.type == "many2one" and value and type(value[0]) is int:
            return value[1]
        if all(type(item) is int for item in value):
            return ",".join(map(str, value))
    return _to_json(value) if isinstance(value, list | dict) else value


def _to_json(value):
    return json.dumps(value, ensure_ascii=False, default=json_default)
