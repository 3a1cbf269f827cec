# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from pathlib import Path

import polib

from odoo.tests import BaseCase

# Odoo leaves out what is the same in both languages.
NAMES = {
    *("4xx", "5xx", "%s ms", "SHA-256", "Idempotency-Key (SHA-256)"),
    *("XML-RPC", "JSON-RPC", "JSON-2"),
}
SAME_WORDS = {
    "fr": NAMES
    | {
        "API",
        "Audit",
        "Base",
        "Client",
        "Conditions",
        "Contact",
        "Date",
        "Description",
        "Exports",
        "ID",
        "Maximum",
        "Maximum (ms)",
        "Restrictions",
        "Restrictions (JSON)",
        "Route",
        "10.0.0.0/8",
        "https://shop.example.com",
    },
    "es": NAMES
    | {"10.0.0.0/8", "API", "Base", "Error", "HTML (bytes)", "ID"}
    | {"https://shop.example.com"},
}
FOLDER = Path(__file__).parents[1] / "i18n"


class TestTranslations(BaseCase):
    def test_every_term_is_translated(self):
        terms = {entry.msgid for entry in polib.pofile(FOLDER / "base_api.pot")}
        for language in ("fr", "es"):
            with self.subTest(language=language):
                translation = polib.pofile(FOLDER / f"{language}.po")
                self.assertEqual({entry.msgid for entry in translation}, terms)
                missing = {entry.msgid for entry in translation.untranslated_entries()}
                self.assertEqual(missing, SAME_WORDS[language])
