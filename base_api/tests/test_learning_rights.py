# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.base_api.auth.learning import Use

from .learning_case import PARTNERS, LearningCase


@tagged("post_install", "-at_install")
class TestLearningRights(LearningCase):
    def test_no_administrative_operations_unless_named(self):
        secret, _key = self.learner(self.admin)
        for model in ("ir.config_parameter", "ir.mail_server"):
            response = self.use(secret, "GET", f"/search/{model}")
            self.assertRefused(response)
        secret, key = self.learner(self.admin, models={"ir.config_parameter": ["read"]})
        path = "/search/ir.config_parameter?limit=1"
        self.assertRefused(self.use(secret, "GET", "/search/ir.mail_server"))
        self.assertSuccess(self.use(secret, "GET", f"/search/{PARTNERS}?limit=1"))
        self.assertTrue(key.is_administrative)
        self.finish(key)
        # It was named, but not used.
        self.assertRefused(self.use(secret, "GET", path))
        self.assertFalse(key.is_administrative)
        secret, key = self.learner(self.admin, models={"ir.config_parameter": ["read"]})
        self.assertSuccess(self.use(secret, "GET", path))
        self.finish(key)
        self.assertSuccess(self.use(secret, "GET", path))

    def test_restrictions_hold_while_it_learns(self):
        secret, key = self.learner(read_only=True)
        response = self.use(secret, "POST", f"/create/{PARTNERS}", json={"name": "A"})
        self.assertRefused(response)
        self.assertSuccess(self.use(secret, "GET", f"/search/{PARTNERS}?limit=1"))
        self.assertTrue(self.described(key)["suggested"]["read_only"])
        secret, _key = self.learner(models={PARTNERS: ["read"]})
        response = self.use(secret, "POST", f"/create/{PARTNERS}", json={"name": "A"})
        self.assertRefused(response)
        self.assertSuccess(self.use(secret, "GET", "/search/res.country?limit=1"))
        secret, _key = self.learner(models={"*": ["read"]})
        response = self.use(secret, "POST", f"/create/{PARTNERS}", json={"name": "A"})
        self.assertRefused(response)
        secret, _key = self.learner(networks=["10.99.0.0/16"])
        self.assertRefused(self.use(secret, "GET", f"/search/{PARTNERS}"))

    def test_its_own_profile(self):
        secret, key = self.learner(self.admin)
        path = f"/users/{self.admin.id}"
        own = self.use(secret, "PUT", path, json={"phone": "1"})
        self.assertSuccess(own)
        # An administrative operation is not suggested for what concerned the caller.
        models = self.described(key)["suggested"]["models"]
        self.assertNotIn("update", models.get("res.users", ()))
        self.finish(key)
        self.assertSuccess(self.use(secret, "PUT", path, json={"phone": "2"}))
        other = f"/users/{self.employee.id}"
        self.assertRefused(self.use(secret, "PUT", other, json={"phone": "2"}))

    def test_it_makes_no_keys(self):
        secret, key = self.learner(self.admin)
        path = f"/users/{self.admin.id}/api-key"
        later = {"learn_until": str(fields.Datetime.now() + timedelta(days=1))}
        everything = ["read", "create", "update", "delete", "call"]
        for body in ({}, {"models": {"*": everything}}, {"read_only": True}, later):
            with self.subTest(body=body):
                self.assertRefused(self.use(secret, "POST", path, json=body))
        key_path = f"{path}s/{key.id}"
        for body in ({"models": {"*": everything}}, {"models": None}, later):
            with self.subTest(body=body):
                self.assertRefused(self.use(secret, "PATCH", key_path, json=body))
        self.assertSuccess(self.use(secret, "GET", f"/search/{PARTNERS}?limit=1"))
        body = {"models": {PARTNERS: ["read"]}}
        self.assertRefused(self.use(secret, "POST", path, json=body))
        self.finish(key)
        self.assertRefused(self.use(secret, "POST", path, json=body))

    def test_what_odoo_refuses_is_not_learned(self):
        """The key lets them through, as the user has no right to them either."""
        secret, key = self.learner()
        for method, path, body in (
            ("POST", "/create/ir.cron?bogus=1", {"name": "A"}),
            ("PUT", "/users/1", ["wrong"]),
            ("PUT", f"/users/0{self.employee.id}", {"phone": "1"}),
            ("PATCH", "/update/res.users?atomic=false", [{"id": 1, "login": "x"}]),
            ("DELETE", "/delete/res.groups/999999", None),
        ):
            self.use(secret, method, path, json=body)
        steps = [
            {"method": "GET", "path": f"/search/{PARTNERS}/999999999"},
            {"method": "POST", "path": "/create/ir.rule", "body": {"name": "A"}},
        ]
        self.use(secret, "POST", "/batch", json={"steps": steps})
        names = ("ir.cron", "ir.rule", "res.groups", "res.users")
        used = [Use.from_text(text) for text in key.used_operations or ()]
        changes = [
            use
            for use in used
            if use.model_name in names and use.operation != "read" and not use.own
        ]
        self.assertFalse(changes)

    def test_answers_of_other_keys_are_not_replayed(self):
        """Keys that have learned differ in what they learned, not in restrictions."""
        answers = []
        for reads in (True, False):
            secret, key = self.learner()
            body = {"name": "Once"}
            self.assertSuccess(
                self.use(secret, "POST", f"/create/{PARTNERS}", json=body), 201
            )
            uses = [f"create {PARTNERS}"] + [f"read {PARTNERS}"] * reads
            key.used_operations = dict.fromkeys(uses, True)
            self.finish(key)
            headers = {"api-key": secret, "Idempotency-Key": "learned"}
            answers.append(self.post(f"/create/{PARTNERS}", json=body, headers=headers))
        self.assertSuccess(answers[0], 201)
        self.assertApiError(answers[1], 422, "IDEMPOTENCY_KEY_REUSED")

    def test_its_own_profile_where_the_model_is_named(self):
        models = {"res.users": ["read", "update"]}
        secret, key = self.learner(self.admin, models=models)
        path = f"/users/{self.admin.id}"
        self.assertSuccess(self.use(secret, "PUT", path, json={"phone": "1"}))
        self.finish(key)
        self.assertSuccess(self.use(secret, "PUT", path, json={"phone": "2"}))
        other = f"/users/{self.employee.id}"
        self.assertRefused(self.use(secret, "PUT", other, json={"phone": "2"}))

    def test_who_can_make_one(self):
        until = f"{(fields.Datetime.now() + timedelta(days=1)).isoformat()}Z"
        path = f"/users/{self.employee.id}/api-key"
        body = {"learn_until": until}
        unrestricted = self.new_key(self.employee)
        self.assertSuccess(self.use(unrestricted, "POST", path, json=body))
        restricted = self.new_key(self.employee, models={"*": ["create", "update"]})
        self.assertRefused(self.use(restricted, "POST", path, json=body))
        _secret, key = self.make(self.employee, models={"*": ["create"]})
        key_path = f"{path}s/{key.id}"
        self.assertRefused(self.use(restricted, "PATCH", key_path, json=body))
        self.assertSuccess(self.use(unrestricted, "PATCH", key_path, json=body))
        self.assertTrue(key.learn_until)

    def test_a_rolled_key_goes_on_to_learn(self):
        secret, key = self.learner(expires_in_days=10)
        self.assertSuccess(self.use(secret, "GET", f"/search/{PARTNERS}?limit=1"))
        path = f"/users/{self.employee.id}/api-keys/{key.id}/roll"
        until = key.learn_until
        new = self.assertSuccess(self.use(secret, "POST", path, json={}))["api_key"]
        key = self.keys.search([], limit=1, order="id desc")
        self.assertEqual(key.learn_until, until)
        self.finish(key)
        self.assertSuccess(self.use(new, "GET", f"/search/{PARTNERS}?limit=1"))
        self.assertRefused(self.use(new, "GET", "/search/res.country"))
        # It has learned to roll itself, too.
        path = f"/users/{self.employee.id}/api-keys/{key.id}/roll"
        self.assertSuccess(self.use(new, "POST", path, json={}))

    def test_a_restricted_key_does_not_roll_one(self):
        _secret, key = self.learner(self.admin)
        keys = {"res.users.apikeys": ["create", "update"], "*": ["read"]}
        other = self.new_key(self.admin, models=keys)
        path = f"/users/{self.admin.id}/api-keys/{key.id}/roll"
        self.assertRefused(self.use(other, "POST", path, json={}))
