# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo.tests import BaseCase

from odoo.addons.base_api.errors import InvalidFilter
from odoo.addons.base_api.orm import table_sizes
from odoo.addons.base_api.protocol.parameters import Filters
from odoo.addons.base_api.searching.searches import parse_conditions

from .bounds_case import BoundsCase

# A part of a text, in a large table without a trigram index.
PATTERNS = (
    ["comment", "ilike", "x"],
    ["comment", "not like", "x"],
    ["comment", "=like", "%x"],
    ["comment", "=ilike", "_x%"],
    ["parent_id.comment", "ilike", "x"],
    ["child_ids", "any", [["comment", "ilike", "x"]]],
    ["display_name", "ilike", "x"],
    ["parent_id", "ilike", "x"],
    ["id", "child_of", "x"],
)
FILTERS = (
    ("comment__like", "x"),
    ("comment__ilike", "x"),
    ("comment__endswith", "x"),
    ("display_name__search", "x"),
    ("parent_id__search", "x"),
)
MAKE_INDEX = "CREATE INDEX ON res_partner USING gin (comment gin_trgm_ops)"
# As PostgreSQL shows them, after USING.
INDEXES = (
    "gin (name gin_trgm_ops)",
    "gin (unaccent(ref) gin_trgm_ops)",
    "gin (jsonb_path_query_array(comment, '$.*'::jsonpath)::text) gin_trgm_ops)",
    'gist (city, "order" gist_trgm_ops)',
)


class TestTableSize(BaseCase):
    def test_trigram_indexes(self):
        size = table_sizes.TableSize(1, INDEXES, 0.0)
        for column in ("name", "ref", "comment", "order"):
            self.assertTrue(size.has_trigram_index(column), column)
        for column in ("am", "names", "city"):
            self.assertFalse(size.has_trigram_index(column), column)


class TestScans(BoundsCase):
    def setUp(self):
        super().setUp()
        self.startPatcher(patch.dict(table_sizes._known, clear=True))
        self.partners = self.env["res.partner"].with_user(self.employee)
        values = [{"name": f"API {number}"} for number in range(150)]
        self.env["res.partner"].create(values)
        self.env.flush_all()
        self.env.cr.execute("ANALYZE res_partner")

    def search(self, **query):
        return self.get("/search/res.partner", self.employee, params=query)

    def parse(self, domain=(), filters=()):
        return parse_conditions(self.partners, domain, Filters(tuple(filters)))

    def assertRefused(self, **query):
        error = self.assertTooMuch(
            self.search(**query), 400, "INVALID_FILTER", "max_scan_rows"
        )
        self.assertIn("trigram index", error["message"])

    def test_off_by_default(self):
        for condition in PATTERNS:
            self.parse([condition])
        self.parse((), FILTERS)
        self.assertFalse(table_sizes._known)

    def test_parts_of_a_text_in_a_large_table(self):
        self.limit(max_scan_rows=100)
        for condition in PATTERNS:
            with self.subTest(condition=condition):
                with self.assertRaisesRegex(InvalidFilter, "max_scan_rows"):
                    self.parse([condition])
        for name, text in FILTERS:
            with self.subTest(name=name):
                self.assertRefused(**{name: text})

    def test_what_an_index_can_find(self):
        self.limit(max_scan_rows=100)
        for condition in (
            ["comment", "=", "x"],
            ["comment", "in", ["x"]],
            ["comment", "=like", "x%"],
            ["comment", "=ilike", "x"],
            ["parent_id", "=", 1],
            ["id", "child_of", 1],
            ["comment", "!=", False],
            ["external_id", "ilike", "base"],
        ):
            with self.subTest(condition=condition):
                self.parse([condition])
        self.parse((), [("comment__startswith", "x"), ("comment__ieq", "x")])

    def test_small_tables(self):
        self.limit(max_scan_rows=10_000_000)
        for condition in PATTERNS:
            self.parse([condition])
        self.limit(max_scan_rows=100)
        self.parse([["company_id.name", "ilike", "x"]])

    def test_trigram_index(self):
        self.env.cr.execute("SELECT FROM pg_opclass WHERE opcname = 'gin_trgm_ops'")
        if not self.env.cr.rowcount:
            self.skipTest("The extension pg_trgm is not installed in this database")
        self.limit(max_scan_rows=100)
        self.assertRefused(comment__ilike="x")
        self.env.cr.execute(MAKE_INDEX)
        self.assertRefused(comment__ilike="x")  # known for a minute
        later = table_sizes.time.monotonic() + table_sizes.KEPT_FOR + 1
        with patch.object(table_sizes.time, "monotonic", lambda: later):
            self.parse([["comment", "ilike", "x"]])
            with self.assertRaisesRegex(InvalidFilter, "max_scan_rows"):
                self.parse([["ref", "ilike", "x"]])

    def test_one_statement_a_minute(self):
        self.limit(max_scan_rows=10_000_000)
        self.parse([PATTERNS[0]])
        before = self.cr.sql_log_count
        self.parse([PATTERNS[0]])
        self.assertEqual(self.cr.sql_log_count, before)
