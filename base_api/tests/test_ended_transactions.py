# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Apps that end the transaction while records are written."""

from contextlib import suppress
from unittest.mock import patch

from .common import ApiCase

PARTNERS = "res.partner"


class TestEndedTransactions(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee.group_ids += cls.env.ref("base.group_partner_manager")
        cls.partner = cls.env[PARTNERS].create({"name": "Ended", "ref": "A"})

    def writing(self, act, only=None):
        """Do `act(cr)` after each partner is created, written or deleted.

        :param only: a name, of the one record that it is done for
        """
        model = type(self.env[PARTNERS])

        def wrap(name):
            method = getattr(model, name)

            def wrapped(partners, *args):
                told = f"{partners.mapped('name')} {args}"
                result = method(partners, *args)
                if only is None or only in told:
                    act(partners.env.cr)
                return result

            return patch.object(model, name, wrapped)

        for name in ("create", "write", "unlink"):
            patcher = wrap(name)
            patcher.start()
            self.addCleanup(patcher.stop)

    def requests(self):
        """Yield what is sent to each route that writes records."""
        new, record_id = {"name": "Ended too"}, self.partner.id
        yield "POST", f"/create/{PARTNERS}", new
        yield "POST", f"/create/{PARTNERS}", [new]
        yield "PUT", f"/update/{PARTNERS}/{record_id}", {"ref": "B"}
        yield "PATCH", f"/update/{PARTNERS}", [{"id": record_id, "ref": "B"}]
        yield "PUT", f"/upsert/{PARTNERS}?key=name", new
        yield "PUT", f"/upsert/{PARTNERS}?key=name", {"name": "Ended", "ref": "B"}
        yield "DELETE", f"/delete/{PARTNERS}/{record_id}", None
        yield "DELETE", f"/delete/{PARTNERS}?ids={record_id}", None

    def refused(self, headers=None):
        for method, path, body in self.requests():
            response = self.call(method, path, self.admin, headers=headers, json=body)
            error = self.assertApiError(response, 422, "VALIDATION_ERROR")
            self.assertIn("rolls back", error["message"])
            self.env.invalidate_all()
            self.assertEqual(self.partner.ref, "A")
            self.assertFalse(self.names("Ended too"))

    def names(self, name):
        return self.env[PARTNERS].search([("name", "=", name)])

    def test_a_rollback_is_refused_on_all_routes_that_write_records(self):
        self.writing(lambda cursor: cursor.rollback())
        self.refused()
        self.refused({"Idempotency-Key": "ended"})
        self.assertFalse(self.env["api.idempotency"].sudo().search([]))

    def test_a_rollback_that_is_caught_is_refused_too(self):
        def roll_back(cr):
            with suppress(Exception):
                cr.rollback()

        self.writing(roll_back)
        self.refused()

    def test_a_rollback_in_the_flush_is_refused_too(self):
        self.writing(lambda cursor: cursor.precommit.add(cursor.rollback))
        self.refused()

    def test_one_item_that_ends_the_transaction_leaves_the_others(self):
        self.writing(lambda cursor: cursor.rollback(), only="Second")
        path = f"/create/{PARTNERS}?atomic=false"
        body = [{"name": name} for name in ("First", "Second", "Third")]
        self.assertItems(self.post(path, self.admin, json=body))
        self.assertFalse(self.names("Second"))
        ids = {name: self.names(name).id for name in ("First", "Third")}
        self.assertTrue(all(ids.values()))
        self.writing(lambda cursor: cursor.commit(), only="Ended")
        ids["Second"] = self.partner.id
        body = [{"id": ids[name], "ref": "B"} for name in ("First", "Second", "Third")]
        path = f"/update/{PARTNERS}?atomic=false"
        self.assertItems(self.call("PATCH", path, self.admin, json=body))
        self.assertEqual(self.partner.ref, "A")
        ids = ",".join(str(item["id"]) for item in body)
        path = f"/delete/{PARTNERS}?atomic=false&ids={ids}"
        self.assertItems(self.call("DELETE", path, self.admin))
        self.assertTrue(self.partner.exists())

    def assertItems(self, response):
        """Check that all items of three were done, but the second."""
        results = self.assertSuccess(response)["results"]
        self.assertEqual([row["success"] for row in results], [True, False, True])
        self.assertEqual(results[1]["error"]["code"], "VALIDATION_ERROR")
        self.assertIn("transaction", results[1]["error"]["message"])
        self.env.invalidate_all()

    def test_a_commit_is_allowed_elsewhere(self):
        self.writing(lambda cursor: cursor.commit())
        data = self.assertSuccess(
            self.post(f"/create/{PARTNERS}", self.admin, json={"name": "Kept"}), 201
        )
        self.assertEqual(self.names("Kept").id, data["id"])

    def test_a_commit_does_not_give_up_the_key_of_an_upsert(self):
        self.writing(lambda cursor: cursor.commit())
        path = f"/upsert/{PARTNERS}?key=ref"
        keys = type(self.env["api.upsert.key"])
        with patch.object(keys, "_take", autospec=True, side_effect=keys._take) as take:
            response = self.put(path, self.admin, json={"name": "Kept", "ref": "K"})
        self.assertSuccess(response, 201)
        before, after = take.call_args_list
        self.assertEqual(before.args[1], after.args[1])
