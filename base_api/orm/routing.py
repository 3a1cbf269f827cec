# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A converter for routes that match any path."""

from werkzeug.datastructures import ImmutableDict
from werkzeug.routing import BaseConverter, Map


class RestConverter(BaseConverter):
    """Matches any rest of a path, also line breaks and a leading slash."""

    regex = r"[\s\S]*?"
    part_isolating = False
    weight = 1000  # after all other routes


# Not by ir.http._get_converters(): public routes are also in the routing map of the
# server, which has werkzeug's defaults (odoo.http.Application.nodb_routing_map).
Map.default_converters = ImmutableDict(
    Map.default_converters | {"base_api_rest": RestConverter}
)
