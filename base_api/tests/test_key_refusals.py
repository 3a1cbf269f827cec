# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A refused request tells all that the API key lacks, to its owner at once."""

from odoo.tests import tagged

from .key_case import KeyCase

PARTNERS, USERS = "res.partner", "res.users"
EVERYTHING = ["read", "create", "update", "delete", "call"]


@tagged("post_install", "-at_install")
class TestKeyRefusals(KeyCase):
    def refuse(self, models, method, path, **kwargs):
        """Return the sorted messages in `details` of a refused request."""
        response = self.use(models, method, path, **kwargs)
        error = self.assertApiError(response, 403, "KEY_RESTRICTED")
        return [entry["message"] for entry in error.get("details", ())]

    def assertNames(self, messages, *operations):
        self.assertEqual(len(messages), len(operations), messages)
        for message, operation in zip(messages, operations, strict=True):
            self.assertIn(operation, message)

    def test_an_upsert(self):
        path, body = f"/upsert/{PARTNERS}?key=ref", {"name": "A", "ref": "A"}
        read = {PARTNERS: ["read"]}
        messages = self.refuse(read, "PUT", path, json=body)
        self.assertNames(messages, "update on res.partner", "create on res.partner")
        # What the key has is not among them.
        create = {PARTNERS: ["read", "create"]}
        self.assertFalse(self.refuse(create, "PUT", path, json=body))
        update = {PARTNERS: ["read", "update"]}
        self.assertFalse(self.refuse(update, "PUT", path, json=body))
        self.env[PARTNERS].create(dict(body))
        self.assertSuccess(self.use(update, "PUT", path, json=body))

    def test_an_upsert_in_a_batch(self):
        step = {
            "method": "PUT",
            "path": f"/upsert/{PARTNERS}?key=ref",
            "body": {"name": "A", "ref": "A"},
        }
        steps = [step, {"method": "DELETE", "path": f"/delete/{PARTNERS}/1"}]
        read = {PARTNERS: ["read"]}
        response = self.use(read, "POST", "/batch", json={"steps": steps})
        error = self.assertApiError(response, 403, "KEY_RESTRICTED")
        details = error["details"]
        self.assertEqual(
            [entry["field"] for entry in details], ["steps/0", "steps/0", "steps/1"]
        )
        self.assertNames(
            [entry["message"] for entry in details],
            "update on res.partner",
            "create on res.partner",
            "delete on res.partner",
        )

    def test_lines_of_several_fields(self):
        body = {
            "name": "A",
            "child_ids": {"create": [{"name": "B"}]},
            "category_id": {"create": [{"name": "C"}]},
            "bank_ids": {"create": [{"acc_number": "1"}], "delete": [1]},
            "user_ids": [],
        }
        models = {PARTNERS: ["create", "read"]}
        messages = self.refuse(models, "POST", f"/create/{PARTNERS}", json=body)
        self.assertNames(
            messages,
            "create on res.partner.category",
            "delete on res.partner.bank",
            "create on res.partner.bank",
            "delete on res.users",
        )

    def test_all_administrative_operations_are_recorded(self):
        refusals = self.env["api.key.refusal"].search([])
        steps = [
            {"method": "GET", "path": "/search/ir.config_parameter"},
            {"method": "GET", "path": "/search/ir.mail_server"},
            {"method": "GET", "path": "/search/ir.mail_server?limit=1"},
        ]
        for count in (1, 2):
            self.use({"*": EVERYTHING}, "POST", "/batch", json={"steps": steps})
            self.env.invalidate_all()
            new = self.env["api.key.refusal"].search([]) - refusals
            self.assertEqual(
                sorted(new.mapped(lambda row: (row.model, row.operation, row.count))),
                sorted(
                    [
                        ("ir.config_parameter", "read", 1),
                        ("ir.mail_server", "read", 1),
                    ]
                    * count
                ),
            )
