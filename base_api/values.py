# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A JSON object as values for ``create`` and ``write``.

The ORM trusts its caller: a many2one sent as text becomes empty, ``"false"`` becomes
true, an unknown field of a line a crash. So values are checked here, at every depth,
and what goes on to the ORM is what the client meant.
"""

import base64

from odoo.fields import Command
from odoo.models import MAGIC_COLUMNS

from . import casting
from .aliases import current_name, old_names
from .binaries import is_raw
from .errors import InvalidFields, InvalidValue
from .hints import hint
from .restrictions import check_operation

MAX_DEPTH = 10  # lines in lines; the ORM's recursion ends at about 40
MAX_POINTER_PARTS = 3 * MAX_DEPTH  # each level adds /position/2/field


def parse_values(model, values, pointer=""):
    """Return ``values`` under today's field names, with every value checked.

    :param dict values: field name to JSON value; x2many fields take lists of ids or
        Odoo's commands
    :param pointer: where ``values`` is in the body (RFC 6901), for the error
    :raise InvalidFields: a field that does not exist or cannot be written
    :raise InvalidValue: values of the wrong type, all of them in ``details``
    """
    errors = []
    parsed = _parse_object(model, values, pointer, errors)
    if errors:
        raise InvalidValue(errors[0]["message"], details=errors)
    return parsed


def _parse_object(model, values, pointer, errors):
    parsed = {}
    for name, value in values.items():
        field = _writable_field(model, name)
        if field.name in parsed:
            raise InvalidFields(f"'{name}' and '{field.name}' are one field: send one")
        place = f"{pointer}/{name}"
        try:
            parsed[field.name] = _parse_value(model, field, value, place, errors)
        except ValueError as exc:
            message = f"{name}: expected {exc}"
            errors.append({"field": name, "pointer": place, "message": message})
    _check_owners(model, parsed)
    return parsed


def _check_owners(model, values):
    """Refuse to hang something on a record of a model that the API key is not for.

    An attachment, say, is part of the record named by its ``res_model`` and ``res_id``.
    """
    for name in values:
        field = model._fields[name]
        if field.type == "many2one_reference" and values.get(field.model_field):
            check_operation(model.env, "update", values[field.model_field])


def _writable_field(model, name):
    field = model._fields.get(current_name(model._name, name))
    if field is None:
        known = [*model._fields, *old_names(model._name)]
        raise InvalidFields(
            f"Unknown field '{name}' in {model._name}{hint(name, known)}"
        )
    if field.name in MAGIC_COLUMNS or not (field.store or field.inverse):
        raise InvalidFields(f"Field '{name}' of {model._name} cannot be written")
    return field


def _parse_value(model, field, value, pointer, errors):
    if field.type in _LINE_VERBS:
        commands = _parse_commands(
            model.env[field.comodel_name], value, pointer, errors
        )
        for code, *_rest in commands:
            if verb := _LINE_VERBS[field.type].get(code):
                check_operation(model.env, verb, field.comodel_name)
        return commands
    if value is None or value is False:
        return False
    if field.type == "selection":
        return _parse_selection(model.env, field, value)
    if field.type == "reference":
        return casting.to_reference(value, field.get_values(model.env))
    # Types that are not here, an addon's own, check themselves.
    parse = _PARSERS.get(field.type)
    value = parse(value) if parse else value
    return base64.b64decode(value) if is_raw(field) else value


def _parse_selection(env, field, value):
    allowed = field.get_values(env)
    if value not in allowed:
        raise ValueError("one of " + ", ".join(map(str, allowed)))
    return value


def _parse_boolean(value):
    if not isinstance(value, bool):
        raise ValueError("true or false")
    return value


def _parse_text(value):
    if isinstance(value, bool | list | dict):
        raise ValueError("text")
    return str(value)


def _parse_json(value):
    if not isinstance(value, dict | list):
        raise ValueError("an object or a list")
    return value


def _parse_properties(value):
    if isinstance(value, list) and not all(isinstance(item, dict) for item in value):
        raise ValueError("a list of objects")
    return _parse_json(value)


def _parse_many2one(value):
    # Answers give [id, name], or an object of both: what was read can be sent back.
    if isinstance(value, list) and len(value) == 2:
        value = value[0]
    if isinstance(value, dict) and {"id"} <= set(value) <= {"id", "display_name"}:
        value = value["id"]
    if isinstance(value, str):
        raise ValueError("the id of a record, a whole number")
    return casting.to_id(value)


def _parse_commands(comodel, commands, pointer, errors):
    if commands is None or commands is False:
        return [Command.clear()]
    if not isinstance(commands, list):
        raise ValueError("a list of ids, or of Odoo's commands")
    if all(type(command) is int for command in commands):
        return [Command.set([casting.to_id(record_id) for record_id in commands])]
    return [
        _parse_command(comodel, command, f"{pointer}/{position}", errors)
        for position, command in enumerate(commands)
    ]


def _parse_command(comodel, command, pointer, errors):
    """Check one of :class:`odoo.fields.Command`: ``[code, id, values or ids]``."""
    if pointer.count("/") > MAX_POINTER_PARTS:
        raise ValueError(f"at most {MAX_DEPTH} levels of lines")
    code, second, third = _split_command(command)
    if code == Command.CREATE:
        values = _require_object(third)
        return Command.create(_parse_object(comodel, values, f"{pointer}/2", errors))
    if code == Command.CLEAR:
        return Command.clear()
    if code == Command.SET:
        if not isinstance(third, list):
            raise ValueError("a list of ids in command 6")
        return Command.set([casting.to_id(record_id) for record_id in third])
    record_id = casting.to_id(second)
    if code == Command.UPDATE:
        values = _require_object(third)
        parsed = _parse_object(comodel, values, f"{pointer}/2", errors)
        return Command.update(record_id, parsed)
    return (code, record_id, 0)


def _split_command(command):
    if (
        not isinstance(command, list)
        or not 1 <= len(command) <= 3
        or type(command[0]) is not int
        or command[0] not in list(Command)
    ):
        raise ValueError("a list of ids, or of Odoo's commands such as [0, 0, {...}]")
    return (*command, 0, 0)[:3]


def _require_object(value):
    if not isinstance(value, dict):
        raise ValueError("an object with the values of the line in commands 0 and 1")
    return value


# What an API key must be good for on the records of lines: a key that is for orders
# only changes nothing else through them. Taking a line out of a one2many can delete it.
_LINE_VERBS = {
    "many2many": {
        Command.CREATE: "create",
        Command.UPDATE: "update",
        Command.DELETE: "delete",
    },
    "one2many": {
        Command.CREATE: "create",
        Command.UPDATE: "update",
        Command.LINK: "update",
        Command.DELETE: "delete",
        Command.UNLINK: "delete",
        Command.CLEAR: "delete",
        Command.SET: "delete",
    },
}
_PARSERS = {
    "boolean": _parse_boolean,
    "integer": casting.to_integer,
    "many2one_reference": casting.to_id,
    "float": casting.to_float,
    "monetary": casting.to_float,
    "char": _parse_text,
    "text": _parse_text,
    "html": _parse_text,
    "date": casting.to_date,
    "datetime": casting.to_datetime,
    "many2one": _parse_many2one,
    "binary": casting.to_base64,
    "json": _parse_json,
    "properties": _parse_properties,
    "properties_definition": _parse_properties,
}
