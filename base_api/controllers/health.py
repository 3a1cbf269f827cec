# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http
from odoo.http import request

from ..envelope import Answer
from ..errors import DatabaseUnavailable, Draining
from ..observing.health import check_ready
from ..operations import read_schemas
from ..operations.route import api_route
from ..operations.runner import OperationController
from ..protocol.addresses import LIVE, READY


class HealthController(OperationController, http.Controller):
    """Whether this node works, for load balancers, which do not sign in.

    Where `unrouted` knows the database of a request, it answers before Odoo uses it.
    """

    @api_route(
        LIVE,
        methods=["GET"],
        answer=read_schemas.LIVENESS,
        auth="none",
        needs_database=False,
    )
    def check_liveness(self) -> Answer:
        """Return that this process answers, whatever the database does."""
        return liveness()

    @api_route(
        READY,
        methods=["GET"],
        answer=read_schemas.READINESS,
        auth="none",
        errors=(DatabaseUnavailable, Draining),
    )
    def check_readiness(self) -> Answer:
        """Return whether the database can be written and read.

        503 where it can be neither, or where this node is about to be stopped.
        """
        return readiness(request.db)


def liveness() -> Answer:
    return _answer({"status": "ok"})


def readiness(database: str) -> Answer:
    return _answer(check_ready(database))


def _answer(data: dict) -> Answer:
    message = f"The status is {data['status']}"
    return Answer(data, message, headers={"Cache-Control": "no-store"})
