# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Columns of a file, or names of the command line: `name`, `country_id.code`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from . import cells
from .problem import UsageProblem
from .schema import Field, Schema, suggest

EXTERNAL_ID = "external_id"
MAX_PATH = 8


class CellError(ValueError):
    """A cell that is not a value of its field."""

    def __init__(self, header: str, message: str) -> None:
        super().__init__(f"{header}: {message}")
        self.header = header


@dataclass(frozen=True)
class Column:
    """A column with the path to its value, and the types of both ends of the path."""

    header: str
    path: tuple[str, ...]
    field_type: str
    value_type: str

    @property
    def name(self) -> str:
        return self.path[0]

    def convert(self, cell: Any) -> Any:
        try:
            return cells.convert(cell, self.value_type)
        except ValueError as error:
            text = f"expected {error}, not '{cell}'"
            raise CellError(self.header, text) from None


class Columns:
    """What the columns of a file mean for a model.

    :param special: names that are not fields, such as the id of an update
    :param names: other names for columns: header -> field
    :param ignored: headers of columns that are left out
    :param hint: what is added to messages about columns that cannot be used
    """

    def __init__(
        self,
        schema: Schema,
        model: str,
        special: Iterable[str] = (),
        names: Mapping[str, str] | None = None,
        ignored: Iterable[str] = (),
        hint: str = "",
    ) -> None:
        self._schema = schema
        self._model = model
        self._special = set(special)
        self._names = dict(names or {})
        self._ignored = set(ignored)
        self._hint = hint
        self._found: dict[str, Column | None] = {}

    def find(self, header: str) -> Column | None:
        """Return the meaning of a column, None if it is left out.

        Names that begin with `_` are notes of exports and of rows that failed.

        :raises UsageProblem: if the field does not exist, or cannot be written
        """
        if header not in self._found:
            left_out = header in self._ignored or header.startswith("_")
            self._found[header] = None if left_out else self._read(header)
        return self._found[header]

    def check_options(self, headers: Iterable[str]) -> None:
        """Check that the file has the columns that options name.

        :raises UsageProblem: if it lacks one
        """
        known = list(headers)
        for name in [*self._names, *sorted(self._ignored)]:
            if name not in known:
                hint = suggest(name, known)
                raise UsageProblem(f"The file has no column '{name}'{hint}")

    def _read(self, header: str) -> Column:
        path = tuple(self._names.get(header, header).split("."))
        if path[0] in self._special and len(path) == 1:
            return Column(header, path, "char", "char")
        field = self._field(path[0])
        if len(path) == 1:
            return Column(header, path, field.type, field.type)
        if field.type not in ("many2one", "many2many") or not all(path):
            raise UsageProblem(
                f"{header}: '{path[0]}' is not a many2one or many2many field"
            )
        return Column(header, path, field.type, self._value_type(field, path))

    def _field(self, name: str) -> Field:
        fields = self._schema.fields(self._model)
        field = fields.get(name)
        writable = [known.name for known in fields.values() if known.writable]
        if field is None:
            hint = suggest(name, [*writable, *self._special]) or self._hint
            raise UsageProblem(f"{self._model} has no field '{name}'{hint}")
        if not field.writable:
            raise UsageProblem(
                f"The field '{name}' of {self._model} cannot be written{self._hint}"
            )
        return field

    def _value_type(self, field: Field, path: tuple[str, ...]) -> str:
        model = field.relation
        for name in path[1:-1]:
            known = self._schema.fields(model).get(name) if model else None
            model = known.relation if known else None
        if path[-1] == EXTERNAL_ID:
            return "char"
        return self._schema.field_type(model, path[-1])
