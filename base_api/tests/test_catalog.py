# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .common import ApiCase


class TestCatalog(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partners = cls.env["res.partner"]
        cls.has_ranks = "customer_rank" in cls.partners._fields
        country = cls.env.ref("base.be")
        values = {"name": "AAA Partner", "city": "Ghent", "country_id": country.id}
        if cls.has_ranks:
            values["customer_rank"] = 1
        cls.partner = cls.partners.create(values)

    def test_partners_have_their_own_shape(self):
        data = self.assertSuccess(self.get("/partners?limit=1", self.employee))
        self.assertEqual(list(data), ["partners", "count", "total_count"])
        [partner] = data["partners"]
        self.assertEqual(
            list(partner),
            "id name email phone is_company customer_rank city country".split(),
        )
        self.assertEqual((partner["city"], partner["country"]), ("Ghent", "Belgium"))
        self.assertEqual(partner["customer_rank"], int(self.has_ranks))

    def test_partners_who_are_no_customers_are_listed_when_asked(self):
        other = self.partners.create({"name": "AAA No customer"})
        for customers_only in ("true", "false"):
            path = f"/partners?limit=2&customers_only={customers_only}"
            data = self.assertSuccess(self.get(path, self.employee))
            ids = [partner["id"] for partner in data["partners"]]
            listed = customers_only == "false" or not self.has_ranks
            self.assertEqual(other.id in ids, listed)

    def test_products_need_the_product_app(self):
        response = self.get("/products", self.employee)
        if "product.template" in self.env:
            data = self.assertSuccess(response)
            self.assertEqual(list(data), ["products", "count", "total_count"])
            for product in data["products"]:
                self.assertEqual(
                    list(product),
                    "id name default_code list_price sale_ok category".split(),
                )
        else:
            error = self.assertApiError(response, 404, "MODEL_NOT_FOUND")
            self.assertEqual(error["message"], "Model 'product.template' not found")

    def test_a_key_is_needed_and_the_other_way_is_named(self):
        headers = {"session-token": self.new_session(self.employee)}
        for path, other in [
            ("/partners", "/api/v2/search/res.partner"),
            ("/products", "/api/v2/search/product.template"),
        ]:
            with self.subTest(path=path):
                response = self.get(path, headers=headers)
                error = self.assertApiError(response, 401, "MISSING_API_KEY")
                self.assertIn(other, error["message"])


class TestSchema(ApiCase):
    def test_models_are_those_that_the_caller_may_read(self):
        data = self.assertSuccess(self.get("/models", self.employee))
        self.assertEqual(list(data), ["models", "count"])
        names = [model["model"] for model in data["models"]]
        self.assertEqual(names, sorted(names))
        self.assertIn("res.partner", names)
        self.assertNotIn("ir.config_parameter", names)
        self.assertNotIn("base", names)

    def test_models_are_found_by_either_name(self):
        for search in ("res.partner", "CONTACT"):
            response = self.get("/models", self.employee, params={"search": search})
            rows = self.assertSuccess(response)["models"]
            self.assertIn({"model": "res.partner", "name": "Contact"}, rows)

    def test_fields_of_all_models_are_found(self):
        found = self._find_fields("partner country")
        self.assertEqual(
            (found[0]["model"], found[0]["type"]), ("res.partner", "many2one")
        )
        self.assertEqual(found[0]["name"], "country_id")
        exact = self._find_fields("currency_id", limit="5")
        self.assertEqual({row["name"] for row in exact}, {"currency_id"})
        self.assertEqual(self._find_fields("no such words"), [])
        by_label = self._find_fields("ZIP")
        self.assertIn(
            ("res.partner", "zip"), {(row["model"], row["name"]) for row in by_label}
        )

    def test_fields_that_the_caller_cannot_read_are_not_found(self):
        self.assertEqual(self._find_fields("ir.config_parameter"), [])
        found = self._find_fields("ir.config_parameter value", self.admin)
        self.assertIn("value", {row["name"] for row in found})
        path = "/fields/res.users"
        described = self.assertSuccess(self.get(path, self.employee))["fields"]
        found = self._find_fields("res.users", limit="100")
        names = {row["name"] for row in found if row["model"] == "res.users"}
        self.assertTrue(names)
        self.assertLessEqual(names, {row["name"] for row in described})

    def test_number_of_words(self):
        self.env["ir.config_parameter"].set_param("base_api.max_conditions", "9")
        self._find_fields("a b c c")
        response = self.get("/fields?search=a b c d", self.employee)
        self.assertApiError(response, 400, "INVALID_PARAMETER")

    def test_number_of_found_fields(self):
        self.assertEqual(len(self._find_fields("", limit="7")), 7)
        for limit in ("0", "101", "x"):
            response = self.get(f"/fields?search=name&limit={limit}", self.employee)
            self.assertApiError(response, 400, "INVALID_PARAMETER")

    def _find_fields(self, words, user=None, **params):
        params |= {"search": words}
        response = self.get("/fields", user or self.employee, params=params)
        data = self.assertSuccess(response)
        self.assertEqual(data["count"], len(data["fields"]))
        return data["fields"]

    def test_fields_are_described(self):
        data = self.assertSuccess(self.get("/fields/res.partner", self.employee))
        self.assertEqual(list(data), ["model", "fields", "count"])
        fields = {field.pop("name"): field for field in data["fields"]}
        self.assertEqual(data["count"], len(fields))
        self.assertEqual(
            fields["country_id"],
            {
                "description": "Country",
                "type": "many2one",
                "required": False,
                "readonly": False,
                "help": False,
                "relation": "res.country",
                "store": True,
                "selection": False,
                "digits": False,
                "currency_field": False,
                "company_dependent": False,
                "translate": False,
                "searchable": True,
                "sortable": True,
                "groupable": True,
                "writable": True,
                "required_on_create": False,
                "natural_keys": [["name"], ["code"]],
            },
        )

    def test_fields_of_a_model_out_of_reach_are_not_described(self):
        response = self.get("/fields/ir.config_parameter", self.employee)
        self.assertApiError(response, 403, "ACCESS_DENIED")
        self.assertApiError(
            self.get("/fields/nope", self.employee), 404, "MODEL_NOT_FOUND"
        )
