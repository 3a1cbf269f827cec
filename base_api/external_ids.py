# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""External ids: the names `module.name` of records in `ir.model.data`.

As in Odoo's own import, a name without a module belongs to `__import__`.
"""

from collections.abc import Iterable

from odoo.fields import Domain
from odoo.models import BaseModel

from .auth.api_key import current_restrictions

EXTERNAL_ID = "external_id"  # the name of it as a field, and as the key of an upsert
EXTERNAL_IDS = "external_ids"  # the same for all of a record
MARK = "@"  # before an external id in a path or a query string
_IMPORT_MODULE = "__import__"
_FORM = "an external id, 'module.name' or 'name'"

Name = tuple[str, str]  # module, name


def parse_name(value: object) -> Name:
    """Return the module and the name of an external id.

    :raise ValueError: saying what was expected
    """
    if not isinstance(value, str) or any(map(str.isspace, value)) or "\0" in value:
        raise ValueError(_FORM)
    module, dot, name = value.partition(".")
    if not dot:
        module, name = _IMPORT_MODULE, value
    if not module or not name:
        raise ValueError(_FORM)
    return module, name


def read_rows(model: BaseModel, names: Iterable[Name]) -> BaseModel:
    """Return the rows of some names, whatever they belong to, with `sudo`.

    :raise KeyRestricted: a name without the prefix of the API key
    """
    restrictions = current_restrictions(model.env)
    by_module: dict[str, list[str]] = {}
    for module, name in names:
        restrictions.check_external_id(f"{module}.{name}")
        by_module.setdefault(module, []).append(name)
    # sudo: only Settings may read external ids. What they belong to is shown to those
    # only who may see it.
    return (
        model.env["ir.model.data"]
        .sudo()
        .search(
            Domain.OR(
                Domain("module", "=", module) & Domain("name", "in", of_module)
                for module, of_module in by_module.items()
            )
        )
    )


def names_by_id(model: BaseModel, ids: list[int]) -> dict[int, list[str]]:
    """Return `{id: external ids}` of records that the caller may see, oldest first."""
    domain = Domain("model", "=", model._name) & Domain("res_id", "in", ids)
    # sudo: only Settings may read external ids. A name tells no more than the record.
    rows = (
        model.env["ir.model.data"]
        .sudo()
        .search_fetch(domain, ["module", "name", "res_id"], order="id")
    )
    names: dict[int, list[str]] = {}
    for row in rows:
        names.setdefault(row.res_id, []).append(f"{row.module}.{row.name}")
    return names


def find_by_name(model: BaseModel, names: Iterable[Name]) -> dict[Name, BaseModel]:
    """Return `{name: record}` of the records of a model that the caller may see.

    :raise KeyRestricted: see `read_rows`
    """
    rows = read_rows(model, names).filtered(lambda row: row.model == model._name)
    domain = Domain("id", "in", rows.mapped("res_id"))
    found = model.with_context(active_test=False).search(domain) if rows else model
    visible = set(found.ids)
    return {
        (row.module, row.name): model.browse(row.res_id)
        for row in rows
        if row.res_id in visible
    }
