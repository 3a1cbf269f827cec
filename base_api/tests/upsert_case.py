# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .common import ApiCase


class UpsertCase(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee.group_ids += cls.env.ref("base.group_partner_manager")
        cls.partners = cls.env["res.partner"]
        cls.partner = cls.partners.create({"name": "Azure", "ref": "UP-1"})

    def upsert(self, body, key="ref", user=None, model="res.partner", **kwargs):
        path = f"/upsert/{model}?key={key}"
        return self.put(path, user or self.employee, json=body, **kwargs)

    def statuses(self, body, **kwargs):
        data = self.assertSuccess(self.upsert(body, **kwargs))
        return [result["status"] for result in data["results"]]

    def refuse(self, body, status=422, code="VALIDATION_ERROR", **kwargs):
        """Return `{pointer: code}` of the details of an error."""
        error = self.assertApiError(self.upsert(body, **kwargs), status, code)
        details = error.get("details", ())
        return {entry["pointer"]: entry["code"] for entry in details}
