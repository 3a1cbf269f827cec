# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Record rules ask for the parents of companies: at no cost, and never outdated."""

from unittest.mock import patch

from odoo.sql_db import Cursor

from .common import ApiCase


class TestCompanies(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.parent = cls.env["res.company"].create({"name": "Parent"})

    def names(self, user, **kwargs):
        path = "/search/res.partner?name__startswith=Of&fields=name&count=none"
        rows = self.assertSuccess(self.get(path, user, **kwargs))["records"]
        return {row["name"] for row in rows}

    def test_a_new_branch_has_its_parents(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.env["res.partner"].create(
            [
                {"name": f"Of {company.name}", "company_id": company.id}
                for company in (self.parent, other)
            ]
        )
        # What is known of companies is known now, in the cache.
        self.assertEqual(self.names(self.employee), set())
        values = {"name": "Branch", "parent_id": self.parent.id}
        branch = self.assertSuccess(
            self.post("/create/res.company", self.admin, json=values), 201
        )
        self.employee.write({"company_ids": [branch["id"]], "company_id": branch["id"]})
        self.assertEqual(self.names(self.employee), {"Of Parent"})
        headers = {"X-Company-Id": str(branch["id"])}
        self.assertEqual(self.names(self.employee, headers=headers), {"Of Parent"})

    def test_a_list_reads_no_company(self):
        self.names(self.employee)
        statements = []
        execute = Cursor.execute

        def note(cursor, query, *args, **kwargs):
            statements.append(str(query))
            return execute(cursor, query, *args, **kwargs)

        with patch.object(Cursor, "execute", note):
            self.names(self.employee)
        about = [text for text in statements if 'FROM "res_company"' in text]
        self.assertTrue(any('FROM "res_partner"' in text for text in statements))
        self.assertFalse(about)
