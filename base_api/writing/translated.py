# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The text of a translated field together with its translations.

A field is translated as a whole (`translate=True`), or text by text (HTML): then all
languages have the structure of the source, and Odoo calls their texts terms.
"""

from __future__ import annotations

from typing import Any

from odoo.fields import Field
from odoo.models import BaseModel

from ..errors import InvalidValue
from ..errors.details import NOT_ALLOWED, detail, join

SOURCE = "en_US"  # the language that the others fall back to, installed or not


class Translated(str):
    """A text in the language of the request, which the ORM writes like any other.

    :ivar translations: language to text, or to false to remove the translation; with
        `by_term`, language to `{text of the source: its translation}`
    :ivar pointer: to the translations in the body
    :ivar is_written: whether the text is a new value in the language of the request
    """

    translations: dict[str, Any]
    pointer: str
    by_term: bool
    is_written: bool

    @classmethod
    def of(
        cls,
        text: str,
        translations: dict[str, Any],
        pointer: str,
        by_term: bool = False,
        is_written: bool = True,
    ) -> Translated:
        value = cls(text)
        value.translations, value.pointer = translations, pointer
        value.by_term, value.is_written = by_term, is_written
        return value

    def store(self, record: BaseModel, name: str) -> None:
        """Store the translations of a field of a record that was just written.

        :raise InvalidValue: HTML with other texts than the source has
        """
        field = record._fields[name]
        if not callable(field.translate):
            record.update_field_translations(name, dict(self.translations))
            return
        self._store_source(record, name)
        if terms := self._terms(record, field):
            record.update_field_translations(name, terms)

    def differs(self, record: BaseModel, field: Field) -> bool:
        """Tell whether storing the translations would change a record."""
        source = _read(record, field, SOURCE)
        for language, text in self.translations.items():
            stored = _read(record, field, language)
            if self.by_term:
                if _differs_by_term(field, source, stored, language, text):
                    return True
            elif _content(record, field, language, text or source) != _content(
                record, field, language, stored
            ):
                return True
        return False

    def _store_source(self, record: BaseModel, name: str) -> None:
        """Write the HTML of the source, of which the other languages have the texts."""
        source = record.with_context(lang=SOURCE)
        html = None if self.by_term else self.translations.get(SOURCE)
        if html is None and not source[name] and not self.by_term:
            html = next(filter(None, self.translations.values()), None)
        if html is not None:
            source.write({name: html})

    def _terms(self, record: BaseModel, field: Field) -> dict[str, Any]:
        """Return `{language: {text of the source: its translation}}`."""
        known = field.get_trans_terms(_read(record, field, SOURCE) or "")
        found = {}
        for language, text in self.translations.items():
            if self.by_term:
                found[language] = self._check_terms(field, language, known, text)
            elif not text:
                found[language] = dict.fromkeys(known, "")
            elif language != SOURCE:
                html = field.convert_to_cache(text, record)
                terms = field.get_trans_terms(html)
                self._check_number(field, language, known, terms)
                found[language] = dict(zip(known, terms, strict=True))
        return {language: terms for language, terms in found.items() if terms}

    def _check_terms(
        self, field: Field, language: str, known: list[str], terms: dict[str, Any]
    ) -> dict[str, str]:
        for term in terms.keys() - set(known):
            self._refuse(field, f"'{term[:80]}' is not a text of it", language)
        return {term: text or "" for term, text in terms.items()}

    def _check_number(
        self, field: Field, language: str, known: list[str], terms: list[str]
    ) -> None:
        if len(terms) != len(known):
            message = (
                f"expected the texts of {SOURCE} in the same order, {len(known)} in "
                f"all, found {len(terms)}"
            )
            self._refuse(field, message, language)

    def _refuse(self, field: Field, message: str, language: str) -> None:
        message = f"{field.name}: {message}"
        pointer = join(self.pointer, language)
        raise InvalidValue(message, [detail(field.name, message, NOT_ALLOWED, pointer)])


def _read(record: BaseModel, field: Field, language: str) -> str | bool:
    """Return the value in a language, or that of the source without a translation."""
    return record.with_context(lang=language)[field.name]


def _content(record: BaseModel, field: Field, language: str, text: Any) -> Any:
    """Return what of a text is stored: of HTML in another language only its texts."""
    value = field.convert_to_cache(text, record)
    if callable(field.translate) and language != SOURCE:
        return field.get_trans_terms(value or "")
    return value


def _differs_by_term(
    field: Field, source: Any, stored: Any, language: str, terms: dict[str, Any]
) -> bool:
    found = field.get_translation_dictionary(source or "", {language: stored or ""})
    return any(
        term not in found or found[term][language] != (text or term)
        for term, text in terms.items()
    )
