# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError
from odoo.fields import Command, Domain
from odoo.tests import TransactionCase, new_test_user, tagged

from odoo.addons.base_api.errors import InvalidFilter, KeyRestricted
from odoo.addons.base_api.protocol.parameters import Filters, read_domain
from odoo.addons.base_api.searching.domains import parse_domain
from odoo.addons.base_api.searching.filters import parse_filters

from .common import sign_in_with_key


@tagged("post_install", "-at_install")
class TestDomains(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee = new_test_user(cls.env, "api_domains", groups="base.group_user")
        cls.partners = cls.env["res.partner"].with_user(cls.employee)
        cls.parent = cls.env["res.partner"].create(
            {
                "name": "Parent",
                "country_id": cls.env.ref("base.be").id,
                "category_id": [Command.create({"name": "Tag of parent"})],
                "child_ids": [
                    Command.create({"name": "Kid", "ref": "K-1", "color": 3})
                ],
            }
        )
        cls.kid = cls.parent.child_ids

    def find(self, value, model=None):
        model = self.partners if model is None else model
        both = Domain("id", "in", (self.parent | self.kid).ids)
        return model.search(parse_domain(model, value) & both)

    def assertRefused(self, value, expected="domain"):
        with self.assertRaises(InvalidFilter) as caught:
            parse_domain(self.partners, value)
        self.assertIn(expected, caught.exception.description)

    def test_domains_find_what_they_find_in_odoo(self):
        parent, kid = self.parent, self.kid
        for value, found in [
            ([], parent | kid),
            ([[1, "=", 1]], parent | kid),
            ([[0, "=", 1]], kid.browse()),
            (["!", [0, "=", 1]], parent | kid),
            ([["name", "=", "Kid"]], kid),
            ([["name", "=", ["Kid", "x"]]], kid),
            ([["name", "!=", "Kid"]], parent),
            ([["ref", "=", False]], parent),
            ([["ref", "=", None]], parent),
            ([["ref", "=?", None], ["name", "=", "Kid"]], kid),
            ([["ref", "in", ["K-1", False]]], parent | kid),
            ([["ref", "not in", [False]]], kid),
            (["|", ["name", "=", "Kid"], ["name", "=", "Parent"]], parent | kid),
            (["!", "|", ["name", "=", "Kid"], ["name", "=", "x"]], parent),
            (["&", ["name", "=", "Kid"], ["color", "=", 3]], kid),
            ([["color", ">", 2]], kid),
            ([["ref", "=like", "K\\_1"]], kid.browse()),
            ([["ref", "=ilike", "k_1"]], kid),
            ([["ref", "not like", "K"]], parent),
            ([["parent_id", "=", parent.id]], kid),
            ([["parent_id", "=", "Parent"]], kid),
            ([["parent_id", "in", ["Parent", "x"]]], kid),
            ([["parent_id", "not ilike", "par"]], parent),
            ([["parent_id.country_id.code", "=", "BE"]], kid),
            ([["child_ids", "any", [["ref", "=", "K-1"]]]], parent),
            ([["child_ids", "not any", [["ref", "=", "K-1"]]]], kid),
            ([["child_ids", "any", []]], parent),
            ([["child_ids", "in", kid.ids]], parent),
            ([["child_ids", "not in", kid.ids]], kid),
            ([["child_ids", "=", False]], kid),
            ([["category_id", "ilike", "tag of"]], parent),
            ([["id", "child_of", parent.id]], parent | kid),
            ([["id", "child_of", "Parent"]], parent | kid),
            ([["id", "parent_of", kid.ids]], parent | kid),
            ([["parent_id", "child_of", [parent.id, "x y"]]], parent | kid),
            ([["create_date", ">=", "today -1d"]], parent | kid),
            ([["is_company", "=", False]], parent | kid),
            ([["is_company", "in", [True, False]]], parent | kid),
            ([["image_1920", "=", False]], parent | kid),
            ([["display_name", "ilike", "kid"]], kid),
        ]:
            with self.subTest(value=value):
                self.assertEqual(self.find(value), found)

    def test_what_is_no_domain_is_refused(self):
        for value in [
            None,
            True,
            {},
            "name",
            7,
            ["&"],
            ["&", ["name", "=", "x"]],
            ["!"],
            ["x", ["name", "=", "x"]],
            [["name", "="]],
            [["name", "=", "x", "y"]],
            ["name", "=", "x"],
            [[]],
            [None],
            [{}],
            [[["name", "=", "x"]]],
            [[None, "=", 1]],
            [[1, "=", 2]],
            [[1.5, "=", 1]],
            [["", "=", 1]],
            [["name", None, 1]],
            [["name", ["="], 1]],
            [["name", "==", "x"]],
            [["name", "<>", "x"]],
            [["name", "ILIKE", "x"]],
            [["name", "~", "x"]],
            [["name; DROP TABLE x", "=", "x"]],
            [["nme", "=", "x"]],
            [["child_ids", "any!", [["name", "=", "x"]]]],
            [["child_ids", "not any!", []]],
            [["child_ids", "any", "x"]],
            [["child_ids", "any", ["x"]]],
            [["name", "any", []]],
            [["name", "in", "x"]],
            [["name", "in", None]],
            [["name", "in", [["x"]]]],
            [["name", "in", [{}]]],
            [["name", "=", {}]],
            [["name", "=", [[[]]]]],
            [["name", "=", True]],
            [["name", "like", 5]],
            [["name", "like", None]],
            [["name", "=like", "x\\"]],
            [["name", ">", None]],
            [["color", "=", "x"]],
            [["color", "=", 1.5]],
            [["color", "=", 10**30]],
            [["color", "like", "1"]],
            [["partner_latitude", ">", "x"]],
            [["partner_latitude", ">", 1e308]],
            [["is_company", "=", "maybe"]],
            [["is_company", "=", 7]],
            [["is_company", ">", 0]],
            [["user_id", "=", 1.5]],
            [["user_id", "=", 0]],
            [["user_id", "=", 2**40]],
            [["user_id", ">", "x"]],
            [["user_id", "in", [1, "x"]]],
            [["child_ids", "<", 3]],
            [["type", "=", "nonsense"]],
            [["type", "=", 5]],
            [["create_date", ">", "yesterday"]],
            [["create_date", ">", "today -99999999d"]],
            [["create_date", ">", 5]],
            [["create_date", "=", "+1x"]],
            [["create_date", "like", "2026"]],
            [["image_1920", "=", "x"]],
            [["image_1920", "like", "x"]],
            [["country_id", "child_of", [1]]],
            [["name", "child_of", [1]]],
            [["id", "child_of", [None]]],
            [["id", "child_of", True]],
            [["id", "parent_of", [1.5]]],
            [["id", "child_of", [-1]]],
            [["tz_offset", "=", "+0000"]],
            [["create_date.month_number", "=", 5]],
        ]:
            with self.subTest(value=value):
                with self.assertRaises(InvalidFilter) as caught:
                    parse_domain(self.partners, value)
                self.assertLess(len(caught.exception.description), 600)

    def test_hints(self):
        self.assertRefused([["nme", "=", "x"]], "did you mean 'name'?")
        self.assertRefused([["name", "ilke", "x"]], "did you mean 'ilike'?")

    def test_size_is_bounded(self):
        leaf = ["name", "=", "x"]
        self.assertRefused([leaf] * 501, "at most 500 conditions")
        self.assertRefused(["!"] * 1001 + [leaf], "at most 500 conditions")
        inner = [leaf] * 300
        self.assertRefused([["child_ids", "any", inner]] * 2, "at most 500 conditions")
        parse_domain(self.partners, ["|"] * 399 + [leaf] * 400)
        mixed = [sign for _ in range(200) for sign in ("&", "|")] + [leaf] * 401
        self.assertRefused(mixed, "nested too deeply")
        nested = []
        for _ in range(100):
            nested = [["child_ids", "any", nested]]
        self.assertRefused(nested, "too many relations")

    def test_deepest_allowed_domain_can_be_searched(self):
        nested = [["child_ids." * 7 + "name", "=", "x"]]
        for _ in range(10):
            logic = ["|", "&"] * 4
            nested = [*logic, ["child_ids", "any", nested], *[["color", "=", 1]] * 8]
        self.assertFalse(self.find(nested))
        field = self.partners._fields["child_ids"]
        self.patch(field, "bypass_search_access", True)
        self.assertFalse(self.find(nested))

    def test_text_is_read_strictly(self):
        self.assertEqual(read_domain('[["id", ">", 7]]'), [["id", ">", 7]])
        for text in [
            "",
            "[('id', '>', 7)]",
            "[['id', '>', 7]]",
            "[" * 100_000,
            '[["name", "=", "\\u0000"]]',
            '[["name", "=", "\\ud800"]]',
            '[["color", "=", NaN]]',
        ]:
            with self.subTest(text=text[:30]), self.assertRaises(InvalidFilter):
                read_domain(text)

    def test_fields_out_of_reach_are_refused_on_every_hop(self):
        self.patch(self.partners._fields["ref"], "groups", "base.group_system")
        for value in [
            [["ref", "=", "x"]],
            [["child_ids.ref", "=", "x"]],
            [["child_ids", "any", [["parent_id.ref", "=", "x"]]]],
        ]:
            with self.subTest(value=value), self.assertRaises(AccessError):
                parse_domain(self.partners, value)

    def test_models_that_a_key_is_not_for_are_refused_on_every_hop(self):
        sign_in_with_key(self, models={"res.partner": ["read"]})
        partners = self.partners
        parse_domain(partners, [["child_ids.name", "=", "x"], ["country_id", "=", 1]])
        for value in [
            [["country_id.code", "=", "BE"]],
            [["country_id", "=", "Belgium"]],
            [["country_id", "ilike", "belg"]],
            [["country_id", "child_of", "Belgium"]],
            [["country_id", "parent_of", [1]]],
            [["child_ids", "any", [["country_id", "any", []]]]],
        ]:
            with self.subTest(value=value), self.assertRaises(KeyRestricted):
                parse_domain(partners, value)
        with self.assertRaises(KeyRestricted):
            parse_filters(partners, Filters((("child_ids.country_id.code", "BE"),)))
