# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Texts in several languages: `{"translations": {"en_US": "Red", "fr_FR": "Rouge"}}`.

`parse_translations` makes a `Translated` of such an object, wherever a text is sent;
`translated_records` writes it.
"""

from __future__ import annotations

from typing import Any

from odoo.fields import Field
from odoo.models import BaseModel

from ..auth.api_key import check_operation
from ..errors.details import (
    NOT_ALLOWED,
    REQUIRED,
    FieldReporter,
)
from ..errors.hints import hint
from ..field_types import TEXT_TYPES
from ..protocol.localization import check_installed
from .html_bounds import check_html
from .translated import SOURCE, Translated

MEMBERS = ("translations", "terms")


def holds_translations(field: Field, value: Any) -> bool:
    """Tell whether a value of a field is an object instead of a text."""
    return field.type in TEXT_TYPES and isinstance(value, dict)


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
