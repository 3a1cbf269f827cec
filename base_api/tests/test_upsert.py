# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import io
from datetime import datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time
from PIL import Image

from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from .common import ApiCase


class TestUpsert(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee.group_ids += cls.env.ref("base.group_partner_manager")
        cls.partners = cls.env["res.partner"]
        cls.partner = cls.partners.create({"name": "Azure", "ref": "UP-1"})

    def upsert(self, body, key="ref", user=None, model="res.partner", **kwargs):
        path = f"/upsert/{model}?key={key}"
        return self.put(path, user or self.employee, json=body, **kwargs)

    def statuses(self, body, **kwargs):
        data = self.assertSuccess(self.upsert(body, **kwargs))
        return [result["status"] for result in data["results"]]

    def refuse(self, body, status=422, code="VALIDATION_ERROR", **kwargs):
        """Return `{pointer: code}` of the details of an error."""
        error = self.assertApiError(self.upsert(body, **kwargs), status, code)
        details = error.get("details", ())
        return {entry["pointer"]: entry["code"] for entry in details}

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

    def test_values_that_odoo_stores_in_another_form(self):
        image = Image.new("RGB", (3000, 2000), "red")
        buffer = io.BytesIO()
        image.save(buffer, "PNG")
        body = [
            {
                "ref": f"UP-{number}",
                "name": "Azure",
                "website": "example.com",
                "image_1920": base64.b64encode(buffer.getvalue()).decode(),
                "properties": {},
            }
            for number in (1, 2)
        ]
        self.assertEqual(self.statuses(body), ["updated", "created"])
        self.assertEqual(self.partner.website, "http://example.com")
        self.assertEqual(self.statuses(body), ["unchanged", "unchanged"])
        for values in (
            {"website": "http://example.org"},
            {"image_1920": base64.b64encode(b"<svg/>")},
        ):
            with self.subTest(values=list(values)):
                # What somebody else has changed since is written again.
                self.partner.write(values)
                self.assertEqual(self.statuses(body), ["updated", "unchanged"])
                self.assertEqual(self.partner.website, "http://example.com")
                self.assertEqual(self.statuses(body), ["unchanged", "unchanged"])
        body[0]["website"] = "example.net"
        self.assertEqual(self.statuses(body), ["updated", "unchanged"])

    def test_no_hash_tells_a_key_what_it_may_not_read(self):
        body = {"ref": "UP-1", "website": "example.com"}
        self.assertEqual(self.statuses([body]), ["updated"])
        key = self.new_key(self.employee, models={"res.partner": ["update"]})
        for website in ("example.com", "example.org"):
            sent = {"ref": "UP-1", "website": website}
            path, headers = "/upsert/res.partner?key=ref", {"api-key": key}
            response = self.put(path, json=sent, headers=headers)
            self.assertEqual(self.assertSuccess(response)["status"], "updated")

    def test_no_hash_of_a_password_is_kept(self):
        body = {"login": self.employee.login, "password": "A long password 1!"}
        path = "/upsert/res.users?key=login"
        for _turn in range(2):
            data = self.assertSuccess(self.put(path, self.admin, json=body))
            self.assertEqual(data["status"], "updated")
        values = self.env["api.upsert.value"].sudo()
        self.assertFalse(values.search([("model", "=", "res.users")]))

    def test_zero_is_not_empty_in_properties(self):
        definition = [{"name": "size", "type": "integer", "string": "Size"}]
        base = self.partner.properties_base_definition_id.sudo()
        base.properties_definition = definition
        self.partner.properties = {"size": False}
        body = [{"ref": "UP-1", "properties": {"size": 0}}]
        self.assertEqual(self.statuses(body), ["updated"])
        self.assertEqual(self.statuses(body), ["unchanged"])

    def test_values_of_deleted_records_are_removed(self):
        self.statuses([{"ref": "UP-1", "website": "example.com"}])
        values = self.env["api.upsert.value"].sudo()
        self.assertEqual(values.search([]).res_id, self.partner.id)
        values._gc_orphans()
        self.assertTrue(values.search([]))
        self.partner.unlink()
        values._gc_orphans()
        self.assertFalse(values.search([]))

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

    @mute_logger("odoo.sql_db")
    def test_each_for_itself(self):
        """With `atomic=false` what is wrong leaves the others alone."""
        body = [
            {"ref": "UP-1", "name": "Azure"},
            {"ref": "UP-2", "name": "Blue", "color": "red"},
            {"ref": "UP-3", "name": "Green"},
            {"name": "Without a key"},
            {"ref": "UP-3", "name": "Green again"},
            {"ref": "UP-4", "type": "contact"},
        ]
        data = self.assertSuccess(self.upsert(body, key="ref&atomic=false"))
        self.assertEqual(
            [
                (item["success"], item["status"], item["http_status"])
                for item in data["results"]
            ],
            [
                (True, "unchanged", 200),
                (False, "failed", 422),
                (True, "created", 201),
                (False, "failed", 422),
                (False, "failed", 422),
                (False, "failed", 422),
            ],
        )
        places = [
            [entry["pointer"] for entry in item["error"]["details"]]
            for item in data["results"]
            if not item["success"]
        ]
        self.assertEqual(places, [["/1/color"], ["/3/ref"], ["/4/ref"], ["/5/type"]])
        counts = [data[name] for name in ("created", "updated", "unchanged", "failed")]
        self.assertEqual(counts, [1, 0, 1, 4])
        self.assertEqual(
            self.partners.search([("ref", "like", "UP-")], order="ref").mapped("name"),
            ["Azure", "Green"],
        )

    def test_each_for_itself_within_max_affected(self):
        body = [{"ref": f"UP-{number}", "name": "Azure"} for number in (1, 2, 3)]
        key, headers = "ref&atomic=false", {"Prefer": "max-affected=1"}
        response = self.upsert(body, key=key, headers=headers)
        self.assertApiError(response, 409, "MAX_AFFECTED_EXCEEDED")
        self.assertFalse(self.partners.search([("ref", "=", "UP-2")]))
        self.assertSuccess(self.upsert(body[:2], key=key, headers=headers))

    def test_one_record_is_no_list(self):
        response = self.upsert({"ref": "x", "name": "y"}, key="ref&atomic=false")
        self.assertApiError(response, 400, "INVALID_PARAMETER")

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


class TestUpsertByExternalId(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee.group_ids += cls.env.ref("base.group_partner_manager")

    def upsert(self, body, model="res.partner"):
        path = f"/upsert/{model}?key=external_id"
        return self.put(path, self.employee, json=body)

    def refuse(self, body, status, code, **kwargs):
        error = self.assertApiError(self.upsert(body, **kwargs), status, code)
        [entry] = error["details"]
        return entry["pointer"], entry["code"]

    def test_record_gets_its_name(self):
        for name, xml_id in [("up_1", "__import__.up_1"), ("erp.up.2", "erp.up.2")]:
            with self.subTest(name=name):
                body = {"external_id": name, "name": "Azure"}
                data = self.assertSuccess(self.upsert(body), 201)
                self.assertEqual(self.env.ref(xml_id).id, data["id"])
                self.assertEqual(self.env.ref(xml_id).create_uid, self.employee)
                self.assertEqual(
                    data["record"],
                    {"id": data["id"], "name": "Azure", "display_name": "Azure"},
                )
                again = self.assertSuccess(self.upsert(body | {"external_id": xml_id}))
                self.assertEqual(again["status"], "unchanged")
                again = self.assertSuccess(self.upsert(body | {"name": "Blue"}))
                self.assertEqual(
                    (again["id"], again["status"]), (data["id"], "updated")
                )

    def test_record_of_an_addon_can_be_updated(self):
        partner = self.env.ref("base.main_partner")
        body = [{"external_id": "base.main_partner", "color": 7}]
        data = self.assertSuccess(self.upsert(body))
        self.assertEqual(data["results"][0]["id"], partner.id)
        self.assertEqual(partner.color, 7)

    def test_no_new_names_for_addons(self):
        for module in ("base", "base_api"):
            with self.subTest(module=module):
                body = [
                    {"external_id": "x", "name": "x"},
                    {"external_id": f"{module}.up_1", "name": "x"},
                ]
                details = self.refuse(body, 422, "VALIDATION_ERROR")
                self.assertEqual(details, ("/1/external_id", "not_allowed"))

    def test_names_that_are_none(self):
        for name in (None, "", 5, True, ["x"], ".x", "x.", "a b", "a.b\n", " x"):
            with self.subTest(name=name):
                body = {"external_id": name, "name": "x"}
                pointer, _code = self.refuse(body, 422, "VALIDATION_ERROR")
                self.assertEqual(pointer, "/external_id")

    def test_record_out_of_reach_is_left_alone(self):
        """Be it of another model, or one that the caller may not see: one answer."""
        rule = {
            "name": "Hidden",
            "model_id": self.env["ir.model"]._get_id("res.partner"),
            "domain_force": "[('name', '!=', 'Hidden')]",
        }
        self.env["ir.rule"].create(rule)
        hidden = self.env["res.partner"].create({"name": "Hidden"})
        self.env["ir.model.data"].create(
            {
                "module": "__import__",
                "name": "up_hidden",
                "model": "res.partner",
                "res_id": hidden.id,
            }
        )
        for name in ("up_hidden", "base.EUR"):
            with self.subTest(name=name):
                body = {"external_id": name, "name": "Mine now"}
                details = self.refuse(body, 409, "EXTERNAL_ID_TAKEN")
                self.assertEqual(details, ("/external_id", "not_allowed"))
        self.assertEqual(self.env.ref("__import__.up_hidden"), hidden)
        self.assertEqual(hidden.name, "Hidden")

    def test_name_of_a_record_that_is_gone_is_free(self):
        data = self.assertSuccess(
            self.upsert({"external_id": "up_1", "name": "x"}), 201
        )
        self.env.cr.execute("DELETE FROM res_partner WHERE id = %s", [data["id"]])
        again = self.assertSuccess(
            self.upsert({"external_id": "up_1", "name": "x"}), 201
        )
        self.assertEqual(self.env.ref("__import__.up_1").id, again["id"])


@tagged("post_install", "-at_install")
class TestUpsertKeys(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keys = cls.env["api.upsert.key"].sudo()
        cls.keys.search([]).unlink()

    def test_taken_keys_are_rows_that_change(self):
        self.keys._take(["a", "b", "a"])
        before = self.row_versions()
        self.assertEqual(len(before), 2)
        self.keys._take(["b", "c"])
        self.assertEqual(len(self.row_versions()), 3)
        self.assertEqual(len(self.row_versions() & before), 1)

    def test_old_keys_are_removed(self):
        self.keys._take(["a"])
        with freeze_time(datetime.now() - timedelta(days=2)):
            self.keys._take(["b"])
        self.assertEqual(self.keys._gc_expired_keys(), (1, False))
        self.assertEqual(len(self.row_versions()), 1)

    def row_versions(self):
        self.env.cr.execute("SELECT id, ctid::text FROM api_upsert_key")
        return set(self.env.cr.fetchall())
