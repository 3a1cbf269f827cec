# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Filters with `search` find and rank what the ORM's `name_search` does."""

from unittest.mock import patch

from odoo.addons.base_api.searching import name_searches

from .common import ApiCase


class TestNameSearches(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partners = cls.env["res.partner"].create(
            [
                {"name": "Zulu Qwx", "ref": "1"},
                {"name": "Alpha", "email": "info@qwx.example"},
                {"name": "Bravo qwx", "active": False},
                {"name": "Mike", "ref": "QWX"},
                {"name": "Nobody"},
            ]
        )
        zulu, alpha, _bravo, mike, nobody = cls.partners
        banks = [(nobody, "n"), (zulu, "z"), (alpha, "a1"), (mike, "m"), (alpha, "a2")]
        cls.banks = cls.env["res.partner.bank"].create(
            [
                {"partner_id": partner.id, "acc_number": f"qwx-{number}"}
                for partner, number in banks
            ]
        )
        cls.mine = f"id__in={','.join(map(str, cls.banks.ids))}"

    def find(self, model_name, query, user=None):
        answer = self.get(f"/search/{model_name}?{query}", user or self.admin)
        return self.assertSuccess(answer)

    def ids(self, *args, **kwargs):
        return [row["id"] for row in self.find(*args, **kwargs)["records"]]

    def named(self, model_name, text, domain=None, limit=100):
        model = self.env[model_name].with_user(self.admin)
        return [found[0] for found in model.name_search(text, domain, limit=limit)]

    def test_the_order_is_that_of_name_search(self):
        for model_name, text in [
            ("res.partner", "qwx"),
            ("res.partner", "a"),
            ("res.country", "be"),
            ("res.country", "united"),
            ("res.country.state", "ca"),
            ("res.country.state", "California (US)"),
            ("res.users", "api_"),
            ("res.users", self.admin.login),
            ("res.currency", "us"),
        ]:
            with self.subTest(model=model_name, text=text):
                found = self.find(model_name, f"display_name__search={text}&limit=100")
                ids = [row["id"] for row in found["records"]]
                self.assertTrue(ids)
                self.assertEqual(ids, self.named(model_name, text))
                self.assertNotIn("next_cursor", found)

    def test_pages_and_counts(self):
        query = "display_name__search=united&fields=name&limit=2"
        expected = self.named("res.country", "united")
        pages = [self.find("res.country", f"{query}&offset={n}") for n in (0, 2, 4)]
        ids = [row["id"] for page in pages for row in page["records"]]
        self.assertEqual(ids, expected[:6])
        self.assertEqual({page["total_count"] for page in pages}, {len(expected)})
        found = self.find("res.country", f"{query}&count=none")
        self.assertIsNone(found["total_count"])
        found = self.find("res.country", "display_name__search=united&limit=0")
        self.assertEqual(found["total_count"], len(expected))
        response = self.get(f"/count/res.country?{query[:27]}", self.admin)
        self.assertEqual(self.assertSuccess(response)["count"], len(expected))

    def test_other_conditions_are_the_domain_of_name_search(self):
        other = [("phone_code", "=", 1)]
        query = "display_name__search=united&phone_code=1"
        self.assertEqual(
            self.ids("res.country", query), self.named("res.country", "united", other)
        )

    def test_relations_rank_the_records(self):
        zulu, alpha, _bravo, mike, _nobody = self.partners
        ranked = [alpha, mike, zulu]
        self.assertEqual(self.named("res.partner", "qwx"), [item.id for item in ranked])
        expected = [
            bank.id
            for partner in ranked
            for bank in self.banks
            if bank.partner_id == partner
        ]
        for path in ("partner_id", "partner_id.display_name"):
            query = f"{path}__search=qwx&{self.mine}"
            self.assertEqual(self.ids("res.partner.bank", query), expected)
        query = f"partner_id__search=qwx&{self.mine}"
        found = self.ids("res.partner.bank", f"{query}&order=id desc")
        self.assertEqual(found, sorted(expected, reverse=True))

    def test_paths_over_relations_rank_the_records(self):
        guyana, belgium = self.env.ref("base.gf"), self.env.ref("base.be")
        self.partners[0].country_id = guyana
        self.partners[1].country_id = belgium
        query = f"partner_id.country_id__search=gu&{self.mine}"
        self.assertEqual(self.ids("res.partner.bank", query), [self.banks[1].id])
        query = f"partner_id.country_id__search=be&{self.mine}"
        self.assertEqual(
            self.ids("res.partner.bank", query), [self.banks[2].id, self.banks[4].id]
        )

    def test_lists_of_records_rank_by_their_best(self):
        tags = self.env["res.partner.category"].create(
            [{"name": "B qwxtag"}, {"name": "A qwxtag"}, {"name": "C"}]
        )
        b_tag, a_tag, other = tags
        zulu, alpha, _bravo, mike, _nobody = self.partners
        zulu.category_id = b_tag + other
        alpha.category_id = a_tag + b_tag
        mike.category_id = b_tag + other
        for path in ("category_id", "category_id.display_name"):
            found = self.find("res.partner", f"{path}__search=qwxtag&limit=2")
            ids = [row["id"] for row in found["records"]]
            self.assertEqual(ids, [alpha.id, zulu.id])
            self.assertEqual(found["total_count"], 3)
            self.assertNotIn("next_cursor", found)
        query = f"partner_id.category_id__search=qwxtag&{self.mine}"
        expected = [self.banks[number].id for number in (2, 4, 1, 3)]
        self.assertEqual(self.ids("res.partner.bank", query), expected)
        query = "bank_ids.partner_id__search=qwx&fields=name"
        expected = self.named("res.partner", "qwx")
        self.assertEqual(self.ids("res.partner", query), expected)
        # In the same table.
        parent = self.env["res.partner"].create({"name": "Parent"})
        (zulu + mike).parent_id = parent
        query = f"child_ids__search=qwx&id__in={parent.id}"
        self.assertEqual(self.ids("res.partner", query), parent.ids)

    def test_hidden_records_do_not_rank(self):
        """The best tag of a partner is hidden from the caller."""
        tags = self.env["res.partner.category"].create(
            [{"name": "A qwxtag"}, {"name": "B qwxtag"}, {"name": "C qwxtag"}]
        )
        zulu, alpha, *_others = self.partners
        alpha.category_id = tags[0] + tags[2]
        zulu.category_id = tags[1]
        self.env["ir.rule"].create(
            {
                "name": "qwx",
                "model_id": self.env.ref("base.model_res_partner_category").id,
                "domain_force": f"[('id', '!=', {tags[0].id})]",
            }
        )
        query = "category_id__search=qwxtag"
        expected = [zulu.id, alpha.id]
        self.assertEqual(self.ids("res.partner", query, self.employee), expected)

    def test_with_an_order_it_only_filters(self):
        query = "display_name__search=united&order=id&limit=1"
        found = self.find("res.country", query)
        expected = self.named("res.country", "united")
        self.assertEqual(found["records"][0]["id"], min(expected))
        self.assertEqual(found["total_count"], len(expected))
        self.assertIn("next_cursor", found)

    def test_results_are_limited(self):
        with patch.object(name_searches, "MAX_RANKED", 3):
            found = self.find("res.country", "display_name__search=a&limit=10")
        self.assertEqual(found["count"], 3)
        self.assertEqual(found["total_count"], 3)
        with patch("odoo.addons.base_api.searching.searches.MAX_RANKED", 3):
            query = f"partner_id__search=qwx&{self.mine}&fields=id"
            found = self.find("res.partner.bank", f"{query}&limit=2&offset=2")
        self.assertEqual((found["count"], found["total_count"]), (1, 3))
        with patch.object(name_searches, "MAX_IDS", 3):
            query = "display_name__search=a&order=id"
            response = self.get(f"/search/res.country?{query}", self.admin)
        self.assertApiError(response, 400, "INVALID_FILTER")

    def test_archived_records_are_found_as_by_the_orm(self):
        archived = self.partners[2]
        query = "display_name__search=qwx&active=false"
        self.assertEqual(self.ids("res.partner", query), [archived.id])

    def test_refused(self):
        for query, expected in [
            ("display_name__search=", "text"),
            ("partner_id__search=", "text"),
            ("acc_number__search=qwx", "not possible"),
            ("id__search=1", "not possible"),
            ("partner_id__serach=qwx", "did you mean"),
            ("partner_id__search=qwx&cursor=abc", "cursor"),
            ("&".join(["partner_id__search=qwx"] * 9), "at most 8"),
        ]:
            with self.subTest(query=query):
                response = self.get(f"/search/res.partner.bank?{query}", self.admin)
                self.assertEqual(response.status_code, 400, response.text)
                self.assertIn(expected, response.json()["error"]["message"])

    def test_hidden_records_are_not_found(self):
        """Also if the name search of an addon finds them as the superuser."""
        zulu = self.partners[0]
        self.env["ir.rule"].create(
            {
                "name": "qwx",
                "model_id": self.env.ref("base.model_res_partner").id,
                "domain_force": f"[('id', '!=', {zulu.id})]",
            }
        )
        everything = [(partner.id, "") for partner in self.partners]
        ranked = type(self.env["res.partner"])
        for path in ("", "res.partner.bank"):
            model_name = path or "res.partner"
            name = "partner_id" if path else "display_name"
            with patch.object(ranked, "name_search", lambda *a, **k: everything):
                rows = self.find(model_name, f"{name}__search=qwx", self.employee)
            ids = {row["id"] for row in rows["records"]}
            self.assertNotIn(self.banks[1].id if path else zulu.id, ids)
            self.assertTrue(ids)

    def test_restricted_keys_need_the_model_of_the_names(self):
        key = self.new_key(self.admin, models={"res.partner.bank": ["read"]})
        for name in ("partner_id", "partner_id.display_name"):
            path = f"/search/res.partner.bank?{name}__search=qwx"
            response = self.get(path, headers={"api-key": key})
            self.assertApiError(response, 403, "KEY_RESTRICTED")
        path = "/search/res.partner.bank?display_name__search=qwx"
        self.assertSuccess(self.get(path, headers={"api-key": key}))

    def test_portal_users_find_what_they_see(self):
        portal = self.new_user("portal", "base.group_portal")
        headers = {"session-token": self.new_session(portal)}
        path = "/search/res.partner?display_name__search=api_"
        rows = self.assertSuccess(self.get(path, headers=headers))["records"]
        self.assertEqual([row["id"] for row in rows], portal.partner_id.ids)


class TestEqualityThatIgnoresCase(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        names = ["Ieq 100% A_b", r"ieq 100\% a_B", "ieq 1000 aab", "IEQ", "ieq x"]
        cls.partners = cls.env["res.partner"].create(
            [{"name": name, "street": "s"} for name in names]
        )
        cls.partners[3].street = False

    def names(self, name, text):
        params = {name: text, "id__in": ",".join(map(str, self.partners.ids))}
        response = self.get(
            "/search/res.partner?fields=name", self.employee, params=params
        )
        return [row["name"] for row in self.assertSuccess(response)["records"]]

    def test_wildcards_are_text(self):
        for text, expected in [
            ("ieq 100% a_b", ["Ieq 100% A_b"]),
            (r"IEQ 100\% A_B", [r"ieq 100\% a_B"]),
            ("ieq", ["IEQ"]),
            ("ieq%", []),
            ("ieq_x", []),
            ("\\", []),
        ]:
            with self.subTest(text=text):
                self.assertEqual(self.names("name__ieq", text), expected)

    def test_empty_text_is_the_empty_value(self):
        self.assertEqual(self.names("street__ieq", ""), ["IEQ"])
        self.assertEqual(self.names("street__ieq", "S"), self.names("street", "s"))

    def test_on_paths_and_names(self):
        child = self.env["res.partner"].create(
            {"name": "Child", "parent_id": self.partners[0].id}
        )
        params = {"parent_id.name__ieq": "IEQ 100% A_B"}
        response = self.get("/search/res.partner", self.employee, params=params)
        ids = [row["id"] for row in self.assertSuccess(response)["records"]]
        self.assertEqual(ids, child.ids)
        self.assertEqual(self.names("display_name__ieq", "Ieq"), ["IEQ"])

    def test_only_on_text(self):
        for name in ("id__ieq", "is_company__ieq", "parent_id__ieq", "type__ieq"):
            response = self.get(f"/search/res.partner?{name}=x", self.employee)
            self.assertApiError(response, 400, "INVALID_FILTER")
