# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .batch_case import CREATE, BatchCase

MINIMAL = {"Prefer": "return=minimal"}
UPDATE = "/update/res.partner"


class TestMinimalAnswers(BatchCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        partners = cls.env["res.partner"]
        cls.partners = partners.create([{"name": "A", "ref": "a"}, {"name": "B"}])
        cls.ids = cls.partners.ids

    def minimal(self, method, path, body, user=None):
        """Send a write that prefers a minimal answer; return the data."""
        response = self.call(
            method, path, user or self.clerk, json=body, headers=MINIMAL
        )
        status = 201 if path.startswith("/create/") else 200
        data = self.assertSuccess(response, status)
        self.assertEqual(response.headers["Preference-Applied"], "return=minimal")
        return data, response.headers

    def test_one_record_is_its_id(self):
        data, headers = self.minimal("POST", CREATE, {"name": "New"})
        self.assertEqual(list(data), ["id", "record", "model"])
        self.assertEqual(data["record"], {"id": data["id"]})
        self.assertEqual(self.env["res.partner"].browse(data["id"]).name, "New")
        self.assertEqual(
            headers["Location"], f"/api/v2/search/res.partner/{data['id']}"
        )
        self.assertTrue(headers["ETag"])
        one = self.ids[0]
        data, headers = self.minimal("PATCH", f"{UPDATE}/{one}", {"color": 5})
        self.assertEqual(data["record"], {"id": one})
        self.assertEqual(data["updated_fields"], ["color"])
        self.assertTrue(headers["ETag"])
        data, _headers = self.minimal(
            "PUT", "/upsert/res.partner?key=ref", {"ref": "a", "color": 6}
        )
        self.assertEqual((data["record"], data["status"]), ({"id": one}, "updated"))
        self.assertEqual(self.partners.mapped("color"), [6, 0])

    def test_lists_are_their_ids(self):
        expected = [{"id": record_id} for record_id in self.ids]
        data, _headers = self.minimal("POST", CREATE, [{"name": "C"}, {"name": "D"}])
        self.assertEqual(data["records"], [{"id": new_id} for new_id in data["ids"]])
        created = self.env["res.partner"].browse(data["ids"])
        self.assertEqual(created.mapped("name"), ["C", "D"])
        for body in (
            {"ids": self.ids, "values": {"color": 5}},
            [{"id": record_id, "color": 5} for record_id in self.ids],
        ):
            data, _headers = self.minimal("PATCH", UPDATE, body)
            self.assertEqual((data["ids"], data["records"]), (self.ids, expected))
        data, _headers = self.minimal("PATCH", f"{UPDATE}?atomic=false", body)
        self.assertEqual([result["record"] for result in data["results"]], expected)
        data, _headers = self.minimal(
            "PUT", "/upsert/res.partner?key=ref", [{"ref": "a", "name": "A"}]
        )
        self.assertEqual(data["results"][0]["record"], expected[0])

    def test_new_users_and_the_steps_of_batches(self):
        user = {"name": "New", "login": "api_new"}
        data, _headers = self.minimal("POST", "/create/res.users", user, self.admin)
        self.assertEqual(data["record"], {"id": data["id"]})
        steps = [self.create_step("One"), self.create_step("Two")]
        data, _headers = self.minimal("POST", "/batch", {"steps": steps})
        for result in data["results"]:
            self.assertEqual(result["data"]["record"], {"id": result["data"]["id"]})

    def test_dry_runs_still_tell_what_would_change(self):
        headers = {"Prefer": "return=minimal, dry-run"}
        path = f"{UPDATE}/{self.ids[0]}"
        response = self.call(
            "PATCH", path, self.clerk, json={"color": 5}, headers=headers
        )
        data = self.assertSuccess(response)
        self.assertEqual(data["record"], {"id": self.ids[0]})
        self.assertEqual(data["changes"][0]["after"]["color"], 5)
        self.assertEqual(self.partners[0].color, 0)

    def test_representation_is_what_comes_anyway(self):
        headers = {"Prefer": "return=representation"}
        response = self.post(CREATE, self.clerk, json={"name": "New"}, headers=headers)
        data = self.assertSuccess(response, 201)
        self.assertEqual(data["record"]["name"], "New")
        self.assertEqual(
            response.headers["Preference-Applied"], "return=representation"
        )

    def test_reading_and_deleting_have_nothing_to_leave_out(self):
        path = f"/res.partner/{self.ids[1]}"
        response = self.get(f"/search{path}", self.clerk, headers=MINIMAL)
        self.assertEqual(self.assertSuccess(response)["record"]["name"], "B")
        self.assertNotIn("Preference-Applied", response.headers)
        response = self.call("DELETE", f"/delete{path}", self.clerk, headers=MINIMAL)
        self.assertSuccess(response)
        self.assertNotIn("Preference-Applied", response.headers)
