# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Printing reports as PDF, with wkhtmltopdf."""

from io import BytesIO

from odoo.models import BaseModel

from odoo.addons.base.models.ir_actions_report import _wkhtml


def prints_many() -> bool:
    """Tell whether wkhtmltopdf makes one PDF of several documents."""
    return _wkhtml().is_patched_qt


def wkhtmltopdf_state() -> tuple[str, bool]:
    """Return what Odoo found out about wkhtmltopdf.

    :return: `ok`, `install`, `upgrade`, `workers` (one worker cannot print) or
        `broken`; and whether it has the patched Qt
    """
    found = _wkhtml()
    return found.state, found.is_patched_qt


def render(reports: BaseModel, report: BaseModel, records: BaseModel) -> bytes:
    """Return the PDF of some records, in bytes.

    :param reports: the model `ir.actions.report` in the environment of the caller
    """
    return reports._render_qweb_pdf(report.id, records.ids)[0]


def merge(reports: BaseModel, pdfs: list[bytes]) -> bytes:
    """Return one PDF made of several, in bytes."""
    return reports._merge_pdfs([BytesIO(pdf) for pdf in pdfs]).getvalue()
