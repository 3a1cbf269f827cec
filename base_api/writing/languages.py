# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Writes of translated fields in a language that is not installed.

For reading, the language of the user is a good fallback. A write in the fallback
language would overwrite the values of that language.
"""

from typing import Any

from odoo.api import Environment
from odoo.fields import Field
from odoo.models import BaseModel

from ..errors.details import NOT_ALLOWED, FieldReporter, detail
from ..errors.write import LanguageNotInstalled
from ..orm.scope import bound_scope
from ..protocol.localization import installed_languages
from ..settings import writes_in_fallback_language
from ..upserting.unchanged import changed_values


def check_language(
    records: BaseModel, field: Field, value: Any, place: FieldReporter
) -> None:
    """Refuse to change a translated value in another language than the requested one.

    :param field: a translated one
    :param records: the records to write; empty for new ones
    :param value: parsed
    :param place: the `FieldReporter` of the field
    :raise LanguageNotInstalled: naming the installed languages
    """
    scope = bound_scope(records.env.cr)
    if not (records and scope and scope.missing_language):
        return
    if writes_in_fallback_language(records.env):
        return
    values = {field.name: value}
    if any(changed_values(record, values) for record in records):
        message = (
            f"{place.field} is translated, and no language in Accept-Language "
            f"({scope.missing_language[:80]}) is installed: send "
            f"{installed_tags(records.env)}, or add one of them as a fallback"
        )
        entry = detail(place.field, message, NOT_ALLOWED, place.pointer)
        raise LanguageNotInstalled(message, [entry])


def installed_tags(env: Environment) -> str:
    """Return the tags of the installed languages (RFC 5646), for a message."""
    return " or ".join(code.replace("_", "-") for code in installed_languages(env))
