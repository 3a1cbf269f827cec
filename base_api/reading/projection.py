# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The requested fields of records and of their related records."""

from typing import Any

from odoo.fields import Field

from ..casting import MAX_NAMES, to_names
from ..errors import InvalidFields
from ..protocol.parameters import DEFAULT_NESTED_LIMIT

MAX_NESTED_PATHS = 100  # dotted names in one request


class Projection(dict):
    """Name in the answer -> name of the field, for the records of one model.

    :param nested_limit: maximum number of records in each nested list
    :ivar external: `external_id` and `external_ids`, if they were requested
    :ivar languages: in which translated fields are shown; none for that of the request
    :ivar nested: name in the answer -> `Projection` of the related records
    :ivar named: whether a many2one includes its name as in a flat read, even if the
        record is hidden
    :ivar paths: the requested names, possibly dotted
    """

    def __init__(
        self, names: Any = (), nested_limit: int = DEFAULT_NESTED_LIMIT
    ) -> None:
        super().__init__(names)
        self.external: list[str] = []
        self.nested_limit = nested_limit
        self.languages: list[str] = []
        self.nested: dict[Any, Any] = {}
        self.named = False
        self.paths = list(self)

    @property
    def is_nested(self) -> bool:
        """Whether more than the fields of the records themselves is requested."""
        return bool(self.nested or self.external)

    def add(self, path: str, fields: list[Field]) -> None:
        """Add a name, possibly dotted.

        :param fields: those along the path, see `resolve_path`; one less for a path to
            `external_id` or `external_ids`
        """
        if path not in self.paths:
            self.paths.append(path)
            self._take(path.split("."), fields)

    def _take(self, names: list[str], fields: list[Field]) -> None:
        name, *rest = names
        if not fields:
            self.external.append(name)
            return
        was_flat = name in self and name not in self.nested
        self[name] = fields[0].name
        if not rest and name not in self.nested:
            return
        inner = Projection({"id": "id"}, self.nested_limit)
        inner = self.nested.setdefault(name, inner)
        if fields[0].type == "many2one" and (
            was_flat or rest in ([], ["display_name"])
        ):
            inner.named = True
        if rest and not (inner.named and rest == ["display_name"]):
            inner._take(rest, fields[1:])


def split_names(names: Any) -> list[str]:
    """Return the names of a comma-separated text, or of a list in a body, each once.

    :raise InvalidFields: another type, or too many dotted names
    """
    try:
        names = to_names(names)
    except ValueError:
        message = (
            "fields must be a list of names, or a string of names separated by commas"
        )
        raise InvalidFields(message) from None
    if len(names) > MAX_NAMES:
        raise InvalidFields(f"At most {MAX_NAMES} names in fields")
    if sum("." in name for name in names) > MAX_NESTED_PATHS:
        raise InvalidFields(f"At most {MAX_NESTED_PATHS} dotted names in fields")
    return names
