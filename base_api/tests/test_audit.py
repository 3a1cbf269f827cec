# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .audit_case import PARTNERS, AuditCase
from .common import PASSWORD

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)


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

    def test_rows_outlive_keys_and_users(self):
        user = self.new_user("leaver", "base.group_user,base.group_partner_manager")
        self.assertSuccess(
            self.post(f"/create/{PARTNERS}", user, json={"name": "A"}), 201
        )
        user_id, key_id = user.id, user.sudo().api_key_ids.id
        user.sudo().api_key_ids._remove()
        user.unlink()
        entry = self.entry()
        self.assertEqual((entry.user_number, entry.key_number), (user_id, key_id))
        self.assertFalse(entry.user_id or entry.key_id)
        self.assertEqual(entry.key_name, "Test")
        specification = {"user_id": {"fields": {"display_name": {}}}, "key_name": {}}
        [row] = entry.with_user(self.admin).web_read(specification)
        self.assertEqual(row["key_name"], "Test")
        path = f"/audit?user={user_id}&key={key_id}"
        [row] = self.assertSuccess(self.get(path, self.admin))["entries"]
        self.assertEqual((row["key_name"], row["user_id"]), ("Test", False))

    def test_key_that_removes_itself_keeps_its_name(self):
        user = self.new_user("leaver", "base.group_user")
        headers = {"api-key": self.new_key(user)}
        data = self.assertSuccess(self.get("/auth/test", headers=headers))
        key_id = data["key"]["id"]
        path = f"/users/{user.id}/api-keys/{key_id}"
        self.assertSuccess(self.call("DELETE", path, headers=headers))
        entry = self.entry()
        self.assertEqual((entry.key_number, entry.key_name), (key_id, "Test"))

    def test_values_are_kept_where_the_setting_says_so(self):
        self.env["ir.config_parameter"].set_param("base_api.audit_values", "True")
        body = {"name": "Anna", "ref": "A" * 1000, "image_1920": PIXEL, "email": None}
        path = f"/create/{PARTNERS}"
        self.assertSuccess(self.post(path, self.admin, json=body), 201)
        [kept] = json.loads(self.entry().sent_values)
        self.assertEqual(kept, {"name": "Anna", "ref": "A" * 200, "email": None})

    def test_nobody_writes_rows_over_the_api(self):
        self.post(f"/create/{PARTNERS}", self.admin, json={"name": "A"})
        row_id = self.entry().id
        for method, path, body in (
            ("POST", "/create/api.audit", {"route": "/x"}),
            ("PATCH", f"/update/api.audit/{row_id}", {"route": "/x"}),
            ("DELETE", f"/delete/api.audit/{row_id}", None),
            ("PUT", "/upsert/api.audit?key=request_id", {"request_id": "x"}),
            ("POST", "/call/api.audit/write", {"ids": [row_id], "args": [{}]}),
            ("POST", "/call/api.audit/search_count", {"args": [[]]}),
        ):
            with self.subTest(path=path):
                answer = self.call(method, path, self.admin, json=body)
                self.assertEqual(answer.status_code, 403, answer.text)

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


@tagged("post_install", "-at_install")
class TestAuditEndpoint(AuditCase):
    def list(self, query="", user=None):
        answer = self.get(f"/audit{query}", user or self.admin)
        return self.assertSuccess(answer)["entries"]

    def send(self, request_id, user=None, path=f"/create/{PARTNERS}", **values):
        headers = {"X-Request-Id": request_id}
        values = values or {"name": "A"}
        self.post(path, user or self.admin, json=values, headers=headers)

    def test_entries_are_listed_newest_first(self):
        self.send("r-1")
        self.send("r-2", ref="B", name="B")
        first, second = self.list()[:2]
        self.assertEqual(first["request_id"], "r-2")
        self.assertEqual(first["field_names"], ["ref", "name"])
        self.assertEqual(len(first["record_ids"]), 1)
        self.assertEqual(first["user_id"], [self.admin.id, self.admin.name])
        self.assertEqual(second["request_id"], "r-1")

    def test_entries_are_filtered(self):
        self.send("r-1")
        self.send("r-2", path="/create/res.partner.category")
        key = self.admin.sudo().api_key_ids.sorted("id")[-1]
        for query, found in (
            ("?request_id=r-1", ["r-1"]),
            (f"?key={key.id}", ["r-2"]),
            (f"?user={self.admin.id}", ["r-2", "r-1"]),
            ("?model=res.partner.category", ["r-2"]),
            ("?since=2000-01-01", ["r-2", "r-1"]),
            ("?until=2000-01-01", []),
            ("?since=2000-01-01T00:00:00Z&until=2999-01-01", ["r-2", "r-1"]),
        ):
            with self.subTest(query=query):
                ids = [row["request_id"] for row in self.list(query)]
                self.assertEqual([name for name in ids if name[:2] == "r-"], found)

    def test_pages_follow_each_other(self):
        for number in range(3):
            self.send(f"r-{number}")
        data = self.assertSuccess(self.get("/audit?limit=2", self.admin))
        self.assertEqual(data["count"], 2)
        path = f"/audit?limit=2&cursor={data['next_cursor']}"
        data = self.assertSuccess(self.get(path, self.admin))
        self.assertEqual(data["entries"][0]["request_id"], "r-0")

    def test_it_is_for_administrators_and_keys_that_name_it(self):
        answer = self.get("/audit", self.employee)
        self.assertApiError(answer, 403, "ACCESS_DENIED")
        manager = self.new_user("manager", "base.group_erp_manager")
        self.assertApiError(self.get("/audit", manager), 403, "ACCESS_DENIED")
        for models, status in (
            ({"*": ["read"]}, 403),
            ({"api.audit": ["read"]}, 200),
        ):
            headers = {"api-key": self.new_key(self.admin, models=models)}
            self.assertEqual(self.get("/audit", headers=headers).status_code, status)

    def test_wrong_parameters(self):
        for query in ("?since=x", "?key=x", "?user=0", "?nope=1"):
            with self.subTest(query=query):
                answer = self.get(f"/audit{query}", self.admin)
                self.assertApiError(answer, 400, "INVALID_PARAMETER")

    def test_it_is_exported(self):
        self.send("r-1")
        models = {"api.audit": ["read"]}
        headers = {"api-key": self.new_key(self.admin, models=models)}
        path = "/export/api.audit?format=ndjson&fields=id,request_id,user_id"
        answer = self.get(f"{path}&request_id=r-1", headers=headers)
        self.assertEqual(json.loads(answer.text)["request_id"], "r-1")
