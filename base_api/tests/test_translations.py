# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from pathlib import Path

import polib

from odoo.tests import BaseCase

# Odoo leaves out what is the same in both languages.
SAME_WORDS = {
    "fr": {
        "API",
        "Base",
        "Client",
        "Conditions",
        "Contact",
        "Description",
        "Exports",
        "ID",
        "Restrictions",
        "Restrictions (JSON)",
        "https://shop.example.com",
    },
    "es": {"API", "Base", "HTML (bytes)", "ID", "https://shop.example.com"},
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
