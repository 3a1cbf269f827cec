# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import ValidationError
from odoo.tests import mute_logger

from odoo.addons.base_api.errors.details import MAX_DETAILS

from .common import ApiCase

PARTNERS = "/update/res.partner"
DELETE = "/delete/res.partner"


class TestBulk(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee.group_ids += cls.env.ref("base.group_partner_manager")
        cls.reader = cls.new_user("bulk_reader", "base.group_user")
        cls.partners = cls.env["res.partner"].create(
            [{"name": f"Bulk {number}", "color": number} for number in range(3)]
        )
        cls.ids = cls.partners.ids
        cls.missing = cls.ids[-1] + 100_000

    def update(self, body, query="", user=None, **options):
        user = user or self.employee
        return self.call("PATCH", f"{PARTNERS}{query}", user, json=body, **options)

    def delete(self, body=None, query="", user=None, **options):
        return self.call(
            "DELETE", f"{DELETE}{query}", user or self.admin, json=body, **options
        )

    def colors(self):
        self.env.invalidate_all()
        return self.partners.mapped("color")

    def patch_write(self, function):
        self.patch(type(self.env["res.partner"]), "write", function)

    def test_same_values_are_one_write(self):
        writes = []
        original = type(self.env["res.partner"]).write

        def write(records, values):
            if "color" in values:
                writes.append(records.ids)
            return original(records, values)

        self.patch_write(write)
        ids = self.ids[::-1]
        data = self.assertSuccess(self.update({"ids": ids, "values": {"color": 7}}))
        self.assertEqual(
            list(data), ["ids", "records", "count", "model", "updated_fields"]
        )
        self.assertEqual(data["ids"], ids)
        self.assertEqual([row["id"] for row in data["records"]], ids)
        self.assertEqual(
            (data["count"], data["updated_fields"], data["model"]),
            (3, ["color"], "res.partner"),
        )
        self.assertEqual(self.colors(), [7, 7, 7])
        self.assertEqual(writes, [ids])

    def test_each_may_get_its_own(self):
        body = [
            {"id": record_id, "color": number}
            for number, record_id in enumerate(self.ids, 4)
        ]
        data = self.assertSuccess(self.update(body))
        self.assertEqual(list(data), ["ids", "records", "count", "model"])
        self.assertEqual([row["color"] for row in data["records"]], [4, 5, 6])
        self.assertEqual(self.colors(), [4, 5, 6])

    def test_one_error_undoes_all(self):
        for bad, status, code in [
            ({"color": "red"}, 422, "VALIDATION_ERROR"),
            ({"nope": 1}, 400, "INVALID_FIELDS"),
            ({"create_uid": 1}, 400, "INVALID_FIELDS"),
            ({"country_id": 999999}, 422, "VALIDATION_ERROR"),
        ]:
            with self.subTest(bad=bad), mute_logger("odoo.sql_db"):
                body = [{"id": self.ids[0], "color": 9}, {"id": self.ids[1]} | bad]
                self.assertApiError(self.update(body), status, code)
                self.assertEqual(self.colors(), [0, 1, 2])

    def test_missing_are_all_named_and_nothing_is_done(self):
        ids = [self.ids[0], self.missing, self.ids[1], self.missing + 1]
        for response, places in [
            (self.update({"ids": ids, "values": {"color": 9}}), "/ids/{}"),
            (self.update([{"id": i, "color": 9} for i in ids]), "/{}/id"),
            (self.delete({"ids": ids}), "/ids/{}"),
            (self.delete([{"id": i} for i in ids]), "/{}/id"),
        ]:
            error = self.assertApiError(response, 404, "RECORD_NOT_FOUND")
            self.assertEqual(
                [detail["pointer"] for detail in error["details"]],
                [places.format(1), places.format(3)],
            )
            self.assertEqual(
                set(error["details"][0]), {"field", "pointer", "message", "code"}
            )
        error = self.assertApiError(
            self.delete(query=f"?ids={self.ids[0]},{self.missing}"),
            404,
            "RECORD_NOT_FOUND",
        )
        self.assertNotIn("pointer", error["details"][0])
        self.assertEqual(self.colors(), [0, 1, 2])

    def test_at_most_so_many_of_the_missing_are_named(self):
        ids = [self.missing + number for number in range(MAX_DETAILS + 1)]
        response = self.update({"ids": ids, "values": {"color": 9}})
        error = self.assertApiError(response, 404, "RECORD_NOT_FOUND")
        self.assertEqual(len(error["details"]), MAX_DETAILS)
        self.assertIn(str(ids[0]), error["message"])

    def test_broken_constraint_is_told_alike_in_both_ways(self):
        body = [{"name": "Twice", "code": self.env.ref("base.be").code}]
        path = "/create/res.country"
        with mute_logger("odoo.sql_db"):
            response = self.post(path, self.admin, json=body)
            each = self.post(f"{path}?atomic=false", self.admin, json=body)
        error = self.assertApiError(response, 422, "VALIDATION_ERROR")
        [result] = self.assertSuccess(each)["results"]
        self.assertEqual(result["error"], error)

    def test_bad_bodies_are_refused(self):
        one = self.ids[0]
        for body, status, code in [
            ({"ids": [one]}, 422, "VALIDATION_ERROR"),
            ({"values": {"color": 1}}, 422, "VALIDATION_ERROR"),
            ({"ids": [], "values": {"color": 1}}, 422, "VALIDATION_ERROR"),
            ({"ids": one, "values": {"color": 1}}, 422, "VALIDATION_ERROR"),
            ({"ids": [True], "values": {"color": 1}}, 422, "VALIDATION_ERROR"),
            ({"ids": [0], "values": {"color": 1}}, 422, "VALIDATION_ERROR"),
            ({"ids": [2**40], "values": {"color": 1}}, 422, "VALIDATION_ERROR"),
            ({"ids": [[one]], "values": {"color": 1}}, 422, "VALIDATION_ERROR"),
            ({"ids": [one, str(one)], "values": {"color": 1}}, 422, "VALIDATION_ERROR"),
            ({"ids": [one], "values": {}}, 400, "NO_DATA"),
            ({"ids": [one], "values": [1]}, 422, "VALIDATION_ERROR"),
            ({"ids": [one], "value": {"color": 1}}, 400, "INVALID_FIELDS"),
            ({"id": one, "color": 1}, 400, "INVALID_FIELDS"),
            ({}, 400, "NO_DATA"),
            ([], 400, "NO_DATA"),
            ([{"id": one}], 400, "NO_DATA"),
            ([{"id": one, "if_match": "*"}], 400, "NO_DATA"),
            ([{"color": 1}], 422, "VALIDATION_ERROR"),
            ([{"id": None, "color": 1}], 422, "VALIDATION_ERROR"),
            ([{"id": one, "color": 1}, {"id": one, "color": 2}], 422, None),
            ([{"id": one, "color": 1, "if_match": 5}], 422, "VALIDATION_ERROR"),
            ([{"id": one, "color": 1, "if_match": ""}], 422, "VALIDATION_ERROR"),
            ([one], 400, "INVALID_JSON"),
            ({"ids": [1] * 1001, "values": {"color": 1}}, 413, "PAYLOAD_TOO_LARGE"),
            ([{"id": one, "color": 1}] * 1001, 413, "PAYLOAD_TOO_LARGE"),
        ]:
            for query in ("", "?atomic=false"):
                with self.subTest(body=body, query=query):
                    response = self.update(body, query)
                    self.assertApiError(response, status, code or "VALIDATION_ERROR")
        self.assertEqual(self.colors(), [0, 1, 2])

    def test_doubled_ids_are_all_named(self):
        body = {"ids": [self.ids[0], self.ids[1], self.ids[0]], "values": {"color": 1}}
        error = self.assertApiError(self.update(body), 422, "VALIDATION_ERROR")
        self.assertEqual(
            [detail["pointer"] for detail in error["details"]], ["/ids/0", "/ids/2"]
        )

    def test_delete_needs_to_know_what(self):
        one = self.ids[0]
        for body, query, status, code in [
            (None, "", 400, "NO_DATA"),
            ({}, "", 400, "NO_DATA"),
            ([], "", 400, "NO_DATA"),
            (None, "?ids=", 400, "INVALID_PARAMETER"),
            (None, "?ids=1,x", 400, "INVALID_PARAMETER"),
            (None, f"?ids={one},{one}", 400, "INVALID_PARAMETER"),
            (None, "?ids=1&ids=2", 400, "INVALID_PARAMETER"),
            (None, "?ids=" + "1," * 1000 + "1", 413, "PAYLOAD_TOO_LARGE"),
            ({"ids": [one]}, f"?ids={one}", 400, "INVALID_PARAMETER"),
            ({"ids": [one], "values": {}}, "", 400, "INVALID_FIELDS"),
            ([{"id": one, "name": "x"}], "", 400, "INVALID_FIELDS"),
            ({"ids": [one, one]}, "", 422, "VALIDATION_ERROR"),
            ({"ids": [one]}, "?atomic=maybe", 400, "INVALID_PARAMETER"),
        ]:
            with self.subTest(body=body, query=query[:40]):
                self.assertApiError(self.delete(body, query), status, code)
        self.assertTrue(self.partners.exists())

    def test_delete_takes_ids_in_three_ways(self):
        first, second, third = self.ids
        for body, query, record_id in [
            (None, f"?ids={first}", first),
            ({"ids": [second]}, "", second),
            ([{"id": third}], "", third),
        ]:
            data = self.assertSuccess(self.delete(body, query))
            self.assertEqual(
                data, {"ids": [record_id], "count": 1, "model": "res.partner"}
            )
        self.assertFalse(self.partners.exists())

    def test_one_that_cannot_be_deleted_keeps_all(self):
        ids = [self.ids[0], self.env.company.partner_id.id]
        with mute_logger("odoo.sql_db"):
            response = self.delete({"ids": ids})
        self.assertApiError(response, 422, "VALIDATION_ERROR")
        self.assertEqual(len(self.partners.exists()), 3)

    def test_rights_are_those_of_the_caller(self):
        body = {"ids": self.ids, "values": {"color": 9}}
        response = self.update(body, user=self.reader)
        self.assertApiError(response, 403, "ACCESS_DENIED")
        response = self.delete({"ids": self.ids}, user=self.reader)
        self.assertApiError(response, 403, "ACCESS_DENIED")
        data = self.assertSuccess(self.update(body, "?atomic=false", self.reader))
        self.assertEqual(data["failed"], 3)
        error = data["results"][0]["error"]
        self.assertEqual(error["code"], "ACCESS_DENIED")
        self.assertEqual(self.colors(), [0, 1, 2])

    def test_results_of_each_update(self):
        def write(records, values):
            if values.get("ref") == "bad":
                raise ValidationError(message)
            return original(records, values)

        message = "Not this one"
        original = type(self.env["res.partner"]).write
        self.patch_write(write)
        extra = self.env["res.partner"].create({"name": "Extra"})
        body = [
            {"id": self.ids[0], "color": 9},
            {"id": self.ids[1], "color": 9, "ref": "bad"},
            {"id": self.missing, "color": 9},
            {"id": self.ids[2], "color": "red"},
            {"id": extra.id, "country_id": 999999},
        ]
        with mute_logger("odoo.sql_db"):
            response = self.update(body, "?atomic=false")
        data = self.assertSuccess(response)
        self.assertEqual((data["succeeded"], data["failed"]), (1, 4))
        first, *others = data["results"]
        self.assertEqual(list(first), ["id", "success", "status", "record"])
        self.assertEqual(first["record"]["color"], 9)
        self.assertEqual([row["status"] for row in others], [422, 404, 422, 422])
        self.assertEqual([row["id"] for row in others], [r["id"] for r in body[1:]])
        self.assertEqual(others[0]["error"]["message"], message)
        self.assertEqual(others[1]["error"]["code"], "RECORD_NOT_FOUND")
        self.assertEqual(others[1]["error"]["details"][0]["pointer"], "/2/id")
        self.assertEqual(others[2]["error"]["details"][0]["pointer"], "/3/color")
        self.assertEqual(self.colors(), [9, 1, 2])

    def test_results_of_each_delete(self):
        company = self.env.company.partner_id.id
        ids = [self.ids[0], company, self.missing, self.ids[1]]
        with mute_logger("odoo.sql_db"):
            response = self.delete({"ids": ids}, "?atomic=false")
        data = self.assertSuccess(response)
        self.assertEqual(
            [(row["id"], row["status"]) for row in data["results"]],
            list(zip(ids, [200, 422, 404, 200], strict=True)),
        )
        self.assertEqual(self.partners.exists().ids, self.ids[2:])

    def test_delete_of_what_went_with_another(self):
        child = self.env["res.partner.category"].create(
            {"name": "Child", "parent_id": self.category().id}
        )
        for query in ("", "?atomic=false"):
            with self.subTest(query=query):
                parent = self.category()
                child = self.category(parent_id=parent.id)
                response = self.call(
                    "DELETE",
                    f"/delete/res.partner.category{query}",
                    self.admin,
                    json={"ids": [parent.id, child.id]},
                )
                data = self.assertSuccess(response)
                self.assertEqual(data.get("failed", 0), 0)

    def category(self, **values):
        return self.env["res.partner.category"].create({"name": "Any"} | values)

    def test_results_of_each_create(self):
        body = [{"name": "One"}, {"name": "Two", "color": "red"}, {"name": "Three"}]
        response = self.post(
            "/create/res.partner?atomic=false", self.employee, json=body
        )
        data = self.assertSuccess(response)
        one, two, three = data["results"]
        self.assertEqual((one["status"], two["status"]), (201, 422))
        self.assertNotIn("id", two)
        self.assertEqual(two["error"]["details"][0]["pointer"], "/1/color")
        found = self.env["res.partner"].browse([one["id"], three["id"]])
        self.assertEqual(found.mapped("name"), ["One", "Three"])
        response = self.post(
            "/create/res.partner?atomic=false", self.employee, json={"name": "One"}
        )
        self.assertApiError(response, 400, "INVALID_PARAMETER")

    def test_max_affected_refuses_more(self):
        def prefer(number):
            return {"Prefer": f"max-affected={number}"}

        update = {"ids": self.ids, "values": {"color": 9}}
        create = [{"name": "One"}, {"name": "Two"}]
        one = self.ids[0]
        file = {"name": "a.txt", "datas": "YQ=="}
        sessions = self.env["api.session"]
        for _number in range(2):
            self.new_session(self.admin)
        for method, path, body, enough in [
            ("PATCH", PARTNERS, update, 3),
            ("PATCH", f"{PARTNERS}?atomic=false", update, 3),
            ("DELETE", DELETE, {"ids": self.ids}, 3),
            ("POST", "/create/res.partner", create, 2),
            ("POST", "/create/res.partner", create[0], 1),
            ("POST", "/create/res.users", [{"name": "x", "login": "x"}], 1),
            ("PATCH", f"{PARTNERS}/{one}", {"color": 9}, 1),
            ("DELETE", f"{DELETE}/{one}", None, 1),
            ("POST", "/attachments", file, 1),
            ("POST", "/attachments", [file, file], 2),
            ("PUT", f"/users/{self.reader.id}", {"name": "Other"}, 1),
            ("DELETE", "/auth/sessions", None, 2),
        ]:
            with self.subTest(method=method, path=path):
                response = self.call(
                    method, path, self.admin, json=body, headers=prefer(enough - 1)
                )
                self.assertApiError(response, 409, "MAX_AFFECTED_EXCEEDED")
        self.assertEqual(self.colors(), [0, 1, 2])
        self.assertNotEqual(self.reader.name, "Other")
        self.assertEqual(sessions.search_count([("user_id", "=", self.admin.id)]), 2)
        response = self.update(update, headers=prefer(3))
        self.assertSuccess(response)
        self.assertEqual(response.headers["Preference-Applied"], "max-affected=3")
