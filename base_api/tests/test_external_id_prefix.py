# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .external_id_case import ExternalIdCase


@tagged("post_install", "-at_install")
class TestExternalIdPrefix(ExternalIdCase):
    def use(self, method, path, **kwargs):
        key = self.new_key(self.employee, external_id_prefix="shop.")
        return self.call(method, path, headers={"api-key": key}, **kwargs)

    def test_a_key_uses_external_ids_with_its_prefix(self):
        self.name(self.azure, "other.c1")
        upsert = "/upsert/res.partner?key=external_id"
        new = {"external_id": "shop.new", "name": "New", "country_id": {"code": "BE"}}
        self.assertSuccess(self.use("PUT", upsert, json=new), 201)
        self.assertSuccess(self.use("GET", "/search/res.partner/@shop.c1"))
        for method, path, body in (
            ("PUT", upsert, new | {"external_id": "other.new"}),
            ("PUT", upsert, new | {"external_id": "shopping.new"}),
            ("PUT", upsert, new | {"external_id": "no_module"}),
            ("PUT", upsert, new | {"country_id": {"external_id": "base.be"}}),
            ("GET", "/search/res.partner/@other.c1", None),
            ("GET", "/search/res.partner?country_id=@base.be", None),
            ("DELETE", "/delete/res.partner?ids=@other.c1", None),
        ):
            with self.subTest(path=path, body=body):
                response = self.use(method, path, json=body)
                self.assertApiError(response, 403, "KEY_RESTRICTED")

    def test_it_reads_all_names(self):
        self.name(self.azure, "other.c1")
        path = "/search/res.partner/@shop.c1?fields=external_ids"
        record = self.assertSuccess(self.use("GET", path))["record"]
        self.assertEqual(record["external_ids"], ["shop.c1", "other.c1"])

    def test_the_prefix_is_a_restriction(self):
        path = f"/users/{self.employee.id}/api-key"
        headers = {"session-token": self.new_session(self.employee)}
        body = {"external_id_prefix": "shop."}
        self.assertSuccess(self.post(path, json=body, headers=headers))
        response = self.get(f"{path}s", headers=headers)
        key = self.assertSuccess(response)["api_keys"][-1]
        self.assertEqual(key["external_id_prefix"], "shop.")
        for prefix, status in (("shop.eu_", 200), ("sho", 403), (None, 403)):
            response = self.use("POST", path, json={"external_id_prefix": prefix})
            self.assertEqual(response.status_code, status, response.text)
        for prefix in ("", "a b", 7, ["shop."]):
            body = {"external_id_prefix": prefix}
            response = self.post(path, json=body, headers=headers)
            self.assertApiError(response, 400, "INVALID_PARAMETER")
