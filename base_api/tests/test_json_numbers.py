# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .batch_case import CREATE, BatchCase


class TestJsonNumbers(BatchCase):
    """Numbers and texts as JSON libraries of other languages write them."""

    def create_partner(self, **values):
        body = {"name": "API Numbers"} | values
        return self.post(CREATE, self.clerk, json=body)

    def test_whole_numbers_with_a_point(self):
        belgium = self.env.ref("base.be")
        data = self.assertSuccess(
            self.create_partner(color=5.0, country_id=float(belgium.id)), 201
        )
        self.assertEqual(data["record"]["color"], 5)
        self.assertEqual(data["record"]["country_id"][0], belgium.id)
        for color in (5.5, 1e300, True):
            with self.subTest(color=color):
                error = self.assertApiError(
                    self.create_partner(color=color), 422, "VALIDATION_ERROR"
                )
                self.assertEqual(error["details"][0]["code"], "wrong_type")

    def test_ids(self):
        tag = self.env["res.partner.category"].create({"name": "API"})
        tag_id = float(tag.id)
        for value in ([tag_id], [[6.0, 0.0, [tag_id]]], {"add": [tag_id]}):
            with self.subTest(value=value):
                data = self.assertSuccess(self.create_partner(category_id=value), 201)
                self.assertEqual(data["record"]["category_id"], tag.ids)
        partner = self.env["res.partner"].create({"name": "API Numbers"})
        body = {"ids": [float(partner.id)], "values": {"color": 3.0}}
        response = self.call("PATCH", "/update/res.partner", self.clerk, json=body)
        self.assertEqual(self.assertSuccess(response)["ids"], partner.ids)
        body = {"domain": [["id", "=", float(partner.id)]], "limit": 1.0}
        response = self.post("/search/res.partner", self.clerk, json=body)
        self.assertEqual(self.assertSuccess(response)["count"], 1)

    def test_dates_of_javascript(self):
        group = self.env["res.currency.rate"]
        company = self.env.company
        currency = self.env["res.currency"].create({"name": "XTS", "symbol": "x"})
        for text, day in [
            ("2026-03-01T00:00:00.000Z", "2026-03-01"),
            ("2026-03-02T00:00:00+02:00", "2026-03-02"),
            ("2026-03-03", "2026-03-03"),
        ]:
            with self.subTest(text=text):
                body = {"currency_id": currency.id, "name": text, "rate": 2}
                body["company_id"] = company.id
                response = self.post("/create/res.currency.rate", self.admin, json=body)
                data = self.assertSuccess(response, 201)
                self.assertEqual(str(group.browse(data["id"]).name), day)
        body = {"currency_id": currency.id, "name": "2026-02-28T23:00:00.000Z"}
        response = self.post("/create/res.currency.rate", self.admin, json=body)
        error = self.assertApiError(response, 422, "VALIDATION_ERROR")
        self.assertIn("without a time", error["message"])

    def test_number_for_a_selection_of_strings(self):
        data = {"name": "API", "week_start": 1, "code": "xx_XX", "url_code": "xx"}
        response = self.post("/create/res.lang", self.admin, json=data)
        error = self.assertApiError(response, 422, "VALIDATION_ERROR")
        self.assertIn('week_start: expected a string, "1"', error["message"])
        query = '/search/res.lang?domain=[["week_start","=",1]]'
        error = self.assertApiError(self.get(query, self.admin), 400, "INVALID_FILTER")
        self.assertIn('expected a string, "1"', error["message"])

    def test_reference_to_no_record(self):
        for value in (0, False, None):
            with self.subTest(value=value):
                body = {"name": "API Numbers", "datas": "eA==", "res_id": value}
                response = self.post("/create/ir.attachment", self.admin, json=body)
                data = self.assertSuccess(response, 201)
                self.assertEqual(data["record"]["res_id"], 0)
        for text in ("0", "false"):
            with self.subTest(text=text):
                path = f"/count/ir.attachment?name=API%20Numbers&res_id={text}"
                data = self.assertSuccess(self.get(path, self.admin))
                self.assertEqual(data["count"], 3)

    def test_ids_as_text_in_a_domain(self):
        belgium = self.env.ref("base.be")
        self.env["res.partner"].create(
            {"name": "API Numbers", "country_id": belgium.id}
        )
        for leaf in (
            ["country_id", "=", str(belgium.id)],
            ["country_id", "in", [str(belgium.id)]],
            ["country_id", "=", "Belgium"],
            ["is_company", "=", "false"],
        ):
            with self.subTest(leaf=leaf):
                body = {"domain": [["name", "=", "API Numbers"], leaf]}
                response = self.post("/search/res.partner", self.clerk, json=body)
                self.assertEqual(self.assertSuccess(response)["count"], 1)
        body = {"domain": [["country_id", "!=", str(belgium.id)]]}
        body["domain"].append(["name", "=", "API Numbers"])
        response = self.post("/search/res.partner", self.clerk, json=body)
        self.assertEqual(self.assertSuccess(response)["count"], 0)
