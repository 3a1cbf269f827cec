# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from typing import Any

from odoo import http
from odoo.http import Stream

from ..errors import (
    PayloadTooLarge,
    RecordNotFound,
    ReportNotFound,
    ReportUnavailable,
)
from ..operations import read_schemas
from ..operations.route import api_route
from ..operations.runner import OperationController
from ..protocol.parameters import DOWNLOAD
from ..reading.reports import get_report, pdf_name, records_to_print, render_pdf


class ReportController(OperationController, http.Controller):
    @api_route(
        "/report/<report_name>/<ids>",
        methods=["GET"],
        answer=read_schemas.REPORT,
        errors=(
            PayloadTooLarge,
            RecordNotFound,
            ReportNotFound,
            ReportUnavailable,
        ),
        parameters=(DOWNLOAD,),
        # Odoo stores some reports, such as those of invoices, as attachments.
        readonly=False,
    )
    def print_report(self, report_name: str, ids: str, download: bool) -> Any:
        """Send a report of one or more records as PDF."""
        report = get_report(self.env, report_name)
        records = records_to_print(self.env, report, ids)
        pdf = render_pdf(report, records)
        stream = Stream(
            type="data",
            data=pdf,
            size=len(pdf),
            mimetype="application/pdf",
            download_name=pdf_name(report, records),
            # Each request renders a new file.
            etag=False,
            conditional=False,
        )
        return stream.get_response(as_attachment=download)
