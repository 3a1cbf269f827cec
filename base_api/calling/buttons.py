# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The buttons of the form of a model, and whether they are shown for a record."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import Any

from lxml import etree

from odoo.exceptions import AccessError
from odoo.models import BaseModel
from odoo.tools.safe_eval import safe_eval

from ..field_types import X2MANY
from ..orm.access import has_field_access

_UNKNOWN = object()


@dataclass
class Button:
    """A button of a form, which may be there more than once.

    :param kind: `object` for a method, `action` for an action
    :param name: of the method, or the id of the action as text
    :param invisible: for each of its places, the expressions that hide it there, of
        itself and of what it is in
    """

    kind: str
    name: str
    label: str
    invisible: list[list[str]]

    def is_shown(self, record: BaseModel) -> bool | None:
        """Tell whether the form of a record shows the button; None if it is unknown.

        The values that expressions depend on are read as the caller.
        """
        found = {_is_shown(place, record) for place in self.invisible}
        return True if True in found else None if None in found else False


def form_buttons(model: BaseModel) -> list[Button]:
    """Return the buttons of the form that the groups of the caller see."""
    form = etree.fromstring(model.get_view(view_type="form")["arch"])
    buttons: dict[tuple[str, str], Button] = {}
    for node in form.iter("button"):
        kind, name = node.get("type"), node.get("name")
        path = [node, *node.iterancestors()]
        # The lines in a field have buttons of another model.
        if not name or any(item.tag == "field" for item in path[1:]):
            continue
        if kind in ("object", "action"):
            button = Button(kind, name, _label(node), [])
            button = buttons.setdefault((kind, name), button)
            place = [item.get("invisible") for item in path]
            button.invisible.append([text for text in place if text])
    return list(buttons.values())


def _is_shown(place: list[str], record: BaseModel) -> bool | None:
    results = [_evaluate(expression, record) for expression in place]
    if True in results:
        return False
    return None if None in results else True


def _label(node: Any) -> str:
    """Return the text of a button, that of a field in it, or its name."""
    texts = [node.get("string"), " ".join("".join(node.itertext()).split())]
    texts += [item.get("string") for item in node.iter("field")]
    return next(filter(None, texts), node.get("title") or node.get("name"))


def _evaluate(expression: str, record: BaseModel) -> bool | None:
    """Return the value of an expression of a view, or None if it cannot be known."""
    try:
        tree = ast.parse(expression.strip(), mode="eval")
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        values = {name: _value(record, name) for name in names - {"True", "False"}}
        if any(value is _UNKNOWN for value in values.values()):
            return None
        return bool(safe_eval(expression.strip(), values))
    except (AccessError, SyntaxError, ValueError):
        return None


def _value(record: BaseModel, name: str) -> Any:
    """Return the value of a field as views compare it."""
    field = record._fields.get(name)
    if field is None or not has_field_access(record, field):
        return record.env.uid if name == "uid" else _UNKNOWN
    value = record[name]
    if field.type == "many2one":
        return value.id
    return value.ids if field.type in X2MANY else value
