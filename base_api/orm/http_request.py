# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Parts of a request that Odoo hides (`odoo.http.HTTPRequest`), and its arrival."""

import threading
from typing import Any

from werkzeug.wsgi import LimitedStream

from odoo.tools import real_time


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


def seconds_since_arrival() -> float:
    """Return for how long Odoo has been working on the request of this thread.

    0 where the clock was set back meanwhile.
    """
    arrived = getattr(threading.current_thread(), "perf_t0", None)
    return max(0.0, real_time() - arrived) if arrived else 0.0
