# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a route gets from a request, be it one of HTTP or a step of a batch."""

from ..auth.signed_key import check_operation
from .parameters import parse_headers, parse_query


def bind(env, routing, args, query, headers):
    """Return the keyword arguments of an endpoint, all but its ``body``.

    :param routing: what :func:`~.controllers.route.api_route` declared
    :param args: the parts of the path
    :param query: the query string, a werkzeug ``MultiDict``
    :raise KeyRestricted: what the API key that signed in is not for
    :raise InvalidParameter: see :mod:`~.parameters`
    """
    model_name = routing["model"] or args.get("model_name")
    own = routing["own"] and args.get("user_id") in (None, str(env.uid))
    check_operation(env, routing["verb"], model_name, own)
    parameters = routing["parameters"]
    return (
        args
        | parse_query(env, query, parameters, with_filters=routing["filters"])
        | parse_headers(env, headers, parameters)
    )
