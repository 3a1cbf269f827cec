# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From the cells of a row to the record that is sent."""

from collections.abc import Mapping
from typing import Any

from . import cells
from .columns import CellError, Column, Columns


class RecordReader:
    """Makes records of rows.

    :param typed: the cells are values of the API already
    :param skip_empty: empty cells leave their field alone, instead of clearing it
    """

    def __init__(
        self, columns: Columns, *, typed: bool = False, skip_empty: bool = False
    ) -> None:
        self._columns = columns
        self._typed = typed
        self._skip_empty = skip_empty

    def read(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return the record of a row.

        Columns with the same first name, such as `state_id.code` and
        `state_id.country_id.code`, make one reference.

        :raises CellError: if a cell is not a value of its field
        :raises UsageProblem: if a column is not a field
        """
        groups: dict[str, list[tuple[Column, Any]]] = {}
        for header, cell in row.items():
            column = self._columns.find(header)
            if column and not (self._skip_empty and cells.is_empty(cell)):
                groups.setdefault(column.name, []).append((column, cell))
        return {name: self._value(group) for name, group in groups.items()}

    def _value(self, group: list[tuple[Column, Any]]) -> Any:
        column, cell = group[0]
        if len(group) == 1 and len(column.path) == 1:
            return cell if self._typed else column.convert(cell)
        if any(len(column.path) == 1 for column, _ in group):
            raise CellError(column.header, "is given twice, as a value and by a path")
        if all(cells.is_empty(cell) for _, cell in group):
            return cells.EMPTY.get(column.field_type)
        if column.field_type == "many2many":
            return self._references(group)
        return self._reference(group)

    def _reference(self, group: list[tuple[Column, Any]]) -> dict[str, Any]:
        reference: dict[str, Any] = {}
        for column, cell in group:
            place = reference
            for name in column.path[1:-1]:
                place = place.setdefault(name, {})
            value = cell if self._typed else column.convert(cell)
            place[column.path[-1]] = value
        return reference

    def _references(self, group: list[tuple[Column, Any]]) -> list[dict[str, Any]]:
        column, cell = group[0]
        if len(group) > 1:
            raise CellError(column.header, "a many2many field takes one column")
        values = cell if isinstance(cell, list) else cells.split_list(str(cell))
        return [self._reference([(column, value)]) for value in values]
