# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from werkzeug.datastructures import Headers

from odoo.tests import BaseCase

from odoo.addons.base_api.errors import InvalidParameter
from odoo.addons.base_api.protocol.preferences import (
    READING,
    WRITING,
    Preferences,
    read_preferences,
)

READS = {"preferences": READING, "readonly": True}
WRITES = {"preferences": WRITING, "readonly": False}


class TestPreferences(BaseCase):
    def parse(self, *lines, routing=None, **options):
        headers = Headers([("Prefer", line) for line in lines])
        return read_preferences(headers, routing or READS, **options)

    def test_preferences_may_come_in_one_header_or_in_several(self):
        expected = Preferences(
            lenient=True,
            strict_types=True,
            applied=("handling=lenient", "types=strict"),
        )
        self.assertEqual(
            self.parse('handling=lenient, wait=10, types="strict"; x=1'), expected
        )
        self.assertEqual(self.parse("handling=lenient", "types=strict"), expected)

    def test_the_first_of_two_counts_and_names_ignore_case(self):
        preferences = self.parse("Types=strict", "types=odoo")
        self.assertEqual(preferences.applied, ("types=strict",))

    def test_what_is_unknown_or_not_for_this_route_is_ignored(self):
        for line in ("respond-async", "types=loose", "handling=strict", "dry-run=1"):
            with self.subTest(line=line):
                self.assertEqual(self.parse(line), Preferences())
        self.assertEqual(
            self.parse("handling=lenient", routing=WRITES | {"preferences": ()}),
            Preferences(),
        )

    def test_strict_types_may_be_the_default_and_taken_back(self):
        self.assertTrue(self.parse(strict_types=True).strict_types)
        preferences = self.parse("types=odoo", strict_types=True)
        self.assertFalse(preferences.strict_types)
        self.assertEqual(preferences.headers(), {"Preference-Applied": "types=odoo"})

    def test_a_dry_run_that_cannot_be_honoured_is_refused(self):
        self.assertTrue(self.parse("dry-run", routing=WRITES).dry_run)
        self.assertFalse(self.parse("dry-run").dry_run)
        with self.assertRaises(InvalidParameter):
            self.parse("dry-run", routing=WRITES | {"preferences": ()})

    def test_max_affected_is_a_number(self):
        self.assertEqual(self.parse("max-affected=3", routing=WRITES).max_affected, 3)
        for value in ("", "=", "=x", "=-1", "=1.5"):
            with self.subTest(value=value), self.assertRaises(InvalidParameter):
                self.parse(f"max-affected{value}", routing=WRITES)

    def test_a_write_that_should_be_limited_is_not_carried_out(self):
        for line, expected in (
            ("dryrun", "did you mean 'dry-run'?"),
            ("dry_run", "did you mean 'dry-run'?"),
            ("Dry-Runs", "did you mean 'dry-run'?"),
            ("dry-run=true", "dry-run has no value"),
            ("max-affect=1", "did you mean 'max-affected'?"),
            ("max_affected=1", "did you mean 'max-affected'?"),
        ):
            with (
                self.subTest(line=line),
                self.assertRaisesRegex(InvalidParameter, expected.replace("?", "\\?")),
            ):
                self.parse(line, routing=WRITES)
            self.assertEqual(self.parse(line), Preferences())
        others = "respond-async, wait=10, depth-noroot, return=minimal, safe"
        self.assertEqual(self.parse(others, routing=WRITES), Preferences())
