# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo.tests import mute_logger

from .common import ApiCase


class TestDryRun(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee.group_ids += cls.env.ref("base.group_partner_manager")
        cls.partner = cls.env["res.partner"].create({"name": "Tried", "ref": "A"})
        cls.path = f"res.partner/{cls.partner.id}"

    def rehearse(self, method, path, user=None, prefer="dry-run", **kwargs):
        headers = {"Prefer": prefer} | kwargs.pop("headers", {})
        return self.call(method, path, user or self.employee, headers=headers, **kwargs)

    def assertRehearsal(self, response, status=200):
        """Check the answer of a dry run and return its data."""
        data = self.assertSuccess(response, status)
        self.assertIs(data["dry_run"], True)
        self.assertIn("dry-run", response.headers["Preference-Applied"])
        self.assertTrue(response.json()["message"].startswith("Dry run: "))
        self.assertNotIn("Location", response.headers)
        return data

    def count(self):
        return self.env["res.partner"].with_context(active_test=False).search_count([])

    def test_a_creation_is_shown_and_not_kept(self):
        count = self.count()
        for body in ({"name": "New", "ref": "N"}, [{"name": "New"}, {"name": "Two"}]):
            response = self.rehearse("POST", "/create/res.partner", json=body)
            data = self.assertRehearsal(response, 201)
            ids = data.get("ids") or [data["id"]]
            self.assertEqual([change["id"] for change in data["changes"]], ids)
            change = data["changes"][0]
            self.assertEqual(list(change), ["model", "id", "before", "after"])
            self.assertIsNone(change["before"])
            self.assertEqual(change["after"]["name"], "New")
            self.assertNotIn("image_1920", change["after"])
        self.assertEqual(self.count(), count)
        self.assertFalse(self.env["res.partner"].browse(ids).exists())

    def test_an_update_shows_what_changes_with_what_is_computed(self):
        body = {"name": "Later", "ref": "A"}
        response = self.rehearse("PUT", f"/update/{self.path}", json=body)
        data = self.assertRehearsal(response)
        self.assertEqual(data["record"]["name"], "Later")
        [change] = data["changes"]
        for values, name in ((change["before"], "Tried"), (change["after"], "Later")):
            self.assertEqual(values["name"], name)
            self.assertEqual(values["complete_name"], name)
            self.assertNotIn("ref", values)
        self.env.invalidate_all()
        self.assertEqual(self.partner.name, "Tried")

    def test_what_changes_nothing_shows_no_changes(self):
        body = {"ref": "A"}
        response = self.rehearse("PATCH", f"/update/{self.path}", json=body)
        changed = {
            name
            for change in self.assertRehearsal(response)["changes"]
            for name in change["after"]
        }
        self.assertLessEqual(changed, {"write_date", "write_uid"})

    def test_a_deletion_shows_what_would_be_gone(self):
        data = self.assertRehearsal(self.rehearse("DELETE", f"/delete/{self.path}"))
        [change] = data["changes"]
        self.assertEqual(change["before"]["ref"], "A")
        self.assertIsNone(change["after"])
        self.assertTrue(self.partner.exists())

    def test_what_is_refused_is_refused_in_the_same_way(self):
        demo = self.partner.copy()
        for method, path, body in (
            ("POST", "/create/res.partner", {"name": "X", "country_id": 999999}),
            ("POST", "/create/res.partner", {"name": ["X"]}),
            ("POST", "/create/res.partner", {"nope": 1}),
            ("PUT", f"/update/{self.path}", {"parent_id": self.partner.id}),
            ("PUT", "/update/res.partner/999999999", {"ref": "B"}),
            ("DELETE", f"/delete/res.partner/{self.employee.partner_id.id}", None),
        ):
            with self.subTest(path=path, body=body), mute_logger("odoo.sql_db"):
                dry = self.rehearse(method, path, json=body)
                real = self.call(method, path, self.employee, json=body)
                self.assertGreaterEqual(real.status_code, 400)
                self.assertEqual(dry.status_code, real.status_code)
                self.assertEqual(dry.json()["error"], real.json()["error"])
        self.assertTrue(demo.exists())

    def test_constraints_that_wait_for_the_flush_are_checked(self):
        other = self.new_user("twin", "base.group_user")
        with mute_logger("odoo.sql_db"):
            response = self.rehearse(
                "PUT",
                f"/users/{other.id}",
                self.admin,
                json={"login": self.employee.login},
            )
        self.assertApiError(response, 422, "VALIDATION_ERROR")

    def test_users_are_tried_too(self):
        body = {"name": "Would be", "login": "would.be@example.com"}
        users = self.env["res.users"].with_context(active_test=False)
        count = users.search_count([])
        response = self.rehearse("POST", "/create/res.users", self.admin, json=body)
        data = self.assertRehearsal(response, 201)
        self.assertNotIn("credentials", data)
        self.assertEqual(users.search_count([]), count)
        path = f"/users/{self.employee.id}"
        response = self.rehearse("PUT", path, json={"name": "Renamed"})
        [change] = self.assertRehearsal(response)["changes"]
        self.assertEqual(change["after"]["name"], "Renamed")

    def test_a_secret_is_not_tried(self):
        path = f"/users/{self.employee.id}/api-key"
        self.assertApiError(self.rehearse("POST", path), 400, "INVALID_PARAMETER")
        user = {"name": "Would be", "login": "would.be@example.com"}
        asking = user | {"auto_generate_credentials": True}
        for body in (asking, [user, asking]):
            response = self.rehearse("POST", "/create/res.users", self.admin, json=body)
            self.assertApiError(response, 400, "INVALID_PARAMETER")

    def test_only_what_the_caller_may_read_is_shown(self):
        field = self.env["res.partner"]._fields["ref"]
        with patch.object(field, "groups", "base.group_system"):
            response = self.rehearse(
                "PATCH", f"/update/{self.path}", json={"name": "Later"}
            )
            deletion = self.rehearse("DELETE", f"/delete/{self.path}")
        for answer in (response, deletion):
            [change] = self.assertRehearsal(answer)["changes"]
            self.assertIn("name", change["before"])
            self.assertNotIn("ref", change["before"])

    def test_a_key_that_is_not_for_reading_is_shown_nothing(self):
        body = {"models": {"res.partner": ["delete", "update"]}}
        path = f"/users/{self.employee.id}/api-key"
        key = self.assertSuccess(self.post(path, self.employee, json=body))["api_key"]
        headers = {"api-key": key, "Prefer": "dry-run"}
        response = self.call("DELETE", f"/delete/{self.path}", headers=headers)
        change = {"model": "res.partner", "id": self.partner.id}
        self.assertEqual(
            self.assertRehearsal(response)["changes"],
            [change | {"before": {}, "after": None}],
        )

    def test_a_record_that_goes_out_of_sight_shows_nothing_of_it(self):
        self.env["ir.rule"].create(
            {
                "name": "Only A",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": "[('ref', '!=', 'hidden')]",
                "perm_write": False,
            }
        )
        body = {"ref": "hidden"}
        response = self.rehearse("PATCH", f"/update/{self.path}", json=body)
        [change] = self.assertRehearsal(response)["changes"]
        self.assertEqual(change["before"]["ref"], "A")
        self.assertEqual(change["after"], {})

    def test_who_commits_on_the_way_is_refused(self):
        def commit(partners, values):
            partners.env.cr.commit()

        def commit_and_go_on(partners, values):
            try:
                partners.env.cr.commit()
            except Exception:  # noqa: BLE001 what addons do
                return True
            return True

        partners = type(self.env["res.partner"])
        for write in (commit, commit_and_go_on):
            with patch.object(partners, "write", write):
                response = self.rehearse(
                    "PUT", f"/update/{self.path}", json={"ref": "B"}
                )
            self.assertApiError(response, 422, "DRY_RUN_IMPOSSIBLE")
        response = self.put(f"/update/{self.path}", self.employee, json={"ref": "B"})
        self.assertSuccess(response)

    def test_no_mail_is_sent_and_nothing_runs_after_the_commit(self):
        effects = []

        def write(partners, values):
            servers = partners.env["ir.mail_server"]
            effects.append(servers._base_api_is_dry_run())
            partners.env.cr.postcommit.add(lambda: effects.append("after"))
            return True

        with patch.object(type(self.env["res.partner"]), "write", write):
            self.rehearse("PUT", f"/update/{self.path}", json={"ref": "B"})
            self.put(f"/update/{self.path}", self.employee, json={"ref": "B"})
        self.assertEqual(effects, [True, False])
        self.assertFalse(self.env["ir.mail_server"]._base_api_is_dry_run())

    def test_what_was_cached_meanwhile_is_forgotten(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("base_api.tried", "before")
        row = parameters.search([("key", "=", "base_api.tried")])
        path = f"/update/ir.config_parameter/{row.id}"
        system = self.admin
        response = self.rehearse("PUT", path, system, json={"value": "after"})
        self.assertRehearsal(response)
        self.env.invalidate_all()
        self.assertEqual(parameters.get_param("base_api.tried"), "before")

    def test_reading_takes_no_notice(self):
        response = self.rehearse("GET", f"/search/{self.path}?fields=ref")
        self.assertNotIn("dry_run", self.assertSuccess(response))
        self.assertNotIn("Preference-Applied", response.headers)
