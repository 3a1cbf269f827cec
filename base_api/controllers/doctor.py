# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dataclasses import asdict

from odoo import http
from odoo.http import request

from ..auth.administrators import manages_settings
from ..doctoring.diagnosis import diagnose
from ..doctoring.finding import OK, worst_level
from ..doctoring.situation import SeenRequest, Situation
from ..envelope import Answer, counted
from ..errors import Forbidden
from ..operations import read_schemas
from ..operations.route import api_route
from ..operations.runner import OperationController


class DoctorController(OperationController, http.Controller):
    @api_route(
        "/doctor",
        methods=["GET"],
        answer=read_schemas.DIAGNOSIS,
        model="api.doctor",
        administrators=True,
    )
    def read_findings(self) -> Answer:
        """Return what to improve in this installation; needs Settings.

        About this node, its configuration and its databases.
        """
        if not manages_settings(self.env):
            raise Forbidden("Reading the state of the server needs the group Settings")
        findings = diagnose(Situation(self.env, _seen()))
        open_ones = [finding for finding in findings if finding.level != OK]
        data = {
            "level": worst_level(findings),
            "findings": [asdict(finding) for finding in findings],
        }
        message = f"Found {counted(len(open_ones), 'problem')}"
        return Answer(data, message, headers={"Cache-Control": "no-store"})


def _seen() -> SeenRequest:
    sent = request.httprequest
    return SeenRequest(sent.headers, sent.remote_addr, sent.scheme)
