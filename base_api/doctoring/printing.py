# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether reports can be printed as PDF."""

from __future__ import annotations

from ..orm.reports import wkhtmltopdf_state
from .finding import Check, Finding
from .patience import within_a_second
from .situation import Situation


def check_printing(situation: Situation) -> Finding:
    check = Check("printing")
    state, is_patched = within_a_second(wkhtmltopdf_state)
    if state == "workers":
        return check.error(
            "With one worker, printing waits for itself: wkhtmltopdf fetches style "
            "sheets from Odoo.",
            "Set workers to 2 or more, or 0",
        )
    if state != "ok":
        return check.warning(
            "wkhtmltopdf is missing or broken: /report cannot create PDFs.",
            "Install wkhtmltopdf 0.12.6 with patched Qt, on the PATH or in bin_path",
        )
    if not is_patched:
        return check.warning(
            "wkhtmltopdf was built without patched Qt: PDFs lack headers and footers, "
            "and several records are printed one by one.",
            "Install wkhtmltopdf 0.12.6 with patched Qt",
        )
    return check.ok("wkhtmltopdf is installed, with patched Qt.")
