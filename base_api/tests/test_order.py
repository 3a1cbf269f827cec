# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from ..searching.keyset import Search, read_position, search_after
from ..searching.order import MAX_PARTS, parse_order
from .pages_case import PagesCase


class TestOrder(PagesCase):
    def walk(self, order, model=None, domain=None):
        """Return the ids of all pages, one after the other."""
        model = self.env["res.partner"] if model is None else model
        search = Search(model, domain or self.domain, parse_order(model, order))
        ids, position = [], None
        while found := search_after(search, position, ["display_name"], 2):
            ids += found.ids
            position = read_position(found[-1], search.sorts)
        return ids

    def assertSortsAsOdoo(self, order):
        with self.subTest(order=order):
            expected = self.env["res.partner"].search(self.domain, order=f"{order}, id")
            self.assertEqual(self.walk(order), expected.ids)

    def test_pages_follow_any_order_as_odoo_has_it(self):
        for order in (
            "id desc",
            "name",
            "name desc",
            "ref",
            "ref desc",
            "ref nulls first",
            "ref desc nulls last, name",
            "color, ref desc",
            "is_company, color desc",
            "create_date desc",
            "partner_latitude",
            "country_id",
            "country_id desc",
            "country_id desc nulls last",
            "country_id nulls first, ref",
            "country_id.id",
            "parent_id, user_id desc, name DESC",
        ):
            self.assertSortsAsOdoo(order)

    def test_pages_follow_translated_names(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        germany = self.env.ref("base.de")
        germany.with_context(lang="fr_FR").name = "Allemagne"
        domain = [("code", "in", ["AT", "BE", "DE"])]
        for lang, expected in (("en_US", "AT BE DE"), ("fr_FR", "DE AT BE")):
            countries = self.env["res.country"].with_context(lang=lang)
            ids = self.walk("name", countries, domain)
            self.assertEqual(" ".join(countries.browse(ids).mapped("code")), expected)

    def test_paths_sort_over_relations(self):
        codes = [
            partner.country_id.code or "~"
            for partner in self.env["res.partner"].browse(
                self.walk("country_id.code desc nulls last, name")
            )
        ]
        self.assertEqual(codes, ["FR", "FR", "BE", "BE", "BE", "~"])

    def test_paths_do_not_sort_by_what_a_rule_hides(self):
        """Otherwise the place of a record would tell of a value behind it."""
        parents = self.env["res.partner"].create(
            [{"name": f"Parent {ref}", "ref": ref} for ref in ("x", "y", "z")]
        )
        for partner, parent in zip(self.partners, parents, strict=False):
            partner.parent_id = parent
        self.env["ir.rule"].create(
            {
                "name": "Hidden",
                "model_id": self.env.ref("base.model_res_partner").id,
                "domain_force": [("ref", "!=", "x")],
            }
        )
        domain = [("id", "in", self.partners[:3].ids)]
        for order, expected in (
            ("parent_id.ref", [1, 2, 0]),
            ("parent_id.ref desc", [0, 2, 1]),
        ):
            model = self.env["res.partner"].with_user(self.employee)
            search = Search(model, domain, parse_order(model, order))
            found = search_after(search, None, [], 3)
            self.assertEqual(found.ids, [self.partners[n].id for n in expected])

    def test_order_that_is_none_is_refused(self):
        for order, expected in (
            ("nmae", "did you mean 'name'"),
            ("name up", "expected a field"),
            ("name,", "expected a field"),
            ("name nulls", "expected a field"),
            ("name; drop table res_partner", "expected a field"),
            ("name:lower", "expected a field"),
            ("display_name", "cannot be sorted by"),
            ("category_id", "cannot be sorted by"),
            ("category_id.name", "leads to many records"),
            ("name.id", "leads to no record"),
            ("category_id.id", "leads to many records"),
            ("parent_id." * 9 + "name", "too many relations"),
            (",".join(["color"] * (MAX_PARTS + 1)), f"more than {MAX_PARTS}"),
        ):
            with self.subTest(order=order):
                response = self.page(order=order)
                error = self.assertApiError(response, 400, "INVALID_PARAMETER")
                self.assertIn("order", error["message"])
                self.assertIn(expected, error["message"])

    def test_order_gives_nothing_away(self):
        """Neither a field that the caller may not read, nor one behind a relation."""
        self.patch(self.partners._fields["color"], "groups", "base.group_system")
        for order in ("color", "name,color desc", "parent_id.color", "user_id.color"):
            self.assertApiError(self.page(order=order), 403, "ACCESS_DENIED")
        self.env["ir.model.access"].search(
            [("model_id.model", "=", "res.country")]
        ).unlink()
        for order in ("country_id", "country_id.code"):
            self.assertApiError(self.page(order=order), 403, "ACCESS_DENIED")
        self.assertSuccess(self.page(order="country_id.id", fields="name"))

    def test_order_holds_to_the_models_of_the_key(self):
        restrictions = {"models": {"res.partner": ["read"]}}
        body = {"name": "Partners", **restrictions}
        key = self.assertSuccess(
            self.post(f"/users/{self.employee.id}/api-key", self.employee, json=body)
        )["api_key"]
        self.key = key
        self.assertSuccess(self.page(order="parent_id"))
        for order in ("country_id", "country_id.code", "parent_id.user_id"):
            self.assertApiError(self.page(order=order), 403, "KEY_RESTRICTED")
        self.assertSuccess(self.page(order="country_id.id"))
