# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from io import BytesIO
from unittest.mock import patch

from odoo.tools.pdf import PdfFileReader, PdfFileWriter

from odoo.addons.base.models import ir_actions_report

from ..reading.reports import records_to_print
from .common import ApiCase

NAME = "base_api.test_report"
TEMPLATE = """
<t t-name="base_api.test_report">
    <t t-call="web.html_container">
        <div t-foreach="docs" t-as="doc" class="article"
             t-att-data-oe-model="doc._name" t-att-data-oe-id="doc.id">
            <p>Printed: <t t-out="doc.name"/></p>
        </div>
    </t>
</t>
"""


def empty_pdf():
    writer = PdfFileWriter()
    writer.addBlankPage(100, 100)
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


class TestReports(ApiCase):
    """Without wkhtmltopdf: what it would be given, and what is made of its PDF."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.ui.view"].create(
            {"name": NAME, "key": NAME, "type": "qweb", "arch": TEMPLATE}
        )
        cls.report = cls.env["ir.actions.report"].create(
            {"name": "A list", "report_name": NAME, "model": "res.partner"}
        )
        cls.partners = cls.env["res.partner"].create(
            [{"name": f"API Partner {number}"} for number in range(2)]
        )
        cls.printed = []

    def setUp(self):
        super().setUp()
        self.printed.clear()
        self.set_wkhtmltopdf("ok", is_patched_qt=True)

        def run(reports, bodies, **options):
            self.printed.append([str(body) for body in bodies])
            return empty_pdf()

        model = type(self.env["ir.actions.report"])
        self.startPatcher(patch.object(model, "_run_wkhtmltopdf", run))

    def set_wkhtmltopdf(self, state, is_patched_qt):
        found = ir_actions_report.WkhtmlInfo(
            state, True, "wkhtmltopdf", "0.12.6", is_patched_qt, "", None
        )
        for module in (ir_actions_report, "odoo.addons.base_api.orm.reports"):
            name = module if isinstance(module, str) else module.__name__
            self.startPatcher(patch(f"{name}._wkhtml", lambda: found))

    def get_report(self, records, user=None, name=NAME, **options):
        ids = ",".join(str(record.id) for record in records)
        return self.get(f"/report/{name}/{ids}", user or self.employee, **options)

    def test_pdf(self):
        self.report.print_report_name = "object.name + '/x'"
        response = self.get_report(self.partners[0])
        self.assertEqual(response.status_code, 200, response.text)
        self.assertEqual(response.headers["Content-Type"], "application/pdf")
        self.assertEqual(
            response.headers["Content-Disposition"],
            'inline; filename="API Partner 0_x.pdf"',
        )
        self.assertEqual(response.content, empty_pdf())
        [[body]] = self.printed
        self.assertIn("Printed: API Partner 0", body)

    def test_several_records_are_printed_at_once(self):
        response = self.get_report(self.partners)
        self.assertEqual(response.status_code, 200, response.text)
        self.assertEqual([len(bodies) for bodies in self.printed], [2])
        self.assertIn('"A list.pdf"', response.headers["Content-Disposition"])

    def test_records_are_sought_at_once_and_printed_in_the_order_of_their_ids(self):
        with patch.object(type(self.partners), "search", autospec=True) as search:
            search.side_effect = lambda model, *args, **options: self.partners
            printed = records_to_print(
                self.env, self.report, f"{self.partners[1].id},{self.partners[0].id}"
            )
        self.assertEqual(printed.ids, self.partners.ids[::-1])
        self.assertEqual(search.call_count, 1)

    def test_ids_that_are_none(self):
        partner_id = self.partners[0].id
        for ids in (f"{partner_id},x", f"{partner_id},", "0", str(2**40)):
            response = self.get(f"/report/{NAME}/{ids}", self.employee)
            self.assertApiError(response, 404, "RECORD_NOT_FOUND")
        many = ",".join([str(partner_id)] * 101)
        response = self.get(f"/report/{NAME}/{many}", self.employee)
        self.assertApiError(response, 413, "PAYLOAD_TOO_LARGE")

    def test_several_records_one_by_one_where_wkhtmltopdf_takes_one(self):
        self.set_wkhtmltopdf("ok", is_patched_qt=False)
        response = self.get_report(self.partners)
        self.assertEqual([len(bodies) for bodies in self.printed], [1, 1])
        self.assertEqual(PdfFileReader(BytesIO(response.content)).numPages, 2)

    def test_unavailable(self):
        for state in ("install", "broken", "workers"):
            self.set_wkhtmltopdf(state, is_patched_qt=False)
            response = self.get_report(self.partners)
            self.assertApiError(response, 503, "REPORT_UNAVAILABLE")
        self.set_wkhtmltopdf("upgrade", is_patched_qt=True)
        self.assertEqual(self.get_report(self.partners).status_code, 200)

    def test_unknown_report(self):
        for name in ("no.such", "base.main_company"):
            response = self.get_report(self.partners, name=name)
            self.assertApiError(response, 404, "REPORT_NOT_FOUND")
        self.report.report_type = "qweb-html"
        response = self.get_report(self.partners)
        self.assertApiError(response, 400, "INVALID_PARAMETER")

    def test_report_for_others(self):
        self.report.group_ids = self.env.ref("base.group_system")
        self.assertApiError(self.get_report(self.partners), 403, "ACCESS_DENIED")
        self.assertEqual(self.get_report(self.partners, self.admin).status_code, 200)

    def test_records_of_others(self):
        self.env["ir.rule"].create(
            {
                "name": "Not this one",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": f"[('id', '!=', {self.partners[1].id})]",
            }
        )
        response = self.get_report(self.partners)
        self.assertApiError(response, 404, "RECORD_NOT_FOUND")
        self.assertEqual(self.printed, [])

    def test_what_odoo_stores(self):
        self.report.attachment = "object.name + '.pdf'"
        attachments = self.env["ir.attachment"]
        stored = [("res_model", "=", "res.partner"), ("name", "like", "API Partner %")]
        key = self.new_key(self.admin, read_only=True)
        self.env.flush_all()
        response = self.get_report(self.partners[0], None, headers={"api-key": key})
        self.assertEqual(response.status_code, 200)
        self.assertFalse(attachments.search(stored))
        self.assertEqual(self.get_report(self.partners[0], self.admin).status_code, 200)
        self.assertEqual(attachments.search(stored).res_id, self.partners[0].id)
