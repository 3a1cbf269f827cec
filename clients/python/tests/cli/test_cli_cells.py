# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Cells as values of the API."""

from datetime import datetime
from typing import Any

import pytest

from base_api_client.cli.cells import convert


@pytest.mark.parametrize(
    ("cell", "field_type", "value"),
    [
        ("Yes", "boolean", True),
        (False, "boolean", False),
        ("0", "boolean", False),
        ("", "boolean", False),
        (" 12 ", "integer", 12),
        (12.0, "integer", 12),
        ("-1.5e3", "float", -1500.0),
        (12.5, "monetary", 12.5),
        ("", "float", None),
        (1234567.0, "char", "1234567"),
        (" a ", "char", " a "),
        (True, "char", "true"),
        ("", "char", None),
        (datetime(2026, 3, 1), "date", "2026-03-01"),
        (datetime(2026, 3, 1, 12, 30), "datetime", "2026-03-01 12:30:00"),
        ("2026-03-01T12:30:00+01:00", "datetime", "2026-03-01T12:30:00+01:00"),
        ("7", "many2one", 7),
        (7.0, "many2one", 7),
        ("@base.be", "many2one", {"external_id": "base.be"}),
        ('{"code": "BE"}', "many2one", {"code": "BE"}),
        ("", "many2one", None),
        ("1, @base.be", "many2many", [1, {"external_id": "base.be"}]),
        ('[{"name": "a"}]', "many2many", [{"name": "a"}]),
        ("", "many2many", []),
        ('{"create": [{"name": "a"}]}', "one2many", {"create": [{"name": "a"}]}),
    ],
)
def test_values(cell: Any, field_type: str, value: Any) -> None:
    found = convert(cell, field_type)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("cell", "field_type", "expected"),
    [
        ("maybe", "boolean", "true or false"),
        ("1,000", "integer", "a whole number"),
        (1.5, "integer", "a whole number"),
        ("1,5", "float", "a number"),
        ("NaN", "float", "a number"),
        ("true", "float", "a number"),
        ("Belgium", "many2one", "an id, or an external id"),
        ("1,x", "many2many", "an id, or an external id"),
        ("[1", "one2many", "JSON"),
    ],
)
def test_what_is_not_a_value(cell: Any, field_type: str, expected: str) -> None:
    with pytest.raises(ValueError, match=expected):
        convert(cell, field_type)
