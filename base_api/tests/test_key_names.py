# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json

from .key_case import KeyCase

PARTNERS = {"res.partner": ["read"]}


class TestKeyNames(KeyCase):
    """What a key for one model is told of others: the names behind its relations."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.country = cls.env.ref("base.be")
        cls.tag = cls.env["res.partner.category"].create({"name": "Key Tag"})
        cls.partner = cls.env["res.partner"].create(
            {
                "name": "Key Partner",
                "country_id": cls.country.id,
                "category_id": [(4, cls.tag.id)],
            }
        )

    def get_as(self, path, models=None, **params):
        return self.use(models or PARTNERS, "GET", path, params=params)

    def test_models_are_those_that_the_key_may_read(self):
        for models, shown in (
            (PARTNERS, {"res.partner"}),
            ({"res.partner": ["create", "update", "call"]}, set()),
            (PARTNERS | {"res.country": ["read"], "x.y": ["read"]}, None),
        ):
            with self.subTest(models=models):
                data = self.assertSuccess(self.get_as("/models", models))
                if shown is None:
                    shown = {"res.partner", "res.country"}
                self.assertEqual({row["model"] for row in data["models"]}, shown)
                self.assertEqual(data["count"], len(shown))
        models = {"*": ["read"], "res.country": []}
        names = [
            row["model"]
            for row in self.assertSuccess(self.get_as("/models", models))["models"]
        ]
        self.assertIn("res.partner", names)
        self.assertNotIn("res.country", names)
        response = self.get_as("/models", search="country")
        self.assertEqual(self.assertSuccess(response)["count"], 0)

    def test_many2one_shows_its_name(self):
        """As Odoo shows it to a user without rights on the other model."""
        pair = [self.country.id, self.country.name]
        fields = "name,country_id"
        for models in (PARTNERS, {"res.partner": ["read", "create"]}):
            for path, rows in (
                ("/search/res.partner", lambda data: data["records"]),
                (f"/search/res.partner/{self.partner.id}", lambda d: [d["record"]]),
            ):
                params = {"fields": fields}
                if path.endswith("partner"):
                    params["ref"] = ""
                    params["id"] = self.partner.id
                with self.subTest(path=path, models=models):
                    data = self.assertSuccess(self.get_as(path, models, **params))
                    self.assertEqual(rows(data)[0]["country_id"], pair)
        response = self.get_as(f"/search/res.partner/{self.partner.id}")
        self.assertEqual(self.assertSuccess(response)["record"]["country_id"], pair)
        data = self.assertSuccess(
            self.get_as(
                "/aggregate/res.partner", groupby="country_id", id=self.partner.id
            )
        )
        self.assertEqual(data["groups"], [{"country_id": pair, "count": 1}])
        response = self.get_as(
            "/export/res.partner", format="csv", fields=fields, id=self.partner.id
        )
        self.assertIn(self.country.name, response.text)
        response = self.get_as("/search/res.partner", country_id=self.country.id)
        self.assertSuccess(response)

    def test_what_crosses_to_another_model_is_refused(self):
        search, one = "/search/res.partner", f"/search/res.partner/{self.partner.id}"
        aggregate, export = "/aggregate/res.partner", "/export/res.partner"
        country, tag = "res.country", "res.partner.category"
        crossing = [
            (path, "fields", name, model)
            for path in (search, one, export)
            for name, model in (
                ("country_id.name", country),
                ("country_id.display_name", country),
                ("country_id.id", country),
                ("category_id.name", tag),
                ("category_id.display_name", tag),
                ("parent_id.country_id.display_name", country),
            )
        ]
        crossing += [
            (path, name, value, model)
            for path in (search, "/count/res.partner", aggregate, export)
            for name, value, model in (
                ("country_id.code", "BE", country),
                ("country_id.display_name", "Belgium", country),
                ("country_id.name__ilike", "bel", country),
                ("country_id.nope", "x", country),
                ("country_id.code__nope", "x", country),
                ("country_id.nope__nope", "x", country),
                ("country_id__child_of", "1", country),
                ("category_id__child_of", "1", tag),
                ("category_id.name", "x", tag),
            )
        ]
        crossing += [
            (path, "domain", json.dumps([leaf]), model)
            for path in (search, "/count/res.partner", aggregate, export)
            for leaf, model in (
                (["country_id.code", "=", "BE"], country),
                (["country_id", "=", "Belgium"], country),
                (["country_id", "in", ["Belgium"]], country),
                (["country_id", "ilike", "bel"], country),
                (["country_id", "any", [["code", "=", "BE"]]], country),
                (["country_id", "not any", []], country),
                (["country_id", "child_of", "Belgium"], country),
                (["category_id", "child_of", ["x"]], tag),
                (["child_ids.category_id", "=", "x"], tag),
            )
        ]
        crossing += [
            (search, "order", "country_id", country),
            (search, "order", "country_id.code desc", country),
            (export, "order", "country_id", country),
            (aggregate, "groupby", "category_id", tag),
            (aggregate, "groupby", "country_id.code", country),
            (aggregate, "groupby", "parent_id.category_id", tag),
            (aggregate, "measures", "country_id.phone_code:sum", country),
        ]
        for path, name, value, model in crossing:
            with self.subTest(path=path, name=name, value=value):
                response = self.get_as(path, **{name: value})
                self.assertRestricted(response, f"read on {model}")
        body = {"domain": [["country_id.code", "=", "BE"]]}
        response = self.use(PARTNERS, "POST", search, json=body)
        self.assertRestricted(response, f"read on {country}")

    def test_hints_are_of_models_that_the_key_may_read(self):
        for path in (
            "/search/res.partner?country_id.cod=BE",
            "/search/res.partner?fields=country_id.cod",
            "/search/res.partner?order=country_id.cod",
            "/aggregate/res.partner?groupby=country_id.cod",
            "/search/res.countr",
        ):
            with self.subTest(path=path):
                response = self.use(PARTNERS, "GET", path)
                self.assertApiError(response, 403, "KEY_RESTRICTED")
                self.assertNotIn("did you mean", response.text)
        body = {"category_id": {"create": [{"nam": "x"}]}}
        response = self.use(
            {"res.partner": ["update"]},
            "PATCH",
            f"/update/res.partner/{self.partner.id}",
            json=body,
        )
        self.assertRestricted(response, "create on res.partner.category")
        self.assertNotIn("did you mean", response.text)

    def test_names_of_groups_and_companies_of_users(self):
        user, groups, companies = "res.users", "res.groups", "res.company"
        path = f"/users/{self.employee.id}"
        for models, shown in (
            ({user: ["read"]}, set()),
            ({user: ["read"], groups: ["read"]}, {"groups"}),
            (
                {user: ["read"], groups: ["read"], companies: ["read"]},
                {"groups", "company_ids"},
            ),
        ):
            with self.subTest(models=models):
                profile = self.assertSuccess(self.get_as(path, models))["user"]
                self.assertEqual(profile.keys() & {"groups", "company_ids"}, shown)
                self.assertEqual(profile["company_id"][0], self.env.company.id)
                [row] = self.assertSuccess(
                    self.get_as("/users", models, search=self.employee.login)
                )["users"]
                self.assertEqual(row.keys() & {"groups"}, shown - {"company_ids"})
