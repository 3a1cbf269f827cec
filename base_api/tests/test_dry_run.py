# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import threading
from contextlib import closing, contextmanager, nullcontext, suppress
from functools import partial
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.sql_db import db_connect
from odoo.tests import mute_logger

from odoo.addons.base_api.orm.side_effects import is_confined

from .common import ApiCase

FAILURE = UserError("The service failed")


class TestDryRun(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee.group_ids += cls.env.ref("base.group_partner_manager")
        cls.partner = cls.env["res.partner"].create({"name": "Tried", "ref": "A"})
        cls.path = f"res.partner/{cls.partner.id}"

    def dry_run(self, method, path, user=None, prefer="dry-run", **kwargs):
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
            response = self.dry_run("POST", "/create/res.partner", json=body)
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
        response = self.dry_run("PUT", f"/update/{self.path}", json=body)
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
        response = self.dry_run("PATCH", f"/update/{self.path}", json=body)
        changed = {
            name
            for change in self.assertRehearsal(response)["changes"]
            for name in change["after"]
        }
        self.assertLessEqual(changed, {"write_date", "write_uid"})

    def test_a_deletion_shows_what_would_be_gone(self):
        data = self.assertRehearsal(self.dry_run("DELETE", f"/delete/{self.path}"))
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
                dry = self.dry_run(method, path, json=body)
                real = self.call(method, path, self.employee, json=body)
                self.assertGreaterEqual(real.status_code, 400)
                code = real.json()["error"]["code"]
                self.assertEqual(
                    self.assertApiError(dry, real.status_code, code),
                    self.assertApiError(real, real.status_code, code),
                )
        self.assertTrue(demo.exists())

    def test_constraints_that_wait_for_the_flush_are_checked(self):
        other = self.new_user("twin", "base.group_user")
        with mute_logger("odoo.sql_db"):
            response = self.dry_run(
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
        response = self.dry_run("POST", "/create/res.users", self.admin, json=body)
        data = self.assertRehearsal(response, 201)
        self.assertNotIn("credentials", data)
        self.assertEqual(users.search_count([]), count)
        path = f"/users/{self.employee.id}"
        response = self.dry_run("PUT", path, json={"name": "Renamed"})
        [change] = self.assertRehearsal(response)["changes"]
        self.assertEqual(change["after"]["name"], "Renamed")

    def test_a_secret_is_not_tried(self):
        path = f"/users/{self.employee.id}/api-key"
        self.assertApiError(self.dry_run("POST", path), 400, "INVALID_PARAMETER")
        user = {"name": "Would be", "login": "would.be@example.com"}
        asking = user | {"auto_generate_credentials": True}
        for body in (asking, [user, asking]):
            response = self.dry_run("POST", "/create/res.users", self.admin, json=body)
            self.assertApiError(response, 400, "INVALID_PARAMETER")

    def test_only_what_the_caller_may_read_is_shown(self):
        field = self.env["res.partner"]._fields["ref"]
        with patch.object(field, "groups", "base.group_system"):
            response = self.dry_run(
                "PATCH", f"/update/{self.path}", json={"name": "Later"}
            )
            deletion = self.dry_run("DELETE", f"/delete/{self.path}")
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
        response = self.dry_run("PATCH", f"/update/{self.path}", json=body)
        [change] = self.assertRehearsal(response)["changes"]
        self.assertEqual(change["before"]["ref"], "A")
        self.assertEqual(change["after"], {})

    def test_what_cannot_be_undone_is_refused_before_it_happens(self):
        done = []

        def open_cursor(cr):
            with db_connect(cr.dbname).cursor() as cr:
                done.append(cr)

        def open_cursor_of_the_registry(cr):
            with Registry.cursor(self.registry) as cr:
                done.append(cr)

        def start_thread(cr):
            threading.Thread(target=done.append, args=["thread"]).start()

        for act in (
            lambda cursor: cursor.commit(),
            lambda cursor: cursor.rollback(),
            lambda cursor: cursor.close(),
            lambda cursor: cursor.execute("COMMIT"),
            lambda cursor: cursor.precommit.add(cursor.commit),
            lambda cursor: cursor.postrollback.add(partial(open_cursor, cursor)),
            lambda cursor: cursor.prerollback.add(partial(open_cursor, cursor)),
            open_cursor,
            open_cursor_of_the_registry,
            start_thread,
        ):
            for handle in (
                nullcontext,
                partial(suppress, Exception),
                self.as_user_error,
            ):
                response = self.rehearse_writing(act, handle)
                self.assertApiError(response, 422, "DRY_RUN_IMPOSSIBLE")
        self.assertFalse(done)
        self.env.invalidate_all()
        self.assertEqual(self.partner.ref, "A")
        response = self.put(f"/update/{self.path}", self.employee, json={"ref": "B"})
        self.assertSuccess(response)

    @contextmanager
    def as_user_error(self):
        try:
            yield
        except Exception as exc:
            raise FAILURE from exc

    def rehearse_writing(self, act, handle=nullcontext):
        """Try to write a partner with an app that does `act(cr)` meanwhile."""

        def write(partners, values):
            partners.env["res.partner"].create({"name": "More"})
            with handle():
                act(partners.env.cr)
            return True

        with patch.object(type(self.env["res.partner"]), "write", write):
            return self.dry_run("PUT", f"/update/{self.path}", json={"ref": "B"})

    def test_what_apps_do_after_the_rollback_is_done_though_one_is_refused(self):
        done = []

        def register(cr):
            cr.prerollback.add(lambda: done.append("before"))
            cr.prerollback.add(lambda: db_connect(cr.dbname).cursor())
            cr.postrollback.add(lambda: db_connect(cr.dbname).cursor())
            cr.postrollback.add(lambda: done.append("after"))

        response = self.rehearse_writing(register)
        self.assertApiError(response, 422, "DRY_RUN_IMPOSSIBLE")
        self.assertEqual(done, ["before", "after"])

    def test_a_failure_is_confined_too(self):
        done = []

        def fail(cr):
            cr.postrollback.add(lambda: done.append(is_confined()))
            raise FAILURE

        self.assertApiError(self.rehearse_writing(fail), 422, "VALIDATION_ERROR")
        self.assertEqual(done, [True])

    def test_reading_with_a_cursor_of_its_own_is_possible(self):
        def read(cr):
            # Odoo's tests pretend that there is a replica.
            with patch.object(self.registry, "_db_readonly", None):
                reader = Registry.cursor(self.registry, readonly=True)
            with closing(reader):
                reader.execute("SELECT 1")

        self.assertRehearsal(self.rehearse_writing(read))

    def test_fields_and_models_do_not_stay_in_the_registry(self):
        model = self.env["ir.model"]._get_id("res.partner")
        field = {"name": "x_tried", "model_id": model, "ttype": "char"}
        for path, body in (
            ("/create/ir.model.fields", field),
            ("/create/ir.model", {"name": "Tried", "model": "x_tried"}),
        ):
            self.assertRehearsal(self.dry_run("POST", path, self.admin, json=body), 201)
        self.assertNotIn("x_tried", self.env["res.partner"]._fields)
        self.assertNotIn("x_tried", self.registry)
        self.assertFalse(self.registry.registry_invalidated)

    def test_external_ids_do_not_stay_in_the_cache(self):
        name = "base_api_test.tried"

        def give(cr):
            partner = self.partner.with_env(self.env(cr=cr))
            data = {"xml_id": name, "record": partner}
            partner.env["ir.model.data"]._update_xmlids([data])

        def give_by_creating(cr):
            data = self.env(cr=cr)["ir.model.data"]
            module, _dot, part = name.partition(".")
            data.create({"module": module, "name": part, "model": "x", "res_id": 5})
            self.assertTrue(data._xmlid_to_res_id(name))

        for act in (give, give_by_creating):
            self.assertRehearsal(self.rehearse_writing(act))
            self.assertFalse(self.env["ir.model.data"]._xmlid_to_res_id(name))

    def test_no_mail_is_sent_and_nothing_runs_after_the_commit(self):
        effects = []

        def write(partners, values):
            servers = partners.env["ir.mail_server"]
            effects.append(servers._base_api_is_dry_run())
            partners.env.cr.postcommit.add(lambda: effects.append("after"))
            return True

        with patch.object(type(self.env["res.partner"]), "write", write):
            self.dry_run("PUT", f"/update/{self.path}", json={"ref": "B"})
            self.put(f"/update/{self.path}", self.employee, json={"ref": "B"})
        self.assertEqual(effects, [True, False])
        self.assertFalse(self.env["ir.mail_server"]._base_api_is_dry_run())

    def test_what_was_cached_meanwhile_is_forgotten(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("base_api.tried", "before")
        row = parameters.search([("key", "=", "base_api.tried")])
        path = f"/update/ir.config_parameter/{row.id}"
        system = self.admin
        response = self.dry_run("PUT", path, system, json={"value": "after"})
        self.assertRehearsal(response)
        self.env.invalidate_all()
        self.assertEqual(parameters.get_param("base_api.tried"), "before")

    def test_reading_takes_no_notice(self):
        response = self.dry_run("GET", f"/search/{self.path}?fields=ref")
        self.assertNotIn("dry_run", self.assertSuccess(response))
        self.assertNotIn("Preference-Applied", response.headers)
