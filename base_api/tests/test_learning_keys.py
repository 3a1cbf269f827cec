# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Learning keys. As these tests do not commit, they note the uses themselves."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from odoo.addons.base_api.auth.learning import (
    Learning,
    Use,
    note_uses,
    note_uses_after_commit,
)
from odoo.addons.base_api.auth.restrictions import Restrictions

from .test_key_changes import KeyChangeCase

NOTES = (
    "odoo.addons.base_api.dispatcher.note_uses_after_commit",
    "odoo.addons.base_api.dispatcher.note_uses_after_error",
)
PARTNERS = "res.partner"


class LearningCase(KeyChangeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee.group_ids += cls.env.ref("base.group_partner_manager")

    def setUp(self):
        super().setUp()
        self.scopes = []
        for name in NOTES:
            noting = patch(name, lambda env, scope: self.scopes.append(scope))
            noting.start()
            self.addCleanup(noting.stop)

    def learner(self, user=None, days=7, **options):
        """Make a learning key over the API; return its secret and its record."""
        user = user or self.employee
        until = fields.Datetime.now() + timedelta(days=days)
        body = {"learn_until": f"{until.isoformat()}Z", **options}
        headers = {"session-token": self.new_session(user)}
        path = f"/users/{user.id}/api-key"
        data = self.assertSuccess(self.post(path, json=body, headers=headers))
        key = self.keys.search([("user_id", "=", user.id)], limit=1, order="id desc")
        return data["api_key"], key

    def finish(self, key):
        """Let the time to learn be over."""
        key.learn_until = fields.Datetime.now() - timedelta(seconds=1)
        key.flush_recordset()

    def described(self, key):
        headers = {"session-token": self.new_session(key.user_id)}
        path = f"/users/{key.user_id.id}/api-keys"
        rows = self.assertSuccess(self.get(path, headers=headers))["api_keys"]
        return next(row for row in rows if row["id"] == key.id)

    def use(self, secret, method, path, **kwargs):
        response = self.call(method, path, headers={"api-key": secret}, **kwargs)
        self.note()
        return response

    def note(self):
        """Note what the requests so far have used."""
        for scope in self.scopes:
            if scope.uses:
                note_uses(self.env, scope)
        self.scopes.clear()
        self.env.invalidate_all()

    def assertRefused(self, response):
        return self.assertApiError(response, 403, "KEY_RESTRICTED")


@tagged("post_install", "-at_install")
class TestLearningKeys(LearningCase):
    def test_it_allows_what_it_was_used_for(self):
        secret, key = self.learner()
        described = self.described(key)
        self.assertIsNone(described["suggested"])
        self.assertEqual(
            described["learn_until"], key.learn_until.isoformat(timespec="seconds")
        )
        partner = self.env[PARTNERS].create({"name": "Learned"})
        self.assertSuccess(self.use(secret, "GET", f"/search/{PARTNERS}/{partner.id}"))
        response = self.use(
            secret, "PUT", f"/update/{PARTNERS}/{partner.id}", json={"name": "B"}
        )
        self.assertSuccess(response)
        suggested = {"read_only": False, "models": {PARTNERS: ["read", "update"]}}
        self.assertEqual(self.described(key)["suggested"], suggested)
        self.finish(key)
        self.assertSuccess(self.use(secret, "GET", f"/search/{PARTNERS}"))
        response = self.use(
            secret, "PUT", f"/update/{PARTNERS}/{partner.id}", json={"name": "C"}
        )
        self.assertSuccess(response)
        for method, path, body in (
            ("GET", "/search/res.country", None),
            ("POST", f"/create/{PARTNERS}", {"name": "D"}),
            ("DELETE", f"/delete/{PARTNERS}/{partner.id}", None),
            ("GET", f"/search/{PARTNERS}?fields=country_id.code", None),
        ):
            with self.subTest(path=path):
                self.assertRefused(self.use(secret, method, path, json=body))
        described = self.described(key)
        self.assertEqual(described["models"], suggested["models"])
        self.assertEqual(described["suggested"], suggested)
        self.assertEqual(key.restrictions_summary, f"{PARTNERS}: read, update")

    def test_a_key_that_only_reads(self):
        secret, key = self.learner()
        self.assertSuccess(self.use(secret, "GET", f"/search/{PARTNERS}?limit=1"))
        self.assertTrue(self.described(key)["suggested"]["read_only"])

    def test_a_key_that_was_never_used_allows_nothing(self):
        secret, key = self.learner()
        self.finish(key)
        self.assertRefused(self.use(secret, "GET", f"/search/{PARTNERS}"))
        described = self.described(key)
        self.assertEqual(described["models"], {"*": []})
        self.assertIsNone(described["suggested"])
        # What is about the caller alone needs no model.
        self.assertSuccess(self.use(secret, "GET", "/auth/me"))

    def test_what_is_looked_for_in_vain_is_used(self):
        secret, key = self.learner()
        response = self.use(secret, "GET", f"/search/{PARTNERS}/999999999")
        self.assertApiError(response, 404, "RECORD_NOT_FOUND")
        response = self.use(secret, "GET", "/search/res.nope")
        self.assertApiError(response, 404, "MODEL_NOT_FOUND")
        self.assertEqual(
            self.described(key)["suggested"]["models"], {PARTNERS: ["read"]}
        )

    def test_what_the_user_may_not_do_is_not_used(self):
        secret, key = self.learner()
        response = self.use(secret, "GET", "/search/ir.config_parameter")
        self.assertApiError(response, 403, "ACCESS_DENIED")
        response = self.use(secret, "DELETE", "/delete/res.country/1")
        self.assertEqual(response.status_code, 403)
        self.assertIsNone(self.described(key)["suggested"])

    def test_a_dry_run_is_a_use(self):
        secret, key = self.learner()
        headers = {"api-key": secret, "Prefer": "dry-run"}
        response = self.post(f"/create/{PARTNERS}", json={"name": "A"}, headers=headers)
        self.assertSuccess(response, 201)
        self.note()
        models = self.described(key)["suggested"]["models"]
        self.assertIn("create", models[PARTNERS])

    def test_all_models_of_a_request_are_used(self):
        secret, key = self.learner()
        steps = [
            {"method": "GET", "path": "/search/res.country?limit=1"},
            {
                "method": "POST",
                "path": f"/create/{PARTNERS}",
                "body": {
                    "name": "A",
                    "country_id": {"code": "BE"},
                    "category_id": {"create": [{"name": "Tag"}]},
                },
            },
        ]
        self.assertSuccess(self.use(secret, "POST", "/batch", json={"steps": steps}))
        used = {
            (model, operation)
            for model, operations in self.described(key)["suggested"]["models"].items()
            for operation in operations
        }
        self.assertLessEqual(
            {
                ("res.country", "read"),
                (PARTNERS, "create"),
                ("res.partner.category", "create"),
            },
            used,
        )
        self.finish(key)
        self.assertSuccess(self.use(secret, "POST", "/batch", json={"steps": steps}))


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


@tagged("post_install", "-at_install")
class TestLearning(LearningCase):
    """The module itself."""

    def test_uses_as_text(self):
        for use in (Use("read", PARTNERS), Use("update", "res.users", own=True)):
            self.assertEqual(Use.from_text(use.to_text()), use)

    def test_named_models_are_no_more_than_before(self):
        """Naming a model can allow administrative operations of code that runs."""
        learning = Learning(fields.Datetime.now(), frozenset([Use("read", PARTNERS)]))
        closed = learning.close(Restrictions.from_json({"models": {"x": ["read"]}}))
        self.assertFalse(closed.names("read", "x"))
        self.assertFalse(closed.names("read", PARTNERS))

    def test_uses_are_noted_after_the_commit(self):
        secret, _key = self.learner()
        headers = {"api-key": secret}
        self.assertSuccess(self.get(f"/search/{PARTNERS}?limit=1", headers=headers))
        scope = self.scopes[-1]
        before = len(self.env.cr.postcommit._funcs)
        note_uses_after_commit(self.env, scope)
        self.assertEqual(len(self.env.cr.postcommit._funcs), before + 1)
        self.env.cr.postcommit.clear()

    def test_uses_of_several_processes_are_merged(self):
        _secret, key = self.learner()
        key.used_operations = {"read res.country": True}
        key.flush_recordset()
        secret, other = self.learner()
        self.assertSuccess(self.use(secret, "GET", f"/search/{PARTNERS}?limit=1"))
        self.assertEqual(list(other.used_operations), [f"read {PARTNERS}"])
        self.assertEqual(list(key.used_operations), ["read res.country"])

    def test_a_note_leaves_the_hooks_of_apps_alone(self):
        """What apps do after the commit, such as sending mail, is done as well."""
        hooks, done = self.env.cr.postcommit, []
        refusals = self.env["api.key.refusal"]
        hooks.add(lambda: refusals._note(0, (("read", "ir.rule"),)))
        hooks.add(lambda: done.append(True))
        hooks.run()
        self.assertTrue(done)
