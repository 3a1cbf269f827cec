# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from .upsert_case import UpsertCase


class TestUpsert(UpsertCase):
    def test_new_record_is_created(self):
        response = self.upsert({"ref": "UP-2", "name": "Blue"})
        data = self.assertSuccess(response, 201)
        self.assertEqual(list(data), ["id", "record", "model", "status"])
        self.assertEqual(data["status"], "created")
        self.assertEqual(data["record"]["ref"], "UP-2")
        self.assertEqual(
            response.headers["Location"], f"/api/v2/search/res.partner/{data['id']}"
        )
        self.assertEqual(self.partners.browse(data["id"]).create_uid, self.employee)

    def test_known_record_is_updated_where_it_differs(self):
        written = []

        def write(records, values):
            written.append(values)
            return original(records, values)

        original = type(self.partners).write
        self.patch(type(self.partners), "write", write)
        body = {"ref": "UP-1", "name": "Azure Interior", "is_company": False}
        data = self.assertSuccess(self.upsert(body))
        self.assertEqual((data["id"], data["status"]), (self.partner.id, "updated"))
        self.assertEqual(written, [{"name": "Azure Interior"}])

    def test_record_as_it_should_be_is_not_written(self):
        with patch.object(type(self.partners), "write") as write:
            data = self.assertSuccess(self.upsert({"ref": "UP-1", "name": "Azure"}))
        self.assertEqual((data["id"], data["status"]), (self.partner.id, "unchanged"))
        write.assert_not_called()

    def test_list_tells_what_became_of_each(self):
        body = [
            {"ref": "UP-3", "name": "New"},
            {"ref": "UP-1", "name": "Azure"},
            {"ref": "UP-2", "name": "New too"},
        ]
        data = self.assertSuccess(self.upsert(body))
        self.assertEqual(
            list(data), ["results", "model", "created", "updated", "unchanged"]
        )
        self.assertEqual(
            [(result["status"], result["record"]["ref"]) for result in data["results"]],
            [("created", "UP-3"), ("unchanged", "UP-1"), ("created", "UP-2")],
        )
        self.assertEqual(
            (data["created"], data["updated"], data["unchanged"]), (2, 0, 1)
        )
        body[1]["name"] = "Azure Interior"
        self.assertEqual(self.statuses(body), ["unchanged", "updated", "unchanged"])

    def test_several_fields_are_one_key(self):
        body = [
            {"ref": "UP-1", "name": "Azure", "color": 3},
            {"ref": "UP-1", "name": "Blue"},
            {"ref": "UP-2", "name": "Azure"},
        ]
        statuses = self.statuses(body, key="name,%20ref")
        self.assertEqual(statuses, ["updated", "created", "created"])
        self.assertEqual(self.partner.color, 3)

    def test_relation_as_key(self):
        body = {"parent_id": [self.partner.id, "Azure"], "type": "invoice"}
        data = self.assertSuccess(self.upsert(body, key="parent_id,type"), 201)
        again = self.assertSuccess(self.upsert(body, key="parent_id,type"))
        self.assertEqual((again["id"], again["status"]), (data["id"], "unchanged"))

    def test_archived_record_is_found(self):
        self.partner.active = False
        self.assertEqual(self.statuses([{"ref": "UP-1", "color": 5}]), ["updated"])
        self.assertFalse(self.partner.active)

    def test_wrong_keys(self):
        for key in ("", " , ", "nme", "partner_latitude", "child_ids", "id.x"):
            with self.subTest(key=key):
                self.refuse({"name": "x"}, 400, "INVALID_PARAMETER", key=key)
        self.refuse({"name": "x", "id": 3}, 400, "INVALID_FIELDS", key="id")
        self.refuse({"name": "x"}, 404, "MODEL_NOT_FOUND", model="no.model")

    def test_field_that_the_caller_may_not_read_is_no_key(self):
        self.patch(self.partners._fields["ref"], "groups", "base.group_system")
        self.refuse({"ref": "UP-1"}, 403, "ACCESS_DENIED")

    def test_items_without_their_key(self):
        for value in (None, False, ""):
            with self.subTest(value=value):
                details = self.refuse(
                    [{"ref": "UP-2", "name": "x"}, {"ref": value, "name": "x"}]
                )
                self.assertEqual(details, {"/1/ref": "required"})
        self.assertEqual(self.refuse({"name": "x"}), {"/ref": "required"})
        self.assertEqual(self.refuse({"ref": ["x"]}), {"/ref": "wrong_type"})

    def test_one_key_twice(self):
        body = [{"ref": "UP-2"}, {"ref": "UP-1"}, {"ref": "UP-2", "name": "x"}]
        self.assertEqual(self.refuse(body), {"/2/ref": "duplicate"})

    def test_key_of_several_records(self):
        twin = self.partner.copy({"ref": "UP-1", "active": False})
        body = [{"ref": "UP-2", "name": "x"}, {"ref": "UP-1", "name": "x"}]
        error = self.assertApiError(self.upsert(body), 409, "AMBIGUOUS_KEY")
        self.assertEqual(error["details"][0]["pointer"], "/1/ref")
        self.assertIn(f"{self.partner.id}, {twin.id}", error["message"])
        self.assertFalse(self.partners.search([("ref", "=", "UP-2")]))

    def test_mistakes_have_their_place(self):
        body = [{"ref": "UP-1"}, {"ref": "UP-2", "name": "x", "color": "red"}]
        self.assertEqual(self.refuse(body), {"/1/color": "wrong_type"})
        body[1] = {"ref": "UP-2", "nam": "x"}
        details = self.refuse(body, 400, "INVALID_FIELDS")
        self.assertEqual(details, {"/1/nam": "unknown_field"})

    def test_caller_needs_the_rights(self):
        reader = self.new_user("reader", "base.group_user")
        self.refuse({"ref": "UP-1", "name": "x"}, 403, "ACCESS_DENIED", user=reader)
        self.refuse({"ref": "UP-2", "name": "x"}, 403, "ACCESS_DENIED", user=reader)
        body = [{"ref": "UP-1", "name": "Azure"}]
        self.assertEqual(self.statuses(body, user=reader), ["unchanged"])

    def test_restricted_key_needs_both_verbs(self):
        for verbs, known, new in [
            (["update"], 200, 403),
            (["create"], 403, 403),
            (["read"], 403, 403),
            (["create", "update"], 200, 201),
        ]:
            with self.subTest(verbs=verbs):
                key = self.new_key(self.employee, models={"res.partner": verbs})
                for body, status in [
                    ({"ref": "UP-1", "color": len(verbs)}, known),
                    ({"ref": f"UP-{verbs}", "name": "x"}, new),
                ]:
                    response = self.put(
                        "/upsert/res.partner?key=ref",
                        headers={"api-key": key},
                        json=body,
                    )
                    self.assertEqual(response.status_code, status, response.text)
