# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections.abc import Callable

from odoo import api, models

from ..doctoring.diagnosis import CHECKS
from ..doctoring.finding import Finding
from ..doctoring.situation import Situation


class ApiDoctor(models.AbstractModel):
    """The checks of `GET /doctor` and `odoo-bin apidoctor`.

    An API key that is restricted has to name this model to read what they find.
    """

    _name = "api.doctor"
    _description = "Checks of the installation"

    @api.model
    def _get_checks(self) -> dict[str, Callable[[Situation], Finding]]:
        """Return the checks by name, in order. Other addons add theirs."""
        return dict(CHECKS)
