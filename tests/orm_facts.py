# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What users may do by Odoo's ORM alone: a program for `odoo-bin shell`.

`ask_orm` in `access.py` puts `PLAN` in front of it: the ids of users, names of models,
the number of records to show of each, and the file for the answers.
"""

import json

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tools import json_default

MODES = ("read", "create", "write", "unlink")
# Read one by one elsewhere, or no JSON.
UNCOMPARED = ("binary", "one2many", "many2many", "reference", "many2one_reference")
HIDDEN = 2  # records of each model
SAMPLE = 3000  # of the records of a model that may be hidden


def describe_all(env):
    """Return `{user id: {model: facts}}`."""
    names = [name for name in PLAN["models"] if name in env]  # noqa: F821
    facts = {}
    for user_id in PLAN["users"]:  # noqa: F821
        user = env(user=user_id)["res.users"].browse(user_id)
        own = env(user=user_id, context=dict(user.context_get()))
        facts[user_id] = {name: describe(own[name], env[name]) for name in names}
        env.invalidate_all(flush=False)
    return facts


def describe(model, everything):
    """Return what a user may do with a model.

    :param everything: the same model, for the superuser
    """
    facts = {"access": {mode: model.has_access(mode) for mode in MODES}}
    try:
        found = model.search([], order="id")
        facts["count"] = model.search_count([])
    except AccessError:
        found = None
    except (UserError, NotImplementedError):  # some models cannot be searched
        return facts | {"impossible": True}
    facts["groups"] = count_of_groups(model)
    facts["ids"] = None if found is None else found.ids[: PLAN["few"]]  # noqa: F821
    facts["hidden"] = hidden_ids(model, everything)
    facts["records"] = {
        record.id: describe_record(record)
        for record in (found or model)[: PLAN["shown"]]  # noqa: F821
    }
    facts["text_field"] = text_field(model)
    return facts


def count_of_groups(model):
    """Return the number of records that grouping counts; None if it is refused.

    Some models can be searched by those who may not group them.
    """
    try:
        [(count,)] = model._read_group([], aggregates=["__count"])
    except AccessError:
        return None
    return count


def hidden_ids(model, everything):
    """Return ids of records that exist and that the user does not see."""
    exist = everything.with_context(active_test=False).search([], limit=SAMPLE).ids
    try:
        own = model.with_context(active_test=False)
        seen = set(own.search([("id", "in", exist)]).ids)
    except AccessError:
        seen = set()
    return [record_id for record_id in exist if record_id not in seen][:HIDDEN]


def describe_record(record):
    names = [
        name
        for name, field in record._fields.items()
        if record._has_field_access(field, "read")
    ]
    values = {}
    for name in names:
        value = read_field(record, name)
        if value is not None:
            values[name] = value
    return {
        "values": values,
        "write": record.has_access("write"),
        "unlink": record.has_access("unlink"),
    }


def read_field(record, name):
    """Return `[value]`, `[]` if it is of no type to compare, None if it is refused."""
    field = record._fields[name]
    if field.type in UNCOMPARED or not field.store or field.type == "properties":
        return []
    try:
        rows = record.read([name])
    except (AccessError, MissingError):
        return None
    return [row[name] for row in rows] or None


def text_field(model):
    """Return a field that can be written, or None."""
    for name, field in model._fields.items():
        if field.type == "char" and field.store and not field.readonly:
            if not field.related and model._has_field_access(field, "write"):
                return name
    return None


FOUND = json.dumps(describe_all(env), default=json_default)  # noqa: F821
with open(PLAN["file"], "w") as answers:  # noqa: F821
    answers.write(FOUND)
