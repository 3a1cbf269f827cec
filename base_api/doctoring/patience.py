# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Work that may hang, such as files on a network, which nobody waits for too long."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar

from .situation import SECONDS, Unanswered

_Result = TypeVar("_Result")


def within_a_second(work: Callable[..., _Result], *args: Any) -> _Result:
    """Return `work(*args)`, which must not use an environment of Odoo.

    Its thread goes on after a second, until the system answers.

    :raise Unanswered: it takes longer than a second
    :raise OSError: raised by the work
    """
    results: list[_Result] = []
    errors: list[OSError] = []

    def run() -> None:
        try:
            results.append(work(*args))
        except OSError as exc:
            errors.append(exc)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(SECONDS)
    if errors:
        raise errors[0]
    if not results:
        raise Unanswered(f"No answer within {SECONDS:g} s")
    return results[0]
