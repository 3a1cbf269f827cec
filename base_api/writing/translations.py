# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Texts in several languages: `{"translations": {"en_US": "Red", "fr_FR": "Rouge"}}`.

`parse_translations` makes a `Translated` of such an object, wherever a text is sent.
The ORM writes it as the text of one language. Then `write` and `create` store the other
languages, also of lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from odoo.fields import Command, Field
from odoo.models import BaseModel

from ..aliases import current_name
from ..auth.api_key import check_operation
from ..errors import InvalidValue
from ..errors.details import (
    NOT_ALLOWED,
    REQUIRED,
    FieldReporter,
)
from ..errors.hints import hint
from ..field_types import TEXT_TYPES
from ..protocol.localization import check_installed
from ..safety.dry_run_diff import watch_texts
from .html_bounds import check_html
from .translated import SOURCE, Translated

MEMBERS = ("translations", "terms")


def holds_translations(field: Field, value: Any) -> bool:
    """Tell whether a value of a field is an object instead of a text."""
    return field.type in TEXT_TYPES and isinstance(value, dict)


def has_translations(model: BaseModel, sent: dict[str, Any]) -> bool:
    """Tell whether sent values have translations, which depend on the record."""
    for name, value in sent.items():
        field = model._fields.get(current_name(model._name, name))
        if field is not None and holds_translations(field, value):
            return True
    return False


def parse_translations(
    records: BaseModel, field: Field, value: dict[str, Any], place: FieldReporter
) -> Translated | None:
    """Return the text of a translated field, or report what is wrong with it.

    :param records: the records to write; empty for new ones
    :param value: `translations` {language: text, or null to remove it}, and `terms`
        (true: {text of the source: its translation} for each language)
    :raise LanguageNotInstalled: naming the installed languages
    :raise KeyRestricted: texts are compared with stored ones that the API key may not
        read
    """
    if not _is_translated(field):
        place.report("text, as the field is not translated")
        return None
    for name in value:
        if name not in MEMBERS:
            expected = " or ".join(MEMBERS) + hint(name, MEMBERS)
            place.at(name).report(expected, NOT_ALLOWED)
    by_term = value.get("terms") or False
    _check_terms(records, field, by_term, place.at("terms"))
    place = place.at("translations")
    sent = value.get("translations")
    if not isinstance(sent, dict) or not sent:
        place.report('an object such as {"en_US": "text"}')
        return None
    check_installed(records.env, place.field, sent, place.pointer)
    parse = _parse_terms if by_term else _parse_text
    translations = {
        language: parse(records, field, text, place.at(language))
        for language, text in sent.items()
    }
    if records and callable(field.translate) and (by_term or SOURCE not in sent):
        check_operation(records.env, "read", records._name)
    if by_term:
        return Translated.of("", translations, place.pointer, True, False)
    if translations.get(SOURCE) is False:
        expected = "text, as other languages fall back to it: empty the field with null"
        place.at(SOURCE).report(expected, NOT_ALLOWED)
    if records:
        return _as_update(records, field, translations, place)
    return _as_new(records, field, translations, place)


def _is_translated(field: Field) -> bool:
    """Tell whether the ORM stores translations of a field."""
    return bool(field.translate and field.base_field.store)


def _check_terms(
    records: BaseModel, field: Field, by_term: Any, place: FieldReporter
) -> None:
    if not isinstance(by_term, bool):
        place.report("true or false")
    elif by_term and not callable(field.translate):
        place.report("false: the field is translated as a whole", NOT_ALLOWED)
    elif by_term and not records:
        place.report("false: a new record has no texts yet", NOT_ALLOWED)


def _parse_text(
    records: BaseModel, field: Field, text: Any, place: FieldReporter
) -> str | bool:
    if text is None or text is False:
        return False
    if not isinstance(text, str):
        place.report("text, or null")
        return False
    if field.type == "html" and field.sanitize:
        check_html(records.env, text)
    return text


def _parse_terms(
    records: BaseModel, field: Field, terms: Any, place: FieldReporter
) -> dict[str, Any]:
    if not isinstance(terms, dict):
        place.report("an object of texts and their translations")
        return {}
    return {
        term: _parse_text(records, field, text, place.at(term))
        for term, text in terms.items()
    }


def _as_update(
    records: BaseModel, field: Field, translations: dict[str, Any], place: FieldReporter
) -> Translated:
    """Return the value for existing records.

    HTML is not written in the language of the request: the ORM would give the other
    languages its structure.
    """
    text = translations.get(records.env.lang or SOURCE)
    if callable(field.translate) or not isinstance(text, str):
        return Translated.of("", translations, place.pointer, is_written=False)
    return Translated.of(text, translations, place.pointer)


def _as_new(
    model: BaseModel, field: Field, translations: dict[str, Any], place: FieldReporter
) -> Translated | None:
    """Return the value for new records, which need a text from the beginning."""
    own = model.env.lang or SOURCE
    texts = {lang: text for lang, text in translations.items() if text is not False}
    if not texts:
        place.report("the text of at least one language", REQUIRED)
        return None
    order = (SOURCE, own) if callable(field.translate) else (own, SOURCE)
    language = next((lang for lang in order if lang in texts), next(iter(texts)))
    if own not in (SOURCE, *texts) and not callable(field.translate):
        # The ORM stores the text of the source for it, too.
        translations = translations | {own: False}
    return Translated.of(texts[language], translations, place.pointer)


def write(records: BaseModel, values: dict[str, Any]) -> None:
    """Write the values of `parse_values` like `records.write`."""
    if not _holds_any(values):
        records.write(dict(values))
        return
    names = [name for name, value in values.items() if isinstance(value, Translated)]
    if names:
        watch_texts(records, names)
    before = {key: ids for record in records for key, ids in _lines(record, values)}
    if plain := _plain(values):
        records.write(plain)
    for record in records:
        _store(record, values, before)


def create_translated(
    values_list: list[dict[str, Any]], create: Callable[[list[Any]], BaseModel]
) -> BaseModel:
    """Return the records of values of `parse_values`.

    :param create: the `create` of the model
    """
    # Copies, as the `create` of an addon may change them.
    records = create([_plain(values) for values in values_list])
    for record, values in zip(records, values_list, strict=True):
        if _holds_any(values):
            _store(record, values, {})
    return records


def _holds_any(values: Any) -> bool:
    """Tell whether values, or those of lines, have translations."""
    if not isinstance(values, dict):
        return False
    return any(
        isinstance(value, Translated)
        or (isinstance(value, list) and any(_holds_any(item) for item in _of(value)))
        for value in values.values()
    )


def _of(commands: list[Any]) -> Iterable[Any]:
    """Return the values of lines in a list of commands, or of anything else."""
    return (item[2] for item in commands if isinstance(item, tuple) and len(item) == 3)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values that the ORM writes: without texts that do not change."""
    plain = {}
    for name, value in values.items():
        if isinstance(value, list) and any(map(_holds_any, _of(value))):
            value = [
                (*rest, _plain(line) if isinstance(line, dict) else line)
                for *rest, line in value
            ]
        if not isinstance(value, Translated) or value.is_written:
            plain[name] = value
    return plain


def _lines(record: BaseModel, values: dict[str, Any]) -> Iterable[tuple[Any, Any]]:
    """Yield `((model, id, field), ids)` of fields that get lines with translations."""
    for name, value in values.items():
        if not isinstance(value, list) or not any(map(_holds_any, _of(value))):
            continue
        yield (record._name, record.id, name), _line_ids(record, name)
        for code, line_id, line_values in value:
            if code == Command.UPDATE:
                line = record[name].browse(line_id)
                yield from _lines(line, line_values)


def _line_ids(record: BaseModel, name: str) -> set[int]:
    # sudo: only to find the lines that the caller creates.
    return set(record.sudo().with_context(active_test=False)[name].ids)


def _store(
    record: BaseModel, values: dict[str, Any], before: dict[Any, set[int]]
) -> None:
    """Store the translations in the values of a record, and in those of its lines."""
    for name, value in values.items():
        if isinstance(value, Translated):
            value.store(record, name)
        elif isinstance(value, list) and any(map(_holds_any, _of(value))):
            _store_lines(record, name, value, before)


def _store_lines(
    record: BaseModel, name: str, commands: list[Any], before: dict[Any, set[int]]
) -> None:
    lines = record.env[record._fields[name].comodel_name]
    for code, line_id, values in commands:
        if code == Command.UPDATE:
            _store(lines.browse(line_id), values, before)
    known = before.get((record._name, record.id, name), set())
    new = lines.browse(sorted(_line_ids(record, name) - known))
    created = [values for code, _id, values in commands if code == Command.CREATE]
    for line, values in _pair(new, created):
        _store(line, values, before)


def _pair(new: BaseModel, created: list[Any]) -> Iterable[tuple[BaseModel, Any]]:
    """Yield the new lines with their values, in the order of their ids.

    :raise InvalidValue: an addon created other lines, too, and changed the texts
    """
    if len(new) == len(created):
        yield from zip(new, created, strict=True)
        return
    rest = list(new)
    for values in filter(_holds_any, created):
        found = next((line for line in rest if _has_texts(line, values)), None)
        if found is None:
            raise InvalidValue(
                "An addon has changed new lines, so they cannot be translated: send "
                "the translations in a second request"
            )
        del rest[: rest.index(found) + 1]
        yield found, values


def _has_texts(line: BaseModel, values: dict[str, Any]) -> bool:
    texts = {key: item for key, item in values.items() if isinstance(item, Translated)}
    return all(line[name] == str(text) for name, text in texts.items())
