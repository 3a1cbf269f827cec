# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reports of records as PDF, as Odoo prints them."""

from odoo.api import Environment
from odoo.models import BaseModel
from odoo.tools.safe_eval import safe_eval, time

from ..auth.api_key import can_use, check_operation
from ..errors import (
    Forbidden,
    InvalidParameter,
    PayloadTooLarge,
    RecordNotFound,
    ReportNotFound,
    ReportUnavailable,
)
from ..lookup import get_model, get_records, named_ids, parse_id
from ..orm.reports import merge, prints_many, render
from .files import file_name

MAX_PRINTED = 100  # in one PDF


def get_report(env: Environment, name: str) -> BaseModel:
    """Return the report of a name (`sale.report_saleorder`) or an XML id.

    :return: one `ir.actions.report`, with `sudo`
    :raise ReportNotFound: there is none
    :raise InvalidParameter: it is not a PDF
    :raise Forbidden: it is for groups that the caller is not in
    """
    if "\0" in name:
        raise ReportNotFound("Report not found")
    # sudo: only the group Settings may read reports; Odoo prints them for everybody who
    # may read the records (/report/pdf), which records_to_print() checks.
    report = (
        env["ir.actions.report"].sudo().search([("report_name", "=", name)], limit=1)
    )
    if not report:
        found = env.ref(name, raise_if_not_found=False)
        if found is None or found._name != report._name:
            raise ReportNotFound(f"Report '{name[:80]}' not found")
        report = found.sudo()
    if report.report_type != "qweb-pdf":
        raise InvalidParameter(f"Report '{name}' is not a PDF but {report.report_type}")
    if report.group_ids and not report.group_ids & env.user.all_group_ids:
        raise Forbidden(f"Report '{name}' needs a group that the user does not have")
    return report


def records_to_print(env: Environment, report: BaseModel, ids: str) -> BaseModel:
    """Return the records to print, in the order of the ids, without duplicates.

    :param ids: from the path, separated by commas; each an id or `@module.name`
    :raise KeyRestricted: the API key may not read them
    :raise RecordNotFound: one does not exist, or the caller may not see it
    :raise PayloadTooLarge: more than `MAX_PRINTED`
    """
    model = get_model(env, report.model)
    check_operation(env, "read", report.model)
    texts = ids.split(",")
    if len(texts) > MAX_PRINTED:
        raise PayloadTooLarge(f"At most {MAX_PRINTED} records in one PDF")
    wanted = named_ids(model, [_parse_id(model, text) for text in texts])
    return get_records(model, list(dict.fromkeys(wanted)))


def render_pdf(report: BaseModel, records: BaseModel) -> bytes:
    """Return the PDF of some records, in bytes.

    :raise ReportUnavailable: wkhtmltopdf is missing or does not work
    """
    # Odoo also uses an outdated version.
    if report.get_wkhtmltopdf_state() not in ("ok", "upgrade"):
        raise ReportUnavailable()
    reports = records.env["ir.actions.report"].with_context(
        # Force a PDF, as Odoo returns HTML during tests.
        force_report_rendering=True,
        # Odoo may store the PDF, as with invoices.
        report_pdf_no_attachment=not can_use(records.env, "create", "ir.attachment"),
    )
    # With unpatched Qt, as in Debian, wkhtmltopdf prints one document at a time.
    parts = [records] if prints_many() else list(records)
    pdfs = [render(reports, report, part) for part in parts]
    return pdfs[0] if len(pdfs) == 1 else merge(reports, pdfs)


def pdf_name(report: BaseModel, records: BaseModel) -> str:
    """Return the file name of Odoo's own download (/report/download)."""
    name = report.name
    if report.print_report_name and len(records) == 1:
        variables = {"object": records, "time": time}
        name = safe_eval(report.print_report_name, variables)
    return file_name(f"{name}.pdf")


def _parse_id(model: BaseModel, text: str) -> int | str:
    try:
        return parse_id(text)
    except ValueError as exc:
        raise RecordNotFound.of(model, text) from exc
