# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the traceback and the context of an exception tell about its cause."""

from collections.abc import Iterator
from typing import Any


def raising_module(exc: Any) -> str:
    """Return the name of the module whose code raised an exception, or nothing."""
    traceback = exc.__traceback__
    while traceback and traceback.tb_next:
        traceback = traceback.tb_next
    return traceback.tb_frame.f_globals["__name__"] if traceback else ""


def contexts(exc: Any) -> Iterator[Any]:
    """Yield an exception, and those during whose handling it was raised."""
    while exc is not None:
        yield exc
        exc = exc.__context__
