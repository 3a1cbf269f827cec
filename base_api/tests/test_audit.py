# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PASSWORD, ApiCase

PARTNERS = "res.partner"


class AuditCase(ApiCase):
    def setUp(self):
        super().setUp()
        self.last_id = self.last_entry().id or 0

    def last_entry(self):
        return self.env["api.audit"].search([], limit=1)

    def entries(self):
        """Return the rows that were added since the last call, the oldest first."""
        self.env.invalidate_all()
        rows = self.env["api.audit"].search([("id", ">", self.last_id)], order="id")
        self.last_id = rows[-1:].id or self.last_id
        return rows

    def entry(self):
        """Return the only row that was added."""
        rows = self.entries()
        self.assertEqual(len(rows), 1, rows.mapped("route"))
        return rows


@tagged("post_install", "-at_install")
class TestAudit(AuditCase):
    def test_a_write(self):
        headers = {"X-Request-Id": "order-17", "User-Agent": "shop/1"}
        body = {"name": "Anna", "ref": "A"}
        path = f"/create/{PARTNERS}"
        answer = self.post(path, self.admin, json=body, headers=headers)
        record_id = self.assertSuccess(answer, 201)["id"]
        entry = self.entry()
        self.assertEqual(entry.user_id, self.admin)
        self.assertEqual(entry.key_name, "Test")
        self.assertEqual(entry.key_id, self.admin.sudo().api_key_ids)
        self.assertEqual(entry.http_method, "POST")
        self.assertEqual(entry.route, "/create/{model_name}")
        self.assertEqual(entry.model, PARTNERS)
        self.assertEqual(entry.record_ids, str(record_id))
        self.assertEqual(entry.field_names, "name,ref")
        self.assertEqual(entry.status, 201)
        self.assertEqual(entry.request_id, "order-17")
        self.assertEqual(entry.client, "shop/1")
        self.assertEqual(entry.address, "127.0.0.1")
        self.assertFalse(entry.dry_run or entry.error_code or entry.sent_values)

    def test_a_read_leaves_no_row(self):
        self.assertSuccess(self.get(f"/search/{PARTNERS}", self.admin))
        self.assertSuccess(self.post(f"/search/{PARTNERS}", self.admin, json={}))
        self.assertFalse(self.entries())

    def test_a_refused_write(self):
        answer = self.post(f"/create/{PARTNERS}", self.admin, json={"nmae": "Anna"})
        self.assertApiError(answer, 400, "INVALID_FIELDS")
        entry = self.entry()
        self.assertEqual((entry.status, entry.error_code), (400, "INVALID_FIELDS"))
        self.assertEqual(entry.model, PARTNERS)
        self.assertFalse(entry.record_ids or entry.field_names)

    def test_a_dry_run(self):
        headers = {"Prefer": "dry-run"}
        path = f"/create/{PARTNERS}"
        self.assertSuccess(
            self.post(path, self.admin, json={"name": "A"}, headers=headers), 201
        )
        entry = self.entry()
        self.assertTrue(entry.dry_run)
        self.assertEqual(entry.field_names, "name")

    @mute_logger("odoo.sql_db")
    def test_a_batch_has_a_row_for_each_step(self):
        steps = [
            {"method": "POST", "path": f"/create/{PARTNERS}", "body": {"name": "A"}},
            {"method": "GET", "path": f"/search/{PARTNERS}"},
            {"method": "POST", "path": f"/create/{PARTNERS}", "body": {"ref": "B"}},
        ]
        self.post("/batch", self.admin, json={"steps": steps})
        entry = self.entry()
        self.assertEqual((entry.step, entry.status), (3, 422))
        steps[2]["body"] = {"name": "B"}
        self.assertSuccess(self.post("/batch", self.admin, json={"steps": steps}))
        self.assertEqual(self.entries().mapped("step"), [1, 3])

    def test_a_replay_leaves_no_row(self):
        for _time in range(2):
            headers = {"Idempotency-Key": "order-1"}
            self.post(
                f"/create/{PARTNERS}", self.admin, json={"name": "A"}, headers=headers
            )
        entry = self.entry()
        self.assertEqual(len(entry.idempotency_hash), 64)

    def test_sign_ins(self):
        body = {"username": self.admin.login, "password": PASSWORD}
        token = self.assertSuccess(self.post("/auth/login", json=body))["session_token"]
        entry = self.entry()
        self.assertEqual(entry.user_id, self.admin)
        self.post("/auth/logout", headers={"session-token": token})
        self.assertEqual(self.entry().user_id, self.admin)
        body["password"] = "wrong"
        self.assertApiError(self.post("/auth/login", json=body), 401, "AUTH_FAILED")
        entry = self.entry()
        self.assertEqual((entry.user_id, entry.status), (self.admin, 401))
        body["username"] = "no-such-login"
        self.assertApiError(self.post("/auth/login", json=body), 401, "AUTH_FAILED")
        self.assertFalse(self.entry().user_id)

    def test_items_that_failed_are_counted(self):
        rows = [{"name": "A"}, {"name": "B", "nope": 1}]
        path = f"/create/{PARTNERS}?atomic=false"
        data = self.assertSuccess(self.post(path, self.admin, json=rows))
        entry = self.entry()
        self.assertEqual(entry.record_ids, str(data["results"][0]["id"]))
        self.assertEqual(entry.failed, 1)

    def test_nothing_changes_rows(self):
        self.post(f"/create/{PARTNERS}", self.admin, json={"name": "A"})
        entry = self.entry().sudo()
        for change in (
            lambda: entry.write({"status": 1}),
            entry.unlink,
            lambda: entry.create({"status": 1}),
        ):
            with self.assertRaises(AccessError):
                change()

    def test_it_can_be_switched_off(self):
        self.env["ir.config_parameter"].set_param("base_api.audit", "False")
        self.post(f"/create/{PARTNERS}", self.admin, json={"name": "A"})
        self.assertFalse(self.entries())
