# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.tests import tagged

from odoo.addons.base_api.auth.learning import Learning, Use, note_uses_after_commit
from odoo.addons.base_api.auth.restrictions import Restrictions

from .learning_case import PARTNERS, LearningCase


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
        secret, key = self.learner()
        headers = {"api-key": secret}
        self.assertSuccess(self.get(f"/search/{PARTNERS}?limit=1", headers=headers))
        note_uses_after_commit(self.env, self.scopes.pop())
        self.env.invalidate_all()
        self.assertFalse(key.used_operations)
        self.env.cr.postcommit.run()
        self.env.invalidate_all()
        self.assertEqual(list(key.used_operations), [f"read {PARTNERS}"])

    def test_uses_that_others_noted_meanwhile_are_kept(self):
        secret, key = self.learner()
        headers = {"api-key": secret}
        self.assertSuccess(self.get(f"/search/{PARTNERS}?limit=1", headers=headers))
        key.used_operations = {"read res.country": True}
        key.flush_recordset()
        self.note()
        uses = ["read res.country", f"read {PARTNERS}"]
        self.assertEqual(sorted(key.used_operations), sorted(uses))

    def test_a_note_leaves_the_hooks_of_apps_alone(self):
        """What apps do after the commit, such as sending mail, is done as well."""
        hooks, done = self.env.cr.postcommit, []
        refusals = self.env["api.key.refusal"]
        hooks.add(lambda: refusals._note(0, (("read", "ir.rule"),)))
        hooks.add(lambda: done.append(True))
        hooks.run()
        self.assertTrue(done)
