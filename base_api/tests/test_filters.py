# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, datetime

from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tests import TransactionCase, new_test_user, tagged

from odoo.addons.base_api.errors import InvalidFilter
from odoo.addons.base_api.filters import parse_filters


@tagged("post_install", "-at_install")
class TestFilters(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee = new_test_user(cls.env, "api_filters", groups="base.group_user")
        cls.partners = cls.env["res.partner"].with_user(cls.employee)

    def parse(self, *filters, model=None):
        return parse_filters(self.partners if model is None else model, filters)

    def assertRefused(self, name, text, expected):
        with self.assertRaises(InvalidFilter) as caught:
            self.parse((name, text))
        self.assertIn(expected, caught.exception.description)

    def test_values_are_cast_by_the_type_of_the_field(self):
        for name, text, value in [
            ("name", "Azure", "Azure"),
            ("name", "", False),
            ("is_company", "TRUE", True),
            ("is_company", "0", False),
            ("id", "7", 7),
            ("color", "-3", -3),
            ("partner_latitude", "1.5", 1.5),
            ("user_id", "2", 2),
            ("user_id", "false", False),
            ("create_date", "2026-01-02T03:04:05Z", datetime(2026, 1, 2, 3, 4, 5)),
            ("create_date", "2026-01-02T03:04:05+02:00", datetime(2026, 1, 2, 1, 4, 5)),
            ("create_date", "2026-01-02", datetime(2026, 1, 2)),
            ("type", "invoice", "invoice"),
            ("type", "false", False),
        ]:
            with self.subTest(name=name, text=text):
                self.assertEqual(self.parse((name, text)), Domain(name, "=", value))

    def test_dates_are_cast(self):
        rates = self.env["res.currency.rate"]
        self.assertEqual(
            self.parse(("name", "2026-01-02"), model=rates),
            Domain("name", "=", date(2026, 1, 2)),
        )

    def test_lists_of_records_are_searched_for_one_of_them(self):
        self.assertEqual(
            self.parse(("category_id", "3")), Domain("category_id", "in", [3])
        )
        self.assertEqual(
            self.parse(("child_ids", "false")), Domain("child_ids", "=", False)
        )

    def test_values_that_cannot_be_cast_are_refused(self):
        for name, text in [
            ("is_company", "maybe"),
            ("id", "abc"),
            ("id", "1.5"),
            ("id", "99999999999"),
            ("color", "١"),
            ("partner_latitude", "nan"),
            ("user_id", "Mitchell Admin"),
            ("user_id", "0"),
            ("create_date", "yesterday"),
            ("create_date", "0001-01-01"),
            ("create_date", "9999-12-31T23:59:59"),
            ("type", "nonsense"),
            ("image_1920", "abc"),
        ]:
            with self.subTest(name=name, text=text):
                self.assertRefused(name, text, f"{name}={text}")

    def test_unknown_filter_comes_with_the_nearest_name(self):
        self.assertRefused("is_compny", "true", "did you mean 'is_company'?")
        self.assertRefused("limt", "3", "did you mean 'limit'?")

    def test_computed_field_without_search_is_refused(self):
        self.assertRefused("tz_offset", "+0000", "cannot be searched")

    def test_search_that_is_not_made_for_the_value_is_refused(self):
        def search(records, operator, value):
            raise NotImplementedError

        self.patch(self.partners._fields["display_name"], "search", search)
        self.assertRefused("display_name", "x", "cannot be searched for this value")

    def test_field_out_of_reach_is_no_oracle(self):
        self.patch(self.partners._fields["ref"], "groups", "base.group_system")
        with self.assertRaises(AccessError):
            self.parse(("ref", "x"))
        users = self.env["res.users"].with_user(self.employee)
        with self.assertRaises(InvalidFilter):
            self.parse(("password", "x"), model=users)

    def test_old_names_still_work(self):
        self.assertEqual(
            self.parse(("groups_id", "1"), model=self.env["res.users"]),
            Domain("group_ids", "in", [1]),
        )

    def test_filters_hold_together(self):
        self.assertEqual(
            self.parse(("name", "a"), ("name", "b"), ("is_company", "1")),
            Domain("name", "=", "a")
            & Domain("name", "=", "b")
            & Domain("is_company", "=", True),
        )

    def test_no_filter_finds_all(self):
        self.assertEqual(self.parse(), Domain.TRUE)
