# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import platform

from odoo import http

from ..auth.metrics import check_metrics
from ..envelope import Answer, BareAnswer
from ..observing.exposition import CONTENT_TYPE, counters, exposition
from ..observing.gauges import gauges
from ..observing.metric_folder import MetricFolder
from ..operations import read_schemas
from ..operations.route import api_route
from ..operations.runner import OperationController


class MetricsController(OperationController, http.Controller):
    @api_route("/metrics", methods=["GET"], answer=read_schemas.METRICS)
    def read_metrics(self) -> Answer:
        """Return the metrics of this node in the text format of Prometheus.

        For API keys with `metrics`, and for administrators.
        """
        check_metrics(self.env)
        sums = MetricFolder(self.env.cr.dbname).sum_up()
        metrics = [*counters(sums.series), *gauges(self.env, sums)]
        return BareAnswer(exposition(metrics, platform.node()), CONTENT_TYPE)
