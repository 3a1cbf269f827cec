# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The functions that are called with each `Exchange`.

They run outside of the transaction and must not raise: they only change what is in
memory or in files.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from ..orm.responses import when_sent
from .metrics import count_answer, count_bytes
from .usage import count_usage

if TYPE_CHECKING:
    from .exchange import Exchange


# Called when the answer begins to be sent, so that a request with an answer counts even
# if the process is killed before all of it was sent.
ANSWER_OBSERVERS: tuple[Callable[[Exchange], None], ...] = (count_answer,)
# Called when the whole answer has been sent.
OBSERVERS: tuple[Callable[[Exchange], None], ...] = (count_bytes, count_usage)


def observe(exchange: Exchange, response: Any) -> None:
    """Call the observers when a response is sent."""
    exchange.status = response.status_code
    when_sent(response, partial(_begin, exchange), partial(_note_bytes, exchange))
    response.call_on_close(partial(_end, exchange))


def _begin(exchange: Exchange) -> None:
    for observer in ANSWER_OBSERVERS:
        observer(exchange)


def _note_bytes(exchange: Exchange, count: int) -> None:
    exchange.sent_bytes += count


def _end(exchange: Exchange) -> None:
    for observer in OBSERVERS:
        observer(exchange)
