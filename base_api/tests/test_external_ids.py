# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json
from urllib.parse import quote

from odoo.tests import tagged

from .external_id_case import ExternalIdCase


@tagged("post_install", "-at_install")
class TestExternalIdsInPaths(ExternalIdCase):
    def test_a_path_takes_an_external_id(self):
        data = self.assertSuccess(
            self.get("/search/res.partner/@shop.c1?fields=name", self.employee)
        )
        self.assertEqual(data["id"], self.azure.id)
        response = self.call(
            "PATCH", "/update/res.partner/@shop.c1", self.employee, json={"name": "New"}
        )
        self.assertEqual(self.assertSuccess(response)["id"], self.azure.id)
        self.assertEqual(self.azure.name, "New")
        response = self.call("DELETE", "/delete/res.partner/@shop.c1", self.employee)
        self.assertEqual(self.assertSuccess(response)["id"], self.azure.id)
        self.assertFalse(self.azure.exists())

    def test_unknown_and_hidden_records_are_not_found(self):
        for name in ("shop.nope", "shop.hidden", "base.be", "", ".", "a b.c", "@x"):
            with self.subTest(name=name):
                path = f"/search/res.partner/@{quote(name)}"
                self.assertApiError(
                    self.get(path, self.employee), 404, "RECORD_NOT_FOUND"
                )

    def test_lists_of_ids(self):
        other = self.partners.create({"name": "Other"})
        self.name(other, "shop.c2")
        for ids in ("@shop.c1,@shop.nope", "@shop.hidden"):
            response = self.call(
                "DELETE", f"/delete/res.partner?ids={ids}", self.employee
            )
            self.assertApiError(response, 404, "RECORD_NOT_FOUND")
        response = self.call("DELETE", "/delete/res.partner?ids=@", self.employee)
        self.assertApiError(response, 400, "INVALID_PARAMETER")
        twice = f"/delete/res.partner?ids=@shop.c1,{self.azure.id}"
        response = self.call("DELETE", twice, self.employee)
        self.assertApiError(response, 422, "VALIDATION_ERROR")
        path = f"/delete/res.partner?ids=@shop.c1,{other.id}"
        self.assertSuccess(self.call("DELETE", path, self.employee))
        self.assertFalse((self.azure + other).exists())

    def test_ids_in_bodies(self):
        reference = {"external_id": "shop.c1"}
        body = {"ids": [reference], "values": {"name": "One"}}
        response = self.call("PATCH", "/update/res.partner", self.employee, json=body)
        self.assertEqual(self.assertSuccess(response)["ids"], self.azure.ids)
        body = [{"id": {"name": "One"}, "name": "Two"}]
        response = self.call("PATCH", "/update/res.partner", self.employee, json=body)
        self.assertEqual(self.assertSuccess(response)["ids"], self.azure.ids)
        body = {"ids": [reference], "kwargs": {}}
        response = self.post("/call/res.partner/copy", self.employee, json=body)
        self.assertEqual(self.assertSuccess(response)["ids"], self.azure.ids)
        response = self.call(
            "DELETE", "/delete/res.partner", self.employee, json={"ids": [reference]}
        )
        self.assertEqual(self.assertSuccess(response)["ids"], self.azure.ids)

    def test_wrong_references_in_lists_of_ids(self):
        for reference, code in (
            ({"external_id": "shop.hidden"}, "not_found"),
            ({"external_id": "base.be"}, "not_found"),
            ({"name": "Azure", "create": True}, "wrong_type"),
            ({}, "wrong_type"),
        ):
            with self.subTest(reference=reference):
                body = {"ids": [self.azure.id, reference], "values": {"name": "X"}}
                response = self.call(
                    "PATCH", "/update/res.partner", self.employee, json=body
                )
                error = self.assertApiError(response, 422, "VALIDATION_ERROR")
                [entry] = error["details"]
                self.assertEqual((entry["pointer"], entry["code"]), ("/ids/1", code))


@tagged("post_install", "-at_install")
class TestExternalIdsInSearches(ExternalIdCase):
    def found(self, query):
        path = f"/search/res.partner?fields=id&{query}"
        rows = self.assertSuccess(self.get(path, self.employee))["records"]
        return [row["id"] for row in rows]

    def test_filters_take_external_ids(self):
        base = "id=@shop.c1"
        self.assertEqual(self.found(base), self.azure.ids)
        for query in (
            "country_id=@base.be",
            "country_id__in=@base.be,@base.fr",
            "country_id__ne=@base.fr",
            "child_ids__ne=@shop.c1",
            "id__in=@shop.c1",
            "id__child_of=@shop.c1",
        ):
            with self.subTest(query=query):
                self.assertEqual(self.found(f"{base}&{query}"), self.azure.ids)
        self.assertEqual(self.found(f"{base}&country_id=@base.fr"), [])

    def test_wrong_external_ids_in_filters(self):
        for query in (
            "id=@shop.hidden",
            "id=@base.be",
            "country_id=@base.nowhere",
            "country_id=@",
            "color=@base.be",
        ):
            with self.subTest(query=query):
                response = self.get(f"/search/res.partner?{query}", self.employee)
                self.assertApiError(response, 400, "INVALID_FILTER")

    def test_domains_take_references(self):
        for leaf in (
            ["country_id", "=", {"external_id": "base.be"}],
            ["country_id", "in", [{"code": "BE"}, {"code": "FR"}]],
            ["country_id", "!=", {"code": "FR"}],
            ["id", "=", {"name": "Azure", "country_id": {"code": "BE"}}],
            ["id", "child_of", {"external_id": "shop.c1"}],
        ):
            with self.subTest(leaf=leaf):
                domain = quote(json.dumps([["id", "=", self.azure.id], leaf]))
                self.assertEqual(self.found(f"domain={domain}"), self.azure.ids)

    def test_wrong_references_in_domains(self):
        for leaf in (
            ["country_id", "=", {"code": "??"}],
            ["country_id", "=", {"code": "FR", "create": True}],
            ["country_id", "in", [{"nane": "Belgium"}]],
            ["id", "=", {"external_id": "shop.hidden"}],
            ["color", "=", {"external_id": "base.be"}],
            ["country_id", "=", {}],
        ):
            with self.subTest(leaf=leaf):
                path = f"/search/res.partner?domain={quote(json.dumps([leaf]))}"
                response = self.get(path, self.employee)
                self.assertApiError(response, 400, "INVALID_FILTER")

    def test_a_key_needs_read_on_the_model_it_refers_to(self):
        for models, status in (
            ({"res.partner": ["read"]}, 403),
            ({"res.partner": ["read"], "res.country": ["read"]}, 200),
        ):
            key = self.new_key(self.employee, models=models)
            domain = quote(json.dumps([["country_id", "=", {"code": "BE"}]]))
            for query in ("country_id=@base.be", f"domain={domain}"):
                with self.subTest(models=models, query=query):
                    response = self.get(
                        f"/search/res.partner?{query}", headers={"api-key": key}
                    )
                    self.assertEqual(response.status_code, status)

    def test_external_id_is_a_filter(self):
        self.name(self.azure, "other.name_1")
        child = self.partners.create({"name": "Ann", "parent_id": self.azure.id})
        for query in (
            "external_id=shop.c1",
            "external_id=other.name_1",
            "external_id__in=shop.c1,shop.hidden",
            "external_id__startswith=shop.",
            "external_id__like=hop.c",
            "external_id__ilike=SHOP.C",
            "external_id__endswith=er.name_1",
            "child_ids.name=Ann&external_id__is_set=true",
        ):
            with self.subTest(query=query):
                self.assertEqual(self.found(query), self.azure.ids)
        for query in (
            "parent_id.external_id=shop.c1",
            "parent_id.external_id__startswith=shop",
            "parent_id=@shop.c1&external_id__ne=shop.c1",
            "parent_id=@shop.c1&external_id__is_set=false",
            "parent_id=@shop.c1&external_id=",
        ):
            with self.subTest(query=query):
                self.assertEqual(self.found(query), child.ids)
        self.assertEqual(self.found("external_id=shop.hidden"), [])
        # The characters that are wildcards are not.
        self.assertEqual(self.found("external_id__startswith=shop%25c"), [])
        self.assertEqual(self.found("external_id__startswith=other.name%251"), [])

    def test_external_id_in_a_domain(self):
        for leaf in (
            ["external_id", "=", "shop.c1"],
            ["external_id", "in", ["shop.c1", "shop.hidden"]],
            ["external_id", "=like", "shop.c_"],
            ["country_id.external_id", "=", "base.be"],
        ):
            with self.subTest(leaf=leaf):
                domain = quote(json.dumps([["id", "=", self.azure.id], leaf]))
                self.assertEqual(self.found(f"domain={domain}"), self.azure.ids)
        for leaf in (
            ["external_id", ">", "shop.c1"],
            ["external_id", "=", 7],
            ["external_id", "in", "shop.c1"],
            ["external_id", "child_of", 7],
            ["external_id", "any", []],
        ):
            with self.subTest(leaf=leaf):
                path = f"/search/res.partner?domain={quote(json.dumps([leaf]))}"
                response = self.get(path, self.employee)
                self.assertApiError(response, 400, "INVALID_FILTER")

    def test_wrong_filters_on_external_id(self):
        for query in (
            "external_id=a b",
            "external_id__gt=shop.c1",
            "external_id__nope=shop.c1",
            "external_ids=shop.c1",
            "name.external_id=shop.c1",
        ):
            with self.subTest(query=query):
                response = self.get(f"/search/res.partner?{query}", self.employee)
                self.assertApiError(response, 400, "INVALID_FILTER")


@tagged("post_install", "-at_install")
class TestExternalIdsInAnswers(ExternalIdCase):
    def rows(self, query, **kwargs):
        path = f"/search/res.partner?{query}"
        return self.assertSuccess(self.get(path, self.employee, **kwargs))

    def test_external_ids_are_read(self):
        self.name(self.azure, "other.name")
        child = self.partners.create({"name": "Ann", "parent_id": self.azure.id})
        ids = f"{self.azure.id},{child.id}"
        names = "external_id,external_ids,parent_id.external_id,child_ids.external_id"
        data = self.rows(f"id__in={ids}&fields={names}")
        self.assertEqual(data["fields"], ["id", *names.split(",")])
        both = ["shop.c1", "other.name"]
        self.assertEqual(
            data["records"],
            [
                {
                    "id": self.azure.id,
                    "parent_id": False,
                    "child_ids": [{"id": child.id, "external_id": False}],
                    "external_id": "shop.c1",
                    "external_ids": both,
                },
                {
                    "id": child.id,
                    "parent_id": {"id": self.azure.id, "external_id": "shop.c1"},
                    "child_ids": [],
                    "external_id": False,
                    "external_ids": [],
                },
            ],
        )
        strict = {"Prefer": "types=strict"}
        data = self.rows(f"id={child.id}&fields=external_id", headers=strict)
        self.assertEqual(data["records"], [{"id": child.id, "external_id": None}])
        path = "/search/res.partner/@shop.c1?fields=external_id"
        data = self.assertSuccess(self.get(path, self.employee))
        self.assertEqual(data["record"]["external_id"], "shop.c1")

    def test_the_external_id_of_a_hidden_record_is_not_shown(self):
        child = self.partners.create({"name": "Ann", "parent_id": self.hidden.id})
        data = self.rows(f"id={child.id}&fields=parent_id.external_id")
        self.assertEqual(data["records"][0]["parent_id"], {"id": self.hidden.id})

    def test_exports_have_external_ids(self):
        path = "/export/res.partner?id=@shop.c1&fields=name,external_id,"
        path += "country_id.external_id,external_ids"
        response = self.get(f"{path}&format=csv", self.employee)
        lines = response.text.splitlines()
        row = f'{self.azure.id},Azure,shop.c1,base.be,"[""shop.c1""]"'
        self.assertEqual(lines[1], row)
        self.assertEqual(
            lines[0], "id,name,external_id,country_id.external_id,external_ids"
        )
