# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The functions that are called with each `Exchange` after it was answered.

They run outside of the transaction, when the whole answer has been sent, and must not
raise: they only change what is in memory or in files.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from .usage import count_usage

if TYPE_CHECKING:
    from .exchange import Exchange


OBSERVERS: tuple[Callable[[Exchange], None], ...] = (count_usage,)


def observe(exchange: Exchange, response: Any) -> None:
    """Call the observers when a response has been sent."""
    exchange.status = response.status_code
    response.call_on_close(partial(_call_observers, exchange))


def _call_observers(exchange: Exchange) -> None:
    for observer in OBSERVERS:
        observer(exchange)
