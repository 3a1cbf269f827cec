# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A part of a route that takes what werkzeug's own converters do not."""

from werkzeug.datastructures import ImmutableDict
from werkzeug.routing import BaseConverter, Map


class RestConverter(BaseConverter):
    """Takes the rest of a path, whatever it is; `path` takes no line break, nor a slash
    at its beginning."""

    regex = r"[\s\S]*?"
    part_isolating = False
    weight = 1000  # after all other routes


# Not by ir.http._get_converters(): routes that need no signing in are in the map of the
# server too, which has werkzeug's defaults (odoo.http.Application.nodb_routing_map).
Map.default_converters = ImmutableDict(
    Map.default_converters | {"base_api_rest": RestConverter}
)
