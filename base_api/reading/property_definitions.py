# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The definitions of properties, as `/fields` describes them."""

from typing import Any

from odoo.fields import Field
from odoo.models import BaseModel

from ..auth.api_key import allows_operation
from ..searching.properties import find_containers

MAX_PARENTS = 100


def describe_properties(
    model: BaseModel, field: Field, parent_id: int | None
) -> dict[str, Any]:
    """Return where the properties of a field are defined, and how.

    :param parent_id: of the record with the definitions; None for all that the caller
        and the API key may read, up to `MAX_PARENTS`
    :return: `{"parent_field": "team_id", "definitions": {"5": [...]}}`
    """
    owner = model.env[field.base_field.model_name]
    link = owner._fields[field.definition_record]
    definitions = {}
    # Not stored: the definitions belong to the model itself.
    if not link.store or allows_operation(model.env, "read", link.comodel_name):
        parents = find_containers(owner, field)
        if parent_id is not None:
            parents = parents.filtered(lambda parent: parent.id == parent_id)
        definitions = {
            str(parent.id): list(parent[field.definition_record_field])
            for parent in parents[:MAX_PARENTS]
        }
    return {"parent_field": field.definition_record, "definitions": definitions}
