# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Match records by their external ids."""

from typing import Any, NoReturn

from odoo.fields import Domain
from odoo.models import BaseModel

from ..errors import InvalidValue
from ..errors.details import NOT_ALLOWED, REQUIRED, WRONG_TYPE, detail, join
from ..errors.write import ExternalIdTaken
from ..external_ids import EXTERNAL_ID, Name, parse_name, read_rows
from ..lookup import find_records


class ExternalIdMatch:
    """Finds records of a model by the `external_id` of an item."""

    names = (EXTERNAL_ID,)

    def __init__(self, model: BaseModel) -> None:
        self.model = model

    def split(self, item: dict[str, Any], pointer: str) -> tuple[Any, Any]:
        """Return the key of an item, `(module, name)`, and its other values.

        :raise InvalidValue: it has none, or an invalid one
        """
        values = dict(item)
        text = values.pop(EXTERNAL_ID, None)
        if not text:
            _refuse(pointer, "required", REQUIRED)
        try:
            return parse_name(text), values
        except ValueError as exc:
            _refuse(pointer, f"expected {exc}", WRONG_TYPE)

    def find(self, keys: list[Name], pointers: list[str]) -> dict[Any, Any]:
        """Return `{key: record}` of the keys that exist.

        :raise ExternalIdTaken: one belongs to a record of another model, or to one that
            the caller may not see; the two are not told apart
        """
        rows = {(row.module, row.name): row for row in read_rows(self.model, keys)}
        ids = [row.res_id for row in rows.values() if row.model == self.model._name]
        existing = set(self.model.browse(ids).exists().ids)
        by_id = {record.id: record for record in find_records(self.model, ids)}
        found = {}
        for key, pointer in zip(keys, pointers, strict=True):
            row = rows.get(key)
            if not row:
                continue
            if row.model != self.model._name or row.res_id in existing - set(by_id):
                message = f"{EXTERNAL_ID}: {ExternalIdTaken.message}"
                place = join(pointer, EXTERNAL_ID)
                entry = detail(EXTERNAL_ID, message, NOT_ALLOWED, place)
                raise ExternalIdTaken(details=[entry])
            if row.res_id in by_id:
                found[key] = by_id[row.res_id]
        return found

    def check_new(self, keys: list[Name], pointers: list[str]) -> None:
        """Refuse new names in the module of an addon.

        :raise InvalidValue: there is one; an upgrade of the addon would delete its
            record
        """
        names = {module for module, _name in keys}
        # sudo: only Settings may read modules; only their names are used.
        modules = self.model.env["ir.module.module"].sudo()
        addons = set(modules.search(Domain("name", "in", names)).mapped("name"))
        for (module, _name), pointer in zip(keys, pointers, strict=True):
            if module in addons:
                message = f"'{module}' is the name of an addon: choose another prefix"
                _refuse(pointer, message, NOT_ALLOWED)

    def texts(self, keys: list[Name]) -> list[str]:
        """Return texts that identify the keys in the database."""
        return [f"{EXTERNAL_ID},{module}.{name}" for module, name in keys]

    def keep(self, keys: list[Name], records: BaseModel) -> None:
        """Give external ids to records that were just created."""
        # Those of deleted records: find() has refused the others.
        orphans = read_rows(self.model, keys)
        if orphans:  # an empty unlink() would clear the caches of all workers
            orphans.unlink()
        self._data.create(
            [
                {
                    "module": module,
                    "name": name,
                    "model": record._name,
                    "res_id": record.id,
                }
                for (module, name), record in zip(keys, records, strict=True)
            ]
        )

    @property
    def _data(self) -> BaseModel:
        # sudo: only Settings may write external ids. The records were created with the
        # rights of the caller, and only new records get names.
        return self.model.env["ir.model.data"].sudo()


def _refuse(pointer: str, message: str, code: str) -> NoReturn:
    message = f"{EXTERNAL_ID}: {message}"
    place = join(pointer, EXTERNAL_ID)
    raise InvalidValue(message, [detail(EXTERNAL_ID, message, code, place)])
