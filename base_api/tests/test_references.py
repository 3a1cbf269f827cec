# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .batch_case import CREATE, BatchCase


class TestReferences(BatchCase):
    def test_references(self):
        company, contact, *others = self.run_batch(
            self.create_step("Acme", id="company"),
            self.create_step("Ada", body={"parent_id": {"$ref": "company.id"}}),
            {"method": "GET", "path": "/search/res.partner/{1.id}?fields=parent_id"},
            {
                "method": "PATCH",
                "path": "/update/res.partner/{company.id}",
                "body": {"comment": {"$ref": "2.record.parent_id.1"}},
            },
            {
                "method": "GET",
                "path": "/search/res.partner?parent_id={company.id}&fields=name",
            },
            {
                "method": "POST",
                "path": "/call/res.partner/copy_data",
                "body": {"ids": [{"$ref": "company.id"}]},
            },
            {"id": "gone", "method": "DELETE", "path": "/delete/res.partner/{1.id}"},
        )
        self.assertEqual(list(company), ["id", "status", "data", "headers"])
        self.assertEqual((company["id"], company["status"]), ("company", 201))
        company_id = company["data"]["id"]
        self.assertEqual(
            company["headers"]["Location"], f"/api/v2/search/res.partner/{company_id}"
        )
        self.assertIsNone(contact["id"])
        read, update, search, call, gone = (other["data"] for other in others)
        self.assertEqual(read["record"]["parent_id"], [company_id, "Acme"])
        self.assertEqual(update["record"]["comment"], "<span>Acme</span>")
        self.assertEqual([row["name"] for row in search["records"]], ["Ada"])
        self.assertEqual(call["result"][0]["name"], "Acme (copy)")
        self.assertEqual(gone["id"], contact["data"]["id"])
        self.assertTrue(self.env["res.partner"].browse(company_id).exists())

    def test_whole_body_from_an_earlier_step(self):
        source, _copy = self.run_batch(
            {
                "id": "defaults",
                "method": "POST",
                "path": "/call/res.partner/default_get",
                "body": {
                    "args": [["name", "city"]],
                    "kwargs": {
                        "context": {"default_name": "Whole", "default_city": "Ghent"}
                    },
                },
            },
            {
                "method": "POST",
                "path": CREATE,
                "body": {"$ref": "defaults.result"},
            },
        )
        self.assertEqual(source["data"]["result"]["city"], "Ghent")
        self.assertEqual(self.names_like("Whole").city, "Ghent")

    def test_dates_can_be_referred_to(self):
        self.run_batch(
            self.create_step("Dated", id="one"),
            {
                "id": "read",
                "method": "GET",
                "path": "/search/res.partner/{one.id}?fields=create_date",
            },
            {
                "method": "GET",
                "path": "/search/res.partner?create_date={read.record.create_date}",
            },
        )

    def test_bad_references(self):
        for reference in (
            "later.id",
            "1.id",
            "nope.id",
            "first.nope",
            "first.id.0",
            "first.record.name.0",
            "first.record.-1",
            "",
            ".",
            "first.",
            5,
            None,
            ["first"],
        ):
            with self.subTest(reference=reference):
                response = self.batch(
                    self.create_step("Referred", id="first"),
                    self.create_step("x", body={"city": {"$ref": reference}}),
                    self.create_step("x", id="later"),
                )
                error = self.assertApiError(response, 400, "INVALID_REFERENCE")
                self.assertEqual(error["step"]["index"], 1)
                pointer = "/steps/1/body/city"
                self.assertEqual(error["details"][0]["pointer"], pointer)
        for path in ("{first}", "{first.record}", "{}", "{nope.id}"):
            path = f"/search/res.partner/{path}"
            response = self.batch(
                self.create_step("Referred", id="first"),
                {"method": "GET", "path": path},
            )
            self.assertApiError(response, 400, "INVALID_REFERENCE")
        self.assertFalse(self.names_like("Referred"))

    def test_reference_in_a_path_is_quoted(self):
        name = "Ü/?&=#%41 {x}"
        _created, found = self.run_batch(
            self.create_step(name, id="a"),
            {"method": "GET", "path": "/search/res.partner?name={a.record.name}"},
        )
        self.assertEqual([row["name"] for row in found["data"]["records"]], [name])

    def test_data_chooses_no_other_endpoint(self):
        partner = self.env["res.partner"].create({"name": "Ada"})
        for name in (f"res.partner/{partner.id}", "res.partner%2F1"):
            response = self.batch(
                self.create_step(name, id="a"),
                {"method": "GET", "path": "/search/{a.record.name}"},
            )
            self.assertIn(response.status_code, (400, 404), response.text)
