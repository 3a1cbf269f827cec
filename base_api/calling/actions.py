# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What can be done with the records of a model, as its form and its menus offer it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from odoo.models import BaseModel
from odoo.tools.safe_eval import safe_eval

from ..auth.api_key import allows_operation
from ..external_ids import names_by_id
from ..field_types import X2MANY
from .buttons import Button, form_buttons
from .methods import find_method

_DEFAULT = "default_"
METHOD, ACTION, SERVER_ACTION, REPORT = "method", "action", "server_action", "report"
_WINDOW, _SERVER = "ir.actions.act_window", "ir.actions.server"


def list_actions(model: BaseModel, record: BaseModel) -> list[dict[str, Any]]:
    """Return an object for each thing that the caller and the API key may do.

    :param record: a record to tell whether its buttons apply; empty for the model
    """
    return [*_of_buttons(model, record), *_of_bindings(model, record)]


def _of_buttons(model: BaseModel, record: BaseModel) -> Iterator[dict[str, Any]]:
    for button in form_buttons(model):
        if button.kind == "object":
            row = _describe_method(model, button)
        else:
            row = _describe_window(_find_action(model, button.name), model, record)
        if row:
            row = row | {"label": button.label}
            yield row | ({"applies": button.is_shown(record)} if record else {})


def _of_bindings(model: BaseModel, record: BaseModel) -> Iterator[dict[str, Any]]:
    """Yield the actions and the reports of the menus Action and Print."""
    # Odoo checks the groups of the caller.
    bindings = model.env["ir.actions.actions"].get_bindings(model._name)
    for found in (*bindings.get("action", ()), *bindings.get("report", ())):
        action = _find_action(model, str(found["id"]))
        if action and action._name == _WINDOW:
            row = _describe_window(action, model, record)
        else:
            row = _describe_other(action, model)
        if row:
            yield row | ({"applies": True} if record else {})


def _describe_method(model: BaseModel, button: Button) -> dict[str, Any] | None:
    if not allows_operation(model.env, "call", model._name):
        return None
    if find_method(model, button.name) is None:
        return None
    return {"name": button.name, "label": "", "type": METHOD, "groups": []}


def _find_action(model: BaseModel, name: str) -> BaseModel:
    """Return the action of an id with `sudo`; empty if the caller may not run it."""
    # sudo: the web client loads any action that the groups of the user allow.
    actions = model.env["ir.actions.actions"].sudo()
    action = actions.browse(int(name)).exists() if name.isdecimal() else actions
    if not action:
        return action
    action = action.env[action.type].browse(action.id)
    groups = action.group_ids if "group_ids" in action._fields else None
    if groups and not groups & model.env.user.all_group_ids:
        return action.browse()
    return action


def _describe_window(
    action: BaseModel, model: BaseModel, record: BaseModel
) -> dict[str, Any] | None:
    """Describe an action that opens records or, mostly, a wizard.

    A wizard is created in the context, and its buttons are called.
    """
    if not action or action._name != _WINDOW or action.res_model not in model.env:
        return _describe_other(action, model)
    target = model.env[action.res_model]
    operation = "create" if target.is_transient() else "read"
    if not allows_operation(model.env, operation, target._name):
        return None
    if not target.has_access(operation):
        return None
    row = _row(action, ACTION) | {
        "target_model": target._name,
        "context": _context(action, target, record),
    }
    if target.is_transient():
        row["methods"] = [
            {"name": button.name, "label": button.label}
            for button in form_buttons(target)
            if button.kind == "object" and find_method(target, button.name)
        ]
    return row


def _describe_other(action: BaseModel, model: BaseModel) -> dict[str, Any] | None:
    """Describe a server action or a report; nothing else can be run by requests."""
    if not action:
        return None
    if action._name == _SERVER and allows_operation(model.env, "call", _SERVER):
        return _row(action, SERVER_ACTION)
    if action._name == "ir.actions.report" and action.report_type == "qweb-pdf":
        if allows_operation(model.env, "read", model._name):
            return _row(action, REPORT) | {"name": action.report_name}
    return None


def _row(action: BaseModel, kind: str) -> dict[str, Any]:
    names = names_by_id(action, action.ids).get(action.id, [str(action.id)])
    groups = action.group_ids
    return {
        "name": names[0],
        "label": action.with_env(action.env(su=True)).name,
        "type": kind,
        "groups": [
            name for found in names_by_id(groups, groups.ids).values() for name in found
        ],
        "id": action.id,
    }


def _context(action: BaseModel, target: BaseModel, record: BaseModel) -> dict[str, Any]:
    """Return the context for the wizard, with the keys that requests may send."""
    values = {"active_id": record.id, "active_ids": record.ids, "uid": target.env.uid}
    try:
        found = safe_eval(action.context or "{}", values | {"context": {}})
    except (NameError, SyntaxError, ValueError):
        found = {}
    context = {
        name: value
        for name, value in found.items()
        if name.startswith(_DEFAULT)
        and _is_default(target, name.removeprefix(_DEFAULT), value)
    }
    if record:
        active = {"active_model": record._name, "active_id": record.id}
        context |= active | {"active_ids": record.ids}
    return context


def _is_default(target: BaseModel, name: str, value: Any) -> bool:
    """Tell whether a value has the form of a value of a field."""
    field = target._fields.get(name)
    if field is None or isinstance(value, list) != (field.type in X2MANY):
        return False
    return isinstance(value, bool | int | float | str | list)
