# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether Odoo is saving a bundle of its own scripts and styles in this thread."""

import threading
from collections.abc import Callable
from functools import wraps
from typing import Any

from odoo.addons.base.models.assetsbundle import AssetsBundle

_current = threading.local()


def is_saving_bundle() -> Any:
    return getattr(_current, "is_saving", False)


def _mark(method: Callable) -> Callable:
    @wraps(method)
    def save_attachment(*args: Any, **kwargs: Any) -> Any:
        _current.is_saving = True
        try:
            return method(*args, **kwargs)
        finally:
            _current.is_saving = False

    return save_attachment


AssetsBundle.save_attachment = _mark(AssetsBundle.save_attachment)
