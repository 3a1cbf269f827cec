# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .common import ApiCase
from .key_case import KeyCase


class ContextCase(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee.group_ids += cls.env.ref("base.group_partner_manager")
        cls.partners = cls.env["res.partner"]

    def seen(self, method="create"):
        """Return a list that gets the contexts in which partners are written."""
        contexts = []

        def spy(records, *args):
            contexts.append(dict(records.env.context))
            return original(records, *args)

        original = getattr(type(self.partners), method)
        self.patch(type(self.partners), method, spy)
        return contexts

    def refuse(self, context, path="/create/res.partner", code="INVALID_PARAMETER"):
        """Return `{pointer: code}` of the details of an error."""
        body = {"context": context, "values": {"name": "Azure"}}
        status = 400 if code == "INVALID_PARAMETER" else 422
        error = self.assertApiError(
            self.post(path, self.employee, json=body), status, code
        )
        return {entry["pointer"]: entry["code"] for entry in error["details"]}


@tagged("post_install", "-at_install")
class TestContext(ContextCase):
    def test_defaults_of_a_new_record(self):
        context = {"default_color": 7, "default_country_id": {"code": "BE"}}
        body = {"context": context, "values": {"name": "Azure", "color": 3}}
        data = self.assertSuccess(
            self.post("/create/res.partner", self.employee, json=body), 201
        )
        partner = self.partners.browse(data["id"])
        self.assertEqual((partner.color, partner.country_id.code), (3, "BE"))
        body = {"context": context, "records": [{"name": "One"}, {"name": "Two"}]}
        data = self.assertSuccess(
            self.post("/create/res.partner", self.employee, json=body), 201
        )
        self.assertEqual(self.partners.browse(data["ids"]).mapped("color"), [7, 7])

    def test_an_old_name_in_a_default(self):
        group = self.env.ref("base.group_partner_manager")
        context = {"default_groups_id": [group.id]}
        path = "/call/res.users/context_get"
        response = self.post(path, self.admin, json={"context": context})
        self.assertSuccess(response)

    def test_every_write_takes_a_context(self):
        partner = self.partners.create({"name": "Azure", "ref": "R1"})
        context = {"tracking_disable": True, "mail_notrack": True}
        values = {"ref": "R1", "name": "One"}
        for method, path, body in (
            ("PATCH", f"/update/res.partner/{partner.id}", {"values": values}),
            ("PATCH", "/update/res.partner", {"ids": partner.ids, "values": values}),
            (
                "PATCH",
                "/update/res.partner",
                {"records": [{"id": partner.id, **values}]},
            ),
            ("PUT", "/upsert/res.partner?key=ref", {"values": values}),
            ("PUT", "/upsert/res.partner?key=ref", {"records": [values]}),
            ("PUT", "/upsert/res.partner?key=ref&atomic=false", {"records": [values]}),
        ):
            with self.subTest(path=path, body=body):
                partner.name = "Zero"
                contexts = self.seen("write")
                self.assertSuccess(
                    self.call(
                        method, path, self.employee, json=body | {"context": context}
                    )
                )
                self.assertEqual(partner.name, "One")
                self.assertLessEqual(context.items(), contexts[-1].items())

    def test_calls_and_steps(self):
        partner = self.partners.create({"name": "Azure"})
        body = {"ids": partner.ids, "context": {"default_color": 5}}
        contexts = self.seen("copy")
        self.assertSuccess(
            self.post("/call/res.partner/copy", self.employee, json=body)
        )
        self.assertEqual(contexts[-1]["default_color"], 5)
        step = {"method": "POST", "path": "/create/res.partner"}
        step["body"] = {"context": {"default_color": 4}, "values": {"name": "Step"}}
        data = self.assertSuccess(
            self.post("/batch", self.employee, json={"steps": [step]})
        )
        record_id = data["results"][0]["data"]["id"]
        self.assertEqual(self.partners.browse(record_id).color, 4)

    def test_records_of_a_wizard(self):
        partners = self.partners.create([{"name": "One", "ref": "R1"}, {"name": "Two"}])
        context = {
            "active_model": "res.partner",
            "active_id": {"ref": "R1"},
            "active_ids": [{"ref": "R1"}, partners[1].id],
        }
        contexts = self.seen()
        body = {"context": context, "values": {"name": "Azure"}}
        self.assertSuccess(
            self.post("/create/res.partner", self.employee, json=body), 201
        )
        self.assertEqual(contexts[-1]["active_ids"], partners.ids)
        self.assertEqual(contexts[-1]["active_id"], partners[0].id)
        self.assertEqual(contexts[-1]["active_model"], "res.partner")

    def test_the_language_has_precedence_over_the_header(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        tag = self.env["res.partner.category"].create({"name": "English"})
        self.employee.group_ids += self.env.ref("base.group_system")
        body = {"context": {"lang": "fr_FR"}, "values": {"name": "French"}}
        path = f"/update/res.partner.category/{tag.id}"
        for accepted in ("en", "de-DE"):
            response = self.call(
                "PATCH",
                path,
                self.employee,
                json=body,
                headers={"Accept-Language": accepted},
            )
            self.assertEqual(self.assertSuccess(response)["record"]["name"], "French")
            self.assertEqual(response.headers["Content-Language"], "fr-FR")
        self.assertEqual(tag.name, "English")
        self.assertEqual(tag.with_context(lang="fr_FR").name, "French")
        found = self.refuse({"lang": "xx_XX"}, code="LANGUAGE_NOT_INSTALLED")
        self.assertEqual(found, {"/context/lang": "not_allowed"})

    def test_other_contexts_are_refused_by_name(self):
        for context, found in (
            (
                {"no_reset_password": True},
                {"/context/no_reset_password": "not_allowed"},
            ),
            ({"base_api_x": 1}, {"/context/base_api_x": "not_allowed"}),
            ({"prefetch_fields": 0}, {"/context/prefetch_fields": "not_allowed"}),
            ({"tracking_disable": 1}, {"/context/tracking_disable": "wrong_type"}),
            ({"tz": "Mars/Base"}, {"/context/tz": "not_allowed"}),
            ({"tz": ["UTC"]}, {"/context/tz": "not_allowed"}),
            ({"lang": ["en_US"]}, {"/context/lang": "wrong_type"}),
            ({"active_model": "res.nope"}, {"/context/active_model": "not_allowed"}),
            ({"active_ids": 7}, {"/context/active_ids": "wrong_type"}),
            ({"active_ids": [7, "x"]}, {"/context/active_ids/1": "wrong_type"}),
            ({"default_nope": 1}, {"/context/default_nope": "unknown_field"}),
            ({"default_color": "red"}, {"/context/default_color": "wrong_type"}),
            (
                {"default_child_ids": {"create": [{"color": "red"}]}},
                {"/context/default_child_ids/create/0/color": "wrong_type"},
            ),
        ):
            with self.subTest(context=context):
                self.assertEqual(self.refuse(context), found)
        body = {"context": {"allowed_company_ids": [999999]}, "values": {"name": "A"}}
        response = self.post("/create/res.partner", self.employee, json=body)
        self.assertApiError(response, 403, "ACCESS_DENIED")

    def test_an_addon_can_allow_more(self):
        allowed = type(self.env["api.context"])._allowed

        def extended(model):
            return allowed(model) | {"my_key": str}

        self.patch(type(self.env["api.context"]), "_allowed", extended)
        contexts = self.seen()
        body = {"context": {"my_key": "x"}, "values": {"name": "Azure"}}
        self.assertSuccess(
            self.post("/create/res.partner", self.employee, json=body), 201
        )
        self.assertEqual(contexts[-1]["my_key"], "x")
        self.assertEqual(self.refuse({"my_key": 1}), {"/context/my_key": "wrong_type"})

    def test_only_these_bodies_have_a_context(self):
        for body in (
            {"context": {}, "values": {"name": "A"}, "name": "B"},
            {"context": {}, "name": "B"},
            {"context": "{}", "values": {"name": "A"}},
            {"context": {}, "ids": [1], "values": {"name": "A"}},
        ):
            with self.subTest(body=body):
                response = self.post("/create/res.partner", self.employee, json=body)
                self.assertApiError(response, 400, "INVALID_FIELDS")
        filters = {"name": "Mine", "model_id": "res.partner", "context": "{}"}
        response = self.post("/create/ir.filters", self.employee, json=filters)
        self.assertSuccess(response, 201)

    def test_pointers_lead_into_the_wrapped_body(self):
        for path, body, pointer in (
            ("/create/res.partner", {"values": {"color": "x"}}, "/values/color"),
            (
                "/create/res.partner",
                {"records": [{"name": "A"}, {"name": "B", "color": "x"}]},
                "/records/1/color",
            ),
        ):
            response = self.post(path, self.employee, json=body | {"context": {}})
            error = self.assertApiError(response, 422, "VALIDATION_ERROR")
            self.assertEqual(error["details"][0]["pointer"], pointer)
        body = {"context": {}, "records": {"name": "A"}}
        response = self.post("/create/res.partner", self.employee, json=body)
        self.assertApiError(response, 422, "VALIDATION_ERROR")
        body = {"context": {}, "records": [7]}
        response = self.post("/create/res.partner", self.employee, json=body)
        self.assertApiError(response, 400, "INVALID_JSON")

    def test_an_empty_list_in_a_context(self):
        """As without a context."""
        for method, path in (
            ("POST", "/create/res.partner"),
            ("PATCH", "/update/res.partner"),
            ("PUT", "/upsert/res.partner?key=ref"),
        ):
            for body in ([], {"context": {}, "records": []}):
                response = self.call(method, path, self.employee, json=body)
                with self.subTest(path=path, body=body):
                    self.assertApiError(response, 400, "NO_DATA")

    def test_one_context_of_a_call(self):
        body = {"context": {"lang": "en_US"}, "kwargs": {"context": {"lang": "en_US"}}}
        response = self.post("/call/res.partner/name_search", self.employee, json=body)
        self.assertApiError(response, 400, "INVALID_PARAMETER")


@tagged("post_install", "-at_install")
class TestContextOfKeys(KeyCase):
    def test_the_allowed_keys_hold_in_both_places_of_a_call(self):
        partner = self.env["res.partner"].create({"name": "Azure"})
        models = {"res.partner": ["read", "call"]}
        path = "/call/res.partner/address_get"
        for body in (
            {"context": {"my_key": 1}},
            {"kwargs": {"context": {"my_key": 1}}},
        ):
            response = self.use(models, "POST", path, json=body | {"ids": partner.ids})
            error = self.assertApiError(response, 400, "INVALID_PARAMETER")
            self.assertIn("my_key", error["message"])

    def test_a_key_needs_read_on_the_active_model(self):
        context = {"active_model": "res.country", "active_ids": [1]}
        body = {"context": context, "values": {"name": "Azure"}}
        models = {"res.partner": ["create"]}
        response = self.use(models, "POST", "/create/res.partner", json=body)
        self.assertApiError(response, 403, "KEY_RESTRICTED")
        models |= {"res.country": ["read"]}
        response = self.use(models, "POST", "/create/res.partner", json=body)
        self.assertSuccess(response, 201)

    def test_a_default_needs_the_same_as_a_value(self):
        context = {"default_category_id": {"create": [{"name": "New"}]}}
        body = {"context": context, "values": {"name": "Azure"}}
        models = {"res.partner": ["create"]}
        response = self.use(models, "POST", "/create/res.partner", json=body)
        self.assertApiError(response, 403, "KEY_RESTRICTED")
