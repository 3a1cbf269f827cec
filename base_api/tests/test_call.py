# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from functools import partial
from unittest.mock import patch

from odoo import http
from odoo.tools import mute_logger

from .common import ApiCase

CONFIRMED = 2**40  # a password was confirmed long from now


class TestCall(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner = cls.env["res.partner"].create({"name": "Acme", "city": "Ghent"})

    def invoke(self, model, method, user=None, headers=None, **body):
        path = f"/call/{model}/{method}"
        return self.post(path, user or self.employee, headers=headers, json=body)

    def result(self, model, method, user=None, **body):
        return self.assertSuccess(self.invoke(model, method, user, **body))["result"]

    def test_method_of_records(self):
        data = self.assertSuccess(
            self.invoke("res.partner", "copy_data", ids=[self.partner.id])
        )
        self.assertEqual(list(data), ["result", "model", "method", "ids"])
        self.assertEqual(data["model"], "res.partner")
        self.assertEqual(data["method"], "copy_data")
        self.assertEqual(data["ids"], [self.partner.id])
        self.assertEqual(data["result"][0]["city"], "Ghent")

    def test_method_of_the_model_without_body(self):
        response = self.post("/call/res.users/context_get", self.employee)
        result = self.assertSuccess(response)["result"]
        self.assertEqual(result["uid"], self.employee.id)

    def test_args_and_kwargs(self):
        args = {"ids": [self.partner.id], "args": [["city"]], "kwargs": {"load": None}}
        self.assertEqual(
            self.result("res.partner", "read", **args),
            [{"id": self.partner.id, "city": "Ghent"}],
        )

    def test_each_record_for_itself(self):
        other = self.partner.copy({"name": "Other"})
        gone = other.copy()
        gone.unlink()
        path = "/call/res.partner/write?atomic=false"
        body = {
            "ids": [self.partner.id, gone.id, other.id],
            "args": [{"parent_id": self.partner.id}],
        }
        data = self.assertSuccess(self.post(path, self.admin, json=body))
        self.assertEqual(
            [(item["id"], item["success"]) for item in data["results"]],
            [(self.partner.id, False), (gone.id, False), (other.id, True)],
        )
        recursive, missing, done = data["results"]
        self.assertEqual(recursive["error"]["code"], "VALIDATION_ERROR")
        self.assertEqual(missing["error"]["code"], "RECORD_NOT_FOUND")
        self.assertIs(done["result"], True)
        self.assertEqual((data["succeeded"], data["failed"]), (1, 2))
        self.assertEqual(other.parent_id, self.partner)
        self.assertFalse(self.partner.parent_id)

    def test_each_record_needs_records(self):
        path = "/call/res.partner/write?atomic=false"
        response = self.post(path, self.admin, json={"args": [{"name": "x"}]})
        self.assertApiError(response, 400, "INVALID_PARAMETER")

    def test_records_become_ids(self):
        result = self.result("res.partner", "create", self.admin, args=[{"name": "B"}])
        self.assertEqual(self.env["res.partner"].browse(result).name, "B")

    def test_a_method_that_rolls_back_gives_its_result(self):
        def find_or_create(partners, *args):
            partners.create({"name": "Gone"})
            partners.env.cr.rollback()
            partners.create({"name": "Kept"})
            return "done"

        partners = self.env["res.partner"]
        with patch.object(type(partners), "find_or_create", find_or_create):
            result = self.result("res.partner", "find_or_create", self.admin)
        self.assertEqual(result, "done")
        names = partners.search([("name", "in", ["Gone", "Kept"])]).mapped("name")
        self.assertEqual(names, ["Kept"])

    def test_nothing_is_null(self):
        result = self.result("res.partner", "has_access", args=["read"])
        self.assertIs(result, True)
        args = {"ids": self.partner.ids}
        self.assertIsNone(
            self.result("res.partner", "onchange_company_type", self.admin, **args)
        )

    def test_context_of_the_caller(self):
        kwargs = {"fields": ["name"], "context": {"default_name": "Preset"}}
        result = self.result("res.partner", "default_get", kwargs=kwargs)
        self.assertEqual(result, {"name": "Preset"})

    def test_context_keeps_the_language_of_the_request(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.employee.lang = "fr_FR"
        country = self.env.ref("base.be")
        country.with_context(lang="fr_FR").name = "Belgique"
        args = {"ids": country.ids, "args": [["name"]]}
        args["kwargs"] = {"context": {"active_test": False}}
        [row] = self.result("res.country", "read", **args)
        self.assertEqual(row["name"], "Belgique")

    def test_own_context_is_not_for_callers(self):
        for name in ("base_api_restrictions", "base_api_preferences"):
            body = {"kwargs": {"context": {name: None}}}
            response = self.invoke("res.users", "context_get", **body)
            error = self.assertApiError(response, 400, "INVALID_PARAMETER")
            pointer = f"/kwargs/context/{name}"
            self.assertEqual(error["details"][0]["pointer"], pointer)

    def test_bad_context(self):
        for context in (
            [],
            "en",
            {"lang": ["x"]},
            {"tz": 5},
            {"allowed_company_ids": "1"},
            {"allowed_company_ids": 5},
            {"allowed_company_ids": [[1]]},
        ):
            body = {"kwargs": {"context": context}}
            response = self.invoke("res.users", "context_get", **body)
            self.assertApiError(response, 400, "INVALID_PARAMETER")

    def test_companies_of_others(self):
        company = self.env["res.company"].create({"name": "Theirs"})
        body = {"kwargs": {"context": {"allowed_company_ids": company.ids}}}
        response = self.invoke("res.users", "context_get", **body)
        self.assertApiError(response, 403, "ACCESS_DENIED")

    def test_private_methods(self):
        for method in (
            "_write",
            "_search",
            "__class__",
            "__init__",
            "sudo",
            "with_user",
            "with_context",
            "with_env",
            "browse",
            "mapped",
            "filtered",
            "check_access",
            "flush_model",
            "update",
        ):
            response = self.invoke("res.partner", method, self.admin)
            self.assertApiError(response, 403, "ACCESS_DENIED")

    def test_what_is_no_method(self):
        for method in ("nope", "env", "name", "pool", "ids", "id", "ünï", "%00", "x y"):
            response = self.invoke("res.partner", method, self.admin)
            self.assertApiError(response, 404, "METHOD_NOT_FOUND")

    def test_a_class_has_methods_too(self):
        response = self.invoke("res.partner", "mro", self.admin)
        self.assertApiError(response, 422, "VALIDATION_ERROR")

    def test_hint(self):
        response = self.invoke("res.partner", "action_archiv")
        error = self.assertApiError(response, 404, "METHOD_NOT_FOUND")
        self.assertIn("'action_archive'", error["message"])

    def test_models(self):
        for model in ("nope", "base", "ir.http", "ir.qweb"):
            response = self.invoke(model, "read", self.admin)
            self.assertApiError(response, 404, "MODEL_NOT_FOUND")

    def test_records_that_are_not_there(self):
        last = self.env["res.partner"].search([], order="id desc", limit=1).id
        ids = [self.partner.id, last + 1]
        response = self.invoke("res.partner", "read", ids=ids)
        error = self.assertApiError(response, 404, "RECORD_NOT_FOUND")
        self.assertIn(str(last + 1), error["message"])
        self.assertNotIn(str(self.partner.id), error["message"])

    def test_archived_records_are_there(self):
        self.partner.active = False
        result = self.result(
            "res.partner", "read", ids=self.partner.ids, args=[["active"]]
        )
        self.assertIs(result[0]["active"], False)

    def test_records_of_others_are_not_there(self):
        settings = self.env["res.users.settings"]._find_or_create_for_user(self.admin)
        response = self.invoke("res.users.settings", "read", ids=settings.ids)
        self.assertApiError(response, 404, "RECORD_NOT_FOUND")

    def test_rights_of_the_caller(self):
        body = {"ids": self.partner.ids, "args": [{"name": "Mine"}]}
        response = self.invoke("res.partner", "write", **body)
        self.assertApiError(response, 403, "ACCESS_DENIED")
        response = self.invoke("ir.config_parameter", "get_param", args=["x"])
        self.assertApiError(response, 403, "ACCESS_DENIED")

    def test_arguments_that_do_not_fit(self):
        for body in (
            {},
            {"args": [1, 2, 3, 4, 5]},
            {"kwargs": {"self": 1}},
            {"kwargs": {"nope": 1}},
            {"args": ["x"], "kwargs": {"field_names": []}},
        ):
            response = self.invoke("res.partner", "export_data", **body)
            error = self.assertApiError(response, 422, "VALIDATION_ERROR")
            self.assertIn("export_data", error["message"])

    def test_arguments_that_the_orm_trips_over(self):
        for method, args in (
            ("read", [["nope"]]),
            ("read", [5]),
            ("search", [[["nope", "=", 1]]]),
            ("search", ["x"]),
            ("search", [{}]),
            ("search_read", [5]),
            ("create", ["x"]),
            ("create", [{"nope": 1}]),
            ("write", [5]),
            ("formatted_read_group", [5, 5, 5]),
        ):
            with self.subTest(method=method, args=args):
                body = {"args": args}
                if method in ("read", "write"):
                    body["ids"] = self.partner.ids
                response = self.invoke("res.partner", method, self.admin, **body)
                self.assertApiError(response, 422, "VALIDATION_ERROR")

    def test_method_of_one_record(self):
        other = self.partner.copy()
        for ids in ([], (self.partner + other).ids):
            response = self.invoke("res.partner", "open_commercial_entity", ids=ids)
            error = self.assertApiError(response, 422, "VALIDATION_ERROR")
            self.assertIn("one record", error["message"])

        def count(record):
            (record + other).ensure_one()

        method = patch.object(type(self.partner), "open_commercial_entity", count)
        with method, mute_logger("odoo.http", "odoo.addons.base_api.dispatcher"):
            response = self.invoke(
                "res.partner", "open_commercial_entity", ids=self.partner.ids
            )
        self.assertApiError(response, 500, "INTERNAL_ERROR")

    def test_error_of_an_app(self):
        """Its own fault is a 500, but not where it says that a value is wrong."""
        partners = type(self.env["res.partner"])
        for args, exception, status, code in (
            ([], ValueError("no"), 500, "INTERNAL_ERROR"),
            ([{}], KeyError("no"), 500, "INTERNAL_ERROR"),
            ([{}], ValueError("no"), 422, "VALIDATION_ERROR"),
        ):
            trip = partial(self._raise, exception)
            with (
                self.subTest(args=args, exception=exception),
                patch.object(partners, "find_or_create", trip),
                mute_logger("odoo.http", "odoo.addons.base_api.dispatcher"),
            ):
                response = self.invoke("res.partner", "find_or_create", args=args)
                self.assertApiError(response, status, code)

    @staticmethod
    def _raise(exception, records, *args):
        raise exception

    def test_ids_for_a_method_of_the_model(self):
        response = self.invoke("res.users", "context_get", ids=[self.admin.id])
        self.assertApiError(response, 422, "VALIDATION_ERROR")

    def test_bad_bodies(self):
        for body, code in (
            ({"id": [1]}, "INVALID_FIELDS"),
            ({"ids": 5}, "INVALID_PARAMETER"),
            ({"ids": "12"}, "INVALID_PARAMETER"),
            ({"ids": ["x"]}, "INVALID_PARAMETER"),
            ({"ids": [True]}, "INVALID_PARAMETER"),
            ({"ids": [0]}, "INVALID_PARAMETER"),
            ({"ids": [2**31]}, "INVALID_PARAMETER"),
            ({"ids": [[1]]}, "INVALID_PARAMETER"),
            ({"args": {}}, "INVALID_PARAMETER"),
            ({"kwargs": []}, "INVALID_PARAMETER"),
            ([], "INVALID_JSON"),
        ):
            response = self.post("/call/res.partner/read", self.employee, json=body)
            self.assertApiError(response, 400, code)
        body = {"ids": list(range(1, 1002))}
        response = self.post("/call/res.partner/read", self.employee, json=body)
        self.assertApiError(response, 413, "PAYLOAD_TOO_LARGE")

    def test_identity_is_asked_for(self):
        body = {"ids": self.employee.ids}
        response = self.invoke("res.users", "api_key_wizard", **body)
        result = self.assertSuccess(response)["result"]
        self.assertEqual(result["res_model"], "res.users.identitycheck")
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        step = {"method": "POST", "path": "/call/res.users/api_key_wizard"}
        steps = [step | {"body": body}]
        response = self.post("/batch", self.employee, json={"steps": steps})
        self.assertEqual(response.headers["Cache-Control"], "no-store")

    def test_cookie_confirms_no_identity(self):
        session = self.authenticate(self.employee.login, "a-password-4-tests")
        session["identity-check-last"] = CONFIRMED
        http.root.session_store.save(session)
        result = self.result("res.users", "api_key_wizard", ids=self.employee.ids)
        self.assertEqual(result["res_model"], "res.users.identitycheck")

    def test_dry_run(self):
        body = {"ids": self.partner.ids, "args": [{"city": "Bruges"}]}
        headers = {"Prefer": "dry-run"}
        response = self.invoke(
            "res.partner", "write", self.admin, headers=headers, **body
        )
        [change] = self.assertSuccess(response)["changes"]
        self.assertEqual(change["before"], {"city": "Ghent"} | change["before"])
        self.assertEqual(change["after"], {"city": "Bruges"} | change["after"])
        self.env.invalidate_all()
        self.assertEqual(self.partner.city, "Ghent")

    def test_max_affected(self):
        headers = {"Prefer": "max-affected=0"}
        body = {"ids": self.partner.ids}
        response = self.invoke("res.partner", "copy_data", headers=headers, **body)
        self.assertApiError(response, 409, "MAX_AFFECTED_EXCEEDED")

    def test_strict_dates(self):
        body = {"ids": self.partner.ids, "args": [["create_date"]]}
        headers = {"Prefer": "types=strict"}
        response = self.invoke("res.partner", "read", headers=headers, **body)
        [row] = self.assertSuccess(response)["result"]
        self.assertRegex(row["create_date"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        [row] = self.result("res.partner", "read", **body)
        self.assertRegex(row["create_date"], r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$")
