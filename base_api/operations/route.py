# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The decorator that every route of the API is declared with."""

from odoo import http
from odoo.http import request

from ..auth.restrictions import METHOD_VERBS
from ..protocol.addresses import PREFIX
from ..settings import MEBIBYTE

# What a route takes to say who is calling -> the method of ir.http that reads it.
AUTH_METHODS = {
    "none": "none",
    "both": "base_api",
    "key": "base_api_key",
    "session": "base_api_session",
}


# Of a body that holds no files.
MAX_JSON_BYTES = 16 * MEBIBYTE


def api_route(
    path,
    *,
    methods,
    auth="both",
    parameters=(),
    filters=False,
    body=None,
    multipart=None,
    preferences=(),
    session_endpoint=None,
    verb=None,
    model=None,
    own=False,
    batch=False,
    may_roll_back=False,
    has_steps=False,
    needs_database=True,
    **routing,
):
    """Declare a route of the API: a thin layer over :func:`odoo.http.route`.

    It neither authenticates nor catches; it says what the dispatcher, and a batch for
    each of its steps, have to know of the route.

    :param path: after ``/api/v2``
    :param auth: ``none``, ``both`` (session token or API key), ``key`` or ``session``
    :param parameters: the query string, a sequence of :class:`~..parameters.Parameter`
    :param filters: whether any other parameter is a filter on a field
    :param body: the kind of JSON body, see :func:`~..bodies.read_body`
    :param multipart: how it takes multipart bodies too, if it does: ``fields``, parts
        named like the fields of a record, or ``files``, see :mod:`~..multipart`
    :param preferences: which of ``Prefer`` it honours, see :mod:`~..preferences`
    :param verb: what an API key must be good for, see :mod:`~..restrictions`; by
        default what the HTTP method says
    :param model: the model on which; by default the ``model_name`` in the path, and
        without one the request is about the caller alone
    :param own: whether the caller's own keys, sessions or profile are not
        administrative here, see :mod:`~..administration`. They are the caller's where
        the path names no other user; what it does not tell, the endpoint checks.
    :param batch: whether it can be a step of ``POST /batch``; it returns an
        :class:`~..envelope.Answer` then, and nothing secret
    :param may_roll_back: whether its answer is right even if what it runs rolls back
        the whole transaction; on other routes that write this is refused
    :param has_steps: whether it runs other routes, each of which reads or writes
    :param needs_database: false: it is served too where no database is chosen, if the
        addon is one of Odoo's ``server_wide_modules``
    :param session_endpoint: where ``auth`` is ``key``, the path that takes sessions
    """
    routing.setdefault("readonly", methods == ["GET"])
    routing |= {
        "verb": verb or METHOD_VERBS[methods[0]],
        "model": model,
        "own": own,
        "batch": batch,
        "may_roll_back": may_roll_back,
        "has_steps": has_steps,
    }
    return http.route(
        PREFIX + path,
        type="base_api",
        auth=AUTH_METHODS[auth],
        methods=methods,
        parameters=parameters,
        filters=filters,
        body=body,
        multipart=multipart,
        preferences=preferences,
        session_endpoint=session_endpoint and PREFIX + session_endpoint,
        needs_database=needs_database,
        save_session=False,
        **routing,
    )


def without_files(_controller):
    """Return the most bytes of a body that holds no files.

    For the parameter ``max_content_length`` of :func:`odoo.http.route`.
    """
    return min(MAX_JSON_BYTES, request.httprequest.max_content_length)
