# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The former module of `api_route`, for addons that import it; see `api.py`."""

from ..operations.route import api_route  # noqa: F401
