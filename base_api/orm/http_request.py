# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Parts of werkzeug's request that Odoo hides (`odoo.http.HTTPRequest`)."""

from typing import Any

from werkzeug.wsgi import LimitedStream


def parse_forms_with(httprequest: Any, form_data_parser_class: type) -> None:
    """Parse forms with a subclass of werkzeug's `FormDataParser`."""
    httprequest._HTTPRequest__wrapped.form_data_parser_class = form_data_parser_class


def has_more_input(httprequest: Any) -> bool:
    """Tell whether the body is longer than `max_content_length`.

    werkzeug refuses a longer `Content-Length`, and of a body that comes without one,
    in chunks (RFC 9112, section 7.1), `get_data` returns the beginning.

    :raise werkzeug.exceptions.ClientDisconnected: the body ended early
    """
    environ = httprequest._HTTPRequest__wrapped.environ
    if not environ.get("wsgi.input_terminated"):
        return False
    return bool(LimitedStream(environ["wsgi.input"], 1, is_max=True).read(1))
