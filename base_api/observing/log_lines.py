# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The request in the lines that are logged while it runs.

A filter on Odoo's log handlers puts its identifiers at the end of each line, where Odoo
puts the times of a request (`odoo.netsvc`). Or the lines are JSON objects, with
`log_format = json` in the section `[base_api]` of Odoo's configuration file.
"""

from __future__ import annotations

import configparser
import json
import logging
import os
import threading
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from odoo.tools import config

if TYPE_CHECKING:
    from .exchange import Exchange

_ATTRIBUTE = "_base_api_exchange"
JSON = "json"


def note_exchange(exchange: Exchange) -> None:
    """Name a request in the lines that this thread logs until the next request.

    werkzeug logs its line when Odoo has already left the request.
    """
    thread = threading.current_thread()
    setattr(thread, _ATTRIBUTE, (_arrival(thread), exchange))


def current_exchange() -> Exchange | None:
    """Return the request that this thread works on, if it is one of the API."""
    thread = threading.current_thread()
    arrival, exchange = getattr(thread, _ATTRIBUTE, (None, None))
    return exchange if arrival == _arrival(thread) else None


def _arrival(thread: threading.Thread) -> float | None:
    # Odoo sets it when a request of any kind arrives (`odoo.http.Application`).
    return getattr(thread, "perf_t0", None)


def add_identifiers(record: logging.LogRecord) -> bool:
    """Append the identifiers of the request to a line: a filter of a log handler."""
    exchange = current_exchange()
    if exchange and not getattr(record, _ATTRIBUTE, False):
        setattr(record, _ATTRIBUTE, True)  # another handler may have the same filter
        words = [getattr(record, "perf_info", ""), *_words(exchange)]
        record.perf_info = " ".join(filter(None, words))
    return True


def _words(exchange: Exchange) -> list[str]:
    trace = exchange.trace
    words = [f"request_id={trace.request_id}"]
    return [*words, f"trace_id={trace.trace_id}"] if trace.trace_id else words


class JsonFormatter(logging.Formatter):
    """One JSON object a line (RFC 8259), in UTF-8."""

    def format(self, record: logging.LogRecord) -> str:
        members = {
            "time": datetime.fromtimestamp(record.created, timezone.utc).isoformat(),
            "level": logging.getLevelName(record.levelno),
            "logger": record.name,
            "message": record.getMessage(),
            "database": getattr(record, "dbname", None),
            "pid": getattr(record, "pid", os.getpid()),
            **_request_members(),
        }
        if record.exc_info:
            members["exception"] = self.formatException(record.exc_info)
        return json.dumps(members, ensure_ascii=False, default=str)


def _request_members() -> dict[str, Any]:
    exchange = current_exchange()
    if exchange is None:
        return {}
    members: dict[str, Any] = {"request_id": exchange.trace.request_id}
    members["trace_id"] = exchange.trace.trace_id or None
    members["user_id"] = exchange.caller and exchange.caller.user_id
    members["route"] = exchange.route or None
    if exchange.status:
        members["status"] = exchange.status
        members["duration"] = round(exchange.seconds, 6)
    return members


def log_format() -> str:
    """Return the value of `log_format` in Odoo's configuration file."""
    # Odoo reads only its own section, `[options]`.
    parser = configparser.RawConfigParser()
    try:
        parser.read(config["config"] or ())
    except configparser.Error:  # Odoo reports it
        return ""
    return parser.get("base_api", "log_format", fallback="").strip().lower()


def prepare_handlers() -> None:
    """Let the log handlers of Odoo name the request."""
    formatter = JsonFormatter() if log_format() == JSON else None
    for handler in logging.getLogger().handlers:
        handler.addFilter(add_identifiers)
        if formatter and isinstance(handler, logging.StreamHandler):
            handler.setFormatter(formatter)


prepare_handlers()
