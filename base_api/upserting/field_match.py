# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Match records by the values of fields."""

from collections.abc import Callable, Iterable
from typing import Any

from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain, Field
from odoo.models import BaseModel

from ..auth.api_key import can_use
from ..errors import InvalidValue
from ..errors.details import AMBIGUOUS, NOT_ALLOWED, REQUIRED, detail, join
from ..errors.write import AmbiguousKey
from ..field_types import MATCH_TYPES
from ..orm.queries import is_searchable, search_query
from ..searching.paths import resolve_field


class FieldMatch:
    """Finds records of a model by the values of one or more fields.

    :param names: of the fields, as the client sent them
    :param parse_values: a function `(model, values, pointer)` to the parsed values
    :param make_error: called with a message about a field that is unknown, or with a
        message and a code about one that cannot identify records; returns the error
    :raise odoo.exceptions.AccessError: a field that the caller may not read
    """

    def __init__(
        self,
        model: BaseModel,
        names: Iterable[str],
        parse_values: Callable,
        make_error: Callable,
    ) -> None:
        self.model = model
        self.names = tuple(names)
        self._parse_values = parse_values
        self.fields = [resolve_field(model, name, make_error) for name in self.names]
        for name, field in zip(self.names, self.fields, strict=True):
            if field.type not in MATCH_TYPES or not _is_searched(field):
                raise make_error(f"'{name}' cannot identify records", NOT_ALLOWED)

    def split(self, item: dict[str, Any], pointer: str) -> tuple[Any, Any]:
        """Return the key of an item, one value per field, and all of its values.

        :raise InvalidValue: a field of the key is missing, empty or of the wrong type
        """
        details = [
            detail(name, f"{name}: required", REQUIRED, join(pointer, name))
            for name, field in zip(self.names, self.fields, strict=True)
            if _is_empty(item.get(name), field)
        ]
        if details:
            raise InvalidValue(details[0]["message"], details)
        sent = {name: item[name] for name in self.names}
        values = self._parse_values(self.model, sent, pointer)
        return self._as_key(self.model, values), item

    def find(self, keys: list[Any], pointers: list[str]) -> dict[Any, Any]:
        """Return `{key: record}` of the keys that exist, including archived records.

        :raise AmbiguousKey: several records have the same key
        """
        # Search for one more record than keys, to find duplicates.
        return self.only(self.search(keys, len(keys) + 1), keys, pointers)

    def only(
        self, found: dict[Any, BaseModel], keys: list[Any], pointers: list[str]
    ) -> dict[Any, BaseModel]:
        """Return `{key: record}` of some keys.

        :param found: `{key: records}`
        :raise AmbiguousKey: several records have the same key
        """
        known = {key: found[key] for key in keys if key in found}
        for key, records in known.items():
            if len(records) > 1:
                self._refuse_ambiguous(records[:2], pointers[keys.index(key)])
        return known

    def search(self, keys: list[Any], limit: int) -> dict[Any, BaseModel]:
        """Return `{key: records}` of the keys that exist, including archived records.

        :param limit: maximum number of records
        """
        model = self.model.with_context(active_test=False)
        names = [field.name for field in self.fields]
        domain = self._domain(keys)
        if not all(field.base_field.store for field in self.fields):
            self._check(model, domain)
        records = model.search_fetch(domain, names, order="id", limit=limit)
        return self.grouped(records.with_env(self.model.env))

    def grouped(self, records: BaseModel) -> dict[Any, BaseModel]:
        """Return `{key: records}`."""
        return dict(records.grouped(self._key_of))

    def _key_of(self, record: BaseModel) -> tuple[Any, ...]:
        return self._as_key(record, record)

    def check_new(self, keys: list[Any], pointers: list[str]) -> None:
        """Accept any key for new records."""

    def texts(self, keys: list[Any]) -> list[str]:
        """Return texts that identify the keys in the database."""
        return [f"{self.model._name},{','.join(self.names)},{key}" for key in keys]

    def keep(self, keys: list[Any], records: BaseModel) -> None:
        """Do nothing: the fields hold the keys."""

    def _as_key(
        self, record: BaseModel, values: dict[str, Any] | BaseModel
    ) -> tuple[Any, ...]:
        return tuple(
            field.convert_to_cache(values[field.name], record) for field in self.fields
        )

    def _domain(self, keys: list[Any]) -> Domain:
        """Return the domain of some keys, with one `in` for equal endings."""
        *first_fields, last_field = self.fields
        endings: dict[Any, Any] = {}
        for *first, last in keys:
            endings.setdefault(tuple(first), []).append(last)
        return Domain.OR(
            Domain.AND(
                Domain(field.name, "=", value)
                for field, value in zip(first_fields, first, strict=True)
            )
            & Domain(last_field.name, "in", last_values)
            for first, last_values in endings.items()
        )

    def _check(self, model: BaseModel, domain: Domain) -> None:
        """Let the ORM check a search by computed fields, without running it.

        :raise InvalidValue: the `search` of a field does not support the value
        """
        try:
            search_query(model, domain)
        except AccessError:
            raise
        except (NotImplementedError, TypeError, UserError, ValueError) as exc:
            message = f"{', '.join(self.names)}: cannot be searched for this value"
            raise InvalidValue(message) from exc

    def _refuse_ambiguous(self, records: BaseModel, pointer: str) -> None:
        message = AmbiguousKey.message
        if can_use(records.env, "read", records._name):
            message += f": IDs {', '.join(map(str, records.ids))}"
        raise AmbiguousKey(
            message,
            [
                detail(name, message, AMBIGUOUS, join(pointer, name))
                for name in self.names
            ],
        )


def _is_searched(field: Field) -> bool:
    """Tell whether records can be searched by the value of a field.

    Also by computed ones, such as the code of an account. The display name is compared
    in part only.
    """
    if field.name == "display_name":
        return False
    return bool(field.base_field.store) or is_searchable(field)


def _is_empty(value: Any, field: Field) -> bool:
    if field.type == "boolean":
        return value is None
    return value is None or value is False or value == ""
