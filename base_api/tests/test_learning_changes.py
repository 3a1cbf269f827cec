# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .learning_case import PARTNERS, LearningCase


@tagged("post_install", "-at_install")
class TestLearningChanges(LearningCase):
    def learned(self):
        secret, key = self.learner()
        self.assertSuccess(self.use(secret, "GET", f"/search/{PARTNERS}?limit=1"))
        return secret, key

    def test_the_offer_is_taken(self):
        secret, key = self.learned()
        suggested = self.described(key)["suggested"]
        data = self.assertSuccess(self.change(key, suggested, secret=None))["api_key"]
        self.assertEqual(data["models"], suggested["models"])
        self.assertIsNone(data["learn_until"])
        self.assertIsNone(data["suggested"])
        self.assertFalse(key.used_operations)
        self.assertSuccess(self.use(secret, "GET", f"/search/{PARTNERS}?limit=1"))
        self.assertRefused(self.use(secret, "GET", "/search/res.country"))

    def test_a_key_does_not_take_its_own_offer(self):
        """To name a model can allow administrative operations of code that runs."""
        secret, key = self.learned()
        path = f"/users/{self.employee.id}/api-keys/{key.id}"
        body = {"models": {PARTNERS: ["read"]}, "read_only": True}
        self.assertRefused(self.use(secret, "PATCH", path, json=body))
        self.assertSuccess(self.use(secret, "PATCH", path, json={"learn_until": None}))
        self.assertRefused(self.use(secret, "GET", "/search/res.country"))

    def test_learning_ends_at_once(self):
        secret, key = self.learned()
        data = self.assertSuccess(self.change(key, {"learn_until": None}))["api_key"]
        self.assertEqual(data["models"], {PARTNERS: ["read"]})
        self.assertTrue(data["learn_until"])
        self.assertRefused(self.use(secret, "GET", "/search/res.country"))
        self.assertSuccess(self.use(secret, "GET", f"/search/{PARTNERS}?limit=1"))
        # It learns again, and forgets nothing.
        until = fields.Datetime.now() + timedelta(days=1)
        self.assertSuccess(self.change(key, {"learn_until": f"{until}Z"}))
        self.assertSuccess(self.use(secret, "GET", "/search/res.country?limit=1"))
        self.finish(key)
        self.assertEqual(
            self.described(key)["models"],
            {"res.country": ["read"], PARTNERS: ["read"]},
        )

    def test_other_changes_let_it_learn_on(self):
        secret, key = self.learned()
        until = key.learn_until
        for body in (
            {"name": "Other"},
            {"read_only": True},
            {"networks": ["127.0.0.0/8"]},
        ):
            self.assertSuccess(self.change(key, body))
        self.assertEqual(key.learn_until, until)
        response = self.use(secret, "POST", f"/create/{PARTNERS}", json={"name": "A"})
        self.assertRefused(response)
        self.assertSuccess(self.use(secret, "GET", "/search/res.country?limit=1"))
        # The key that is learning does not take such a restriction away.
        path = f"/users/{self.employee.id}/api-keys/{key.id}"
        response = self.use(secret, "PATCH", path, json={"networks": None})
        self.assertRefused(response)
        self.assertSuccess(self.change(key, {"read_only": None}))

    def test_a_restricted_key_does_not_take_its_bounds_away(self):
        """What it allows while it learns is more than what its restrictions list."""
        bounds = {PARTNERS: ["read", "update"]}
        _secret, key = self.learner(self.admin, models=bounds, read_only=True)
        models = bounds | {"res.users.apikeys": ["read", "create", "update"]}
        other = self.new_key(self.admin, models=models)
        path = f"/users/{self.admin.id}/api-keys/{key.id}"
        until = str(fields.Datetime.now() + timedelta(days=1))
        for body in ({"read_only": None}, {"learn_until": until}, {"models": None}):
            with self.subTest(body=body):
                self.assertRefused(self.use(other, "PATCH", path, json=body))
        self.assertTrue(key.restrictions["read_only"])
        self.assertSuccess(self.use(other, "PATCH", path, json={"name": "Renamed"}))
        self.assertSuccess(self.use(other, "PATCH", path, json={"learn_until": None}))

    def test_without_models_it_is_an_unrestricted_key(self):
        secret, key = self.learned()
        self.finish(key)
        self.assertRefused(self.use(secret, "GET", "/search/res.country"))
        self.assertSuccess(self.change(key, {"models": None}))
        self.assertFalse(key.learn_until)
        self.assertSuccess(self.use(secret, "GET", "/search/res.country?limit=1"))

    def test_wrong_times(self):
        _secret, key = self.make(self.employee)
        now = fields.Datetime.now()
        headers = {"session-token": self.new_session(self.employee)}
        path = f"/users/{self.employee.id}/api-key"
        for until in (
            "soon",
            7,
            str(now - timedelta(minutes=1)),
            str(now + timedelta(days=30, minutes=5)),
            "9999-12-31",
        ):
            body = {"learn_until": until}
            with self.subTest(until=until):
                response = self.change(key, body)
                self.assertApiError(response, 400, "INVALID_PARAMETER")
                response = self.post(path, json=body, headers=headers)
                self.assertApiError(response, 400, "INVALID_PARAMETER")
        self.assertFalse(key.learn_until)

    def test_keys_of_odoo_do_not_learn(self):
        keys = self.env["res.users.apikeys"].with_user(self.employee)
        keys._generate(None, "Of Odoo", fields.Datetime.now() + timedelta(hours=1))
        key = self.keys.search([("name", "=", "Of Odoo")])
        until = str(fields.Datetime.now() + timedelta(days=1))
        response = self.change(key, {"learn_until": until})
        self.assertApiError(response, 400, "INVALID_PARAMETER")
