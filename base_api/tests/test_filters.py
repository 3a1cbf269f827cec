# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, datetime

from odoo.exceptions import AccessError
from odoo.fields import Command, Domain
from odoo.tests import TransactionCase, new_test_user, tagged

from odoo.addons.base_api.errors import InvalidFilter
from odoo.addons.base_api.protocol.parameters import Filters
from odoo.addons.base_api.searching.filters import parse_filters


@tagged("post_install", "-at_install")
class TestFilters(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee = new_test_user(cls.env, "api_filters", groups="base.group_user")
        cls.partners = cls.env["res.partner"].with_user(cls.employee)

    def parse(self, *filters, model=None):
        return parse_filters(
            self.partners if model is None else model, Filters(filters)
        )

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
        tag = self.env["res.partner.category"].create({"name": "x", "active": False})
        self.assertEqual(
            self.parse(("category_id", str(tag.id))),
            Domain("category_id", "in", [tag.id]),
        )
        self.assertTrue(self.parse(("category_id", "999999999")).is_false())
        self.assertEqual(
            self.parse(("child_ids", "false")),
            Domain("child_ids", "not any", Domain.TRUE),
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
            ("create_date", "10000-01-01"),
            ("create_date", "0000-01-01"),
            ("type", "nonsense"),
        ]:
            with self.subTest(name=name, text=text):
                self.assertRefused(name, text, f"{name}={text}")

    def test_unknown_filter_comes_with_the_nearest_name(self):
        self.assertRefused("is_compny", "true", "did you mean 'is_company'?")
        self.assertRefused("is_compny__ne", "true", "did you mean 'is_company'?")
        self.assertRefused("country_id.cod", "BE", "did you mean 'code'?")

    def test_unknown_filter_may_be_a_misspelt_parameter(self):
        filters = Filters((("limt", "3"),), ("limit", "offset"))
        with self.assertRaises(InvalidFilter) as caught:
            parse_filters(self.partners, filters)
        self.assertIn("did you mean 'limit'?", caught.exception.description)

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
        users = self.env["res.users"].search(
            self.parse(
                ("partner_id.user_ids.groups_id", "1"), model=self.env["res.users"]
            )
        )
        self.assertIn(self.employee, users)

    def test_filters_hold_together(self):
        self.assertEqual(
            self.parse(("name", "a"), ("name", "b"), ("is_company", "1")),
            Domain("name", "=", "a")
            & Domain("name", "=", "b")
            & Domain("is_company", "=", True),
        )

    def test_no_filter_finds_all(self):
        self.assertEqual(self.parse(), Domain.TRUE)

    def test_operators(self):
        for name, text, expected in [
            ("color__eq", "3", Domain("color", "=", 3)),
            ("color__ne", "3", Domain("color", "!=", 3)),
            ("color__gt", "3", Domain("color", ">", 3)),
            ("color__gte", "3", Domain("color", ">=", 3)),
            ("partner_latitude__lt", "1.5", Domain("partner_latitude", "<", 1.5)),
            ("partner_latitude__lte", "-1", Domain("partner_latitude", "<=", -1.0)),
            ("id__in", "1,2", Domain("id", "in", [1, 2])),
            ("type__nin", "invoice,false", Domain("type", "not in", ["invoice", 0])),
            ("ref__in", '"a, b",c', Domain("ref", "in", ["a, b", "c"])),
            ("ref__in", '"say ""hi""",', Domain("ref", "in", ['say "hi"', False])),
            ("name__like", "a%b", Domain("name", "like", "a%b")),
            ("name__ilike", "a_b", Domain("name", "ilike", "a_b")),
            ("name__startswith", r"5%_\\", Domain("name", "=like", r"5\%\_\\\\%")),
            ("name__endswith", "x", Domain("name", "=like", "%x")),
            ("ref__is_set", "true", Domain("ref", "!=", False)),
            ("user_id__is_set", "false", Domain("user_id", "=", False)),
            (
                "color__between",
                "1,5",
                Domain("color", ">=", 1) & Domain("color", "<=", 5),
            ),
        ]:
            with self.subTest(name=name, text=text):
                self.assertEqual(self.parse((name, text)), expected)

    def test_a_date_for_a_moment_is_the_whole_day(self):
        day = date(2026, 1, 2)
        self.assertEqual(
            self.parse(("create_date__between", "2026-01-02,2026-01-02")),
            Domain("create_date", ">=", day) & Domain("create_date", "<=", day),
        )
        self.assertEqual(
            self.parse(("create_date__gt", "2026-01-02 10:00:00")),
            Domain("create_date", ">", datetime(2026, 1, 2, 10)),
        )

    def test_operators_that_cannot_be(self):
        for name, text, expected in [
            ("color__gtt", "3", "did you mean 'gt'?"),
            ("color__", "3", "Unknown operator"),
            ("color__ilike", "3", "only eq, ne, in"),
            ("user_id__ilike", "x", "did you mean 'user_id.display_name__ilike'?"),
            ("type__gt", "invoice", "only eq, ne, in, nin, is_set"),
            ("color__is_set", "true", "is_set is not possible"),
            ("ref__is_set", "maybe", "expected true or false"),
            ("color__between", "1", "two values"),
            ("color__between", "1,2,3", "two values"),
            ("color__in", "", "one or more values"),
            ("color__in", "1,x", "a whole number"),
            ("color__in", '"1', "CSV"),
            ("ref__in", "a\nb", "CSV"),
            ("name__like", "", "text to search for"),
            ("name__startswith", "", "text to search for"),
            ("name__gt", "", "expected text"),
            ("create_date__gt", "false", "a date and time"),
            ("parent_id__child_of", "x", "a whole number"),
            ("country_id__child_of", "1", "cannot be searched for this value"),
            ("color__child_of", "1", "child_of is not possible"),
            ("image_1920", "abc", "only is_set"),
            ("name.x", "1", "is not a relational field"),
            ("parent_id." * 8 + "name", "x", "too many relations"),
            ("parent_id.", "x", "Unknown field ''"),
            (".name", "x", "Unknown filter"),
            ("__eq", "x", "Unknown filter"),
            ("__", "x", "Unknown filter"),
        ]:
            with self.subTest(name=name, text=text):
                self.assertRefused(name, text, expected)

    def test_paths(self):
        belgium = self.env.ref("base.be")
        partner = self.env["res.partner"].create(
            {
                "name": "Parent",
                "country_id": belgium.id,
                "child_ids": [
                    Command.create({"name": "Kid", "ref": "K-1", "type": "other"})
                ],
            }
        )
        for name, text, found in [
            ("country_id.code", "BE", partner),
            ("child_ids.ref__startswith", "K-", partner),
            ("child_ids.parent_id.country_id.code__in", "BE,FR", partner),
            ("parent_id.id", str(partner.id), partner.child_ids),
            ("id__child_of", str(partner.id), partner | partner.child_ids),
            ("parent_id__child_of", str(partner.id), partner | partner.child_ids),
            ("child_ids__is_set", "true", partner),
            ("child_ids__in", f"{partner.child_ids.id},999999999", partner),
            ("child_ids__nin", str(partner.child_ids.id), partner.child_ids),
        ]:
            with self.subTest(name=name, text=text):
                domain = self.parse((name, text))
                domain &= Domain("id", "in", (partner | partner.child_ids).ids)
                self.assertEqual(self.partners.search(domain), found)

    def test_a_field_with_two_underscores_wins_over_an_operator(self):
        fields = dict(self.partners._fields, name__ne=self.partners._fields["ref"])
        self.patch(type(self.partners), "_fields", fields)
        self.assertEqual(self.parse(("name__ne", "x")), Domain("ref", "=", "x"))
        self.assertEqual(self.parse(("name__ne__ne", "x")), Domain("ref", "!=", "x"))
