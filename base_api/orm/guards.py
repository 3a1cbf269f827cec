# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Guards of methods of apps that may not be installed, set when the registry loads.

An override would need the app as a dependency. And if the app is loaded after this
addon, its method comes first and need not call ours.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from odoo.models import BaseModel


def guard_method(cls: Any, name: str, check: Callable) -> None:
    """Call a function before a method, in the class of a model in the registry.

    :param check: called with the arguments of the method, the records first
    """
    if name not in dir(cls) or name in vars(cls):
        return
    method = getattr(cls, name)

    @wraps(method)
    def guarded(records: BaseModel, *args: Any, **kwargs: Any) -> Any:
        check(records, *args, **kwargs)
        return method(records, *args, **kwargs)

    setattr(cls, name, guarded)
